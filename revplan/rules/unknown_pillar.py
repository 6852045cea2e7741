"""An id of a pillar that the plan does not have.

What: a campaign's or an asset's `pillar` names one that `strategy.big_story.pillars` does not have.
Why: a campaign that carries no pillar tells another story than the rest.

Bad:
    strategy:
      big_story:
        narrative: Audits come unannounced now
        pillars: {audit-ready: {claim: Any record in under a minute}}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
        pillar: audit-redy

Good:
    strategy:
      big_story:
        narrative: Audits come unannounced now
        pillars: {audit-ready: {claim: Any record in under a minute}}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: The auditor may come on any Tuesday
        start: 2026-12-01
        end: 2026-12-31
        pillar: audit-ready
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP204"
SLUG = "unknown-pillar"
SEVERITY = Severity.ERROR
