"""An id of a variant that the plan does not have.

What: an asset's `variant` names one its campaign does not have.
Why: the asset would be shown to no persona in particular.

Bad:
    strategy:
      segments: {dairies: {name: Dairies, accounts: 2300}}
    personas:
      plant-manager: {name: Plant manager, segment: dairies, buying_role: champion, goals: [Pass the audit],
        pains: [Records on paper], channels: [email]}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
        variants: {plant: {persona: plant-manager, message: You can show it}}
        assets: {email: {channel: email, variant: plants}}

Good:
    strategy:
      segments: {dairies: {name: Dairies, accounts: 2300}}
    personas:
      plant-manager: {name: Plant manager, segment: dairies, buying_role: champion, goals: [Pass the audit],
        pains: [Records on paper], channels: [email]}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
        variants: {plant: {persona: plant-manager, message: You can show it}}
        assets: {email: {channel: email, variant: plant}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP211"
SLUG = "unknown-variant"
SEVERITY = Severity.ERROR
