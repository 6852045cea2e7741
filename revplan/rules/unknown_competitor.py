"""An id of a competitor that the plan does not have.

What: a differentiator's `versus` names a competitor that `strategy.competitors` does not have.
Why: what sets you apart does so from somebody; the sales team looks the answer up by that name.

Bad:
    strategy:
      competitors: {gearwise: {name: Gearwise}}
      differentiators:
        audit-pack: {claim: One button gathers the evidence, versus: gear-wise}

Good:
    strategy:
      competitors: {gearwise: {name: Gearwise}}
      differentiators:
        audit-pack: {claim: One button gathers the evidence, versus: gearwise}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP203"
SLUG = "unknown-competitor"
SEVERITY = Severity.ERROR
