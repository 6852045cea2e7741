"""An id of a client that the plan does not have.

What: a tactic's or share's `client` names a client that is not there.
Why: the hours would be worked and charged to nobody.

Bad:
    clients:
      harbourline: {name: Harbourline, hours_per_month: 40}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        client: harborline

Good:
    clients:
      harbourline: {name: Harbourline, hours_per_month: 40}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        client: harbourline
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP213"
SLUG = "unknown-client"
SEVERITY = Severity.ERROR
