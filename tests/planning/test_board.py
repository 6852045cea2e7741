"""Tactics put on a board one by one: it is always sound, and what does not fit leaves no trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import tiny
from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.constraints import violations
from revplan.planning.network import network
from revplan.planning.solve.board import Board, filled
from revplan.planning.solve.result import Result, allocation

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation


def state(board: Board) -> tuple[object, ...]:
    free = [board.free(worker) for worker in range(len(board.network.workers))]
    return board.plan, set(board.placed), list(board.left), free, [board.tactics_of(w) for w in range(len(free))]


def told(board: Board) -> Allocation:
    return allocation(board.network, Result(board.plan, board.worth, "ranked", interrupted=False))


@given(st.integers(0, 10**6), st.permutations(range(4)))
def test_what_does_not_fit_leaves_no_trace(seed: int, order: list[int]) -> None:
    problem = tiny.random_sprint(seed)
    board = Board(network(problem))
    for tactic in order:
        if tactic < len(problem.candidates) and tactic not in board.placed:
            before, other = state(board), board.with_tactic(tactic)
            assert state(board) == before
            assert board.add(tactic) is (other is not None)
            assert state(board) == (before if other is None else state(other))
            assert violations(problem, told(board)) == ()


def test_work_that_was_laid_out_anew_is_put_back() -> None:
    """What has its day on Monday gives way to what has no other, but then a companion of that finds no room."""
    design = tiny.job("b", "design", 30)
    problem = tiny.sprint(
        [tiny.worker("v", 60, 60), tiny.worker("w", 30, 0, skills="design")],
        [
            tiny.tactic("a", tiny.job(minutes=60), deadline=1),
            tiny.tactic("b", tiny.job(), design, tiny.job("c", "design", 15), deadline=0),
            tiny.tactic("c", tiny.job(), design, deadline=0),
        ],
    )
    board = Board(network(problem))
    assert board.add(0)
    before = state(board)
    assert not board.add(1)
    assert state(board) == before
    assert board.add(2)
    assert violations(problem, told(board)) == ()


def test_filling_leaves_the_board_it_began_with_alone() -> None:
    problem = tiny.sprint([tiny.worker("w", 120)], [tiny.tactic(name, tiny.job(), deadline=0) for name in "abc"])
    empty = Board(network(problem))
    full = filled(empty, [2, 0, 1])
    assert (set(empty.placed), set(full.placed)) == (set(), {0, 2})


def test_cash_is_given_back_with_what_did_not_fit() -> None:
    dear = replace(tiny.tactic("b", tiny.job(minutes=61), deadline=0), cost=50)
    problem = tiny.sprint([tiny.worker("w", 60)], [tiny.tactic("a", tiny.job(), cost=60, deadline=0), dear], budget=60)
    board = Board(network(problem))
    assert not board.add(1)
    assert board.add(0)
