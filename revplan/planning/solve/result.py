"""What a search hands back, and how it becomes an Allocation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.planning.problem import Allocation
from revplan.planning.schedule import assignments
from revplan.planning.solve.board import worth

if TYPE_CHECKING:
    from revplan.planning.network import Network
    from revplan.planning.solve.board import Plan, Worth


@dataclass(frozen=True, slots=True)
class Result:
    """A plan and what is known about better ones.

    Attributes:
        plan: owners and days.
        bound: no plan is worth more, layer by layer.
        method: how it was reached.
        interrupted: the user stopped the search.
    """

    plan: Plan
    bound: Worth
    method: str
    interrupted: bool


def selection(network: Network, plan: Plan) -> tuple[int, ...]:
    """Return the tactics the plan places, in order."""
    return tuple(sorted({network.tasks[number].tactic for number in plan.owners}))


def allocation(network: Network, result: Result) -> Allocation:
    """Return the result by the names of the problem."""
    reached = worth(network, selection(network, result.plan))
    return Allocation(
        assignments=assignments(network, result.plan.owners, result.plan.days),
        value=reached.value,
        must_value=reached.must,
        bound=max(reached.value, result.bound.value),
        must_bound=max(reached.must, result.bound.must),
        method=result.method,
        interrupted=result.interrupted,
    )
