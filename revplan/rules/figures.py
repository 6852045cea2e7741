"""Figures as findings say them: short, rounded for reading, the same on every machine. No unit is guessed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_MISSING = "?"
_CLOSE_TO_ONE = Fraction(1, 1000)


def number(value: Fraction | Decimal | int | None, places: int = 2) -> str:
    """Return a number with at most so many decimals, with commas; a question mark where it is missing."""
    if value is None:
        return _MISSING
    exact = Fraction(value)
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


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
