"""What metrics say today: the last reading against its target and how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from revplan.analysis.actuals import is_series, revenue_metrics
from revplan.analysis.periods import fiscal_year
from revplan.analysis.targets import monthly_targets
from revplan.model.base import Month

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan

    Color = Literal["green", "amber", "red"]

AMBER_WITHIN = Decimal("0.05")
"""A target missed by less than this part of itself is amber; by this much or more, red."""
STALE_AFTER = {"weekly": 14, "monthly": 62}
"""Days after which a reading no longer tells how things are: two of the metric's own intervals."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a metric was on a day, in its own unit."""

    day: date
    value: Decimal


def as_read(context: Context, metric: Metric) -> Metric:
    """Return a metric with the readings and targets that count.

    The metric that is revenue itself reads the goals: their actuals, at its own last reading's day in the month or the
    month's last day up to today, and their targets by month. Any other is as it stands.
    """
    measure = _measure(context)
    if measure is None or metric not in revenue_metrics(context.plan) or not is_series(metric, measure):
        return metric
    goals = [goal for goal in context.plan.goals.values() if goal.measure == measure]
    typed = {
        month: amount for goal in goals for month, amount in goal.actual.items() if month <= Month.of(context.today)
    }
    own = {day: value for day, value in metric.readings.items() if Month.of(day) not in typed}
    days = {Month.of(day): day for day, value in sorted(metric.readings.items()) if value is not None}
    known = {days.get(month, min(month.last, context.today)): amount for month, amount in typed.items()}
    update: dict[str, object] = {"readings": own | known}
    targets = {
        month: amount for goal in goals for month, amount in monthly_targets(context.plan.settings, goal).items()
    }
    if targets:
        update["target"] = {**_own_targets(metric), **targets}
    return metric.model_copy(update=update)


def _measure(context: Context) -> Literal["recurring", "revenue"] | None:
    """Return how the goals count revenue; that of this fiscal year where they differ, None where there is none."""
    measures = {goal.measure for goal in context.plan.goals.values()}
    goal = context.plan.goals.get(str(fiscal_year(context.plan.settings, context.today)))
    if len(measures) > 1:
        return goal.measure if goal is not None else None
    return next(iter(measures), None)


def _own_targets(metric: Metric) -> dict[Month, Decimal]:
    """Return a metric's targets by month; one target for all months is that of the months it was read in."""
    if isinstance(metric.target, dict):
        return metric.target
    return {Month.of(day): metric.target for day in metric.readings}


def readings(metric: Metric, today: date) -> tuple[Reading, ...]:
    """Return the readings taken up to a day, the oldest first. What was not read is not among them."""
    known = ((day, value) for day, value in sorted(metric.readings.items()) if day <= today)
    return tuple(Reading(day, value) for day, value in known if value is not None)


def last_reading(metric: Metric, today: date) -> Reading | None:
    """Return the last reading up to a day; None where there is none."""
    taken = readings(metric, today)
    return taken[-1] if taken else None


def target_in(metric: Metric, month: Month) -> Decimal | None:
    """Return what a metric should be in a month, in its own unit; None where it has no target for that month."""
    return metric.target.get(month) if isinstance(metric.target, dict) else metric.target


def color(metric: Metric, reading: Reading) -> Color | None:
    """Return green where a reading meets its month's target, amber where it misses it by little, else red.

    Little is less than AMBER_WITHIN of the target. None where the month has no target.
    """
    target = target_in(metric, Month.of(reading.day))
    if target is None:
        return None
    missed = target - reading.value if metric.direction == "up" else reading.value - target
    if missed <= 0:
        return "green"
    return "amber" if missed < AMBER_WITHIN * abs(target) else "red"


def age(reading: Reading, today: date) -> int:
    """Return how many days ago a reading was taken."""
    return (today - reading.day).days


def is_stale(metric: Metric, reading: Reading, today: date) -> bool:
    """Tell whether a reading is too old, for the metric's cadence, to tell how things are."""
    return age(reading, today) > STALE_AFTER[metric.cadence]


def color_today(metric: Metric, today: date) -> Color | None:
    """Return the color of a metric's last reading; None where there is none, or it is stale."""
    reading = last_reading(metric, today)
    return None if reading is None or is_stale(metric, reading, today) else color(metric, reading)


def measures(plan: Plan, function: str) -> frozenset[str]:
    """Return the metrics a function is measured by: those it names, and those that name it."""
    own = plan.company.functions.get(function)
    named = frozenset(own.measurables) if own is not None else frozenset()
    return named | {metric.id for metric in plan.metrics.values() if metric.function == function}
