"""An asset is on a channel that its readers do not use.

What: an asset's `channel` is not among the `channels` of its variant's persona, or else of the campaign's target
persona; of a target segment, no persona in it uses the channel. Campaigns that have ended are left alone.
Why: it will be made well, and seen by nobody it is for. If the persona does use the channel, the persona is wrong.

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
        target: {persona: cfo}
        pillar: ready
        assets: {film: {channel: tiktok}}

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
        target: {persona: cfo}
        pillar: ready
        assets: {letter: {channel: email}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.campaigns import audience, channels, normalise_text, running_campaigns
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.campaigns import Asset, Campaign
    from revplan.model.context import Context

CODE = "RP610"
SLUG = "channel-persona-does-not-use"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each asset on a channel that none of its personas uses."""
    if not context.plan.is_whole("persona"):
        return
    for campaign in running_campaigns(context.plan):
        for name, asset in campaign.assets.items():
            yield from _of_asset(context, campaign, name, asset)


def _of_asset(context: Context, campaign: Campaign, name: str, asset: Asset) -> Iterator[Finding]:
    personas = audience(context.plan, campaign, asset)
    used = channels(personas)
    if personas and normalise_text(asset.channel) not in used:
        who = list_some([persona.id for persona in personas])
        message = f"{campaign.id}/{name} is on {asset.channel}, no channel of {who}"
        hint = f"they can be reached by {list_some([*used.values()])}; or correct the persona's channels"
        yield Finding(CODE, Ref("asset", f"{campaign.id}/{name}", ("channel",)), message, hint)
