"""How many minutes each member can put into planned work, day by day.

A day's plannable time, from the formulas in the manual:

    (pattern − holidays − time off − meetings − business as usual × pattern / week's pattern)
        × focus factor × (1 − reserve)

and 0 at least. Of the reserve that part is planned with which unforeseen work takes. Meetings take the time they
take: what a day has no hours for comes off the member's next days, and at the period's end off the days before.
Business as usual takes what meetings leave of its part of the day, and is not made up for on other days. It is
computed exactly; the running total of the whole period is rounded down to quarters of an hour, and a day is the
difference. So a period loses less than a quarter in all, and a day has the same minutes whichever day the count
begins on: what is planned on it need not move when the sprint is planned again.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import accumulate, pairwise
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.meetings import meeting_minutes
from revplan.model.calendar import work_calendar
from revplan.model.numbers import QUARTER_HOUR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.model.calendar import WorkCalendar
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.team import Member

STEPS = (
    "holidays",
    "time off",
    "contract",
    "meetings",
    "beyond hours",
    "business as usual",
    "no skills",
    "focus factor",
    "reserve",
    "rounding",
)
"""What is taken off a member's gross time, in this order, until the plannable time is left.

Beyond hours gives back what meetings take beyond all of the member's hours. No skills takes the hours of somebody to
whom no task can go: no skill, no task of theirs in the backlog or in an open sprint.
"""

_NOTHING = Fraction(0)
_ONE = Fraction(1)
_NOTHING_AT_ALL = (_NOTHING,) * len(STEPS)
_NO_DAY = _NOTHING_AT_ALL[:-1]  # before the reserve


WORKS_ALONE = 2
"""The level at which a skill counts as supply: a task's least level where it names none."""


class Step(NamedTuple):
    """The minutes of one step: negative where it takes time off; "beyond hours" gives time back and is positive."""

    name: str
    minutes: int


class Capacity(NamedTuple):
    """A member's time in a period, in minutes. Gross and all steps add up to what is plannable.

    Attributes:
        member: whose time.
        gross: what their working pattern says.
        steps: what is taken off it, in the order of STEPS.
        minutes: plannable, on each calendar day of the period; none before the day the count begins.
    """

    member: str
    gross: int
    steps: tuple[Step, ...]
    minutes: tuple[int, ...]

    @property
    def plannable(self) -> int:
        """Plannable minutes in the whole period."""
        return sum(self.minutes)

    @property
    def meetings(self) -> int:
        """Minutes in meetings, those beyond the member's hours too."""
        return -self.step("meetings")

    def step(self, name: str) -> int:
        """Return the minutes of a step of STEPS, signed as they change what is left."""
        return self.steps[STEPS.index(name)].minutes


def team_capacity(
    plan: Plan, period: Period, since: date, released: Mapping[str, Fraction] | None = None
) -> dict[str, Capacity]:
    """Return the capacity of every member, by id, sorted.

    Args:
        plan: the plan.
        period: the sprint's days.
        since: the first day that counts: today, where the period is under way.
        released: which part of their reserve, 0 to 1, members may plan with; None for what the written sprint's
            unforeseen work takes of it.
    """
    return capacity_of(plan, sorted(plan.team), period, since, released)


def capacity_of(
    plan: Plan,
    members: Iterable[str],
    period: Period,
    since: date,
    released: Mapping[str, Fraction] | None = None,
) -> dict[str, Capacity]:
    """Return the capacity of some members by id, in the order given; the arguments are those of `team_capacity`."""
    parts = released_parts(plan, period) if released is None else released
    free = _ONE if uses_reserve(plan, period) else _NOTHING
    return {
        name: _capacity(plan, name, period, since, by_day, max(free, parts.get(name, free)))
        for name, by_day in _levels_by_member(plan, members, period)
    }


class Reserve(NamedTuple):
    """What a sprint keeps free for what nobody foresaw, in minutes.

    Attributes:
        minutes: all of it.
        left: what unforeseen work has left of it, and any planned and recurring work where the sprint may use it.
        is_used: whether the sprint may use it for any work.
        unforeseen: what unforeseen work takes of it.
    """

    minutes: int
    left: int
    is_used: bool
    unforeseen: int = 0


def uses_reserve(plan: Plan, period: Period) -> bool:
    """Tell whether planned work in a period may take the reserve, as its sprint is written."""
    sprint = plan.sprints.get(period.id)
    return sprint is not None and sprint.use_reserve


