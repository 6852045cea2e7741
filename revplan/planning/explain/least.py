"""The least that brings a parked tactic in, by planning with it: the cheapest swap there is, and the least cash.

Both are asked of the planner itself, and all parked tactics may come in too, so no swap, no pin and no smaller sum
tried by hand does better. It takes a plan each, so it is for one tactic, or for small sprints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning import solve
from revplan.planning.explain.claims import Addition, Swap
from revplan.planning.problem import TIERS
from revplan.planning.trial import cash_short, pin, protected_tactics, release, restrict_to, with_cash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from revplan.planning.problem import Allocation, SprintProblem

STEPS = 6
"""Smaller sums tried for one purse: each plan tells how little it needs, so that two or three mostly do."""


def _silent(_step: str) -> None:
    """Tell nobody."""


def cheapest_swap(
    problem: SprintProblem,
    allocation: Allocation,
    tactic: str,
    wanted: frozenset[str],
    on_progress: Callable[[str], None] = _silent,
) -> Swap | None:
    """Return what the best plan with a tactic does without, and what else it brings in; None where there is none.

    Args:
        problem: the sprint, with every parked tactic that may come in among its candidates.
        allocation: what is placed.
        tactic: a parked tactic.
        wanted: the tactic and the parked ones that it requires.
        on_progress: is told what is going on, now and then.
    """
    placed = frozenset(allocation.placed)
    stays = protected_tactics(problem, wanted) & placed
    found = solve.best_selection(pin(problem, wanted | stays), on_progress)
    if not wanted | stays <= set(found.placed):
        return None
    return as_swap(allocation, found, tactic, is_least=found.proven)


def forced_swap(
    problem: SprintProblem,
    allocation: Allocation,
    tactic: str,
    wanted: frozenset[str],
    pins: Collection[str],
    on_progress: Callable[[str], None],
) -> Swap | None:
    """Return what the best plan does without where a tactic has to be in, whatever its tier; None where none has it.

    What has begun or is pinned leaves for it only where it must: an alternative first, then a pin, then all pins.

    Args:
        problem: the sprint, with every parked tactic that may come in among its candidates.
        allocation: what is placed.
        tactic: a parked tactic.
        wanted: the tactic and the parked ones that it requires.
        pins: the tactics that the sprint pins.
        on_progress: is told what is going on, now and then.
    """
    kept = frozenset(one.id for one in problem.candidates if one.kept)
    excluded = {name for one in problem.candidates if one.id in wanted for name in one.excludes}
    excluded |= {one.id for one in problem.candidates if wanted & set(one.excludes)}
    gone = (frozenset(), excluded, *({name} for name in sorted(kept.intersection(pins))), kept.intersection(pins), kept)
    for stays in dict.fromkeys(wanted | (kept - leaving) for leaving in gone):
        found = solve.best_selection(pin(release(problem), stays), on_progress)
        if stays <= set(found.placed):
            return as_swap(allocation, found, tactic, is_least=found.proven)
    return None


def has_all(problem: SprintProblem, names: frozenset[str]) -> bool:
    """Tell whether the best plan of a sprint in which these have to be places all of them."""
    return names <= set(solve.best_selection(pin(problem, names)).placed)


def as_swap(allocation: Allocation, found: Allocation, tactic: str, *, is_least: bool = False) -> Swap:
    """Return the swap that another plan with a tactic stands for."""
    placed = frozenset(allocation.placed)
    return Swap(
        out=tuple(sorted(placed - set(found.placed))),
        value_change=found.value - allocation.value,
        together=tuple(sorted(set(found.placed) - placed - {tactic})),
        is_least=is_least,
    )


def least_cash(problem: SprintProblem, allocation: Allocation, tactic: str, wanted: frozenset[str]) -> Addition | None:
    """Return the least cash with which a plan with the tactic is worth no less; None where cash alone does not do.

    Where there are several purses, none of the sums can be smaller by itself. Those that the tactic needs beside what
    is placed are opened first, so that none is named that only another way would take.

    Args:
        problem: the sprint, with every parked tactic that may come in among its candidates.
        allocation: what is placed.
        tactic: a parked tactic.
        wanted: the tactic and the parked ones that it requires.
    """
    beside = cash_short(restrict_to(problem, frozenset(allocation.placed) | wanted))
    if not beside:
        return None
    pinned = pin(problem, wanted)
    reached = _sum_tiers(problem, allocation)
    for short in dict.fromkeys((beside, cash_short(problem))):
        found = solve.best_selection(with_cash(pinned, short))
        if _is_enough(problem, found, wanted, reached):
            break
    else:
        return None
    more = _overspend(problem, found)
    is_least = bool(more)
    for purse in sorted(more):
        for _ in range(STEPS):
            again = solve.best_selection(with_cash(pinned, tuple({**more, purse: more[purse] - 1}.items())))
            if not _is_enough(problem, again, wanted, reached):
                is_least = is_least and again.proven
                break
            found, more = again, {**dict.fromkeys(more, 0), **_overspend(problem, again)}
            if not more[purse]:
                break
        else:
            is_least = False
    cash = tuple((purse, cents) for purse, cents in sorted(more.items()) if cents)
    swap = as_swap(allocation, found, tactic)
    return Addition(cash=cash, together=swap.together, out=swap.out, is_least=is_least) if cash else None


def _sum_tiers(problem: SprintProblem, allocation: Allocation) -> tuple[int, ...]:
    placed = frozenset(allocation.placed)
    chosen = [one for one in problem.candidates if one.id in placed]
    return tuple(sum(one.value for one in chosen if one.tier == tier) for tier in TIERS)


def _is_enough(problem: SprintProblem, found: Allocation, wanted: frozenset[str], reached: tuple[int, ...]) -> bool:
    return wanted <= set(found.placed) and _sum_tiers(problem, found) >= reached


def _overspend(problem: SprintProblem, found: Allocation) -> dict[str, int]:
    """Return what a plan spends beyond what may be spent, by purse."""
    return dict(cash_short(restrict_to(problem, frozenset(found.placed))))
