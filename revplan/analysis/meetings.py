"""The meetings that a company holds, on which day each falls, and who is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import first_of_quarter, fiscal_quarter, next_quarter, period_on, successive
from revplan.model.base import WEEKDAYS
from revplan.model.calendar import company_calendar, work_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, time

    from revplan.analysis.periods import Period
    from revplan.model.calendar import PlaceCalendar, WorkCalendar
    from revplan.model.context import Context
    from revplan.model.meetings import MeetingKind
    from revplan.model.plan import Plan
    from revplan.model.settings import QuarterMeeting, Settings, SprintMeeting, WeeklyMeeting

    Setting = WeeklyMeeting | SprintMeeting | QuarterMeeting


class Held(NamedTuple):
    """A meeting on a day.

    Attributes:
        starts: the time of day at which it begins; None where none is set.
        minutes: how long it takes.
        attendees: the members who are there, by id.
        away: those who would take part and are not there on the day.
    """

    kind: MeetingKind
    day: date
    starts: time | None
    minutes: int
    attendees: tuple[str, ...]
    away: tuple[str, ...]


def meetings_held(plan: Plan, period: Period) -> Iterator[Held]:
    """Yield each configured meeting that falls into the period, by kind and day.

    Those listed take part, or every employee who is not on a retainer; whoever is away on the day does not.
    """
    settings, calendar = plan.settings.meetings, company_calendar(plan.settings)
    held = _Attendance(plan, {}).meeting_on
    if settings.weekly is not None:
        for day in period.days:
            if WEEKDAYS[day.weekday()] == settings.weekly.day and not calendar.is_holiday(day):
                yield held("weekly", settings.weekly, day)
    if settings.sprint is not None:
        by_month = plan.settings.sprint.length == "month"
        planning = _meeting_day(calendar, settings.sprint.day, period.days, by_month=by_month)
        if planning is not None:
            yield held("sprint", settings.sprint, planning)
    if settings.quarter is not None:
        for days in _quarters(plan.settings, period):
            session = _meeting_day(calendar, settings.quarter.day, days, by_month=True)
            if session is not None and session in period:
                yield held("quarter", settings.quarter, session)


PERIODS = 4
"""Sprints ahead, the present one included, in which meetings are looked for."""


def meetings_ahead(context: Context) -> Iterator[Held]:
    """Yield the meetings of the present period and of the next ones, past days included."""
    for period in periods_ahead(context):
        yield from meetings_held(context.plan, period)


def periods_ahead(context: Context) -> tuple[Period, ...]:
    """Return the present period and the next ones, PERIODS in all."""
    plan = context.plan
    return tuple(successive(plan, period_on(plan.settings, context.today), PERIODS))


def next_meeting(context: Context, kind: MeetingKind) -> Held | None:
    """Return the next meeting of a kind, today or later; None where none is configured or near."""
    coming = (held for held in meetings_ahead(context) if held.kind == kind and held.day >= context.today)
    return min(coming, key=lambda held: held.day, default=None)


class _Attendance(NamedTuple):
    """Tells who is there; a member's calendar is made once."""

    plan: Plan
    calendars: dict[str, WorkCalendar]

    def meeting_on(self, kind: MeetingKind, setting: Setting, day: date) -> Held:
        """Return the meeting of a kind on a day."""
        everybody = invited_members(self.plan, setting.attendees)
        invited = [name for name in everybody if self._calendar(name).is_under_contract(day)]
        away = {name for name in invited if self._calendar(name).is_away(day)}
        there = tuple(name for name in invited if name not in away)
        return Held(kind, day, setting.time, setting.minutes, there, tuple(name for name in invited if name in away))

    def _calendar(self, name: str) -> WorkCalendar:
        if name not in self.calendars:
            self.calendars[name] = work_calendar(self.plan.settings, self.plan.team[name])
        return self.calendars[name]


def invited_members(plan: Plan, attendees: Sequence[str] | None) -> tuple[str, ...]:
    """Return who takes part in a meeting: those listed, or every employee who is not on a retainer."""
    if attendees is not None:
        return tuple(name for name in dict.fromkeys(attendees) if name in plan.team)
    return tuple(member.id for member in plan.team.values() if member.kind == "employee" and not member.is_retained)


def _meeting_day(
    calendar: PlaceCalendar, day: str | int | None, days: Sequence[date], *, by_month: bool
) -> date | None:
    """Return the day among consecutive days on which a meeting is held; None where nobody works on any of them.

    Args:
        calendar: the company's.
        day: a weekday, whose first workday it is; a number; None for the first workday of all.
        days: of the sprint or quarter.
        by_month: the number is a day of the month; else it counts the days from 1.
    """
    workdays = [each for each in days if calendar.is_workday(each)]
    if day is None or not workdays:
        return workdays[0] if workdays else None
    if isinstance(day, str):
        return next((each for each in workdays if WEEKDAYS[each.weekday()] == day), workdays[0])
    wanted = next((each for each in days if each.day >= day), days[-1]) if by_month else days[min(day, len(days)) - 1]
    return next((each for each in workdays if each >= wanted), workdays[-1])


def _quarters(settings: Settings, period: Period) -> Iterator[tuple[date, ...]]:
    """Yield the days of each fiscal quarter that the period touches."""
    quarter = fiscal_quarter(settings, period.start)
    while (first := first_of_quarter(settings, quarter)) <= period.end:
        quarter = next_quarter(quarter)
        numbers = range(first.toordinal(), first_of_quarter(settings, quarter).toordinal())
        yield tuple(map(first.fromordinal, numbers))


def meeting_minutes(plan: Plan, period: Period) -> dict[str, dict[date, int]]:
    """Return the minutes that each member spends in meetings, by day of the period."""
    spent: dict[str, dict[date, int]] = {}
    for held in meetings_held(plan, period):
        for member in held.attendees:
            days = spent.setdefault(member, {})
            days[held.day] = days.get(held.day, 0) + held.minutes
    return spent
