"""What metrics say today: the last reading against its target and how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from revplan.model.base import Month

if TYPE_CHECKING:
    from datetime import date

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
