"""A campaign carries no pillar of the Big Story.

What: a campaign has no `pillar`.
Why: campaigns that each tell a story of their own add up to noise. One pillar ties this one to all the others.

Bad:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        {title: Any Tuesday, message: Be ready on any Tuesday., start: 2027-01-05, end: 2027-02-26,
         target: {segment: plants}}

Good:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        {title: Any Tuesday, message: Be ready on any Tuesday., start: 2027-01-05, end: 2027-02-26,
         target: {segment: plants}, pillar: ready}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP602"
SLUG = "campaign-without-pillar"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each campaign without a pillar."""
    pillars = sorted(context.plan.part_map("pillar"))
    hint = f"name the one it carries, of {list_some(pillars)}" if pillars else "write the Big Story's pillars first"
    for campaign in context.plan.campaigns.values():
        if campaign.pillar is None:
            message = f"{campaign.id} carries no pillar of the Big Story"
            yield Finding(CODE, Ref("campaign", campaign.id, ("pillar",)), message, hint)
