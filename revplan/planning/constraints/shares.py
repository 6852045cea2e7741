"""Groups of tactics take no more minutes than their share of the sprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.tactics import Tactics


def post(tactics: Tactics) -> None:
    """Bound the minutes of what is placed of each group."""
    places = {candidate.id: number for number, candidate in enumerate(tactics.network.candidates)}
    for share in tactics.network.problem.shares:
        numbers = [places[tactic] for tactic in share.candidates if places.get(tactic) in tactics.placed]
        minutes = [(tactics.placed[number], tactics.network.candidates[number].minutes) for number in numbers]
        tactics.model.row(minutes, most=max(0, share.limit))


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield shares that are exceeded."""
    for share in problem.shares:
        counted = set(share.candidates)
        taken = sum(assignment.minutes for assignment in allocation.assignments if assignment.tactic in counted)
        if taken > max(0, share.limit):
            yield f"{share.of}: {taken} of {share.limit} minutes are taken"
