"""The placed tactics cost no more cash than the sprint may commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.tactics import Tactics


def post(tactics: Tactics) -> None:
    """Bound the cost of what is placed."""
    budget = tactics.network.problem.budget
    if budget is not None:
        costs = [(column, tactics.network.candidates[tactic].cost) for tactic, column in tactics.placed.items()]
        tactics.model.row(costs, most=max(0, budget))


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield the sprint's budget where it is overspent."""
    placed = set(allocation.placed)
    spent = sum(candidate.cost for candidate in problem.candidates if candidate.id in placed)
    if problem.budget is not None and spent > max(0, problem.budget):
        yield f"budget: {spent} of {problem.budget} cents are spent"
