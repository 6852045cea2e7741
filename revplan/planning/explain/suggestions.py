"""The best change that would bring each parked tactic in, within an effort that is counted, not timed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from revplan.planning.explain.ejection import Ejections
from revplan.planning.explain.insertion import Insertion
from revplan.planning.explain.least import cheapest_swap, least_cash
from revplan.planning.insertion_windows import twice_weekly, weekly
from revplan.planning.instance import build_instance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from revplan.planning.explain.claims import Addition, Suggestion, Swap
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
    worked_out = parked[: EFFORT // max(1, build_instance(problem).pairs)]
    if not worked_out:
        return {}
    pool = ThreadPoolExecutor()
    try:
        ejections, is_exact = Ejections(problem, allocation), is_small(problem)
        for tactic in worked_out:
            if is_exact:
                asked[tactic] = pool.submit(_least, problem, Insertion(problem, allocation, tactic, twice_weekly))
                continue
            insertion = Insertion(problem, allocation, tactic, weekly)
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
    try:
        asked = problem, insertion.allocation, insertion.tactic, insertion.wanted
        return cheapest_swap(*asked) or find_addition(problem, insertion)
    except KeyboardInterrupt:
        return None


def find_addition(problem: SprintProblem, insertion: Insertion) -> Addition | None:
    """Return what would have to be added for a parked tactic, as the parking lot and `explain` say it.

    It is the least cash where that is proven; or else, in a small sprint, the least that is found, and in others what
    does while all that is placed stays as it lies: "at most" so much, and the same amounts wherever they are said.

    Args:
        problem: the sprint, with every parked tactic among its candidates.
        insertion: the tactic beside what is placed; new work may be handed over twice a week.
    """
    asked = problem, insertion.allocation, insertion.tactic
    cash = least_cash(*asked, insertion.wanted)
    if cash is not None and cash.is_least:
        return cash
    if is_small(problem):
        return cash or insertion.least_addition()
    return Insertion(*asked, weekly).quick_addition() or insertion.least_addition() or cash


def is_small(problem: SprintProblem) -> bool:
    """Tell whether a sprint is so small that it is planned with each parked tactic."""
    return build_instance(problem).pairs * len(problem.candidates) <= EXACT


def _way(insertion: Insertion, ejection: Ejection | None) -> Suggestion | None:
    """Return the cheapest swap found against one tactic, or else what would have to be added."""
    return (_swap(insertion, ejection) if ejection is not None else None) or insertion.quick_addition()


def _swap(insertion: Insertion, ejection: Ejection) -> Swap | None:
    """Return the cheapest swap: by moving the others' work, or without moving it."""
    cheaper = insertion.small_swap(FEW, ejection.open) if ejection.open else None
    return cheaper or (insertion.swap_in(ejection.plan) if ejection.plan is not None else None)
