"""Numbers that look drawn by lot and are the same on every machine, with every Python."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Dice:
    """Draws from the digests of a name and a running number."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 to below the limit."""
        self._drawn += 1
        drawn = sha256(f"{self._name}:{self._drawn}".encode()).digest()[:8]
        return int.from_bytes(drawn, "big") % limit

    def between(self, least: int, most: int) -> int:
        """Return a number from the least to the most, both included."""
        return least + self.below(most - least + 1)

    def chance(self, percent: int) -> bool:
        """Return whether something happens that does so often in a hundred times."""
        return self.below(100) < percent

    def pick(self, values: Sequence[T]) -> T:
        """Return one of the values."""
        return values[self.below(len(values))]
