"""The best change that would bring each parked tactic in, within an effort that is counted, not timed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from revplan.planning.beside import Beside
from revplan.planning.hand_over import weekly
from revplan.planning.rivals import Rivals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.ways import Swap, Way

EFFORT = 8000
"""Pairs of a task and a member who may own it that are looked at in all: each tactic asked for looks at every one."""

FEW = 1
"""Tactics that may leave in a swap shown in the parking lot: one against one is soon found, and soon discussed."""


def openings(problem: SprintProblem, allocation: Allocation, parked: Sequence[str]) -> dict[str, Way]:
    """Return the best change found for the parked tactics; those without one are not worked out.

    A swap for one tactic costs no money, so it comes first; else it is said what would have to be added.
    Ctrl-C leaves the rest not worked out.

    Args:
        problem: the sprint, with every parked tactic among its candidates.
        allocation: what is placed.
        parked: the tactics to ask for, in the order in which effort is spent on them.
    """
    found: dict[str, Way] = {}
    rivals = Rivals(problem, allocation)
    with suppress(KeyboardInterrupt):
        for tactic in parked[: EFFORT // max(1, rivals.pairs)]:
            beside = Beside(problem, allocation, tactic, weekly)
            way = _swap(beside, rivals) or beside.quick_addition()
            if way is not None:
                found[tactic] = way
    return found


def _swap(beside: Beside, rivals: Rivals) -> Swap | None:
    """Return the cheapest swap found against one tactic: as things lie, or by moving the others' work about."""
    if not beside.wanted:
        return None
    found = rivals.leaving(beside)
    cheaper = beside.small_swap(FEW, found.open) if found.open else None
    return cheaper or (beside.swap_in(found.plan) if found.plan is not None else None)
