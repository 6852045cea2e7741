"""An id of a segment that the plan does not have.

What: a persona's `segment` or a campaign's target names a segment that `strategy.segments` does not have.
Why: a persona without a market cannot be held against the number of accounts.

Bad:
    personas:
      plant-manager: {name: Plant manager, segment: dairy, buying_role: champion, goals: [Pass the audit],
        pains: [Records on paper], channels: [email]}
    strategy:
      segments: {dairies: {name: Dairies, accounts: 2300}}

Good:
    personas:
      plant-manager: {name: Plant manager, segment: dairies, buying_role: champion, goals: [Pass the audit],
        pains: [Records on paper], channels: [email]}
    strategy:
      segments: {dairies: {name: Dairies, accounts: 2300}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP202"
SLUG = "unknown-segment"
SEVERITY = Severity.ERROR
