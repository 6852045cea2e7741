"""A key that is missing.

What: an entry lacks a key the format requires.
Why: the plan cannot be worked out without it.

Bad:
    tactics:
      guide:
        title: A guide to audits
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP102"
SLUG = "missing-key"
SEVERITY = Severity.ERROR
