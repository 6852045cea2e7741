"""Tasks with dates of their own: every plan keeps them, and what is feasible by trying everything is placed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from revplan.model.waits import Wait
from revplan.planning import solve
from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance
from revplan.planning.solve import Builder, best, fill_by_rank, relaxation
from tests.support import brute, generate, tiny

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, Candidate, Job, SprintProblem


def reached(problem: SprintProblem, allocation: Allocation) -> tuple[int, int, int, int]:
    placed = [one for one in problem.candidates if one.id in allocation.placed]
    must, should, nice = (sum(one.value for one in placed if one.tier == tier) for tier in ("must", "should", "nice"))
    return sum(one.kept for one in placed), must, should, nice


def with_dates(problem: SprintProblem, seed: int) -> SprintProblem:
    """Return the sprint with some tasks that may not start before a day, or are to end by one."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    length = len(problem.days)

    def dated(job: Job) -> Job:
        release = rng.randrange(length) if rng.random() < 0.35 else 0
        deadline = rng.randrange(length) if rng.random() < 0.35 else None
        return replace(job, release=release, deadline=deadline)

    candidates = (replace(one, jobs=tuple(map(dated, one.jobs))) for one in problem.candidates)
    return replace(problem, candidates=tuple(candidates))


def with_waits(problem: SprintProblem, seed: int) -> SprintProblem:
    """Return a sprint twice as long in which tasks wait, in days or workdays, after what they follow."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    days = tuple(problem.days[0] + timedelta(number) for number in range(2 * len(problem.days)))
    workers = (replace(one, minutes=(*one.minutes, *reversed(one.minutes))) for one in problem.workers)
    workdays = tuple(number for number in range(len(days)) if rng.random() < 0.7)

    def waiting(job: Job, requires: tuple[str, ...]) -> Job:
        names = job.after or (("",) if requires else ())
        waits = ((name, Wait(rng.choice((1, 1, 2, 3)), rng.random() < 0.4)) for name in names if rng.random() < 0.8)
        return replace(job, waits=tuple(waits))

    def longer(one: Candidate) -> Candidate:
        jobs = tuple(waiting(job, one.requires) for job in one.jobs)
        deadline = len(days) - 1 if one.deadline == len(problem.days) - 1 else one.deadline + rng.randrange(3)
        return replace(one, jobs=jobs, deadline=deadline)

    candidates = tuple(map(longer, problem.candidates))
    return replace(problem, days=days, workers=tuple(workers), candidates=candidates, workdays=workdays)


def impatient(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tasks that wait too little, counted anew from the days of work."""
    start: dict[tuple[str, str], int] = {}
    due: dict[tuple[str, str], int] = {}
    for one in allocation.assignments:
        key = one.tactic, one.task
        start[key], due[key] = min(start.get(key, 99), one.start), max(due.get(key, -1), one.due)
    for candidate in problem.candidates:
        for job in candidate.jobs:
            for name, wait in job.waits if (candidate.id, job.id) in start else ():
                firsts = [(candidate.id, name)] if name else [key for key in due if key[0] in candidate.requires]
                for first in firsts:
                    between = range(due[first] + 1, start[candidate.id, job.id] + 1)
                    counted = [day for day in between if not wait.is_workdays or day in problem.workdays]
                    if len(counted) < wait.days:
                        yield f"{candidate.id}/{job.id} waits {list(between)} after {first}"


