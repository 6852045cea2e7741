"""The scorecard: every metric with its reading, target, color, trend and age, in the tree that ends at revenue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.metrics import age, as_read, color, is_stale, last_reading, readings, target_in
from revplan.model.base import Month
from revplan.model.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from revplan.analysis.metrics import Color, Reading
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan

INTERVALS = 13
"""Intervals a trend looks back on: a quarter's weeks, or a year and a month."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Trend:
    """A metric over its last INTERVALS weeks or months.

    Attributes:
        values: the last reading of each interval, the oldest first; None where there was none.
    """

    values: tuple[Decimal | None, ...]

    @property
    def pace(self) -> Fraction | None:
        """Change an interval, from the first value known to the last; None where fewer than two are."""
        known = [(place, value) for place, value in enumerate(self.values) if value is not None]
        if len(known) <= 1:
            return None
        (first, before), (last, after) = known[0], known[-1]
        return Fraction(after - before) / (last - first)


@dataclass(frozen=True, slots=True)
class ScorecardEntry:
    """A metric on the scorecard.

    Attributes:
        depth: steps from it to the metric its chain ends at: 0 for revenue itself.
        reading: the last one; None where there is none.
        target: what it should be in the month of that reading, or in this month where there is none.
        age: days since the reading.
        is_stale: whether that is too long for its cadence.
        color: by the reading and its month's target; None where there is no reading, it is stale, or no target.
    """

    metric: Metric
    depth: int
    reading: Reading | None
    target: Decimal | None
    age: int | None
    is_stale: bool
    color: Color | None
    trend: Trend


def scorecard(plan: Plan, today: date) -> tuple[ScorecardEntry, ...]:
    """Return every metric once, each below what it drives; what leads nowhere comes last."""
    context = Context(plan, today)
    return tuple(_entry(as_read(context, plan.metrics[name]), depth, today) for name, depth in in_tree(plan.metrics))


def in_tree(metrics: Mapping[str, Metric]) -> tuple[tuple[str, int], ...]:
    """Return (metric, depth) from revenue down its drivers, then from the other metrics that drive nothing known.

    Metrics that drive each other in a circle come last, flat.
    """
    ends = sorted(
        (name for name, metric in metrics.items() if metric.drives not in metrics),
        key=lambda name: (not metrics[name].revenue, name),
    )
    found = [entry for end in ends for entry in _below(metrics, end, 0)]
    seen = {name for name, _ in found}
    return (*found, *((name, 0) for name in sorted(metrics) if name not in seen))


def _below(metrics: Mapping[str, Metric], name: str, depth: int) -> Iterator[tuple[str, int]]:
    yield name, depth
    for driver in sorted(other for other, metric in metrics.items() if metric.drives == name):
        yield from _below(metrics, driver, depth + 1)


def _entry(metric: Metric, depth: int, today: date) -> ScorecardEntry:
    reading = last_reading(metric, today)
    stale = reading is not None and is_stale(metric, reading, today)
    return ScorecardEntry(
        metric=metric,
        depth=depth,
        reading=reading,
        target=target_in(metric, Month.of(reading.day if reading is not None else today)),
        age=age(reading, today) if reading is not None else None,
        is_stale=stale,
        color=color(metric, reading) if reading is not None and not stale else None,
        trend=trend(metric, today),
    )


def trend(metric: Metric, today: date) -> Trend:
    """Return a metric's last INTERVALS weeks that end today, or calendar months that end with this one."""
    values: list[Decimal | None] = [None] * INTERVALS
    for reading in readings(metric, today):
        back = _intervals_back(metric, reading.day, today)
        if back < INTERVALS:
            values[INTERVALS - 1 - back] = reading.value
    return Trend(tuple(values))


def _intervals_back(metric: Metric, day: date, today: date) -> int:
    if metric.cadence == "weekly":
        return (today - day) // _WEEK
    return (today.year - day.year) * 12 + today.month - day.month
