"""Figures as plain data for JSON: decimals to four digits, hours as decimals, None where a figure is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.model.base import MINUTES_PER_HOUR
from revplan.phrases import round_half_up

if TYPE_CHECKING:
    from decimal import Decimal

_DIGITS = 4


def number(value: Fraction | Decimal | int | None) -> int | float | None:
    """Return a figure: a whole number where it is one, else to four digits."""
    if value is None:
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(round_half_up(exact, _DIGITS))


def hours(minutes: int) -> int | float | None:
    """Return minutes as hours."""
    return number(Fraction(minutes, MINUTES_PER_HOUR))