def reserve(
    plan: Plan, period: Period, since: date, taken: Mapping[str, int], unforeseen: Mapping[str, int] | None = None
) -> Reserve:
    """Return a period's reserve and what is left of it.

    Args:
        plan: the plan.
        period: the sprint's days.
        since: the first day that counts.
        taken: minutes of planned and recurring work by member.
        unforeseen: minutes of unforeseen work by member, which takes the reserve before all else; None for those of
            the written sprint.
    """
    kept, parts = reserves(plan, period, since)
    asked = unforeseen_minutes(plan, period) if unforeseen is None else unforeseen
    first = {name: min(part, asked.get(name, 0)) for name, part in parts.items()}
    is_used = uses_reserve(plan, period)
    over = {name: max(0, taken.get(name, 0) - kept[name]) if is_used else 0 for name in parts}
    left = sum(max(0, part - max(over[name], first[name])) for name, part in parts.items())
    return Reserve(sum(parts.values()), left, is_used, sum(first.values()))


def reserves(plan: Plan, period: Period, since: date) -> tuple[dict[str, int], dict[str, int]]:
    """Return each member's plannable minutes while the reserve is kept, and the minutes of the reserve."""
    by_member = dict(_levels_by_member(plan, sorted(plan.team), period))
    kept, whole = (
        {name: _capacity(plan, name, period, since, own, released).plannable for name, own in by_member.items()}
        for released in (_NOTHING, _ONE)
    )
    return kept, {name: max(0, whole[name] - kept[name]) for name in whole}  # on single days quarters may cross


def unforeseen_minutes(plan: Plan, period: Period) -> dict[str, int]:
    """Return by member the minutes that a period's written sprint gives to tactics marked as unforeseen."""
    sprint = plan.sprints.get(period.id)
    found: dict[str, int] = {}
    for name, body in sprint.tactics.items() if sprint is not None else ():
        if name not in plan.tactics or not plan.tactics[name].unforeseen or body.dropped is not None:
            continue
        for row in body.tasks.values():
            for member, minutes in row.people.items() if row.dropped is None else ():
                found[member] = found.get(member, 0) + minutes
    return found


def released_parts(plan: Plan, period: Period) -> dict[str, Fraction]:
    """Return which part of their reserve, 0 to 1, unforeseen work of the written sprint takes, by member."""
    asked = unforeseen_minutes(plan, period)
    return part_of_reserve(asked, reserves(plan, period, period.start)[1]) if asked else {}


def part_of_reserve(asked: Mapping[str, int], there: Mapping[str, int]) -> dict[str, Fraction]:
    """Return by member the part of the reserve, 0 to 1, that minutes take; 0 where the member has no reserve."""
    return {
        name: min(_ONE, Fraction(minutes, there[name])) for name, minutes in asked.items() if there.get(name, 0) > 0
    }


def able_members(plan: Plan) -> frozenset[str]:
    """Return the members to whom a task can go: they have a skill, or a task in the backlog or in an open sprint."""
    able = {member.id for member in plan.team.values() if member.skills}
    if len(able) < len(plan.team):
        able |= {owner for tactic in plan.tactics.values() for task in tactic.tasks.values() for owner in task.owners}
        rows = (row for sprint in plan.sprints.values() if sprint.status != "closed" for row in sprint.tactics.values())
        able |= {name for row in rows for task in row.tasks.values() for name in task.people}
    return frozenset(able)


def _levels_by_member(
    plan: Plan, members: Iterable[str], period: Period
) -> Iterator[tuple[str, list[tuple[Fraction, ...]]]]:
    """Yield members in the order given, with what `_levels` says of each of their days."""
    held, able = meeting_minutes(plan, period), able_members(plan)
    for name in members:
        calendar = work_calendar(plan.settings, plan.team[name])
        focus = focus_factor(plan.settings, calendar.member) if name in able else None
        yield name, _levels(calendar, period.days, held.get(name, {}), focus)


