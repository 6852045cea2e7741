"""A value out of range.

What: a number, a rate or a date lies outside what its key allows.
Why: figures are compared across the plan; an impact of 80 among others from 1 to 10 would outrank them all.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 80
        tasks: {write: {skill: writing, hours: 8}}

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 8
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP104"
SLUG = "out-of-range"
SEVERITY = Severity.ERROR
