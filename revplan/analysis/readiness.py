"""Readiness for launch: what each campaign still lacks, and who sees to it by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.campaigns import FINISHED, asset_statuses, item_in_words, running_campaigns, tasks_by_campaign
from revplan.analysis.launch import item_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.model.campaigns import Campaign
    from revplan.model.context import Context

BEFORE_LAUNCH = frozenset(("draft", "ready"))
_STATES = {"idea": "still an idea", "draft": "still a draft", "review": "in review"}


class Lack(NamedTuple):
    """Something a launch waits for.

    Attributes:
        what: in words.
        owner: the member who sees to it: the asset's or the task's, else the campaign's; None where nobody does.
        due: the day it is due, where it has one.
        is_late: whether that day has passed.
    """

    what: str
    owner: str | None
    due: date | None = None
    is_late: bool = False


class Readiness(NamedTuple):
    """How ready a campaign is.

    Attributes:
        days: days until its launch; below zero where that day has passed.
        lacks: what is missing, the foundations first, then assets, then the launch list.
        assets_finished: assets that are ready or live.
        items_open: items of the launch list that are open.
    """

    campaign: Campaign
    days: int
    lacks: tuple[Lack, ...]
    assets_finished: int
    items_open: int

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks

    @property
    def is_ahead(self) -> bool:
        """Whether it has not been launched yet."""
        return self.campaign.status in BEFORE_LAUNCH


def readiness(context: Context) -> tuple[Readiness, ...]:
    """Return how ready each campaign is that has not ended, the next launch first."""
    found = (ready(context, campaign) for campaign in running_campaigns(context.plan))
    return tuple(sorted(found, key=lambda own: (own.campaign.start, own.campaign.id)))


def ready(context: Context, campaign: Campaign) -> Readiness:
    """Return how ready one campaign is."""
    return Readiness(
        campaign=campaign,
        days=(campaign.start - context.today).days,
        lacks=tuple(_lacks(context, campaign)),
        assets_finished=sum(status in FINISHED for status in asset_statuses(context.plan, campaign).values()),
        items_open=len(campaign.open_items()),
    )


def _lacks(context: Context, campaign: Campaign) -> Iterator[Lack]:
    owner = campaign.owner
    foundations = {
        "an owner": owner,
        "a target: one persona or segment": campaign.target,
        "a pillar of the Big Story": campaign.pillar,
        "a call to action": campaign.call_to_action,
        "a metric with a target": any(target is not None for target in campaign.metrics.values()) or None,
        "assets": campaign.assets or None,
    }
    yield from (Lack(what, owner) for what, given in foundations.items() if given is None)
    for name, status in asset_statuses(context.plan, campaign).items():
        asset = campaign.assets[name]
        if status not in FINISHED:
            late = asset.due is not None and asset.due < context.today
            yield Lack(f"{asset.title or name}, {_STATES[status]}", asset.owner or owner, asset.due, late)
    days, doers = item_days(context, campaign), tasks_by_campaign(context.plan).get(campaign.id, {})
    for item in campaign.open_items():
        what = f"Launch list: {item_in_words(item)}"
        yield Lack(what, doers.get(item) or owner, days[item], days[item] < context.today)
