"""The parking lot: what the last written sprint could not hold, and for how long that has been so."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from revplan.analysis.backlog import open_tactics
from revplan.analysis.periods import in_order

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.plan import Plan
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


def parking_lot(plan: Plan) -> tuple[Parked, ...]:
    """Return what the last written sprint has parked and is still open, in the order it is written there."""
    backwards = in_order(plan)[::-1]
    if not backwards:
        return ()
    still_open = {tactic.id for tactic in open_tactics(plan)}
    return tuple(
        Parked(name, entry.review, tuple(sprint.id for sprint in _running(backwards, name))[::-1])
        for name, entry in backwards[0].parked.items()
        if name in still_open and _is_parked(backwards[0], name)
    )


def _running(backwards: tuple[Sprint, ...], tactic: str) -> tuple[Sprint, ...]:
    return tuple(takewhile(lambda sprint: _is_parked(sprint, tactic), backwards))


def _is_parked(sprint: Sprint, tactic: str) -> bool:
    row = sprint.tactics.get(tactic)
    return tactic in sprint.parked and (row is None or row.dropped is not None)
