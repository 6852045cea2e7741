"""Figures for programs: hours, money and scores as decimals."""

from __future__ import annotations

from revplan.model.base import MINUTES_PER_HOUR

_VALUE_UNIT = 1000
_CENTS = 100


def hours(minutes: int) -> int | float:
    """Return minutes as hours."""
    return _number(minutes, MINUTES_PER_HOUR)


def money(cents: int) -> int | float:
    """Return cents in the plan's currency."""
    return _number(cents, _CENTS)


def score(value: int) -> int | float:
    """Return thousandths as a score."""
    return _number(value, _VALUE_UNIT)


def _number(count: int, unit: int) -> int | float:
    """Return a count in its unit: whole where it is, else to four digits."""
    return count // unit if count % unit == 0 else round(count / unit, 4)
