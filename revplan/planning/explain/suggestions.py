"""The best change that would bring each parked tactic in, within an effort that is counted, not timed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from revplan.planning.explain.ejection import Ejections
from revplan.planning.explain.insertion import Insertion
from revplan.planning.explain.least import cheapest_swap, least_cash
from revplan.planning.insertion_windows import weekly

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from revplan.planning.explain.claims import Suggestion, Swap
    from revplan.planning.explain.ejection import Ejection
    from revplan.planning.problem import Allocation, SprintProblem

EFFORT = 8000
"""Pairs of a task and a member who may own it that are looked at in all: each tactic asked for looks at every one."""

EXACT = 400
"""Pairs times tactics up to which the sprint is planned with each of them: what is said then is the least."""

FEW = 1
"""Tactics that may leave in a swap shown in the parking lot: one against one is soon found, and soon discussed."""


def suggestions(problem: SprintProblem, allocation: Allocation, parked: Sequence[str]) -> dict[str, Suggestion]:
    """Return the best change found for the parked tactics; those without one are not worked out.

    A swap for one tactic costs no money, so it comes first; else it is said what would have to be added. The solver
    works on several tactics at a time, each by itself, so what is found does not depend on who is done first.
    Ctrl-C leaves the rest not worked out.

    Args:
        problem: the sprint, with every parked tactic among its candidates.
        allocation: what is placed.
        parked: the tactics to ask for, in the order in which effort is spent on them.
    """
    asked: dict[str, Future[Suggestion | None]] = {}
    pool = ThreadPoolExecutor()
    try:
        ejections = Ejections(problem, allocation)
        for tactic in parked[: EFFORT // max(1, ejections.pairs)]:
            insertion = Insertion(problem, allocation, tactic, weekly)
            if ejections.pairs * len(problem.candidates) <= EXACT:
                asked[tactic] = pool.submit(_least, problem, insertion)
                continue
            ejection = ejections.cheapest_ejection(insertion) if insertion.wanted else None
            asked[tactic] = pool.submit(_way, insertion, ejection)
        pool.shutdown()
    except KeyboardInterrupt:
        pool.shutdown(cancel_futures=True)
    return {tactic: way for tactic, future in asked.items() if not future.cancelled() and (way := future.result())}


def _least(problem: SprintProblem, insertion: Insertion) -> Suggestion | None:
    """Return the cheapest swap there is, or else the least cash or, where that is not enough, hours too."""
    if not insertion.wanted:
        return None
    asked = problem, insertion.allocation, insertion.tactic, insertion.wanted
    try:
        return cheapest_swap(*asked) or least_cash(*asked) or insertion.quick_addition()
    except KeyboardInterrupt:
        return None


def _way(insertion: Insertion, ejection: Ejection | None) -> Suggestion | None:
    """Return the cheapest swap found against one tactic, or else what would have to be added."""
    return (_swap(insertion, ejection) if ejection is not None else None) or insertion.quick_addition()


def _swap(insertion: Insertion, ejection: Ejection) -> Swap | None:
    """Return the cheapest swap: by moving the others' work, or without moving it."""
    cheaper = insertion.small_swap(FEW, ejection.open) if ejection.open else None
    return cheaper or (insertion.swap_in(ejection.plan) if ejection.plan is not None else None)
