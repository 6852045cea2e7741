"""Analytics would not read an asset's tracking parameters, or would take them for something else.

What: an asset's `utm` has a name that analytics does not know, a value with capitals or spaces, a parameter twice or
empty, the channel's name as its medium, or another `utm_campaign` than the other assets of its campaign.
Why: such links are counted as another source or not at all, and nobody sees it until the campaign is over.

Bad:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: Be ready on any Tuesday.
        start: 2027-01-05
        end: 2027-02-26
        target: {segment: plants}
        pillar: ready
        assets: {letter: {channel: email, utm: utm_campaign=Any Tuesday}}

Good:
    strategy:
      segments: {plants: {name: Plants}}
      big_story: {narrative: Audits changed., pillars: {ready: {claim: Ready on any day, proof: 31 plants}}}
    campaigns:
      any-tuesday:
        title: Any Tuesday
        message: Be ready on any Tuesday.
        start: 2027-01-05
        end: 2027-02-26
        target: {segment: plants}
        pillar: ready
        assets: {letter: {channel: email, utm: {campaign: any-tuesday, source: newsletter}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.campaigns import running_campaigns
from revplan.analysis.tracking import tracking_faults
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP613"
SLUG = "unclear-tracking"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each fault of an asset's tracking parameters."""
    for campaign in running_campaigns(context.plan):
        for name, asset in campaign.assets.items():
            for what, way_out in tracking_faults(campaign, asset):
                ref = Ref("asset", f"{campaign.id}/{name}", ("utm",))
                yield Finding(CODE, ref, f"{campaign.id}/{name}: {what}", way_out)
