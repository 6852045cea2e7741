"""The best change that would bring each parked tactic in, within an effort that is counted, not timed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from revplan.planning.beside import Beside
from revplan.planning.hand_over import weekly
from revplan.planning.rivals import Rivals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.rivals import Leaving
    from revplan.planning.ways import Swap, Way

EFFORT = 8000
"""Pairs of a task and a member who may own it that are looked at in all: each tactic asked for looks at every one."""

FEW = 1
"""Tactics that may leave in a swap shown in the parking lot: one against one is soon found, and soon discussed."""


def openings(problem: SprintProblem, allocation: Allocation, parked: Sequence[str]) -> dict[str, Way]:
    """Return the best change found for the parked tactics; those without one are not worked out.

    A swap for one tactic costs no money, so it comes first; else it is said what would have to be added. The solver
    works on several tactics at a time, each by itself, so what is found does not depend on who is done first.
    Ctrl-C leaves the rest not worked out.

    Args:
        problem: the sprint, with every parked tactic among its candidates.
        allocation: what is placed.
        parked: the tactics to ask for, in the order in which effort is spent on them.
    """
    asked: dict[str, Future[Way | None]] = {}
    pool = ThreadPoolExecutor()
    try:
        rivals = Rivals(problem, allocation)
        for tactic in parked[: EFFORT // max(1, rivals.pairs)]:
            beside = Beside(problem, allocation, tactic, weekly)
            leaving = rivals.leaving(beside) if beside.wanted else None
            asked[tactic] = pool.submit(_way, beside, leaving)
        pool.shutdown()
    except KeyboardInterrupt:
        pool.shutdown(cancel_futures=True)
    return {tactic: way for tactic, future in asked.items() if not future.cancelled() and (way := future.result())}


def _way(beside: Beside, leaving: Leaving | None) -> Way | None:
    """Return the cheapest swap found against one tactic, or else what would have to be added."""
    return (_swap(beside, leaving) if leaving is not None else None) or beside.quick_addition()


def _swap(beside: Beside, leaving: Leaving) -> Swap | None:
    """Return the cheapest swap: by moving the others' work about, or as things lie."""
    cheaper = beside.small_swap(FEW, leaving.open) if leaving.open else None
    return cheaper or (beside.swap_in(leaving.plan) if leaving.plan is not None else None)
