"""An id of a budget line that the plan does not have.

What: a tactic's `budget` names a line that is not there.
Why: its cost would be held against no limit.

Bad:
    budget:
      ads: {category: programs, function: marketing, annual: 12k}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        cost: 500
        budget: adds

Good:
    budget:
      ads: {category: programs, function: marketing, annual: 12k}
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        cost: 500
        budget: ads
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP214"
SLUG = "unknown-budget-line"
SEVERITY = Severity.ERROR
