"""Metrics: the last reading against its target, its age, its trend, and the tree that ends at revenue."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.actuals import is_series, revenue_metrics
from revplan.analysis.periods import fiscal_year
from revplan.analysis.targets import monthly_targets
from revplan.model.base import ONE_WEEK, Month
from revplan.model.context import Context
from revplan.model.metrics import PERCENT
from revplan.model.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan

    Color = Literal["green", "amber", "red"]


AMBER_WITHIN = Decimal("0.05")
"""A target, or the end of a range, missed by less than this part of itself is amber; by this much or more, red."""
AMBER_FROM = Fraction(1, 2)
"""Of a metric with a baseline: the part of the way to its target from which on it is amber all the same."""
RATIO_DIGITS = 6
"""Decimals of a ratio of two metrics."""
STALE_AFTER = {"weekly": 14, "monthly": 62}
"""Days after which a reading no longer tells how things are: two of the metric's own intervals."""


class Reading(NamedTuple):
    """What a metric was on a day, in its own unit."""

    day: date
    value: Decimal


def effective_metric(context: Context, metric: Metric) -> Metric:
    """Return a metric with the readings and targets that count.

    A ratio is read from its two metrics. The metric that is revenue itself reads the goals: their actuals, at its own
    last reading's day in the month or the month's last day up to today, and their targets by month. Any other is as it
    stands.
    """
    if metric.ratio is not None:
        return metric.model_copy(update={"readings": _ratio_readings(context, metric, frozenset())})
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


def _ratio_readings(context: Context, metric: Metric, above: frozenset[str]) -> dict[date, Decimal]:
    """Return the readings of a ratio: in each of its weeks or months, the last reading of one metric / the other.

    A reading is dated by the later of the two. There is none where one of them was not read, or the divisor was 0, nor
    where a ratio leads back to itself.
    """
    assert metric.ratio is not None
    above |= {metric.id}
    parts = [_last_by_interval(context, metric, name, above) for name in (metric.ratio.of, metric.ratio.to)]
    factor = 100 if metric.unit.strip() == PERCENT else 1
    found = {}
    for interval in sorted(parts[0].keys() & parts[1].keys()):
        of, to = (part[interval] for part in parts)
        if to.value:
            value = factor * Fraction(of.value) / Fraction(to.value)
            found[max(of.day, to.day)] = round_half_up(value, RATIO_DIGITS)
    return found


def _last_by_interval(
    context: Context, ratio: Metric, name: str, above: frozenset[str]
) -> dict[tuple[int, int], Reading]:
    """Return the last reading of a metric in each week or month, as the ratio is read weekly or monthly."""
    own = context.plan.metrics.get(name)
    if own is None or name in above:
        return {}
    if own.ratio is not None:
        own = own.model_copy(update={"readings": _ratio_readings(context, own, above)})
    else:
        own = effective_metric(context, own)
    found = {}
    for each in readings(own, context.today):
        year, week, _ = each.day.isocalendar()
        found[(year, week) if ratio.cadence == "weekly" else (each.day.year, each.day.month)] = each
    return found


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
    return {Month.of(day): metric.target for day in metric.readings} if metric.target is not None else {}


def readings(metric: Metric, today: date) -> tuple[Reading, ...]:
    """Return the readings taken up to a day, the oldest first. What was not read is not among them."""
    known = ((day, value) for day, value in sorted(metric.readings.items()) if day <= today)
    return tuple(Reading(day, value) for day, value in known if value is not None)


def last_reading(metric: Metric, today: date) -> Reading | None:
    """Return the last reading up to a day; None where there is none."""
    taken = readings(metric, today)
    return taken[-1] if taken else None


def keys_of_reading(own: Metric, reading: Reading) -> tuple[str, ...]:
    """Return where a reading of a metric comes from in the plan: its readings, or what it is worked out of."""
    if reading.day in own.readings:
        return ("readings", str(reading.day))
    return ("ratio",) if own.ratio is not None else ("revenue",)


def target_in(metric: Metric, month: Month) -> Decimal | None:
    """Return what a metric should be in a month, in its own unit; None where it has no target for that month."""
    return metric.target.get(month) if isinstance(metric.target, dict) else metric.target


def color(metric: Metric, reading: Reading) -> Color | None:
    """Return green where a reading meets its month's target or lies in its range, amber where it misses by little.

    Little is less than AMBER_WITHIN of the target, or of the range's nearer end; of a metric with a baseline it is
    AMBER_FROM of the way, too. Else red; None where the month has no target.
    """
    found = miss(metric, reading)
    if found is None:
        return None
    missed, aim = found
    if missed <= 0:
        return "green"
    way = progress(metric, reading, target_in(metric, Month.of(reading.day)))
    is_near = missed < AMBER_WITHIN * abs(aim) or (way is not None and way >= AMBER_FROM)
    return "amber" if is_near else "red"


def miss(metric: Metric, reading: Reading) -> tuple[Decimal, Decimal] | None:
    """Return by how much a reading misses what it is to be, 0 or less where it does not, and the value that it misses.

    None where the month has no target.
    """
    if metric.keep is not None:
        low, high = metric.keep
        return max((low - reading.value, low), (reading.value - high, high))
    target = target_in(metric, Month.of(reading.day))
    if target is None:
        return None
    return (target - reading.value if metric.direction == "up" else reading.value - target), target


def progress(metric: Metric, reading: Reading | None, target: Decimal | None) -> Fraction | None:
    """Return the part of the way from a metric's baseline to a target that a reading has come; below 0 behind it.

    None where there is no baseline, no reading or no target, or the two are the same.
    """
    if reading is None or target is None or metric.baseline is None or target == metric.baseline:
        return None
    return Fraction(reading.value - metric.baseline) / Fraction(target - metric.baseline)


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
    """Return the metrics of a function: those that the function lists, and those whose `function` it is."""
    own = plan.company.functions.get(function)
    named = frozenset(own.measurables) if own is not None else frozenset()
    return named | {metric.id for metric in plan.metrics.values() if metric.function == function}


INTERVALS = 13
"""Intervals a trend looks back on: a quarter's weeks, or a year and a month."""


class Trend(NamedTuple):
    """A metric over its last INTERVALS weeks or months.

    Attributes:
        values: the last reading of each interval, the oldest first; None where there was none.
    """

    values: tuple[Decimal | None, ...]

    @property
    def pace(self) -> Fraction | None:
        """Average change per week or month, from the first known value to the last; None with fewer than two values."""
        known = [(place, value) for place, value in enumerate(self.values) if value is not None]
        if len(known) <= 1:
            return None
        (first, before), (last, after) = known[0], known[-1]
        return Fraction(after - before) / (last - first)


class ScorecardEntry(NamedTuple):
    """A metric on the scorecard.

    Attributes:
        depth: steps from it to the metric its chain ends at: 0 for revenue itself.
        reading: the last one; None where there is none.
        target: what it should be in the month of that reading, or in this month where there is none; None where it is
            to stay within a range.
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

    @property
    def progress(self) -> Fraction | None:
        """The part of the way from the metric's baseline to its target; None where it has no baseline."""
        return progress(self.metric, self.reading, self.target)


def scorecard(plan: Plan, today: date) -> tuple[ScorecardEntry, ...]:
    """Return every metric once, each below what it drives; what leads nowhere comes last."""
    context = Context(plan, today)
    return tuple(
        _entry(effective_metric(context, plan.metrics[name]), depth, today) for name, depth in in_tree(plan.metrics)
    )


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
        return (today - day) // ONE_WEEK
    return (today.year - day.year) * 12 + today.month - day.month
