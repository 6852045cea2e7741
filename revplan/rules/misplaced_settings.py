"""Settings in the wrong file.

What: `revplan` stands in another file than the revplan.yaml of the plan's folder.
Why: that file marks the plan and is read first: it says which other files belong to it.

Bad:
    # file: team.yaml
    revplan: {format: 1, company: Harbourline, currency: USD}

Good:
    # file: revplan.yaml
    revplan: {format: 1, company: Harbourline, currency: USD}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP110"
SLUG = "misplaced-settings"
SEVERITY = Severity.ERROR
