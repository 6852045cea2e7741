"""Large sprints: tactics from the aggregate model, packed onto members, and improved by neighbourhoods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.solve.aggregate import Aggregate
from revplan.planning.solve.board import Board, Worth, worth
from revplan.planning.solve.layers import best_value, most_valuable
from revplan.planning.solve.neighbourhood import by_density, improved
from revplan.planning.solve.ranked import filled
from revplan.planning.solve.result import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from revplan.planning.network import Network

NODES = 1
"""Branch-and-bound nodes for the aggregate model: the root alone is within a percent."""


def large(network: Network, start: Board, tell: Callable[[str], None]) -> Result:
    """Find a good plan and a bound for a sprint too large to be solved as a whole.

    Args:
        network: the problem.
        start: a sound plan to begin with.
        tell: is told what is going on.
    """
    tell("choosing tactics")
    aggregate = Aggregate(network)
    choice = most_valuable(aggregate, None, NODES)
    if choice is None:
        bound, board = worth(network, aggregate.placed), start
    else:
        bound, board = choice.bound, packed(network, choice.selection, start)
    board = improved(board, tell)
    reached = board.worth
    if choice is not None and reached[:2] < bound[:2]:
        bound = Worth(bound.kept, bound.must, max(bound.value, best_value(aggregate, reached, NODES)))
    return Result(board.plan, bound, "neighbourhood", aggregate.model.interrupted)


def packed(network: Network, chosen: Iterable[int], start: Board) -> Board:
    """Return the better of the start and a board filled with the chosen tactics first."""
    board = filled(Board(network), by_density(network, chosen))
    return max(start, board, key=lambda one: one.worth)
