"""An end before its start.

What: the last day of something comes before its first.
Why: nothing can happen in it.

Bad:
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-11-30

Good:
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP108"
SLUG = "end-before-start"
SEVERITY = Severity.ERROR
