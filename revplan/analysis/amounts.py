"""The amounts of money that a plan gives, each with its place, and those among them that were converted."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from revplan.model.base import Part
from revplan.model.fields import fields
from revplan.model.money import Converted, Instalments, Money, MoneyByMonth, MoneyInSteps, SignedMoney

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Keys, Month, Ref
    from revplan.model.fields import FieldType
    from revplan.model.plan import Plan


def amounts(plan: Plan) -> Iterator[tuple[Ref, Decimal]]:
    """Yield every amount of money that the plan gives, with its place; in the plan's currency."""
    for ref, part in plan.parts():
        for keys, amount in _in_part(part, ()):
            yield ref.at(*keys), amount


def converted_amounts(plan: Plan) -> tuple[tuple[Ref, Converted], ...]:
    """Return the amounts that were written in another currency than the plan's, with their places."""
    if not plan.settings.currencies:
        return ()
    return tuple((ref, amount) for ref, amount in amounts(plan) if isinstance(amount, Converted))


def rates_taken(plan: Plan) -> dict[str, dict[Month, Decimal]]:
    """Return the exchange rates that amounts of the plan were converted at, by currency and month, in order."""
    taken = {(one.currency, one.month): one.rate for _, one in converted_amounts(plan)}
    found: dict[str, dict[Month, Decimal]] = {}
    for (currency, month), rate in sorted(taken.items()):
        found.setdefault(currency, {})[month] = rate
    return found


def _in_part(part: Part, keys: Keys) -> Iterator[tuple[Keys, Decimal]]:
    for name, key in _fields_with_money(type(part)):
        yield from _in_value(getattr(part, name), (*keys, key))


def _in_value(value: Any, keys: Keys) -> Iterator[tuple[Keys, Decimal]]:  # noqa: ANN401 - of any type
    if isinstance(value, Decimal):
        yield keys, value
    elif isinstance(value, Part):
        yield from _in_part(value, keys)
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
