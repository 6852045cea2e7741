"""An id of a tactic that the plan does not have.

What: `requires`, `excludes`, a sprint or an issue names a tactic that is not there.
Why: an order of work that cannot be followed is none. What was done or dropped stays in the backlog with that status.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        requires: [survey]

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        requires: [survey]
      survey: {title: A survey, function: marketing, impact: 5, tasks: {ask: {skill: writing, hours: 4}}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP208"
SLUG = "unknown-tactic"
SEVERITY = Severity.ERROR