def _capacity(
    plan: Plan, name: str, period: Period, since: date, by_day: Sequence[tuple[Fraction, ...]], released: Fraction
) -> Capacity:
    days = period.days
    unreserved = 1 - Fraction(plan.settings.sprint.reserve) * (1 - released)
    whole = {id(levels): (*levels, levels[-1] * unreserved) for levels in by_day}  # to hash fractions takes longer
    running = pairwise(accumulate((whole[id(levels)][-1] for levels in by_day), initial=_NOTHING))
    rounded = (_quarters(after) - _quarters(before) for before, after in running)
    minutes = tuple(own if day >= since else 0 for day, own in zip(days, rounded, strict=True))
    alike = Counter(id(levels) for day, levels in zip(days, by_day, strict=True) if day >= since)
    counted = ([level * number for level in whole[key]] for key, number in alike.items())
    levels = zip(_NOTHING_AT_ALL, *counted, strict=True)  # where no day counts, nothing is left of any level
    totals = [*(floor(sum(level, _NOTHING)) for level in levels), sum(minutes)]
    return Capacity(
        member=name,
        gross=totals[0],
        steps=tuple(Step(step, low - high) for step, (high, low) in zip(STEPS, pairwise(totals), strict=True)),
        minutes=minutes,
    )


def _levels(
    calendar: WorkCalendar,
    days: Sequence[date],
    meetings: Mapping[date, int],
    focus: Fraction | None,
) -> list[tuple[Fraction, ...]]:
    """Return the minutes left of each day: before the first step, and after each of STEPS but reserve and rounding.

    `focus` is the part that goes into planned work, None for who can do none. Days that are alike share one tuple.
    """
    by_day = [calendar.minutes(day) for day in days]
    free = [own.contracted for own in by_day]
    met, beyond = _take_off(free, [Fraction(meetings.get(day, 0)) for day in days])
    known: dict[tuple[tuple[int, int], ...], tuple[Fraction, ...]] = {}  # most days are as others are
    levels: list[tuple[Fraction, ...]] = []
    for day, own, taken, over, after in zip(days, by_day, met, beyond, free, strict=True):
        if not own.gross and not over:
            levels.append(_NO_DAY)
            continue
        week = calendar.pattern(day).week
        like = tuple(map(Fraction.as_integer_ratio, (*own, week, taken, over, after)))
        if like not in known:
            usual = calendar.member.business_as_usual * own.worked / week if week else _NOTHING
            left = max(_NOTHING, after - usual)
            workable = left if focus is not None else _NOTHING
            focused = workable * (focus or _NOTHING)
            known[like] = *own, own.contracted - taken - over, after, left, workable, focused
        levels.append(known[like])
    return levels


def _take_off(free: list[Fraction], asked: Sequence[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Take minutes off the days that ask for them, what does not fit off the days after, at the end off those before.

    Args:
        free: minutes by day; less afterwards.
        asked: minutes by the day that asks.

    Returns:
        Minutes taken by the day that gives them, and minutes that no day has by the day that asks.
    """
    before, lacking = tuple(free), [_NOTHING] * len(free)
    for number, minutes in enumerate(asked):
        rest = minutes
        for day in (*range(number, len(free)), *range(number - 1, -1, -1)) if rest else ():
            share = min(free[day], rest)
            free[day] -= share
            rest -= share
            if not rest:
                break
        lacking[number] = rest
    return [was - now for was, now in zip(before, free, strict=True)], lacking


def _quarters(minutes: Fraction) -> int:
    """Return minutes rounded down to quarters of an hour."""
    return QUARTER_HOUR * (minutes // QUARTER_HOUR)


def focus_factor(settings: Settings, member: Member) -> Fraction:
    """Return the part, 0 to 1, of a member's time for planned work: their own, else 1 for a retainer or the plan's."""
    if member.focus_factor is not None:
        return Fraction(member.focus_factor)
    return Fraction(1) if member.is_retained else Fraction(settings.sprint.focus_factor)


# --- totals ------------------------------------------------------------------------------------------------------


def by_function(plan: Plan, minutes: Mapping[str, int]) -> dict[str, int]:
    """Add up minutes by member to minutes by the function they work in, sorted."""
    totals: dict[str, int] = {}
    for member in sorted(minutes):
        function = plan.team[member].function
        totals[function] = totals.get(function, 0) + minutes[member]
    return dict(sorted(totals.items()))


def by_skill(plan: Plan, minutes: Mapping[str, int]) -> dict[str, int]:
    """Add up minutes by member to the minutes there are for each skill, sorted.

    Whoever holds several skills counts in full for each of them, so these do not add up to the team's total.
    """
    totals: dict[str, int] = {}
    for member in sorted(minutes):
        for skill, level in plan.team[member].skills.items():
            totals[skill] = totals.get(skill, 0) + (minutes[member] if level >= WORKS_ALONE else 0)
    return dict(sorted(totals.items()))
