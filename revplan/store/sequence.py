"""Where a key belongs among others: entries hold theirs in the order in which the format names them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from revplan.model.base import Part
from revplan.model.plan import COLLECTIONS, SINGLETONS
from revplan.store.shape import below, field_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from revplan.model.change import Data

FILE = object()
"""The place of a whole file."""
_TOP: dict[str, Any] = {
    **{kind.path[0]: kind.model for kind in SINGLETONS},
    **{kind.path[0]: dict[str, kind.model] for kind in COLLECTIONS},  # type: ignore[name-defined]
}


def under(place: Any, key: str) -> Any:
    """Return the type of what stands at a key of a place, in a list at any number; None where nothing is known."""
    return _TOP.get(key) if place is FILE else below(place, key)


@cache
def ranks(place: Any) -> dict[str, int]:
    """Return the keys of a place with their ranks, those of every entry (notes) last; none where it is no entry."""
    if not (isinstance(place, type) and issubclass(place, Part)):
        return {}
    names = sorted(field_names(place, ()), key=lambda name: name in Part.model_fields)
    return {name: rank for rank, name in enumerate(names)}


def rank_keys(place: Any, names: Iterable[str]) -> list[int]:
    """Return the rank of each name in turn; one that the format does not know shares that of the name before it."""
    found, known = [-1], ranks(place)
    for name in names:
        found.append(known.get(name, found[-1]))
    return found[1:]


def position(place: Any, names: Collection[str], new: str) -> int:
    """Return where a new key belongs among those there are: after the last that the format names before it."""
    own = ranks(place).get(new)
    if own is None:
        return len(names)
    return max((at + 1 for at, rank in enumerate(rank_keys(place, names)) if rank < own), default=0)


def arrange(value: Data, place: Any) -> Data:
    """Return a value with the keys of its entries in the format's order; ids stay as they are."""
    if isinstance(value, list):
        return [arrange(each, under(place, str(index))) for index, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    order = dict(zip(value, rank_keys(place, value), strict=True))
    return {key: arrange(value[key], under(place, key)) for key in sorted(value, key=order.__getitem__)}
