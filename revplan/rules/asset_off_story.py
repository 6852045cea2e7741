"""An asset tells another story than its campaign, or asks for something else.

What: an asset's `pillar` or `call_to_action` differs from its campaign's, in more than case and punctuation. Campaigns
that have ended are left alone.
Why: a campaign works by saying one thing until it is remembered. Somebody who is asked for two things does neither.

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
        call_to_action: Get the checklist
        assets: {letter: {channel: email, call_to_action: Book a demo}}

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
        call_to_action: Get the checklist
        assets: {letter: {channel: email, call_to_action: Get the checklist!}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.campaigns import off_story, running_campaigns
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP611"
SLUG = "asset-off-story"
SEVERITY = Severity.WARNING
_VERBS = {"pillar": "carries the pillar", "call_to_action": "asks for"}


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each value of an asset that departs from its campaign's."""
    for campaign in running_campaigns(context.plan):
        for name, asset in campaign.assets.items():
            for key, own, of_all in off_story(campaign, asset):
                message = f'{campaign.id}/{name} {_VERBS[key]} "{own}", the campaign "{of_all}"'
                hint = "bring it back to the campaign's, or make it an asset of another campaign"
                yield Finding(CODE, Ref("asset", f"{campaign.id}/{name}", (key,)), message, hint)
