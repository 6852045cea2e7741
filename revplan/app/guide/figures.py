"""Numbers of answers: counts, rates and hours, each checked."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from revplan.app.editing.numerals import with_point
from revplan.errors import InputError
from revplan.model.numbers import Fraction, TaskMinutes, strip_zeros
from revplan.rules import rate_without_per_cent

if TYPE_CHECKING:
    from collections.abc import Sequence

_HOURS: TypeAdapter[int] = TypeAdapter(TaskMinutes)
_RATE: TypeAdapter[Decimal] = TypeAdapter(Fraction)
_FUNNEL = 5
"""Rates from visitors to opportunities."""


def number(text: str, *, positive: bool) -> Decimal:
    """Return a number.

    Raises:
        InputError: it is none, or not above 0 where it has to be.
    """
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > _MOST or (positive and found <= 0):
        raise InputError(f'"{text}" is no number{" above 0" if positive else ""}', hint="write it like 4 or 2.5")
    return found


_MOST = Decimal(10) ** 12


def plain(value: Decimal) -> str:
    """Return a number in plain notation, without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(text: str, least: int, most: int) -> int:
    """Return a whole number within bounds.

    Raises:
        InputError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and least <= int(text) <= most):
        raise InputError(f'"{text}" is no whole number from {least} to {most}')
    return int(text)


def lag(rates: Sequence[str]) -> Sequence[str]:
    """Return the parts that close month by month.

    Raises:
        InputError: they are no rates, or do not add up to the whole.
    """
    whole = sum(map(rate, rates), Decimal(0))
    if whole != 1:
        said = strip_zeros(whole * 100)
        raise InputError(f"the parts add up to {said}%, not to 100%", hint="such as 0.2 0.5 0.3, or 20% 50% 30%")
    return rates


def rate(text: str) -> Decimal:
    """Return a rate, such as 0.2 or 20%.

    Raises:
        InputError: it is none.
    """
    try:
        return _RATE.validate_python(text)
    except ValidationError as error:
        raise InputError(str(error.errors()[0].get("ctx", {}).get("message", "this is no rate"))) from None


def funnel(rates: Sequence[str]) -> Sequence[str]:
    """Return the rates from visitors to opportunities.

    Raises:
        InputError: there are more or fewer, or one is no rate.
    """
    if len(rates) != _FUNNEL:
        raise InputError(f"there are {_FUNNEL} rates, not {len(rates)}", hint="such as 2.5% 35% 70% 75% 70%")
    for text in rates:
        rate(text)
    return rates


def hours(text: str) -> str:
    """Return hours of work as they were typed.

    Raises:
        InputError: they are none.
    """
    try:
        _HOURS.validate_python(text)
    except ValidationError as error:
        raise InputError(str(error.errors()[0].get("ctx", {}).get("message", "these are no hours"))) from None
    return text


def refuse_missing_per_cent(text: str) -> None:
    """Refuse a retention that no company has: `98` is 9800%, and with it every number looks within reach.

    Raises:
        InputError: it is more than the plan's rule lets pass.
    """
    try:
        kept = number(with_point(text), positive=False)
    except InputError:
        return  # what is no plain number is held against the field
    if kept > rate_without_per_cent.MOST:
        raise InputError(f'"{text}" is {strip_zeros(kept * 100)}%', hint=f"write {text}%, or {strip_zeros(kept / 100)}")
