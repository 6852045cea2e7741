"""How many minutes each member can put into planned work, day by day.

A day's plannable time, from the formulas in the manual:

    max(0, pattern − time off − business as usual × pattern / week's pattern − meetings) × focus factor × (1 − reserve)

Holidays have no pattern. It is computed exactly; the running total is rounded down to whole minutes, and a day is
the difference, so that no minute is lost or won by rounding day by day.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import first_of_quarter, first_workday, fiscal_quarter
from revplan.model.base import WEEKDAYS
from revplan.model.calendar import company_calendar, work_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.model.calendar import WorkCalendar
    from revplan.model.meetings import MeetingKind
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.team import Member

    Meetings = Mapping[str, Mapping[date, int]]
    """Minutes of meetings by member and day."""

STEPS = ("holidays", "time off", "contract", "business as usual", "meetings", "focus factor", "reserve")
"""What is taken off a member's gross time, in this order, until the plannable time is left."""

WORKS_ALONE = 2
"""The level at which a skill counts as supply: a task's least level where it names none."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step takes off, in minutes: 0 or less."""

    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Capacity:
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


def team_capacity(plan: Plan, period: Period, since: date) -> dict[str, Capacity]:
    """Return the capacity of every member, by id, sorted.

    Args:
        plan: the plan.
        period: the sprint's days.
        since: the first day that counts: today, where the period is under way.
    """
    held = meeting_minutes(plan, period)
    return {name: member_capacity(plan.settings, plan.team[name], period, since, held) for name in sorted(plan.team)}


def member_capacity(settings: Settings, member: Member, period: Period, since: date, meetings: Meetings) -> Capacity:
    """Return one member's capacity in the period, counted from a day on."""
    calendar = work_calendar(settings, member)
    own = meetings.get(member.id, {})
    nothing = (Fraction(0),) * (len(STEPS) + 1)
    by_day = [_levels(settings, calendar, day, own.get(day, 0)) if day >= since else nothing for day in period.days]
    totals = [floor(sum(level)) for level in zip(*by_day, strict=True)]
    running = accumulate((levels[-1] for levels in by_day), initial=Fraction(0))
    return Capacity(
        member=member.id,
        gross=totals[0],
        steps=tuple(Step(name, low - high) for name, (high, low) in zip(STEPS, pairwise(totals), strict=True)),
        minutes=tuple(floor(low) - floor(high) for high, low in pairwise(running)),
    )


def _levels(settings: Settings, calendar: WorkCalendar, day: date, meetings: int) -> tuple[Fraction, ...]:
    """Return what is left of the day before the first step and after each of STEPS, in minutes."""
    hours, week = calendar.hours(day), calendar.pattern(day).week
    usual = calendar.member.business_as_usual * hours.worked / week if week else Fraction(0)
    free = max(Fraction(0), hours.contracted - usual)
    after_meetings = max(Fraction(0), free - meetings)
    focused = after_meetings * focus_factor(settings, calendar.member)
    return *hours, free, after_meetings, focused, focused * (1 - Fraction(settings.sprint.reserve))


def focus_factor(settings: Settings, member: Member) -> Fraction:
    """Return the part of a member's time that goes into planned work; all of a retainer, unless they have their own."""
    if member.focus_factor is not None:
        return Fraction(member.focus_factor)
    return Fraction(1) if member.retained else Fraction(settings.sprint.focus_factor)


# --- meetings ----------------------------------------------------------------------------------------------------


def meeting_minutes(plan: Plan, period: Period) -> dict[str, dict[date, int]]:
    """Return the minutes each member spends in the configured meetings, by day of the period.

    The weekly meeting is held on its weekday, the sprint's planning on the period's first workday, the strategy
    session on the fiscal quarter's. Those listed take part, or every employee who is not on a retainer.
    """
    everyone = [member.id for member in plan.team.values() if member.kind == "employee" and not member.retained]
    spent: dict[str, dict[date, int]] = {}
    for held in meetings_held(plan.settings, period):
        for member in everyone if held.attendees is None else dict.fromkeys(held.attendees):
            days = spent.setdefault(member, {})
            days[held.day] = days.get(held.day, 0) + held.minutes
    return spent


class Held(NamedTuple):
    """A meeting on a day; attendees of None are everyone."""

    kind: MeetingKind
    day: date
    minutes: int
    attendees: tuple[str, ...] | None


def meetings_held(settings: Settings, period: Period) -> Iterable[Held]:
    """Yield each of the configured meetings that is held in the period."""
    calendar = company_calendar(settings)
    weekly, planning, session = settings.meetings.weekly, settings.meetings.sprint, settings.meetings.quarter
    if weekly is not None:
        for day in period.days:
            if WEEKDAYS[day.weekday()] == weekly.day and not calendar.is_holiday(day):
                yield Held("weekly", day, weekly.minutes, weekly.attendees)
    first = calendar.first_workday(period.days)
    if planning is not None and first is not None:
        yield Held("sprint", first, planning.minutes, planning.attendees)
    if session is not None:
        for day in period.days:
            if day == _first_workday_of_quarter(settings, day):
                yield Held("quarter", day, session.minutes, session.attendees)


def _first_workday_of_quarter(settings: Settings, day: date) -> date | None:
    """Return the first workday of the fiscal quarter the day lies in, as far as the day itself."""
    first = first_of_quarter(settings, fiscal_quarter(settings, day))
    until = range(first.toordinal(), day.toordinal() + 1)
    return first_workday(settings, map(day.fromordinal, until))


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
