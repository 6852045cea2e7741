"""A format this version does not read.

What: `revplan.format` is not 1.
Why: a newer format may mean other things by the same words.

Bad:
    # file: revplan.yaml
    revplan: {format: 2, company: Harbourline, currency: USD}

Good:
    # file: revplan.yaml
    revplan: {format: 1, company: Harbourline, currency: USD}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP111"
SLUG = "unknown-format"
SEVERITY = Severity.ERROR
