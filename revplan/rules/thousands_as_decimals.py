"""An amount of money with three decimals, which looks like thousands.

What: an amount has one point and exactly three digits behind it. To a plan a point begins the decimals, so `1.500` is
one and a half.
Why: in half of the world `1.500` is fifteen hundred. A plan that takes it for 1.5 spends the money twice.

Bad:
    tactics:
      fair: {title: Trade fair, function: marketing, impact: 5, cost: 1.500, tasks: {go: {skill: sales, hours: 16}}}

Good:
    tactics:
      fair: {title: Trade fair, function: marketing, impact: 5, cost: 1500, tasks: {go: {skill: sales, hours: 16}}}
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Part
from revplan.model.fields import fields
from revplan.model.money import Instalments, Money, MoneyByMonth, MoneyInSteps, SignedMoney
from revplan.model.numbers import strip_zeros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Keys
    from revplan.model.context import Context
    from revplan.model.fields import FieldType

CODE = "RP719"
SLUG = "thousands-as-decimals"
SEVERITY = Severity.WARNING
_THREE_DECIMALS = -3
"""The exponent of a number with exactly three decimals."""
_MOST = 1000
"""Amounts below have at most three digits before the point, as the first group of thousands has."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each amount with exactly three decimals."""
    for ref, part in context.plan.parts():
        for keys, amount in _amounts(part, ()):
            if amount.as_tuple().exponent == _THREE_DECIMALS and 1 <= abs(amount) < _MOST:
                whole = f"{amount.scaleb(3):f}"
                message = f"{amount} is {strip_zeros(amount)}, not {whole}"
                hint = f"write {whole} if thousands are meant, else {strip_zeros(amount)}"
                yield Finding(CODE, ref.at(*keys), message, hint)


def _amounts(part: Part, keys: Keys) -> Iterator[tuple[Keys, Decimal]]:
    """Yield every amount of money in a part of the plan, with the way to it."""
    for name, key in _fields_with_money(type(part)):
        yield from _in_value(getattr(part, name), (*keys, key))


def _in_value(value: Any, keys: Keys) -> Iterator[tuple[Keys, Decimal]]:  # noqa: ANN401 - of any type
    if isinstance(value, Decimal):
        yield keys, value
    elif isinstance(value, Part):
        yield from _amounts(value, keys)
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _in_value(below, (*keys, str(key)))
    elif isinstance(value, tuple):
        for place, below in enumerate(value):
            yield from _in_value(below, (*keys, place))


@cache
def _fields_with_money(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """Return the (name, key) of a model's fields that hold money."""
    return tuple((field.name, field.key) for field in fields(model) if _holds_money(field.type))


def _holds_money(found: FieldType) -> bool:
    if found.is_one_of(Money, SignedMoney, MoneyByMonth, MoneyInSteps, Instalments):
        return True
    if found.model is not None:
        return bool(_fields_with_money(found.model))
    return any(map(_holds_money, found.inside()))
