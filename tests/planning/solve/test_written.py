"""A replan begins with what still stands of the written sprint: nothing is lost or moved by chance."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from revplan.planning.constraints import violations
from revplan.planning.instance import build_instance
from revplan.planning.solve import allocation_of, as_written, best, fill_by_rank
from revplan.planning.solve.written import restore_written
from revplan.planning.trial import anchor_to
from tests.planning.solve.test_replan import ANY_SPRINT, a_day_later, minutes_moved, places, unsplit
from tests.support import generate
from tests.support.tiny import job, random_sprint, sprint, tactic, worker

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem


def start(problem: SprintProblem) -> Allocation:
    numbered = build_instance(problem)
    plan = restore_written(numbered)
    assert plan is not None
    return allocation_of(numbered, plan)


def reached(plan: Allocation) -> tuple[int, int, int]:
    """Return what a plan brings tier by tier."""
    return plan.must_value, plan.should_value, plan.value


def changed(problem: SprintProblem, seed: int) -> SprintProblem:
    """Return the sprint with less of everything: hours, people, skills, cash, shares, days."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    workers = [
        replace(
            one,
            minutes=tuple(minutes if rng.random() < 0.8 else minutes // 2 for minutes in one.minutes),
            skills=one.skills if rng.random() < 0.8 else (),
        )
        for one in problem.workers
    ]
    pinned = {own.owner for one in problem.candidates for own in one.jobs}
    return replace(
        problem,
        workers=tuple(one for one in workers if one.id in pinned or rng.random() < 0.8) or problem.workers,
        candidates=tuple(
            replace(one, deadline=max(one.release, one.deadline - rng.randrange(3))) for one in problem.candidates
        ),
        budget=None if problem.budget is None else problem.budget * rng.randrange(50, 101) // 100,
        shares=tuple(replace(one, limit=one.limit * rng.randrange(50, 101) // 100) for one in problem.shares),
    )


@pytest.mark.parametrize("number", range(len(ANY_SPRINT)))
def test_where_nothing_has_changed_it_is_the_written_sprint(number: int) -> None:
    problem = ANY_SPRINT[number]
    written = best(problem)
    again = start(anchor_to(problem, written)) if written.placed else written
    assert {key: people for key, (people, *_) in places(again).items() if key[0] in written.placed} == {
        key: people for key, (people, *_) in places(written).items()
    }
    assert again.value == written.value


@pytest.mark.parametrize("number", range(len(ANY_SPRINT)))
def test_a_written_plan_is_taken_as_it_stands_or_not_at_all(number: int) -> None:
    problem = ANY_SPRINT[number]
    plan = best(problem)
    taken = as_written(anchor_to(problem, plan))
    assert taken is not None or not plan.assignments
    if taken is not None:
        assert places(taken) == places(plan)
        assert violations(problem, taken) == ()


@pytest.mark.parametrize("seed", range(200))
def test_whatever_has_changed_it_is_sound(seed: int) -> None:
    problem = random_sprint(seed) if seed % 4 else generate.problem(20, 5, seed)
    less = changed(anchor_to(problem, best(problem)), seed)
    if restore_written(build_instance(less)) is not None:
        assert violations(less, start(less)) == ()


def test_nothing_written_is_nothing_to_begin_with() -> None:
    assert restore_written(build_instance(sprint([worker("ann", 60)], [tactic("a", job(minutes=60))]))) is None


@pytest.mark.parametrize(
    "written",
    [
        (("ann", 90),),  # too little of it
        (("ann", 60), ("bea", 60)),  # one person's task, written for two
        (("zoe", 120),),  # who is no longer there
    ],
)
def test_what_no_longer_describes_the_task_is_not_begun_with(written: tuple[tuple[str, int], ...]) -> None:
    own = replace(job(minutes=120), written=written, span=(0, 1))
    assert (
        restore_written(build_instance(sprint([worker("ann", 60, 60), worker("bea", 60, 60)], [tactic("a", own)])))
        is None
    )


def test_a_piece_under_an_hour_is_not_begun_with() -> None:
    own = replace(job(minutes=120), split=True, written=(("ann", 90), ("bea", 30)), span=(0, 1))
    assert (
        restore_written(build_instance(sprint([worker("ann", 60, 60), worker("bea", 60, 60)], [tactic("a", own)])))
        is None
    )


LARGE = unsplit(generate.problem(130, 24, 1))


def test_a_large_sprint_goes_on_as_it_was_written() -> None:
    """It is full, and a day later some tactics make room for others: 6% of the minutes change hands."""
    written = best(LARGE)
    rest = a_day_later(anchor_to(LARGE, written), written)
    found = best(rest)
    assert violations(rest, found) == ()
    assert reached(found) >= reached(start(rest)), "tier by tier"
    total = sum(one.minutes for one in found.assignments)
    stays = replace(rest, candidates=tuple(one for one in rest.candidates if one.id in found.placed))
    assert minutes_moved(stays, found) * 10 <= total


def test_a_large_sprint_is_turned_over_where_that_is_worth_much_more() -> None:
    anew = best(LARGE)
    poor = fill_by_rank(LARGE)
    assert anew.value * 100 > poor.value * 105
    found = best(anchor_to(LARGE, poor))
    assert found.must_value >= anew.must_value
    assert found.value * 102 > anew.value * 100
