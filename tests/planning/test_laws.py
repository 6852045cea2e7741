"""What holds for every sprint, whatever is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import brute
import generate
import pytest
import tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.planning import solve
from revplan.planning.constraints import violations
from revplan.planning.solve import best, large, ranked

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem


def reached(problem: SprintProblem, allocation: Allocation) -> tuple[int, int, int]:
    on_board = [one for one in problem.candidates if one.id in allocation.placed]
    return (
        sum(one.kept for one in on_board),
        sum(one.value for one in on_board if one.tier == "must"),
        sum(one.value for one in on_board),
    )


@pytest.mark.parametrize("seed", range(80))
def test_tiny_sprints_get_the_best_plan_there_is(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    assert violations(problem, found) == ()
    assert reached(problem, found) == brute.optimum(problem)
    assert found.proven
    rates = {worker.id: worker.rate for worker in problem.workers}
    spend = sum(one.minutes * rates[one.worker] for one in found.assignments)
    assert spend == (brute.least_spend(problem, found.placed) or 0)


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("size", [(3, 2), (12, 4), (25, 6)])
def test_plans_are_sound_and_no_better_than_their_bound(size: tuple[int, int], kind: str) -> None:
    problem = generate.problem(*size, seed=5, kind=kind)
    found, fill = best(problem), ranked(problem)
    for allocation in (found, fill):
        assert violations(problem, allocation) == ()
        assert (allocation.must_value, allocation.value) == reached(problem, allocation)[1:]
        assert allocation.must_value <= allocation.must_bound
        assert allocation.value <= allocation.bound
    assert reached(problem, found) >= reached(problem, fill)
    assert reached(problem, fill)[1:] <= (found.must_bound, found.bound)


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("pairs_with_owners", [0, 10_000])
def test_large_sprints_are_planned_soundly(kind: str, pairs_with_owners: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate.problem(30, 8, 7, kind)
    exact = best(problem)
    monkeypatch.setattr(solve, "EXACT", 0)
    monkeypatch.setattr(large, "OWNED", pairs_with_owners)
    found = best(problem)
    assert violations(problem, found) == ()
    assert found.method == "neighbourhood"
    assert reached(problem, ranked(problem)) <= reached(problem, found) <= reached(problem, exact)
    assert (exact.must_value, exact.value) <= (found.must_bound, found.bound)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_ranked_fill_is_sound(seed: int) -> None:
    problem = generate.problem(14, 4, seed, generate.KINDS[seed % 4])
    assert violations(problem, ranked(problem)) == ()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6))
def test_tiny_ranked_fill_is_sound(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    assert violations(problem, ranked(problem)) == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(1000, 10**6))
def test_tiny_plans_are_sound_and_keep_what_they_can(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    assert violations(problem, found) == ()
    assert sum(one.kept for one in problem.candidates if one.id in found.placed) == brute.optimum(problem)[0]
