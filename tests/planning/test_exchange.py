"""What brings little for its cash gives way to what brings more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import generate
import pytest
import tiny

from revplan.planning.constraints import violations
from revplan.planning.network import network
from revplan.planning.solve.board import Board
from revplan.planning.solve.exchange import exchanged
from revplan.planning.solve.ranked import ranked
from revplan.planning.solve.result import Result, allocation

if TYPE_CHECKING:
    from revplan.planning.problem import Candidate, SprintProblem


def tactic(name: str, value: int, cost: int, **more: object) -> Candidate:
    return tiny.tactic(name, tiny.job(minutes=10), value=value, cost=cost, deadline=0, **more)


def after(begin: str, *candidates: Candidate, **limits: object) -> str:
    """Return what is placed in the end, beginning with these, in a sprint in which only cash is scarce."""
    problem = tiny.sprint([tiny.worker("w", 480)], list(candidates), **limits)
    board = Board(network(problem))
    for number, candidate in enumerate(problem.candidates):
        assert candidate.id not in begin or board.add(number)
    return "".join(sorted(problem.candidates[one].id for one in exchanged(board, told.append).placed))


told: list[str] = []


def test_one_comes_in_for_another() -> None:
    assert after("a", tactic("a", 5, 60), tactic("b", 8, 90), budget=100) == "b"


def test_one_comes_in_for_several_of_less_value() -> None:
    several = tactic("a", 2, 40), tactic("b", 3, 40), tactic("c", 4, 20)
    assert after("abc", *several, tactic("d", 9, 60), budget=100) == "cd"


def test_no_more_go_than_it_takes() -> None:
    assert after("ab", tactic("a", 1, 20), tactic("b", 8, 80), tactic("c", 9, 80), budget=100) == "ac"


def test_nothing_goes_for_less() -> None:
    assert after("a", tactic("a", 9, 60), tactic("b", 9, 90), budget=100) == "a"
    assert after("ab", tactic("a", 4, 50), tactic("b", 5, 50), tactic("c", 9, 100), budget=100) == "ab"


def test_what_is_required_does_not_give_way() -> None:
    needs = tactic("c", 9, 40, requires=("a",))
    assert after("ab", tactic("a", 1, 60), tactic("b", 3, 40), needs, budget=100) == "ac"


def test_on_a_line_only_what_is_paid_from_it_gives_way() -> None:
    on_it = tactic("b", 5, 60, line="ads"), tactic("c", 8, 90, line="ads")
    assert after("ab", tactic("a", 1, 60), *on_it, lines=(("ads", 100),)) == "ac"
    assert after("ab", tactic("a", 1, 60), *on_it, lines=(("ads", 100), ("fairs", 10))) == "ac"


@pytest.mark.parametrize("kind", generate.KINDS)
def test_no_plan_gets_worse_or_breaks_a_rule(kind: str) -> None:
    problem = dear(generate.problem(60, 10, 1, kind))
    start = ranked(network(problem))
    found = exchanged(start, told.append)
    result = Result(found.plan, found.worth, "ranked", interrupted=False)
    assert violations(problem, allocation(found.network, result)) == ()
    assert found.worth >= start.worth


def test_a_sprint_short_of_cash_is_worth_more() -> None:
    start = ranked(network(dear(generate.problem(60, 10, 1))))
    assert exchanged(start, told.append).worth > start.worth


def dear(problem: SprintProblem) -> SprintProblem:
    """Return the sprint with a price on every tactic, and cash for a quarter of them."""
    prices = [100 * (1 + 7 * number % 13) for number in range(len(problem.candidates))]
    candidates = tuple(replace(one, cost=price) for one, price in zip(problem.candidates, prices, strict=True))
    return replace(problem, candidates=candidates, budget=sum(prices) // 4, lines=())


def test_a_must_gives_way_to_none_but_more_must_value() -> None:
    assert after("a", tactic("a", 1, 60, tier="must"), tactic("b", 9, 90), budget=100) == "a"
    assert after("a", tactic("a", 9, 60), tactic("b", 1, 90, tier="must"), budget=100) == "b"


def test_what_others_wait_for_and_what_is_kept_stays() -> None:
    waits = tactic("b", 3, 0, requires=("a",))
    assert after("ab", tactic("a", 1, 60), waits, tactic("c", 9, 90), budget=100) == "ab"
    assert after("a", tactic("a", 1, 60, kept=True), tactic("c", 9, 90), budget=100) == "a"


def test_nothing_is_exchanged_where_cash_keeps_nothing_out() -> None:
    told.clear()
    assert after("a", tactic("a", 5, 60), tactic("b", 8, 90)) == "a"
    assert told == []
