"""A variant says the same as its campaign.

What: a variant's offer, message and value proposition are each not given, or the same as the campaign's but for case
and punctuation. Another design alone is no other version. Campaigns that have ended are left alone.
Why: personalisation that only changes the name costs the work of two versions and has the effect of one.

Bad:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    personas:
      cfo: {name: CFO, segment: plants, buying_role: user, goals: [Margin], pains: [Downtime], channels: [email]}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: Be ready on any Tuesday.
        start: 2027-01-05
        end: 2027-02-26
        target: {segment: plants}
        pillar: ready
        variants: {finance: {persona: cfo, message: be ready on any Tuesday, design: Blue}}

Good:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    personas:
      cfo: {name: CFO, segment: plants, buying_role: user, goals: [Margin], pains: [Downtime], channels: [email]}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: Be ready on any Tuesday.
        start: 2027-01-05
        end: 2027-02-26
        target: {segment: plants}
        pillar: ready
        variants: {finance: {persona: cfo, message: One failed audit costs more than ten years of this.}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.campaigns import is_the_same_story, running_campaigns
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP612"
SLUG = "identical-variant"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each variant with the offer, message and value proposition of its campaign."""
    for campaign in running_campaigns(context.plan):
        for name, variant in campaign.variants.items():
            if is_the_same_story(campaign, variant):
                message = f"{campaign.id}/{name} has the offer, message and value proposition of its campaign"
                hint = f"say it in {variant.persona}'s words, or leave the variant out"
                yield Finding(CODE, Ref("variant", f"{campaign.id}/{name}"), message, hint, on_key=True)
