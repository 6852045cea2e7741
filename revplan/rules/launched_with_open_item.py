"""A campaign is launched while items of its launch list are open.

What: a campaign's status is launched, and an item of the launch list is neither done nor not-applicable. Items that
the checklist does not name are open. The list is: tracking-tested, landing-page-live, crm-routing-tested,
consent-and-unsubscribe, proofread, sales-briefed, approved, baseline-recorded, and the items you add.
Why: each of them has cost somebody a campaign: leads that went nowhere, numbers nobody could compare.

Bad:
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
          consent-and-unsubscribe: done, sales-briefed: open, approved: done, baseline-recorded: done}

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
          consent-and-unsubscribe: done, sales-briefed: done, approved: done, baseline-recorded: not-applicable}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP603"
SLUG = "launched-with-open-item"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding for each launched campaign with open items, at the first open item."""
    for campaign in context.plan.campaigns.values():
        items = campaign.open_items() if campaign.status == "launched" else ()
        if items:
            message = f"{campaign.id} is launched with {plural(len(items), 'open item')}: {list_some(items)}"
            hint = "finish them and mark them done, or not-applicable"
            yield Finding(CODE, Ref("campaign", campaign.id, ("checklist", items[0])), message, hint)
