"""How rules put figures and lists into a sentence."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.model.base import MINUTES_PER_HOUR
from revplan.rules.figures import number

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LISTED = 6
"""Ids that a message lists by name."""


def hours(minutes: int) -> str:
    """Return minutes as hours with two decimals at most: `95 h`, `1.25 h`."""
    return f"{number(Fraction(minutes, MINUTES_PER_HOUR))} h"


def listed(names: Sequence[str]) -> str:
    """Return names as part of a sentence: `a, b and c`; of many, the first ones and how many more there are."""
    if len(names) <= 1:
        return "".join(names)
    shown = names if len(names) <= MOST_LISTED else (*names[: MOST_LISTED - 1], f"{len(names) - MOST_LISTED + 1} more")
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def counted(count: int, noun: str) -> str:
    """Return how many there are of something: `1 task`, `3 tasks`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
