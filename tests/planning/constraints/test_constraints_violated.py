"""Each check must find the fault it is there for: a sound allocation, doctored in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from revplan.model.waits import Wait
from revplan.planning import constraints
from revplan.planning.constraints import (
    after,
    budget,
    excludes,
    hours,
    lines,
    ownership,
    people,
    pieces,
    requires,
    shares,
    violations,
    whole,
    window,
)
from revplan.planning.problem import Allocation, Share, TaskAssignment
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from revplan.planning.constraints import Constraint
    from revplan.planning.problem import SprintProblem

PROBLEM = sprint(
    [worker("ann", 120, 120, 0), worker("bob", 120, 120, 120), worker("cat", 120, 120, 120, skills="design")],
    [
        tactic("a", job("x"), job("y", after=("x",)), release=0, deadline=1, cost=60, line="ads", excludes=("c",)),
        tactic("b", job("x", minutes=120, split=True), requires=("a",), deadline=2, cost=60, line="ads"),
        tactic("c", job("x", owner="bob"), deadline=2, excludes=("a",), kept=True),
    ],
    budget=120,
    lines=(("ads", 120),),
    shares=(Share("a and b at most", ("a", "b"), 240),),
)
SOUND = Allocation(
    (
        TaskAssignment("a", "x", "ann", 60, ((0, 60),)),
        TaskAssignment("a", "y", "ann", 60, ((1, 60),)),
        TaskAssignment("b", "x", "ann", 60, ((1, 60),)),
        TaskAssignment("b", "x", "bob", 60, ((1, 40), (2, 20))),
    ),
    2000,
    0,
    2000,
    0,
    "exact",
)


def with_one_more(tactic_id: str, member: str) -> Allocation:
    more = TaskAssignment(tactic_id, "x", member, 60, ((0, 60),))
    return replace(SOUND, assignments=(*SOUND.assignments, more))


def with_first_candidate(**change: Any) -> SprintProblem:
    return replace(PROBLEM, candidates=(replace(PROBLEM.candidates[0], **change), *PROBLEM.candidates[1:]))


def with_jobs(place: int = 0, **change: dict[str, Any]) -> SprintProblem:
    one = PROBLEM.candidates[place]
    jobs = tuple(replace(job, **change.get(job.id, {})) for job in one.jobs)
    others = PROBLEM.candidates[:place], PROBLEM.candidates[place + 1 :]
    return replace(PROBLEM, candidates=(*others[0], replace(one, jobs=jobs), *others[1]))


def test_waits_and_dates_that_are_kept_are_sound() -> None:
    kept = with_jobs(x={"deadline": 0}, y={"waits": (("x", Wait(1)),), "release": 1, "deadline": 1})
    assert violations(kept, SOUND) == ()
    assert violations(replace(with_jobs(y={"waits": (("x", Wait(1, is_workdays=True)),)}), workdays=(1,)), SOUND) == ()


def changed(index: int, **change: Any) -> Allocation:
    found = list(SOUND.assignments)
    found[index] = replace(found[index], **change)
    return replace(SOUND, assignments=tuple(found))


def test_the_sound_one_is_sound() -> None:
    assert violations(PROBLEM, SOUND) == ()


@pytest.mark.parametrize(
    ("constraint", "problem", "allocation"),
    [
        (whole, PROBLEM, replace(SOUND, assignments=SOUND.assignments[:-1])),
        (whole, PROBLEM, replace(SOUND, assignments=SOUND.assignments[1:])),
        (whole, PROBLEM, changed(0, days=((0, 59),))),
        (whole, PROBLEM, changed(0, task="z")),
        (ownership, PROBLEM, changed(0, worker="cat")),
        (ownership, PROBLEM, changed(0, worker="nobody")),
        (ownership, replace(PROBLEM, workers=(worker("ann", 120, 120, 0, level=1), *PROBLEM.workers[1:])), SOUND),
        (ownership, PROBLEM, replace(SOUND, assignments=(TaskAssignment("c", "x", "ann", 60, ((0, 60),)),))),
        (ownership, PROBLEM, with_one_more("a", "bob")),
        (people, with_jobs(x={"of": "meet"}, y={"of": "meet"}), SOUND),
        (pieces, PROBLEM, changed(3, minutes=59, days=((1, 39), (2, 20)))),
        (pieces, PROBLEM, changed(3, worker="ann")),
        (hours, PROBLEM, changed(2, days=((1, 61),))),
        (hours, PROBLEM, changed(2, days=((2, 60),))),
        (hours, PROBLEM, changed(3, days=((2, 20), (1, 40)))),
        (hours, PROBLEM, changed(3, days=())),
        (hours, PROBLEM, changed(3, days=((1, 0), (2, 60)))),
        (window, PROBLEM, changed(1, days=((2, 60),))),
        (window, with_first_candidate(release=1), SOUND),
        (after, PROBLEM, changed(0, days=((2, 60),))),
        (window, with_jobs(x={"release": 1}), SOUND),
        (window, with_jobs(y={"deadline": 0}), SOUND),
        (after, with_jobs(y={"waits": (("x", Wait(2)),)}), SOUND),
        (after, replace(with_jobs(y={"waits": (("x", Wait(1, is_workdays=True)),)}), workdays=(0, 2)), SOUND),
        (requires, with_jobs(1, x={"waits": (("", Wait(1)),)}), SOUND),
        (requires, replace(with_jobs(1, x={"waits": (("", Wait(1, is_workdays=True)),)}), workdays=(2,)), SOUND),
        (requires, PROBLEM, changed(2, days=((0, 60),))),
        (requires, PROBLEM, replace(SOUND, assignments=SOUND.assignments[2:])),
        (excludes, PROBLEM, with_one_more("c", "bob")),
        (budget, replace(PROBLEM, budget=119), SOUND),
        (lines, replace(PROBLEM, lines=(("ads", 119),)), SOUND),
        (shares, replace(PROBLEM, shares=(replace(PROBLEM.shares[0], limit=239),)), SOUND),
    ],
)
def test_a_doctored_one_is_found_out(constraint: Constraint, problem: SprintProblem, allocation: Allocation) -> None:
    assert list(constraint.check(problem, allocation))
    assert violations(problem, allocation)


def test_every_constraint_is_listed_and_doctored() -> None:
    modules = {after, budget, excludes, hours, lines, ownership, people, pieces, requires, shares, whole, window}
    assert set(constraints.CONSTRAINTS) == modules


def test_a_shared_task_is_complete_with_its_last_piece_and_begins_with_its_first() -> None:
    team = [worker(name, 120, 120, 120) for name in ("ann", "bob")]
    first = tactic("a", job("x", minutes=120, split=True), job("y", minutes=120, split=True, after=("x",)))
    second = tactic("b", job("x", minutes=120, split=True), requires=("a",))
    problem = sprint(team, [first, second])

    def shared(tactic_id: str, task: str, *days: int) -> tuple[TaskAssignment, ...]:
        return tuple(
            TaskAssignment(tactic_id, task, name, 60, ((day, 60),))
            for name, day in zip(("ann", "bob"), days, strict=True)
        )

    def told(constraint: Constraint, *parts: tuple[TaskAssignment, ...]) -> list[str]:
        found = replace(SOUND, assignments=tuple(piece for pieces in parts for piece in pieces))
        return list(constraint.check(problem, found))

    for ends, starts, is_told in (((0, 1), (1, 2), False), ((2, 0), (1, 2), True), ((0, 1), (2, 0), True)):
        assert bool(told(after, shared("a", "x", *ends), shared("a", "y", *starts))) == is_told
        assert bool(told(requires, shared("a", "x", *ends), shared("b", "x", *starts))) == is_told


def test_what_is_placed_is_told_by_name() -> None:
    names = [f"t{number}" for number in range(9)]
    found = replace(
        SOUND, assignments=tuple(TaskAssignment(name, "x", "ann", 60, ((0, 60),)) for name in reversed(names))
    )
    assert found.placed == tuple(names)


def test_what_is_asked_twice_of_a_day_is_told_with_what_the_day_holds() -> None:
    (told,) = hours.check(PROBLEM, changed(2, days=((1, 90),)))
    assert told == "ann: 150 of 120 minutes on day 1"
    (told,) = hours.check(PROBLEM, changed(2, days=((9, 60),)))
    assert told == "ann: 60 of 0 minutes on day 9"
