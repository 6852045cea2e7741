"""The placed tactics cost their budget lines no more than is left on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.explain.claims import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, TacticModel


def post(selection: TacticModel) -> None:
    """Bound the cost of what is placed on each line."""
    for line, left in selection.instance.problem.lines:
        costs = [
            (column, selection.instance.candidates[tactic].takes(line))
            for tactic, column in selection.placed.items()
            if line in selection.instance.candidates[tactic].purses
        ]
        selection.model.row(costs, most=max(0, left))


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether what is left on the tactic's budget line is enough for it as well."""
    candidate = schedule.instance.candidates[tactic]
    purses, lines = candidate.purses, schedule.instance.problem.lines
    asked = ((line, left, candidate.takes(line)) for line, left in lines if line in purses)
    return all(not cents or schedule.cash(line) + cents <= left for line, left, cents in asked)


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say how much more it costs than the placed tactics leave on its budget lines."""
    short, takers = placed.beyond("line", candidate)
    return Reason("budget", short, takers) if short else None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield budget lines that are overspent."""
    placed = set(allocation.placed)
    for line, left in problem.lines:
        spent = sum(candidate.takes(line) for candidate in problem.candidates if candidate.id in placed)
        if spent > max(0, left):
            yield f"budget line {line}: {spent} of {left} cents are spent"
