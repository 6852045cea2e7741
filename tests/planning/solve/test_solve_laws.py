"""What holds for every sprint, whatever is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.planning import solve
from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.solve import best, best_selection, fill_by_rank, relaxation
from tests.support import brute, generate, tiny

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem


def reached(problem: SprintProblem, allocation: Allocation) -> tuple[int, int, int, int]:
    placed = [one for one in problem.candidates if one.id in allocation.placed]
    must, should, nice = (sum(one.value for one in placed if one.tier == tier) for tier in ("must", "should", "nice"))
    return sum(one.kept for one in placed), must, should, nice


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
    found, fill = best(problem), fill_by_rank(problem)
    for allocation in (found, fill):
        assert violations(problem, allocation) == ()
        _, must, should, nice = reached(problem, allocation)
        assert (allocation.must_value, allocation.should_value) == (must, should)
        assert allocation.value == must + should + nice
        assert allocation.must_value <= allocation.must_bound
        assert allocation.value <= allocation.bound
    assert reached(problem, found) >= reached(problem, fill)
    assert reached(problem, fill)[1:3] <= (found.must_bound, found.should_bound)


def test_a_nice_to_have_that_the_solver_finds_late_is_found() -> None:
    """Here it had none after 600 looks at the best shoulds, and has all that there is room for after 2,300."""
    found = best(generate.problem(80, 15, 105, "tight"))
    assert found.proven
    assert (found.must_value, found.should_value, found.value) == (505_000, 509_000, 1_230_000)


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("pairs", [0, EFFORT.open_pairs])
def test_the_selection_alone_is_that_of_the_best_plan(kind: str, pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "EFFORT", replace(EFFORT, open_pairs=pairs))
    for seed in range(3):
        problem = generate.problem(12, 4, seed, kind)
        soon, finished = best_selection(problem), best(problem)
        assert soon.placed == finished.placed
        assert (soon.value, soon.bound, soon.proven) == (finished.value, finished.bound, finished.proven)
        assert violations(problem, soon) == ()


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("columns", [0, 10_000])
def test_large_sprints_are_planned_soundly(kind: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate.problem(30, 8, 7, kind)
    exact = best(problem)
    small = replace(EFFORT, open_pairs=0, relaxed_columns=columns)
    for module in (solve, relaxation):
        monkeypatch.setattr(module, "EFFORT", small)
    found = best(problem)
    assert violations(problem, found) == ()
    assert found.method == "neighbourhood"
    assert reached(problem, fill_by_rank(problem)) <= reached(problem, found) <= reached(problem, exact)
    assert (exact.must_value, exact.should_value) <= (found.must_bound, found.should_bound)


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("rounds", [0, 1000])
def test_a_packed_start_changes_no_answer_that_is_proven(
    kind: str, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether rounds only choose among equals after it or search on, the selection is that of rounds alone."""
    monkeypatch.setattr(solve, "EFFORT", replace(EFFORT, whole_pairs=10_000))
    problems = [generate.problem(16, 5, seed, kind) for seed in range(4)]
    alone = [best(problem) for problem in problems]
    monkeypatch.setattr(solve, "EFFORT", replace(EFFORT, whole_pairs=0, round_pairs=rounds))
    for problem, exact in zip(problems, alone, strict=True):
        found = best(problem)
        assert exact.proven
        assert violations(problem, found) == ()
        assert found.value <= exact.value <= found.bound
        assert found.placed == exact.placed if found.proven else not rounds


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_ranked_fill_is_sound(seed: int) -> None:
    problem = generate.problem(14, 4, seed, generate.KINDS[seed % 4])
    assert violations(problem, fill_by_rank(problem)) == ()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**6))
def test_tiny_ranked_fill_is_sound(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    assert violations(problem, fill_by_rank(problem)) == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(1000, 10**6))
def test_tiny_plans_are_sound_and_keep_what_they_can(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    assert violations(problem, found) == ()
    assert sum(one.kept for one in problem.candidates if one.id in found.placed) == brute.optimum(problem)[0]
