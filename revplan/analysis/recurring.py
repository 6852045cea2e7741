"""Standing loads: what recurring tactics take off people's hours before anything is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from revplan.analysis.periods import first_workday
from revplan.model.base import Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from revplan.analysis.capacity import Capacity
    from revplan.analysis.periods import Period
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings
    from revplan.model.tactics import Tactic

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class StandingLoad:
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

    That is the first workday of a calendar week or month. A week that began in the sprint before was counted
    there, so the sprints of a year hold each occurrence once. The tactic's not-before and deadline bound them.
    """
    first_day = max(filter(None, (since, tactic.not_before)))
    last_day = min(filter(None, (period.end, tactic.deadline)))
    cycles = _weeks(period) if tactic.recurring == "weekly" else _months(period)
    firsts = (first_workday(settings, days) for days in cycles)
    return tuple(day for day in firsts if day is not None and day in period and first_day <= day <= last_day)


def _weeks(period: Period) -> list[list[date]]:
    monday = period.start - timedelta(days=period.start.weekday())
    count = (period.end - monday).days // 7 + 1
    return [[monday + _WEEK * week + timedelta(days=day) for day in range(7)] for week in range(count)]


def _months(period: Period) -> list[list[date]]:
    months = dict.fromkeys(Month.of(day) for day in period.days)
    return [[month.first.replace(day=day) for day in range(1, month.last.day + 1)] for month in months]


def _occurrences(plan: Plan, period: Period, since: date) -> dict[str, list[tuple[date, str, int]]]:
    """Return (day, tactic, minutes) of every occurrence, by member."""
    asked: dict[str, list[tuple[date, str, int]]] = {}
    for name in sorted(plan.tactics):
        tactic = plan.tactics[name]
        if tactic.recurring is None or tactic.status != "ready":
            continue
        for day in occurrences(plan.settings, tactic, period, since):
            for task in tactic.tasks.values():
                if task.owner is not None:
                    asked.setdefault(task.owner, []).append((day, name, task.minutes))
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
    """Take minutes from a day and the days after it, then from the days before. Return the minutes not found."""
    for day in (*range(first, len(free)), *range(first - 1, -1, -1)):
        share = min(free[day], minutes)
        free[day] -= share
        minutes -= share
        if not minutes:
            break
    return minutes
