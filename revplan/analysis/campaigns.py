"""Campaigns: whom each asset reaches, and whether everything tells one story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.progress import done_tasks
from revplan.model.campaigns import LAUNCH_CHECKLIST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from revplan.model.campaigns import Asset, AssetStatus, Campaign, Variant
    from revplan.model.personas import Persona
    from revplan.model.plan import Plan

STORY = ("offer", "message", "value_proposition")
"""The fields in which a variant may differ from its campaign."""
COHESION = ("pillar", "call_to_action")
"""What all assets of a campaign share."""


def normalise_text(text: str | None) -> str:
    """Return a text's words alone, so that case and punctuation make no difference."""
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def running_campaigns(plan: Plan) -> tuple[Campaign, ...]:
    """Return the campaigns that have not ended."""
    return tuple(campaign for campaign in plan.campaigns.values() if campaign.status != "ended")


def personas_served(plan: Plan, campaign: Campaign) -> Iterator[str]:
    """Yield whom a campaign is for: its target, and its variants' personas."""
    yield from target_personas(plan, campaign)
    yield from (variant.persona for variant in campaign.variants.values())


def target_personas(plan: Plan, campaign: Campaign) -> Iterator[str]:
    """Yield the persona a campaign targets, or all personas of the segment it targets."""
    if campaign.target is not None:
        if campaign.target.persona is not None:
            yield campaign.target.persona
        if campaign.target.segment is not None:
            yield from (name for name, each in plan.personas.items() if each.segment == campaign.target.segment)


def audience(plan: Plan, campaign: Campaign, asset: Asset) -> tuple[Persona, ...]:
    """Return the personas an asset is to reach: its variant's, else those the campaign targets."""
    if asset.variant is None:
        names = tuple(target_personas(plan, campaign))
    else:
        variant = campaign.variants.get(asset.variant)
        names = (variant.persona,) if variant is not None else ()
    return tuple(plan.personas[name] for name in names if name in plan.personas)


def is_the_same_story(campaign: Campaign, variant: Variant) -> bool:
    """Tell whether a variant has its campaign's offer, message and value proposition."""
    own = ((getattr(variant, name), getattr(campaign, name)) for name in STORY)
    return all(said is None or normalise_text(said) == normalise_text(of_all) for said, of_all in own)


def off_story(campaign: Campaign, asset: Asset) -> Iterator[tuple[str, str, str]]:
    """Yield (key, the asset's own, the campaign's) of each of COHESION in which an asset departs from its campaign."""
    for key in COHESION:
        own, of_all = getattr(asset, key), getattr(campaign, key)
        if own and of_all and normalise_text(own) != normalise_text(of_all):
            yield key, own, of_all


# --- how far an asset is -----------------------------------------------------------------------------------------

_BEFORE_REVIEW = frozenset(("idea", "draft"))


def asset_status(plan: Plan, done: Mapping[str, Collection[str]], asset: Asset) -> AssetStatus:
    """Return how far an asset is: as it was typed, but in review at least once the task that makes it is done.

    Args:
        plan: the plan.
        done: the tasks that sprints have done, by tactic.
        asset: one of a campaign's.
    """
    if asset.task is None or asset.status not in _BEFORE_REVIEW:
        return asset.status
    name, _, task = asset.task.partition("/")
    tactic = plan.tactics.get(name)
    is_made = task in done.get(name, ()) or (tactic is not None and tactic.status == "done")
    return "review" if is_made else asset.status


def asset_statuses(plan: Plan, campaign: Campaign) -> dict[str, AssetStatus]:
    """Return how far each asset of a campaign is."""
    done = done_tasks(plan)
    return {name: asset_status(plan, done, asset) for name, asset in campaign.assets.items()}


def channels(personas: Iterable[Persona]) -> dict[str, str]:
    """Return the channels that personas use, in their own spelling, by the words of each."""
    return {normalise_text(channel): channel for persona in personas for channel in persona.channels}


FINISHED = frozenset(("ready", "live"))
"""States in which an asset no longer blocks a launch."""
_ITEM_WORDS = dict(LAUNCH_CHECKLIST)


class Channel(NamedTuple):
    """A channel of a campaign, with the assets there that depart from the campaign's story or readers.

    Attributes:
        name: as the campaign writes it.
        assets: the assets on it.
        off_pillar: those that carry another pillar than the campaign's.
        off_action: those that ask for something else.
        unused: those whose readers do not use the channel.
    """

    name: str
    assets: tuple[str, ...]
    off_pillar: tuple[str, ...]
    off_action: tuple[str, ...]
    unused: tuple[str, ...]


def tasks_by_campaign(plan: Plan) -> Mapping[str, Mapping[str, str | None]]:
    """Return the tasks of each campaign's tactics that are not dropped, by id: who does it, where one is named."""
    return plan.once(("tasks-by-campaign",), lambda: _gather_tasks(plan))


def _gather_tasks(plan: Plan) -> dict[str, dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for tactic in plan.tactics.values():
        if tactic.campaign is not None and tactic.status != "dropped":
            known = found.setdefault(tactic.campaign, {})
            for name, task in tactic.tasks.items():
                known[name] = task.owners[0] if len(task.owners) == 1 else known.get(name)
    return found


def item_in_words(item: str) -> str:
    """Return an item of the launch list as a clause. A campaign's own item is returned in its own words."""
    if item not in _ITEM_WORDS:
        return item
    return _ITEM_WORDS[item][0].lower() + _ITEM_WORDS[item][1:]


def channel_matrix(plan: Plan, campaign: Campaign) -> tuple[Channel, ...]:
    """Return a campaign's channels in order, each with the assets that do not belong to its story or its readers."""
    by_channel: dict[str, dict[str, Asset]] = {}
    for name, asset in campaign.assets.items():
        by_channel.setdefault(normalise_text(asset.channel), {})[name] = asset
    return tuple(_channel(plan, campaign, assets) for assets in by_channel.values())


def _channel(plan: Plan, campaign: Campaign, assets: dict[str, Asset]) -> Channel:
    off = {name: {key for key, _, _ in off_story(campaign, asset)} for name, asset in assets.items()}
    return Channel(
        name=next(iter(assets.values())).channel,
        assets=tuple(assets),
        off_pillar=tuple(name for name, keys in off.items() if "pillar" in keys),
        off_action=tuple(name for name, keys in off.items() if "call_to_action" in keys),
        unused=tuple(name for name, asset in assets.items() if not _is_used(plan, campaign, asset)),
    )


def _is_used(plan: Plan, campaign: Campaign, asset: Asset) -> bool:
    personas = audience(plan, campaign, asset)
    return not personas or normalise_text(asset.channel) in channels(personas)
