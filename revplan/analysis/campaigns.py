"""Campaigns: whom each asset reaches, and whether everything in them tells the same story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from revplan.analysis.backlog import done_tasks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from revplan.model.campaigns import Asset, AssetStatus, Campaign, Variant
    from revplan.model.personas import Persona
    from revplan.model.plan import Plan

STORY = ("offer", "message", "value_proposition")
"""What makes a variant another version of its campaign."""
COHESION = ("pillar", "call_to_action")
"""What all assets of a campaign share."""


def wording(text: str | None) -> str:
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
    """Tell whether a variant says nothing of its own in offer, message and value proposition."""
    own = ((getattr(variant, name), getattr(campaign, name)) for name in STORY)
    return all(said is None or wording(said) == wording(of_all) for said, of_all in own)


def off_story(campaign: Campaign, asset: Asset) -> Iterator[tuple[str, str, str]]:
    """Yield (key, the asset's own, the campaign's) of each of COHESION in which an asset departs from its campaign."""
    for key in COHESION:
        own, of_all = getattr(asset, key), getattr(campaign, key)
        if own and of_all and wording(own) != wording(of_all):
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
    """Return the channels that personas use, as they write them, by their wording."""
    return {wording(channel): channel for persona in personas for channel in persona.channels}
