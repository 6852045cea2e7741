"""Figures and lists as findings say them: short, rounded for reading, each with its unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan import phrases
from revplan.model.base import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

MOST_LISTED = 6
"""Ids that a message lists by name."""

_MISSING = "?"
_CLOSE_TO_ONE = Fraction(1, 1000)


def number(value: Fraction | Decimal | int | None, places: int = 2) -> str:
    """Return a number with at most so many decimals, with commas; a question mark where it is missing."""
    return phrases.number(value, places) if value is not None else _MISSING


def count(value: Fraction | Decimal | int | None) -> str:
    """Return how many: with one decimal at most below a thousand, `45.2`, and whole from there on, `84,676`."""
    return phrases.count(value) if value is not None else _MISSING


def money(value: Fraction | Decimal | int | None, currency: str) -> str:
    """Return an amount in whole units with its currency: `$248,417`."""
    return phrases.money(Fraction(value), currency) if value is not None else _MISSING


def measured(value: Fraction | Decimal | None, unit: str, currency: str) -> str:
    """Return what a metric was with its unit: `31 leads`, `72%`, `$4,150,000`."""
    if value is None:
        return _MISSING
    if unit.casefold() in (currency.casefold(), phrases.symbol(currency)):
        return money(value, currency)
    return f"{number(value)}%" if unit == "%" else f"{number(value)} {unit}"


def percent(value: Fraction | Decimal | None) -> str:
    """Return a part of a whole with one decimal at most: `62.5%`. What is just short of all never reads as 100%."""
    if value is not None and 1 - _CLOSE_TO_ONE < value < 1:
        return "99.9%"
    return _MISSING if value is None else f"{number(Fraction(value) * 100, 1)}%"


def points(value: Fraction | Decimal) -> str:
    """Return a difference of two parts in points: `12.5 points`."""
    return f"{number(Fraction(value) * 100, 1)} points"


def hours(minutes: int) -> str:
    """Return minutes as hours with the two decimals that tell each minute: `95 h`, `66.23 h`."""
    return f"{number(Fraction(minutes, MINUTES_PER_HOUR))} h"


def list_some(names: Sequence[str]) -> str:
    """Return names as part of a sentence: `a, b and c`; of many, the first ones and how many more there are."""
    shown = names if len(names) <= MOST_LISTED else (*names[: MOST_LISTED - 1], f"{len(names) - MOST_LISTED + 1} more")
    return phrases.join_names(shown)
