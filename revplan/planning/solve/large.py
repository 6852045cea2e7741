"""Large sprints: a bound and a selection from a model, made into a sound plan, and improved part by part.

The model is the master while it is small enough for its root, and the aggregate beyond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.aggregate import Aggregate
from revplan.planning.solve.board import Board, Worth, by_density, filled, worth
from revplan.planning.solve.layers import best_value, most_valuable
from revplan.planning.solve.master import Master
from revplan.planning.solve.parts import improved
from revplan.planning.solve.result import Result
from revplan.planning.solve.thinned import thinned

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.planning.network import Network
    from revplan.planning.solve.layers import Choice
    from revplan.planning.solve.tactics import Tactics

OWNED = 10_000
"""Pairs of a task and a member who may own it, up to which the model has owners."""

NODES = 1
"""Branch-and-bound nodes for the model: what its root finds is near enough."""


def in_parts(network: Network, start: Board, tell: Callable[[str], None]) -> Result:
    """Find a good plan and a bound for a sprint too large to be solved as a whole.

    Args:
        network: the problem.
        start: a sound plan to begin with.
        tell: is told what is going on.
    """
    tell("choosing tactics")
    model = Master(network) if sum(len(task.workers) for task in network.tasks) <= OWNED else Aggregate(network)
    try:
        choice = most_valuable(model, None, NODES)
        board, interrupted = improved(_beginning(model, choice, start), tell)
        bound = _bound(model, choice, board.worth)
    except KeyboardInterrupt:
        return Result(start.plan, worth(network, model.placed), "ranked", interrupted=True)
    return Result(board.plan, bound, "neighbourhood", interrupted)


def _beginning(model: Tactics, choice: Choice | None, start: Board) -> Board:
    """Return the best plan to improve: the start, or what can be made of the model's choice."""
    boards = [start]
    if choice is not None:
        boards.append(packed(model.network, choice))
        if isinstance(model, Master):
            boards.append(thinned(model.network, model.owners(choice.values)))
    return max(boards, key=lambda one: one.worth)


def _bound(model: Tactics, choice: Choice | None, reached: Worth) -> Worth:
    """Return the bound on plans with as much must value as was reached."""
    if choice is None:
        return worth(model.network, model.placed)
    if reached[:2] >= choice.bound[:2]:
        return choice.bound
    value = best_value(model, reached, NODES)
    return Worth(choice.bound.kept, choice.bound.must, max(choice.bound.value, value))


def packed(network: Network, choice: Choice) -> Board:
    """Return a board filled with the chosen tactics first, whoever has room for them."""
    return filled(Board(network), by_density(network, choice.selection))
