"""Planning a running sprint anew: what nothing forces to move stays with whom it was, on the days it was."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from revplan.planning.constraints import violations
from revplan.planning.solve import best, by_rank, fill_by_rank
from revplan.planning.trial import anchor_to
from tests.support import brute, generate
from tests.support.tiny import job, random_sprint, sprint, tactic, worker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.problem import Allocation, Candidate, SprintProblem

    Key = tuple[str, str]
    Place = tuple[frozenset[tuple[str, int]], int, int]
    """Who does how much of a task, its first day and its last."""


def places(allocation: Allocation) -> dict[Key, Place]:
    parts: dict[Key, list[Any]] = {}
    for one in allocation.assignments:
        parts.setdefault((one.tactic, one.task), []).append(one)
    return {
        key: (
            frozenset((one.worker, one.minutes) for one in own),
            min(one.start for one in own),
            max(one.due for one in own),
        )
        for key, own in parts.items()
    }


def minutes_moved(problem: SprintProblem, allocation: Allocation) -> int:
    given = {(one.tactic, one.task, one.worker): one.minutes for one in allocation.assignments}
    return sum(
        max(0, minutes - given.get((candidate.id, job.id, member), 0))
        for candidate in problem.candidates
        for job in candidate.jobs
        for member, minutes in job.written
    )


def a_day_later(problem: SprintProblem, allocation: Allocation) -> SprintProblem:
    """Return the sprint on its second day, all of the first day's work done as it was planned."""
    done: dict[Key, int] = {}
    for one in allocation.assignments:
        done[one.tactic, one.task] = done.get((one.tactic, one.task), 0) + dict(one.days).get(0, 0)
    spent = {tactic: sum(minutes for (of, _), minutes in done.items() if of == tactic) for tactic, _ in done}
    begun = {tactic for tactic, minutes in spent.items() if minutes}
    people = {(one.tactic, one.task): one.worker for one in allocation.assignments}
    candidates = [_what_is_left(one, done, people, begun) for one in problem.candidates]
    open_still = {one.id for one in candidates if one.jobs}

    def cash(line: str | None) -> int:
        return sum(one.cost for one in problem.candidates if one.id in begun and line in (None, one.line))

    return replace(
        problem,
        workers=tuple(replace(one, minutes=(0, *one.minutes[1:])) for one in problem.workers),
        candidates=tuple(
            replace(
                one,
                requires=tuple(sorted(open_still.intersection(one.requires))),
                excludes=tuple(sorted(open_still.intersection(one.excludes))),
            )
            for one in candidates
            if one.jobs
        ),
        budget=None if problem.budget is None else problem.budget - cash(None),
        lines=tuple((line, left - cash(line)) for line, left in problem.lines),
        shares=tuple(
            replace(
                share,
                candidates=tuple(sorted(open_still.intersection(share.candidates))),
                limit=share.limit - sum(spent.get(tactic, 0) for tactic in share.candidates),
            )
            for share in problem.shares
        ),
    )


def _what_is_left(
    candidate: Candidate, done: Mapping[Key, int], people: Mapping[Key, str], begun: set[str]
) -> Candidate:
    jobs = []
    for one in candidate.jobs:
        spent = done.get((candidate.id, one.id), 0)
        if spent < one.minutes:
            jobs.append(
                replace(
                    one,
                    minutes=one.minutes - spent,
                    owner=people[candidate.id, one.id] if spent and not one.split else one.owner,
                    written=tuple((member, minutes - spent) for member, minutes in one.written if minutes > spent),
                    span=(max(1, one.span[0]), one.span[1]) if one.span else None,
                )
            )
    is_begun = candidate.id in begun
    return replace(
        candidate,
        jobs=tuple(jobs),
        release=max(1, candidate.release),
        kept=candidate.kept or is_begun,
        cost=0 if is_begun else candidate.cost,
    )


def unsplit(problem: SprintProblem) -> SprintProblem:
    return replace(
        problem,
        candidates=tuple(
            replace(one, jobs=tuple(replace(own, split=False) for own in one.jobs)) for one in problem.candidates
        ),
    )


ANY_SPRINT = [
    *(random_sprint(seed) for seed in range(60)),
    *(unsplit(generate.problem(20, 5, seed, kind)) for kind in generate.KINDS for seed in range(2)),
]


