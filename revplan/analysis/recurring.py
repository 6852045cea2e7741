"""Standing loads: what recurring tactics take off people's hours before anything is planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import first_of_quarter, fiscal_quarter, fiscal_year, next_quarter
from revplan.model.base import MONTHS_PER_YEAR, ONE_DAY, WEEKDAYS, Month, Quarter
from revplan.model.calendar import company_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.periods import Period
    from revplan.model.calendar import PlaceCalendar
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.tactics import Recurrence, Tactic

_EPOCH = date(1970, 1, 5)
"""A Monday, from which every third week and the like are counted where a tactic has no first day."""


class StandingLoad(NamedTuple):
    """What recurring tactics ask of one member in a period, in minutes.

    Attributes:
        member: whose hours.
        tactics: (tactic, minutes) asked for, sorted by tactic.
        taken: on each calendar day of the period, taken off the plannable minutes.
        overload: asked for beyond everything that is plannable; where there is any, nothing is left.
    """

    member: str
    tactics: tuple[tuple[str, int], ...]
    taken: tuple[int, ...]
    overload: int

    @property
    def minutes(self) -> int:
        """Minutes asked for in all."""
        return sum(minutes for _, minutes in self.tactics)


def standing_loads(
    plan: Plan, period: Period, since: date, capacity: Mapping[str, Capacity]
) -> dict[str, StandingLoad]:
    """Return the standing load of every member that has a capacity, by id."""
    asked = _occurrences(plan, period, since)
    return {name: _load(own, period, asked.get(name, ())) for name, own in sorted(capacity.items())}


def occurrences(settings: Settings, tactic: Tactic, period: Period, since: date) -> tuple[date, ...]:
    """Return the days of the period, from a day on, on which a recurring tactic falls due.

    That is the first workday of a calendar week, month, fiscal quarter or year, or the day that the tactic names; every
    workday where it recurs daily. A week that began in the sprint before was counted there, so the sprints of a year
    hold each occurrence once. The tactic's not-before and deadline bound them, and every third week and the like count
    from the one in which the not-before lies.
    """
    recurrence = tactic.recurrence
    if recurrence is None:
        return ()
    first_day = max(filter(None, (since, tactic.not_before)))
    last_day = min(filter(None, (period.end, tactic.deadline)))
    begin = _cycle_of(settings, recurrence, tactic.not_before or _EPOCH)
    calendar = company_calendar(settings)
    cycles = (each for each in _cycles(settings, recurrence, period) if (each.number - begin) % recurrence.every == 0)
    found = (_day_of(calendar, recurrence, each) for each in cycles)
    return tuple(day for day in found if day is not None and day in period and first_day <= day <= last_day)


class _Cycle(NamedTuple):
    """A week, month, quarter or year, or a day: its number, counted on for ever, and its first and last day."""

    number: int
    first: date
    last: date


def _cycle(settings: Settings, recurrence: Recurrence, day: date) -> _Cycle:
    """Return the cycle of a recurrence in which a day lies."""
    match recurrence.unit:
        case "day":
            return _Cycle(day.toordinal(), day, day + ONE_DAY * (recurrence.every - 1))
        case "week":
            monday = day - ONE_DAY * day.weekday()
            return _Cycle((monday - _EPOCH).days // 7, monday, monday + ONE_DAY * 6)
        case "month":
            month = Month.of(day)
            return _Cycle(MONTHS_PER_YEAR * month.year + month.month, month.first, month.last)
        case "quarter":
            quarter = fiscal_quarter(settings, day)
            end = first_of_quarter(settings, next_quarter(quarter)) - ONE_DAY
            return _Cycle(4 * quarter.year + quarter.number, first_of_quarter(settings, quarter), end)
        case "year":
            year = fiscal_year(settings, day)
            first, after = (first_of_quarter(settings, Quarter(each, 1)) for each in (year, year + 1))
            return _Cycle(year, first, after - ONE_DAY)


def _cycle_of(settings: Settings, recurrence: Recurrence, day: date) -> int:
    return _cycle(settings, recurrence, day).number


def _cycles(settings: Settings, recurrence: Recurrence, period: Period) -> Iterator[_Cycle]:
    """Yield the cycles of a recurrence that reach into a period, in order."""
    reach = recurrence.every - 1 if recurrence.unit == "day" else 0
    day = period.start - ONE_DAY * reach
    while day <= period.end:
        cycle = _cycle(settings, recurrence, day)
        yield cycle
        day = day + ONE_DAY if recurrence.unit == "day" else cycle.last + ONE_DAY


def _day_of(calendar: PlaceCalendar, recurrence: Recurrence, cycle: _Cycle) -> date | None:
    """Return the day of a cycle on which work recurs; None where nobody works in it.

    It is the day that the recurrence names, or the next workday, or where there is none in the cycle the last before.
    """
    days = [cycle.first + ONE_DAY * number for number in range((cycle.last - cycle.first).days + 1)]
    wanted = cycle.first
    if isinstance(recurrence.day, str):
        wanted = next(day for day in days if WEEKDAYS[day.weekday()] == recurrence.day)
    elif recurrence.day is not None:
        wanted = cycle.first + ONE_DAY * (min(recurrence.day, Month.of(cycle.first).last.day) - 1)
    later = (day for day in days if day >= wanted)
    before = (day for day in reversed(days) if day < wanted)
    return calendar.first_workday(later) or calendar.first_workday(before)


def _occurrences(plan: Plan, period: Period, since: date) -> dict[str, list[tuple[date, str, int]]]:
    """Return (day, tactic, minutes) of every occurrence, by member."""
    asked: dict[str, list[tuple[date, str, int]]] = {}
    for name in sorted(plan.tactics):
        tactic = plan.tactics[name]
        if tactic.recurring is None or tactic.status != "ready":
            continue
        for day in occurrences(plan.settings, tactic, period, since):
            for task in tactic.tasks.values():
                for owner in task.owners:
                    asked.setdefault(owner, []).append((day, name, task.minutes))
    return asked


def _load(capacity: Capacity, period: Period, asked: Sequence[tuple[date, str, int]]) -> StandingLoad:
    free = list(capacity.minutes)
    by_tactic: dict[str, int] = {}
    overload = 0
    for day, tactic, minutes in sorted(asked):
        by_tactic[tactic] = by_tactic.get(tactic, 0) + minutes
        overload += _take(free, (day - period.start).days, minutes)
    taken = tuple(before - after for before, after in zip(capacity.minutes, free, strict=True))
    return StandingLoad(capacity.member, tuple(sorted(by_tactic.items())), taken, overload)


def _take(free: list[int], first: int, minutes: int) -> int:
    """Take minutes from a day and the days after it, then from the days before. Return the minutes that did not fit."""
    for day in (*range(first, len(free)), *range(first - 1, -1, -1)):
        share = min(free[day], minutes)
        free[day] -= share
        minutes -= share
        if not minutes:
            break
    return minutes
