"""Keys that do not go together.

What: an entry has several keys of which only one may be given, none of them, or one its kind may not have.
Why: each of them answers the same question, and the answers differ.

Bad:
    team:
      ana:
        name: Ana
        kind: employee
        function: marketing
        hours_per_week: 40
        week: {mon: 8, tue: 8}

Good:
    team:
      ana:
        name: Ana
        kind: employee
        function: marketing
        week: {mon: 8, tue: 8}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP112"
SLUG = "conflicting-keys"
SEVERITY = Severity.ERROR
