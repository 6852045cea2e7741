"""A value of the wrong type.

What: a value cannot be read as what its key holds: a number, a date, hours, a list or a mapping.
Why: it cannot be used, so the entry is left out of the plan.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: a day}}

Good:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 1d}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP103"
SLUG = "wrong-type"
SEVERITY = Severity.ERROR
