"""A word that its key does not know.

What: a value is none of the words its key allows.
Why: each word has a meaning that the plan is worked out by.

Bad:
    team:
      ana: {name: Ana, kind: freelancer, function: marketing, hours_per_week: 40}

Good:
    team:
      ana: {name: Ana, kind: contractor, function: marketing, hours_per_week: 40}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP105"
SLUG = "unknown-value"
SEVERITY = Severity.ERROR
