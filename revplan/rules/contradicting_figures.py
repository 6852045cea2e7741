"""Two figures of one thing.

What: the metric that is revenue itself has a reading that differs from the goal's `actual` of the same month, or the
goals of two years give a month different figures. Revenue by month is the goal's `actual`; the metric with
`revenue: true` reads it, and needs no readings of its own. Amounts that differ by less than one are the same, rounded.
Why: one agenda would say both, and nobody knows which of them the forecast goes by.

Bad:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        actual: {2026-10: 3.7M}}
    metrics:
      arr: {name: Revenue, unit: USD, direction: up, owner: ana, cadence: monthly, target: 3000000, revenue: true,
        readings: {2026-10-31: 3600000}}

Good:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        actual: {2026-10: 3.7M}}
    metrics:
      arr: {name: Revenue, unit: USD, direction: up, owner: ana, cadence: monthly, target: 3000000, revenue: true}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.actuals import read_by_month, revenue_metrics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import count, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal

CODE = "RP704"
SLUG = "contradicting-figures"
SEVERITY = Severity.ERROR
ROUNDING = 1
"""Amounts that differ by less than this many units of the currency are the same."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each month that two places give different figures of."""
    goals = [goal for _, goal in sorted(context.plan.goals.items())]
    for goal in goals:
        yield from _read_otherwise(context, goal)
    for number, later in enumerate(goals):
        for earlier in goals[:number]:
            yield from _check_typed_figures(context, earlier, later)


def _read_otherwise(context: Context, goal: Goal) -> Iterator[Finding]:
    currency = context.plan.settings.currency
    for metric in revenue_metrics(context.plan):
        read = read_by_month(context, goal.measure, (metric,))
        for month in sorted(read.keys() & goal.actual.keys()):
            day, value = read[month]
            actual = goal.actual[month]
            if abs(value - Fraction(actual)) >= ROUNDING:
                typed = currency.say(actual)
                message = (
                    f'"{metric.id}" is revenue, and {currency.say(value)} on {day};'
                    f" goal {goal.id} has {typed} for {month}"
                )
                hint = f"drop the reading: the metric reads the goal's actual; or correct the actual of {month}"
                ref, other = Ref("metric", metric.id, ("readings", str(day))), _actual(goal, month)
                yield Finding(CODE, ref, message, hint, related=(other,))


def _actual(goal: Goal, month: Month) -> Ref:
    return Ref("goal", goal.id, ("actual", str(month)))


def _check_typed_figures(context: Context, earlier: Goal, later: Goal) -> Iterator[Finding]:
    currency = context.plan.settings.currency
    if earlier.measure == later.measure:
        for month in sorted(earlier.actual.keys() & later.actual.keys()):
            one, other = (currency.say(goal.actual[month]) for goal in (earlier, later))
            if one != other:
                message = f"goal {later.id} has {other} for {month}, and goal {earlier.id} {one}"
                yield Finding(CODE, _actual(later, month), message, _ONE, related=(_actual(earlier, month),))
    if earlier.history is not None and later.history is not None:
        for month in sorted(earlier.history.created.keys() & later.history.created.keys()):
            ways = [goal.history.created[month] for goal in (earlier, later) if goal.history is not None]
            if ways[0] != ways[1]:
                keys = ("history", "created", str(month))
                message = (
                    f"goal {later.id} has {quantity(ways[1], 'opportunity', 'opportunities')} created in {month},"
                    f" and goal {earlier.id} {count(ways[0])}"
                )
                yield Finding(
                    CODE, Ref("goal", later.id, keys), message, _ONE, related=(Ref("goal", earlier.id, keys),)
                )


_ONE = "keep one of them: every year reads both"
