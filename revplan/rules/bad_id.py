"""An id that cannot be one.

What: an id is not made of lower-case words, digits and single hyphens, or is longer than 64 characters. A goal's id is
its year, a sprint's its month or first day.
Why: ids are typed in commands and written in other files, so they look alike everywhere.

Bad:
    tactics:
      Audit_Guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      audit-guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP106"
SLUG = "bad-id"
SEVERITY = Severity.ERROR