def off_dates(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield work outside the dates of its task, looked up anew."""
    jobs = {(one.id, job.id): job for one in problem.candidates for job in one.jobs}
    for one in allocation.assignments:
        job = jobs[one.tactic, one.task]
        for day, _ in one.days:
            if day < job.release or (job.deadline is not None and day > job.deadline):
                yield f"{one.tactic}/{one.task} on day {day}"


@pytest.mark.parametrize("seed", range(120))
def test_tiny_sprints_with_dated_tasks_get_the_best_plan_there_is(seed: int) -> None:
    problem = with_dates(tiny.random_sprint(seed), seed)
    found = best(problem)
    assert violations(problem, found) == ()
    assert list(off_dates(problem, found)) == []
    assert reached(problem, found) == brute.optimum(problem)
    fill = fill_by_rank(problem)
    assert violations(problem, fill) == ()
    assert list(off_dates(problem, fill)) == []


@pytest.mark.parametrize("seed", range(150))
def test_tiny_sprints_with_waiting_tasks_get_the_best_plan_there_is(seed: int) -> None:
    problem = with_waits(tiny.random_sprint(seed), seed)
    found = best(problem)
    assert violations(problem, found) == ()
    assert list(impatient(problem, found)) == []
    assert reached(problem, found) == brute.optimum(problem)
    fill = fill_by_rank(problem)
    assert violations(problem, fill) == ()
    assert list(impatient(problem, fill)) == []


def test_waits_change_what_fits() -> None:
    seeds = range(150)
    problems = [with_waits(tiny.random_sprint(seed), seed) for seed in seeds]
    candidates = [
        tuple(replace(one, jobs=tuple(replace(job, waits=()) for job in one.jobs)) for one in problem.candidates)
        for problem in problems
    ]
    patient = [replace(problem, candidates=own) for problem, own in zip(problems, candidates, strict=True)]
    optima = [(brute.optimum(one), brute.optimum(other)) for one, other in zip(problems, patient, strict=True)]
    assert sum(one < other for one, other in optima) >= 10


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("open_pairs", [None, 0])
def test_larger_sprints_wait_as_well(kind: str, open_pairs: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = with_long_waits(generate.problem(25, 6, 5, kind))
    if open_pairs is not None:
        for module in (solve, relaxation):
            monkeypatch.setattr(module, "EFFORT", replace(EFFORT, open_pairs=open_pairs))
    found = best(problem)
    assert violations(problem, found) == ()
    assert list(impatient(problem, found)) == []
    assert found.value <= found.bound
    assert reached(problem, found) >= reached(problem, fill_by_rank(problem))
    assert any(job.waits for one in problem.candidates if one.id in found.placed for job in one.jobs)


def with_long_waits(problem: SprintProblem) -> SprintProblem:
    """Return the sprint in which every follower waits: three days, or two workdays."""
    workdays = tuple(number for number, day in enumerate(problem.days) if day.weekday() < 5)
    waits = {True: Wait(2, is_workdays=True), False: Wait(3)}
    candidates = tuple(
        replace(
            one,
            jobs=tuple(
                replace(job, waits=tuple((name, waits[place % 2 == 0]) for name in job.after))
                for place, job in enumerate(one.jobs)
            ),
        )
        for one in problem.candidates
    )
    return replace(problem, candidates=candidates, workdays=workdays)


def test_written_days_that_do_not_wait_are_not_kept() -> None:
    first = tiny.job("a", minutes=60, written=(("ann", 60),), span=(0, 0))
    waits = (("a", Wait(2)),)
    then = tiny.job("b", minutes=60, after=("a",), waits=waits, written=(("ann", 60),), span=(1, 1))
    problem = tiny.sprint([tiny.worker("ann", 60, 60, 60, 60)], [tiny.tactic("t", first, then, deadline=3, kept=True)])
    found = best(problem)
    assert violations(problem, found) == ()
    assert {one.task: one.start for one in found.assignments} == {"a": 0, "b": 2}


def test_written_days_outside_a_tasks_dates_are_not_kept() -> None:
    late = tiny.job("a", minutes=60, written=(("ann", 60),), span=(0, 0), release=2)
    problem = tiny.sprint([tiny.worker("ann", 60, 60, 60, 60)], [tiny.tactic("t", late, deadline=3, kept=True)])
    found = best(problem)
    assert violations(problem, found) == ()
    assert [one.start for one in found.assignments] == [2]


@pytest.mark.parametrize("is_last_first", [False, True])
def test_what_requires_a_tactic_without_room_is_not_tried(
    monkeypatch: pytest.MonkeyPatch, *, is_last_first: bool
) -> None:
    """A chain of 60 tactics, five of which fit: the sixth is tried, and nothing behind it."""
    tried: list[int] = []
    whole = Builder._insert

    def counted(builder: Builder, tactic: int, *more: Any) -> bool:
        tried.append(tactic)
        return whole(builder, tactic, *more)

    monkeypatch.setattr(Builder, "_insert", counted)
    names = [f"t{number:02}" for number in range(60)]
    chain = [
        tiny.tactic(name, tiny.job(minutes=60), requires=(names[number - 1],) if number else ())
        for number, name in enumerate(names)
    ]
    builder = Builder(build_instance(tiny.sprint([tiny.worker("ann", 300)], chain)))
    order = range(60)
    builder.fill(reversed(order) if is_last_first else order)
    assert builder.schedule.placed == set(range(5))
    assert tried == ([*range(6), *range(5)] if is_last_first else list(range(6)))
