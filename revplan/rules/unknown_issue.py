"""An id of an issue that the plan does not have.

What: a to-do's `issue` names an issue that is not there.
Why: when the issue comes up again, nobody sees that something was done about it.

Bad:
    issues:
      leads-wait: {title: A request waits five hours, raised: 2026-11-09}
    todos:
      measure: {title: Measure where the hours go, owner: ana, due: 2026-12-02, issue: lead-waits}
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}

Good:
    issues:
      leads-wait: {title: A request waits five hours, raised: 2026-11-09}
    todos:
      measure: {title: Measure where the hours go, owner: ana, due: 2026-12-02, issue: leads-wait}
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP216"
SLUG = "unknown-issue"
SEVERITY = Severity.ERROR
