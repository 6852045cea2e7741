"""SprintProblem to Allocation: the best plan that can be found, or the ranked fill."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from revplan.planning.network import network
from revplan.planning.solve.board import worth, worth_of
from revplan.planning.solve.dated import redated
from revplan.planning.solve.exact import Exact
from revplan.planning.solve.large import in_parts
from revplan.planning.solve.layers import is_beyond
from revplan.planning.solve.master import Master
from revplan.planning.solve.parts import improved
from revplan.planning.solve.ranked import ranked as ranked_board
from revplan.planning.solve.result import Result, allocation
from revplan.planning.solve.staffing import Staffing
from revplan.planning.solve.written import as_written

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.planning.network import Network
    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.board import Board, Worth

EXACT = 1500
"""Pairs of a task and a member who may own it, up to which a sprint is solved as a whole."""


def _silent(_step: str) -> None:
    """Tell nobody."""


def best(problem: SprintProblem, tell: Callable[[str], None] = _silent) -> Allocation:
    """Return the most valuable allocation that can be found, and how much better any other could be.

    Ctrl-C ends the search early: the best plan so far is returned, marked as interrupted.

    Args:
        problem: the sprint.
        tell: is told in a few words what is going on, now and then.

    Raises:
        SolverError: the solver refuses the model.
    """
    numbered = network(problem)
    start = _start(numbered)
    is_small = numbered.pairs <= EXACT
    staffing = Staffing(numbered, asks_solver=is_small)
    with ThreadPoolExecutor(1) as aside:
        if is_small:
            found = Exact(
                numbered,
                start,
                tell,
                improve=lambda board: improved(redated(board, tell), tell),
                announce=lambda plan: staffing.begin(plan, aside),
            ).run()
        else:
            found = in_parts(numbered, start, tell)
        return allocation(numbered, found if found.interrupted else staffing.finish(found))


def _start(numbered: Network) -> Board:
    """Return the plan to begin with: what still stands of the written one, or the ranked fill where that is better."""
    ranked_fill, written = ranked_board(numbered), as_written(numbered)
    return ranked_fill if written is None or written.worth < ranked_fill.worth else written


def is_out_of_reach(problem: SprintProblem, least: Worth) -> bool:
    """Tell whether the model without dates soon proves that no plan is worth as much: sooner known than the best."""
    numbered = network(problem)
    return numbered.pairs <= EXACT and is_beyond(Master(numbered), least)


def ranked(problem: SprintProblem) -> Allocation:
    """Return the allocation that fills strictly down the ranked list, each task with whoever has most room for it."""
    numbered = network(problem)
    return allocation(numbered, _ranked(numbered))


def by_rank(problem: SprintProblem) -> Allocation:
    """Return the same selection with owners and days as good as those of `best`; Ctrl-C leaves them as they are."""
    numbered = network(problem)
    staffing = Staffing(numbered, asks_solver=numbered.pairs <= EXACT)
    return allocation(numbered, staffing.finish(_ranked(numbered)))


def _ranked(numbered: Network) -> Result:
    everything = worth(numbered, range(len(numbered.candidates)))
    return Result(ranked_board(numbered).plan, everything, "ranked", interrupted=False)


__all__ = ["best", "by_rank", "is_out_of_reach", "ranked", "worth_of"]
