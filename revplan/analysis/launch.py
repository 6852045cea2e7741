"""The work that a campaign still needs before its launch, counted back from the launch day.

Assets that no task makes and open items of the launch list become tasks. Three groups follow each other:

    production   assets that something has to be waited for: print, a stand, the look of an advertising platform
    assets       all others
    launch       the open items of the launch list

Between the assets and the launch list lie APPROVAL workdays, in which whoever answers for the campaign reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.campaigns import STORY, asset_statuses, channels, item_in_words, normalise_text, tasks_by_campaign
from revplan.analysis.capacity import WORKS_ALONE
from revplan.analysis.launch_moulds import ANY_ITEM, ITEM_MOULDS, mould_of
from revplan.analysis.staffing import holders
from revplan.model.base import free_id
from revplan.model.calendar import company_calendar
from revplan.model.numbers import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.launch_moulds import Mould
    from revplan.model.calendar import PlaceCalendar
    from revplan.model.campaigns import Campaign, Variant
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings

    Holders = Mapping[str, tuple[str, ...]]

APPROVAL = 2
"""Workdays between the last asset and the launch list, for approval and corrections."""
PROOFREADING = "proofread"
"""The item of the launch list that its owner does not do: whoever has written a text reads over its faults."""
SPARE = 2
"""Workdays that the launch list has besides the work in it."""
_FURTHEST = 800
"""Days that the count of workdays goes back at most; a plan without workdays is counted in calendar days."""


class LaunchTask(NamedTuple):
    """A task that a launch needs.

    Attributes:
        owner: the member who is to do it; None for whoever has the skill.
        after: ids of tasks of the same group that come before.
        asset: the id of the asset that it makes; None for an item of the launch list.
        due: the day by which the plan wants the asset itself; None where it names none.
        start: the last day on which it may begin, in workdays of the plan.
        finish: the last day on which it may end.
        is_held: whether somebody has the skill.
    """

    id: str
    title: str
    skill: str
    minutes: int
    owner: str | None
    after: tuple[str, ...]
    asset: str | None
    due: date | None
    start: date
    finish: date
    is_held: bool


@dataclass(frozen=True, slots=True)
class LaunchGroup:
    """Tasks that are one tactic.

    Attributes:
        name: production, assets or launch.
        tasks: in an order in which they may be done.
        deadline: the day by which all are to be done; None where that day is past.
        not_before: the first day of the launch list; None for the other groups, and where time is short.
        why: what is waited for once they are done; empty for nothing.
    """

    name: str
    tasks: tuple[LaunchTask, ...]
    deadline: date | None
    not_before: date | None
    why: str


class VariantAsset(NamedTuple):
    """An asset that a variant lacks: the campaign's own, told to the variant's persona.

    Attributes:
        of: the id of the campaign's own asset.
        differs: in what the variant differs from its campaign, by field.
    """

    id: str
    of: str
    variant: str
    title: str
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaunchWork:
    """All that a launch still needs.

    Attributes:
        groups: in the order in which they are done.
        variant_assets: assets that variants lack.
        late: workdays by which the first task should have begun before today.
        possible: the first launch day for which there is time; the launch day itself where nothing is late.
    """

    campaign: Campaign
    groups: tuple[LaunchGroup, ...]
    variant_assets: tuple[VariantAsset, ...]
    late: int
    possible: date

    @property
    def tasks(self) -> tuple[LaunchTask, ...]:
        """All tasks, in the order in which they are done."""
        return tuple(task for group in self.groups for task in group.tasks)


def work_to_launch(context: Context, campaign: Campaign) -> LaunchWork:
    """Return the work that a campaign still needs before its launch."""
    plan, calendar = context.plan, company_calendar(context.plan.settings)
    held = plan.once(("holders", context.today), lambda: holders(plan, context.today))
    new = tuple(_variant_assets(plan, campaign))
    drafts = tuple(_asset_drafts(plan, held, campaign, new))
    planned = tasks_by_campaign(plan).get(campaign.id, {})
    items = tuple(_item_drafts(plan, held, campaign, [each for each in campaign.open_items() if each not in planned]))
    timed = _Timing(calendar, plan.settings)
    groups = []
    first = campaign.start
    if items:
        launch = timed.tasks(items, back(calendar, campaign.start, 1))
        first = back(calendar, min(task.start for task in launch), SPARE)
        groups.append(LaunchGroup("launch", launch, back(calendar, campaign.start, 1), first, ""))
    for name, chosen in (
        ("assets", [draft for draft in drafts if not draft.mould.wait]),
        ("production", [draft for draft in drafts if draft.mould.wait]),
    ):
        if chosen:
            wait = max(draft.mould.wait for draft in chosen)
            end = back(calendar, first, 1 + APPROVAL + wait)
            why = "; ".join(dict.fromkeys(draft.mould.why for draft in chosen if draft.mould.why))
            groups.insert(0, LaunchGroup(name, timed.tasks(chosen, end), end, None, why))
    return _against_today(context, calendar, LaunchWork(campaign, tuple(groups), new, 0, campaign.start))


def item_days(context: Context, campaign: Campaign) -> dict[str, date]:
    """Return the last day of each open item of the launch list, counted back from the launch, by item."""
    plan, calendar = context.plan, company_calendar(context.plan.settings)
    held = plan.once(("holders", context.today), lambda: holders(plan, context.today))
    items = tuple(_item_drafts(plan, held, campaign, campaign.open_items()))
    tasks = _Timing(calendar, plan.settings).tasks(items, back(calendar, campaign.start, 1))
    return {task.id: task.finish for task in tasks}


def _against_today(context: Context, calendar: PlaceCalendar, work: LaunchWork) -> LaunchWork:
    """Return the work with the days that it is late; a deadline in the past becomes the day before the launch."""
    today = context.today
    start = min((task.start for task in work.tasks), default=today)
    if start >= today:
        return work
    late = sum(calendar.is_workday(day) for day in _days(start, today))
    last = back(calendar, work.campaign.start, 1)
    groups = tuple(
        replace(group, deadline=last if last >= today else None, not_before=None)
        if group.deadline is not None and group.deadline < today
        else replace(group, not_before=None)
        for group in work.groups
    )
    return replace(work, groups=groups, late=late, possible=forward(calendar, max(work.campaign.start, today), late))


def _days(first: date, end: date) -> Iterator[date]:
    """Yield the days from the first to the one before the end."""
    for number in range((end - first).days):
        yield first + timedelta(days=number)


def back(calendar: PlaceCalendar, day: date, workdays: int) -> date:
    """Return the day that lies so many workdays before another; 0 returns the day itself."""
    return _step(calendar, day, workdays, -1)


def forward(calendar: PlaceCalendar, day: date, workdays: int) -> date:
    """Return the day that lies so many workdays behind another; 0 returns the day itself."""
    return _step(calendar, day, workdays, 1)


def _step(calendar: PlaceCalendar, day: date, workdays: int, way: int) -> date:
    found, left = day, workdays
    for _ in range(_FURTHEST):
        if not left:
            return found
        found += timedelta(days=way)
        left -= calendar.is_workday(found)
    return day + timedelta(days=way * workdays)


# --- what is to be done ------------------------------------------------------------------------------------------


class _Undated(NamedTuple):
    """A task of a launch before its days are counted back."""

    id: str
    title: str
    mould: Mould
    owner: str | None
    after: tuple[str, ...]
    asset: str | None
    due: date | None
    skill: str
    is_held: bool


def _draft(
    plan: Plan,
    held: Holders,
    name: str,
    title: str,
    mould: Mould,
    owner: str | None,
    after: tuple[str, ...] = (),
    asset: str | None = None,
    due: date | None = None,
) -> _Undated:
    skill, doer, is_held = choose_skill(plan, held, mould.skills, owner)
    return _Undated(name, title, mould, doer, after, asset, due, skill, is_held)


def choose_skill(plan: Plan, held: Holders, wanted: Sequence[str], owner: str | None) -> tuple[str, str | None, bool]:
    """Return the skill for a piece of work, who does it, and whether anybody has the skill.

    The owner does it where the owner can work alone at one of the skills. Else the first skill that somebody in the
    team can work alone at is taken, and nobody is pinned. A skill of the team that has the wanted word in its name,
    such as content-writing for writing, will do too.
    """
    member = plan.team.get(owner) if owner is not None else None
    if member is not None and member.id in {each for names in held.values() for each in names}:
        own = [skill for skill, level in member.skills.items() if level >= WORKS_ALONE]
        skill = _first_alike(wanted, own)
        if skill is not None:
            return skill, owner, True
    skill = _first_alike(wanted, held)
    return (skill, None, True) if skill is not None else (wanted[0], None, False)


def _first_alike(wanted: Sequence[str], held: Iterable[str]) -> str | None:
    known = sorted(held)
    alike = (skill for word in wanted for skill in ([word] if word in known else known) if word in skill.split("-"))
    return next(alike, None)


def _asset_drafts(plan: Plan, held: Holders, campaign: Campaign, new: Sequence[VariantAsset]) -> Iterator[_Undated]:
    """Yield a draft for each asset that no task makes and that is not finished, those of variants behind their own."""
    statuses = asset_statuses(plan, campaign)
    made: set[str] = set()
    for name, asset in campaign.assets.items():
        if asset.task is None and statuses[name] in {"idea", "draft"}:
            made.add(name)
            title = asset.title or f"{campaign.title}: {name}"
            yield _draft(plan, held, name, title, mould_of(asset), asset.owner, (), name, asset.due)
    for each in new:
        asset = campaign.assets[each.of]
        mould = mould_of(asset)
        half = replace(mould, minutes=max(30, -(-mould.minutes // 30) * 15))
        after = (each.of,) if each.of in made else ()
        yield _draft(plan, held, each.id, each.title, half, asset.owner, after, each.id)


def _item_drafts(plan: Plan, held: Holders, campaign: Campaign, to_do: Collection[str]) -> Iterator[_Undated]:
    """Yield a draft for each of some items of the launch list, in the order in which they are done."""
    order = {item: place for place, item in enumerate(ITEM_MOULDS)}
    for item in sorted(to_do, key=lambda item: (order.get(item, len(order)), item)):
        mould, before = ITEM_MOULDS.get(item, (ANY_ITEM, ()))
        if item == PROOFREADING:
            owner = find_proofreader(plan, held, campaign.owner, {asset.owner for asset in campaign.assets.values()})
        else:
            owner = campaign.owner
        words = item_in_words(item)
        after = tuple(each for each in before if each in to_do)
        yield _draft(plan, held, item, words[:1].upper() + words[1:], mould, owner, after)


def find_proofreader(plan: Plan, held: Holders, owner: str | None, writers: Collection[str | None] = ()) -> str | None:
    """Return who proofreads: not the campaign's owner, and none of the writers where somebody else has the skill.

    Args:
        plan: the plan.
        held: who can work alone at each skill.
        owner: who answers for the campaign.
        writers: who answers for its assets.
    """
    mould, _ = ITEM_MOULDS[PROOFREADING]
    others = {skill: [each for each in names if each != owner] for skill, names in held.items()}
    skill = _first_alike(mould.skills, [name for name, names in others.items() if names])
    if skill is None:
        return None
    return min(others[skill], key=lambda each: (each in writers, -plan.team[each].skills[skill], each))


def _variant_assets(plan: Plan, campaign: Campaign) -> Iterator[VariantAsset]:
    """Yield, for each variant without an asset, the campaign's own assets on channels that its persona uses."""
    own = {name: asset for name, asset in campaign.assets.items() if asset.variant is None}
    served = {asset.variant for asset in campaign.assets.values()}
    taken = set(campaign.assets)
    for name, variant in campaign.variants.items():
        if name in served:
            continue
        persona = plan.personas.get(variant.persona)
        used = channels([persona]) if persona is not None else {}
        fitting = [each for each, asset in own.items() if normalise_text(asset.channel) in used] or [*own]
        for each in fitting:
            new = free_id(f"{each}-{name}"[:60].strip("-"), taken)
            taken.add(new)
            what = own[each].title or each
            title = f"{what}, for {persona.name if persona is not None else variant.persona}"
            yield VariantAsset(new, each, name, title, differences(variant))


