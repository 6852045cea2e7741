"""The same key twice in one mapping.

What: a key stands a second time beside itself.
Why: only one of the two can count, and which one is not for a program to guess.

Bad:
    tactics:
      guide:
        title: A guide to audits
        function: marketing
        impact: 6
        tasks: {write: {skill: writing, hours: 8}}
        impact: 8

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

CODE = "RP003"
SLUG = "duplicate-key"
SEVERITY = Severity.ERROR
