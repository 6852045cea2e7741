"""Figures as findings say them: short, rounded for reading, the same on every machine. No unit is guessed."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

_MISSING = "?"
_HALF = Fraction(1, 2)
_CLOSE_TO_ONE = Fraction(1, 1000)


def number(value: Fraction | Decimal | int | None, places: int = 2) -> str:
    """Return a number with at most so many decimals, with commas; a question mark where it is missing."""
    if value is None:
        return _MISSING
    whole, part = divmod(floor(abs(Fraction(value)) * 10**places + _HALF), 10**places)
    decimals = f".{part:0{places}}".rstrip("0").rstrip(".")
    sign = "-" if value < 0 and (whole or part) else ""
    return f"{sign}{whole:,}{decimals if places else ''}"


def count(value: Fraction | Decimal | int | None) -> str:
    """Return how many, with one decimal at most: `45.2`."""
    return number(value, 1)


def money(value: Fraction | Decimal | int | None) -> str:
    """Return an amount in the plan's currency, in whole units: `248,417`."""
    return number(value, 0)


def percent(value: Fraction | Decimal | None) -> str:
    """Return a part of a whole with one decimal at most: `62.5%`. What is just short of all never reads as 100%."""
    if value is not None and 1 - _CLOSE_TO_ONE < value < 1:
        return "99.9%"
    return _MISSING if value is None else f"{number(Fraction(value) * 100, 1)}%"


def points(value: Fraction | Decimal) -> str:
    """Return a difference of two parts in points: `12.5 points`."""
    return f"{number(Fraction(value) * 100, 1)} points"