def differences(variant: Variant) -> tuple[str, ...]:
    """Return the fields in which a variant has something of its own."""
    return tuple(name for name in (*STORY, "design") if getattr(variant, name) is not None)


# --- when --------------------------------------------------------------------------------------------------------


class _Timing(NamedTuple):
    """Counts tasks back from the day on which a group ends."""

    calendar: PlaceCalendar
    settings: Settings

    def tasks(self, drafts: Sequence[_Undated], end: date) -> tuple[LaunchTask, ...]:
        """Return the tasks with the last days on which each may begin and end."""
        latest: dict[str, date] = {}
        found: list[LaunchTask] = []
        for draft in reversed(drafts):
            finish = latest.get(draft.id, end)
            start = back(self.calendar, finish, self.workdays(draft.mould.minutes) - 1)
            for before in draft.after:
                latest[before] = min(latest.get(before, end), back(self.calendar, start, 1))
            found.append(
                LaunchTask(
                    id=draft.id,
                    title=draft.title,
                    skill=draft.skill,
                    minutes=draft.mould.minutes,
                    owner=draft.owner,
                    after=draft.after,
                    asset=draft.asset,
                    due=draft.due,
                    start=start,
                    finish=finish,
                    is_held=draft.is_held,
                )
            )
        return tuple(reversed(found))

    def workdays(self, minutes: int) -> int:
        """Return the workdays that work takes somebody who has half of the plannable time for it, 1 at least."""
        sprint = self.settings.sprint
        hours = Fraction(sprint.hours_per_day) * Fraction(sprint.focus_factor) * (1 - Fraction(sprint.reserve)) / 2
        return max(1, ceil(minutes / (hours * MINUTES_PER_HOUR))) if hours > 0 else 1
