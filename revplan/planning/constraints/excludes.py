"""Tactics that exclude each other are not placed side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.tactics import Tactics


def post(tactics: Tactics) -> None:
    """Place at most one of each pair."""
    for one, other in tactics.network.excludes:
        if one in tactics.placed and other in tactics.placed:
            tactics.forbid((one, other))


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tactics placed beside one they exclude."""
    placed = set(allocation.placed)
    for candidate in problem.candidates:
        for other in candidate.excludes:
            if candidate.id in placed and other in placed:
                yield f"{candidate.id}: is placed beside {other}, which it excludes"
