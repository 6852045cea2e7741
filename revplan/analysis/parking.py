"""The parking lot: what the last written sprint could not hold, and for how long that has been so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.analysis.standing import is_parked_by, last_written, standings

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.sprints import Sprint


@dataclass(frozen=True, slots=True)
class Parked:
    """A tactic in the parking lot.

    Attributes:
        tactic: its id.
        review: the day on which it was to be looked at again.
        sprints: the written sprints that parked it one after the other up to the last, the earliest first.
    """

    tactic: str
    review: date | None
    sprints: tuple[str, ...]


def parking_lot(context: Context) -> tuple[Parked, ...]:
    """Return the tactics that stand as parked, in the order in which the last written sprint has them."""
    last = last_written(context.plan)
    if last is None:
        return ()
    stands, backwards = standings(context), in_order(context.plan)[::-1]
    return tuple(
        Parked(name, entry.review, tuple(sprint.id for sprint in _running(backwards, name))[::-1])
        for name, entry in last.parked.items()
        if name in stands and stands[name].state == "parked"
    )


def _running(backwards: tuple[Sprint, ...], tactic: str) -> tuple[Sprint, ...]:
    return tuple(takewhile(lambda sprint: is_parked_by(sprint, tactic), backwards))
