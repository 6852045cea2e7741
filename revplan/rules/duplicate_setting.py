"""The same setting in two files.

What: a singleton (strategy, stack, company) may be spread over files, and two of them set the same value.
Why: only one can count, and which one is not for a program to guess.

Bad:
    # file: strategy.yaml
    strategy: {vision: No plant learns about a failed seal from its customer}
    # file: vision.yaml
    strategy: {vision: Maintenance is the proof of food safety}

Good:
    # file: strategy.yaml
    strategy: {vision: No plant learns about a failed seal from its customer}
    # file: value.yaml
    strategy: {value_proposition: A record that stands up in any audit}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP109"
SLUG = "duplicate-setting"
SEVERITY = Severity.ERROR
