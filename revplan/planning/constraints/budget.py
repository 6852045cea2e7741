"""The placed tactics cost no more cash than the sprint may commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.explain.claims import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, TacticModel


def post(selection: TacticModel) -> None:
    """Bound the cost of what is placed."""
    budget = selection.instance.problem.budget
    if budget is not None:
        costs = [(column, selection.instance.candidates[tactic].cost) for tactic, column in selection.placed.items()]
        selection.model.row(costs, most=max(0, budget))


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether the sprint's cash is enough for the tactic as well."""
    budget, cost = schedule.instance.problem.budget, schedule.instance.candidates[tactic].cost
    return budget is None or not cost or schedule.cash() + cost <= budget


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say how much more it costs than the placed tactics leave of the sprint's cash."""
    short, takers = placed.beyond("sprint", candidate)
    return Reason("budget", short, takers) if short else None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield the sprint's budget where it is overspent."""
    placed = set(allocation.placed)
    spent = sum(candidate.cost for candidate in problem.candidates if candidate.id in placed)
    if problem.budget is not None and spent > max(0, problem.budget):
        yield f"budget: {spent} of {problem.budget} cents are spent"