@pytest.mark.parametrize("number", range(len(ANY_SPRINT)))
def test_where_nothing_has_changed_nothing_moves(number: int) -> None:
    problem = ANY_SPRINT[number]
    written = best(problem)
    assert written.proven
    running = anchor_to(problem, written)
    assert places(best(running)) == places(written)


@pytest.mark.parametrize("number", range(len(ANY_SPRINT)))
def test_nor_does_it_down_the_ranked_list(number: int) -> None:
    problem = ANY_SPRINT[number]
    written = by_rank(problem)
    assert written.placed == fill_by_rank(problem).placed
    assert violations(problem, written) == ()
    assert places(by_rank(anchor_to(problem, written))) == places(written)


@pytest.mark.parametrize("number", range(len(ANY_SPRINT)))
def test_a_day_later_with_all_done_as_planned_nothing_moves(number: int) -> None:
    problem = ANY_SPRINT[number]
    written = best(problem)
    before = places(written)
    rest = a_day_later(anchor_to(problem, written), written)
    found = best(rest)
    assert violations(rest, found) == ()
    after = places(found)
    assert after.keys() == {(one.id, own.id) for one in rest.candidates for own in one.jobs if own.written}
    for key, (people, start, due) in after.items():
        members, first, last = {member for member, _ in before[key][0]}, *before[key][1:]
        assert ({member for member, _ in people}, due) == (members, last)
        assert first in (start, 0)


@pytest.mark.parametrize("seed", [*range(120), 2937])
def test_where_somebody_has_less_time_as_few_minutes_move_as_can(seed: int) -> None:
    problem = random_sprint(seed)
    running = anchor_to(problem, best(problem))
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    away = rng.randrange(len(running.workers))
    hours = list(running.workers[away].minutes)
    day = rng.randrange(len(hours))
    hours[day] = max(0, hours[day] - rng.choice((60, 120, 180)))
    workers = list(running.workers)
    workers[away] = replace(workers[away], minutes=tuple(hours))
    less = replace(running, workers=tuple(workers))
    found = best(less)
    assert violations(less, found) == ()
    assert minutes_moved(less, found) == brute.least_moved(less)


def test_a_date_stays_although_the_work_could_be_done_sooner() -> None:
    problem = sprint([worker("ann", 60, 60, 60, 60)], [tactic("a", job(minutes=90, span=(1, 3)), deadline=3)])
    (found,) = best(problem).assignments
    assert (found.start, found.due, sum(minutes for _, minutes in found.days)) == (1, 3, 90)


def test_of_a_date_and_what_must_come_in_before_it_the_work_that_comes_in_wins() -> None:
    new = tactic("b", job(minutes=60), deadline=3, release=3)
    problem = sprint([worker("ann", 60, 60, 60, 60)], [tactic("a", job(minutes=90, span=(1, 3)), deadline=3), new])
    found = places(best(problem))
    assert found["b", "a"][1:] == (3, 3)
    assert found["a", "a"][2] < 3


def test_where_the_first_day_cannot_stay_the_last_does() -> None:
    first = tactic("b", job(minutes=60), deadline=0)
    problem = sprint([worker("ann", 60, 60, 60)], [tactic("a", job(minutes=90, span=(0, 2)), deadline=2), first])
    assert places(best(problem))["a", "a"][1:] == (1, 2)


def test_who_follows_is_held_up_by_no_date_that_stays() -> None:
    chain = tactic("a", job("x", span=(0, 2)), job("y", after=("x",), span=(1, 1)), deadline=2)
    problem = sprint([worker("ann", 60, 60, 60)], [chain])
    found = best(problem)
    assert violations(problem, found) == ()
    assert len(found.assignments) == 2


def test_a_shared_task_keeps_its_days_too() -> None:
    shared = tactic("a", job(minutes=120, split=True, written=(("ann", 60), ("bob", 60)), span=(1, 2)), deadline=3)
    problem = sprint([worker("ann", *[60] * 4), worker("bob", *[60] * 4)], [shared])
    assert places(best(problem))["a", "a"] == (frozenset({("ann", 60), ("bob", 60)}), 1, 2)
