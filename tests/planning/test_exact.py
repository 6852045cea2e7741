"""The search for the best plan: what it does where the best choice resists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import generate
import pytest

from revplan.planning.network import network
from revplan.planning.solve.exact import Effort, Exact
from revplan.planning.solve.ranked import ranked

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem
    from revplan.planning.solve.board import Board


def upside_down(seed: int) -> SprintProblem:
    """Return a sprint whose ranked list has its musts at the end, and whose most valuable choice has no days."""
    problem = generate.problem(20, 5, seed, "chained")
    return replace(problem, candidates=tuple(replace(one, rank=-one.rank) for one in problem.candidates))


@pytest.mark.parametrize("seed", [36, 50, 182, 184])
def test_a_plan_that_is_to_be_improved_holds_the_musts_the_best_choice_holds(seed: int) -> None:
    numbered = network(upside_down(seed))
    start = ranked(numbered)
    asked: list[Board] = []

    def improve(board: Board) -> tuple[Board, bool]:
        asked.append(board)
        return board, False

    search = Exact(numbered, start, lambda _step: None, improve=improve)
    search.find_best()
    (board,) = asked
    assert start.worth.must < board.worth.must <= search.worth.must == search.bound.must


def test_who_stops_the_improvement_stops_the_search_and_keeps_the_plan() -> None:
    numbered = network(upside_down(182))
    found = Exact(numbered, ranked(numbered), lambda _step: None, improve=lambda board: (board, True)).run()
    assert found.interrupted
    assert found.plan.owners


def test_what_no_choice_has_come_up_to_is_improved_once_more() -> None:
    numbered = network(upside_down(50))
    asked: list[Board] = []

    def improve(board: Board) -> tuple[Board, bool]:
        asked.append(board)
        return board, False

    found = Exact(numbered, ranked(numbered), lambda _step: None, Effort(1, 5000, 0), improve).run()
    first, then = asked
    assert first.worth <= then.worth < found.bound
