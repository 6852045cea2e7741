"""Tactics that exclude each other are not placed side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.explain.claims import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, TacticModel


def post(selection: TacticModel) -> None:
    """Place at most one of each pair."""
    for one, other in selection.instance.excludes:
        if one in selection.placed and other in selection.placed:
            selection.forbid((one, other))


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether nothing is placed that the tactic excludes."""
    return schedule.placed.isdisjoint(schedule.excluded[tactic])


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say which alternatives to it are placed."""
    chosen = tuple(sorted(name for name in candidate.excludes if name in placed.names))
    return Reason("excludes", blockers=chosen) if chosen else None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tactics placed beside one they exclude."""
    placed = set(allocation.placed)
    for candidate in problem.candidates:
        for other in candidate.excludes:
            if candidate.id in placed and other in placed:
                yield f"{candidate.id}: is placed beside {other}, which it excludes"
