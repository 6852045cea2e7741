"""Pictures of a sprint: hours and value burnt up against the plan, and its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.pace import half_value_day, pace, value_days
from revplan.analysis.periods import Period
from revplan.analysis.workload import assignments, work_log
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.reports.document import Picture
from revplan.reports.figures import LineChart, Series, ticks
from revplan.reports.work_pictures import say_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint


def burn_up(context: Context, sprint: Sprint) -> LineChart:
    """Return planned work done by day against what the tasks' last days ask for, and hours worked, all in hours.

    What is done without a day counts on its last day, and today at the latest. Hours that no day is known of are left
    out of the worked ones.
    """
    days = Period(sprint.id, sprint.start, sprint.end).days
    tasks = tuple(assignments(sprint))
    passed = sum(day <= context.today for day in days)
    due = dict.fromkeys(days, 0)
    done, worked = dict(due), dict(due)
    for one in tasks:
        due[_within(days, one.row.due or sprint.end)] += one.row.own_minutes
        if one.row.status == "done":
            done[_within(days, one.row.done or min(context.today, one.row.due or sprint.end))] += one.row.own_minutes
    for entry in work_log(sprint):
        if sprint.start <= entry.day <= sprint.end:
            worked[entry.day] += entry.minutes
    asked, earned, spent = (tuple(_hours(days, by_day)) for by_day in (due, done, worked))
    rest: tuple[None, ...] = (None,) * (len(days) - passed)
    series = [Series("planned", asked, is_plan=True), Series("done", (*earned[:passed], *rest))]
    if any(worked.values()):
        series.append(Series("worked", (*spent[:passed], *rest)))
    values = [*asked, *earned[:passed], *spent[:passed]]
    now = passed - 1 if sprint.start <= context.today <= sprint.end else None
    return LineChart(tuple(map(wording.short_date, days)), tuple(series), ticks(values, say_hours), now)


def _within(days: Sequence[date], day: date) -> date:
    return min(max(day, days[0]), days[-1])


def _running(days: Sequence[date], by_day: Mapping[date, int]) -> Iterator[int]:
    total = 0
    for day in days:
        total += by_day[day]
        yield total


def _hours(days: Sequence[date], by_day: Mapping[date, int]) -> Iterator[float]:
    yield from (minutes / MINUTES_PER_HOUR for minutes in _running(days, by_day))


def draw_burn_up(context: Context, sprint: Sprint) -> Iterator[Picture]:
    """Yield a sprint's burn-up in hours and in value, where it has tasks."""
    if any(assignments(sprint)):
        caption = "Hours of planned work done by day, against what the tasks' last days ask for."
        if any(one.row.status == "done" and one.row.done is None for one in assignments(sprint)):
            caption += " Tasks done on a day that nobody wrote down count on their last day."
        yield Picture(caption, burn_up(context, sprint))
        yield from draw_value(context, sprint)


# --- value -------------------------------------------------------------------------------------------------------


def value_burn_up(context: Context, sprint: Sprint) -> LineChart:
    """Return by day which part of the sprint's value its dates promise, which is done, and the same of its hours.

    Everything is a part of the whole that is planned, so that hours and value share an axis.
    """
    hours = burn_up(context, sprint)
    days = Period(sprint.id, sprint.start, sprint.end).days
    passed = sum(day <= context.today for day in days)
    due, done = dict.fromkeys(days, 0), dict.fromkeys(days, 0)
    for one in value_days(context, sprint):
        due[_within(days, one.due)] += one.value
        if one.done is not None and one.done <= context.today:
            done[_within(days, one.done)] += one.value
    rest: tuple[None, ...] = (None,) * (len(days) - passed)
    planned, earned = hours.series[0].values, hours.series[1].values[:passed]
    asked, won = tuple(_running(days, due)), tuple(_running(days, done))[:passed]
    series = (
        Series("value planned", _parts(asked, asked[-1]), is_plan=True),
        Series("value done", (*_parts(won, asked[-1]), *rest)),
        Series("hours done", (*_parts(earned, planned[-1]), *rest)),
    )
    values = [value for one in series for value in one.values if value is not None]
    return LineChart(hours.labels, series, ticks(values, _say_percent), hours.now)


def _parts(values: Sequence[float | None], whole: float | None) -> tuple[float, ...]:
    return tuple(100 * (value or 0.0) / whole if whole else 0.0 for value in values)


def _say_percent(value: float) -> str:
    return f"{value:.0f}%"


def draw_value(context: Context, sprint: Sprint) -> Iterator[Picture]:
    """Yield the value burnt up beside the hours, where tactics of some value are to be finished in the sprint."""
    half = half_value_day(value_days(context, sprint))
    if half is not None:
        day = wording.short_date(half)
        caption = f"Value of the tactics that are finished, beside hours; half of the value is due by {day}."
        yield Picture(caption, value_burn_up(context, sprint))


# --- its days ----------------------------------------------------------------------------------------------------


def progress_of(context: Context, sprint: Sprint) -> dict[str, float]:
    """Return the part of each task that is done, from 0 to 1, by `tactic/task`."""
    return {str(task.at): task.earned / task.planned if task.planned else 0.0 for task in pace(context, sprint).tasks}


def orders_of(plan: Plan, tasks: Sequence[Assignment]) -> tuple[tuple[int, ...], ...]:
    """Return for each task the places of those of its tactic that it follows."""
    places = {(one.tactic, one.task): place for place, one in enumerate(tasks)}
    return tuple(
        tuple(
            places[one.tactic, before]
            for before in (plan.tactics[one.tactic].tasks[one.task].after if _is_known(plan, one) else ())
            if (one.tactic, before) in places
        )
        for one in tasks
    )


def _is_known(plan: Plan, one: Assignment) -> bool:
    return one.tactic in plan.tactics and one.task in plan.tactics[one.tactic].tasks
