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

from revplan.rules.silent import check

__all__ = ["CODE", "check"]

CODE = "RP105"
