"""A plan made better on its own days of hand-over is sound, worth no less, and no better than there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import brute
import generate
import pytest
from tiny import job, random_sprint, sprint, tactic, worker

from revplan.planning.constraints import violations
from revplan.planning.network import network
from revplan.planning.solve.board import Board, filled
from revplan.planning.solve.dated import redated
from revplan.planning.solve.ranked import ranked
from revplan.planning.solve.result import Result, allocation

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem


def silent(_step: str) -> None:
    pass


def check(problem: SprintProblem) -> tuple[int, int]:
    """Make the ranked fill better, check what comes of it, and return the value before and after."""
    numbered = network(problem)
    before = ranked(numbered)
    after = redated(before, silent)
    assert after.worth >= before.worth
    assert violations(problem, allocation(numbered, Result(after.plan, after.worth, "exact", interrupted=False))) == ()
    return before.worth.value, after.worth.value


@pytest.mark.parametrize("seed", range(150))
def test_it_is_sound_and_worth_no_less_and_no_more_than_the_best(seed: int) -> None:
    problem = random_sprint(seed)
    check(problem)
    assert redated(ranked(network(problem)), silent).worth <= brute.optimum(problem)


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("seed", [0, 2])
def test_a_fill_by_rank_becomes_better(kind: str, seed: int) -> None:
    before, after = check(generate.problem(30, 7, seed, kind))
    assert after > before


def test_what_is_placed_is_exchanged_on_its_own_days() -> None:
    own = (job("first", minutes=60), job("then", minutes=60, after=("first",)))
    problem = sprint(
        [worker("ann", 60, 60)],
        [tactic("small", *own, value=1000, deadline=1), tactic("large", *own, value=3000, deadline=1)],
    )
    numbered = network(problem)
    start = filled(Board(numbered), [next(n for n, one in enumerate(problem.candidates) if one.id == "small")])
    assert redated(start, silent).worth.value == 3000
