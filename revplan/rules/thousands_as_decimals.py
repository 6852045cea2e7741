"""An amount of money with three decimals, which looks like thousands.

What: an amount, or a value of a metric that is counted in the plan's currency, has one point and exactly three digits
behind it. To a plan a point begins the decimals, so `1.500` is one and a half.
Why: in half of the world `1.500` is fifteen hundred. A plan that takes it for 1.5 spends the money twice.

Bad:
    tactics:
      fair: {title: Trade fair, function: marketing, impact: 5, cost: 1.500, tasks: {go: {skill: sales, hours: 16}}}

Good:
    tactics:
      fair: {title: Trade fair, function: marketing, impact: 5, cost: 1500, tasks: {go: {skill: sales, hours: 16}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.amounts import amounts
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.money import Converted
from revplan.model.numbers import strip_zeros

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from revplan.model.context import Context
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan

CODE = "RP719"
SLUG = "thousands-as-decimals"
SEVERITY = Severity.WARNING
_THREE_DECIMALS = -3
"""The exponent of a number with exactly three decimals."""
_MOST = 1000
"""Amounts below have at most three digits before the point, as the first group of thousands has."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each amount with exactly three decimals."""
    for ref, found in (*amounts(context.plan), *_money_of_metrics(context.plan)):
        amount = found.original if isinstance(found, Converted) else found
        if amount.as_tuple().exponent == _THREE_DECIMALS and 1 <= abs(amount) < _MOST:
            whole = f"{amount.scaleb(3):f}"
            message = f"{amount} is {strip_zeros(amount)}, not {whole}"
            hint = f"write {whole} if thousands are meant, else {strip_zeros(amount)}"
            yield Finding(CODE, ref, message, hint)


def _money_of_metrics(plan: Plan) -> Iterator[tuple[Ref, Decimal]]:
    """Yield each value of the metrics that are counted in the plan's currency, with its place."""
    for metric in plan.metrics.values():
        if plan.settings.currency.counts(metric.unit.strip()):
            for keys, value in _values(metric):
                yield Ref("metric", metric.id, keys), value


def _values(metric: Metric) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    if isinstance(metric.target, dict):
        yield from ((("target", str(month)), value) for month, value in metric.target.items())
    elif metric.target is not None:
        yield ("target",), metric.target
    if metric.keep is not None:
        yield from ((("keep",), end) for end in metric.keep)
    if metric.baseline is not None:
        yield ("baseline",), metric.baseline
    for day, value in metric.readings.items():
        if value is not None:
            yield ("readings", str(day)), value
