"""An id of a tool that the plan does not have.

What: an integration, rollout or issue names a tool that `stack.tools` does not have.
Why: what passes between the tools would end nowhere.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    stack:
      tools:
        keel: {name: Keel, category: crm, owner: ana, status: deployed}
        lantern: {name: Lantern, category: marketing-automation, owner: ana, status: deployed}
      integrations: {leads: {from: lantern, to: kel, status: live}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    stack:
      tools:
        keel: {name: Keel, category: crm, owner: ana, status: deployed}
        lantern: {name: Lantern, category: marketing-automation, owner: ana, status: deployed}
      integrations: {leads: {from: lantern, to: keel, status: live}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP215"
SLUG = "unknown-tool"
SEVERITY = Severity.ERROR
