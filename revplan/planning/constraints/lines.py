"""The placed tactics cost their budget lines no more than is left on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.tactics import Tactics


def post(tactics: Tactics) -> None:
    """Bound the cost of what is placed on each line."""
    for line, left in tactics.network.problem.lines:
        costs = [
            (column, tactics.network.candidates[tactic].cost)
            for tactic, column in tactics.placed.items()
            if tactics.network.candidates[tactic].line == line
        ]
        tactics.model.row(costs, most=max(0, left))


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield budget lines that are overspent."""
    placed = set(allocation.placed)
    for line, left in problem.lines:
        spent = sum(
            candidate.cost for candidate in problem.candidates if candidate.id in placed and candidate.line == line
        )
        if spent > max(0, left):
            yield f"budget line {line}: {spent} of {left} cents are spent"
