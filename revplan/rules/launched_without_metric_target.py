"""A campaign is launched without a figure to reach.

What: a campaign's status is launched, and none of its `metrics` has a target.
Why: without a figure set before the launch, every result looks like a success afterwards.

Bad:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: Be ready on any Tuesday.
        start: 2026-11-05
        end: 2027-02-26
        target: {segment: plants}
        pillar: ready
        status: launched
        checklist: {tracking-tested: done, landing-page-live: done, crm-routing-tested: done, proofread: done,
          consent-and-unsubscribe: done, sales-briefed: done, approved: done, baseline-recorded: done}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40}
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40}
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: Be ready on any Tuesday.
        start: 2026-11-05
        end: 2027-02-26
        target: {segment: plants}
        pillar: ready
        status: launched
        metrics: {leads: 260}
        checklist: {tracking-tested: done, landing-page-live: done, crm-routing-tested: done, proofread: done,
          consent-and-unsubscribe: done, sales-briefed: done, approved: done, baseline-recorded: done}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP604"
SLUG = "launched-without-metric-target"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each launched campaign without a target for any metric."""
    for campaign in context.plan.campaigns.values():
        if campaign.status == "launched" and all(target is None for target in campaign.metrics.values()):
            message = f"{campaign.id} is launched, and no metric of it has a target"
            hint = "write what it is to bring: `metrics: {metric: number}`"
            yield Finding(CODE, Ref("campaign", campaign.id, ("metrics",)), message, hint)
