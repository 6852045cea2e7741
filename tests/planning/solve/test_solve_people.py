"""Tasks that several people do at once."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from revplan.planning import solve
from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.explain.claims import Swap
from revplan.planning.explain.suggestions import suggestions
from revplan.planning.solve import best, by_rank, fill_by_rank, relaxation
from revplan.planning.trial import anchor_to
from tests.planning.explain.test_suggestions import check_addition, check_swap
from tests.planning.solve.test_solve_laws import reached
from tests.support import brute, generate, tiny

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, Candidate, Job, SprintProblem


def with_people(problem: SprintProblem, seed: int, most: int = 3) -> SprintProblem:
    """Return a sprint in which many tasks take two or three people at once."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets

    def several(one: Candidate) -> Candidate:
        takes = {job.id: rng.choice((1, 2, 2, most)) if job.owner is None else 1 for job in one.jobs}
        parts = {name: parts_of(name, people) for name, people in takes.items()}
        jobs = (replace(part, after=tuple(sorted(of for first in part.after for of in parts[first])))
                for job in one.jobs for part in people_of(job, takes[job.id]))  # fmt: skip
        return replace(one, jobs=tuple(sorted(jobs, key=lambda job: job.id)))

    return replace(problem, candidates=tuple(map(several, problem.candidates)))


def test_people_meet_in_another_order_where_the_first_leaves_them_no_days() -> None:
    """Ann and bob have 60 minutes in common on each of three days: all that the pair takes.

    So bob may not give day 1 to the talk, which is due on day 2: cay has the time for it. By earliest deadline bob
    did, and the pair was parked.
    """
    workers = [
        tiny.worker("ann", 0, 60, 120, 60, 120, 120),
        tiny.worker("bob", 120, 120, 0, 120, 60, 0),
        tiny.worker("cay", 0, 120, 0, 0, 0, 0),
    ]
    pair = [tiny.job(f"meet/{place}", minutes=180, of="meet") for place in (1, 2)]
    candidates = [
        tiny.tactic("pair", *pair, value=5000, deadline=5),
        tiny.tactic("short", tiny.job(minutes=60), value=3000, deadline=4),
        tiny.tactic("talk", tiny.job(minutes=180), value=2000, deadline=2),
    ]
    problem = tiny.sprint(workers, candidates)
    found = best(problem)
    assert (found.value, found.proven, violations(problem, found)) == (10000, True, ())


def parts_of(name: str, people: int) -> list[str]:
    return [f"{name}/{place}" for place in range(1, people + 1)] if people > 1 else [name]


def people_of(job: Job, people: int) -> list[Job]:
    """Return a job for each of the people."""
    return [replace(job, id=name, of=job.id, split=False) for name in parts_of(job.id, people)] if people > 1 else [job]


def unequal(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tasks whose people are not so many different members with as much each, counted anew."""
    for candidate in problem.candidates:
        for task in {job.of for job in candidate.jobs if job.of is not None}:
            jobs = [job for job in candidate.jobs if job.of == task]
            minutes: Counter[str] = Counter()
            for one in allocation.assignments:
                if one.tactic == candidate.id and one.task.partition("/")[0] == task:
                    minutes[one.worker] += one.minutes
            if minutes and sorted(minutes.values()) != sorted(job.minutes for job in jobs):
                yield f"{candidate.id}/{task}: {dict(minutes)}"


@pytest.mark.parametrize("seed", range(200))
def test_tiny_sprints_with_several_people_on_tasks_get_the_best_plan_there_is(seed: int) -> None:
    problem = with_people(tiny.random_sprint(seed), seed)
    found = best(problem)
    assert violations(problem, found) == ()
    assert list(unequal(problem, found)) == []
    assert reached(problem, found) == brute.optimum(problem)
    assert found.proven
    rates = {worker.id: worker.rate for worker in problem.workers}
    spend = sum(one.minutes * rates[one.worker] for one in found.assignments)
    assert spend == (brute.least_spend(problem, found.placed) or 0)
    for fill in (fill_by_rank(problem), by_rank(problem)):
        assert violations(problem, fill) == ()
        assert list(unequal(problem, fill)) == []


def test_people_change_what_fits() -> None:
    problems = [tiny.random_sprint(seed) for seed in range(200)]
    several = [with_people(problem, seed) for seed, problem in enumerate(problems)]
    optima = [(brute.optimum(one), brute.optimum(other)) for one, other in zip(several, problems, strict=True)]
    assert sum(one < other for one, other in optima) >= 50
    placed = (set(best(problem).placed) for problem in several)
    jobs = (job for problem, ids in zip(several, placed, strict=True) for one in problem.candidates if one.id in ids
            for job in one.jobs)  # fmt: skip
    assert sum(job.of is not None for job in jobs) >= 50


@pytest.mark.parametrize("seed", range(80))
def test_where_somebody_has_less_time_as_few_minutes_move_as_can(seed: int) -> None:
    problem = with_people(tiny.random_sprint(seed), seed)
    running = anchor_to(problem, best(problem))
    away = seed % len(running.workers)
    hours = list(running.workers[away].minutes)
    hours[seed % len(hours)] = max(0, hours[seed % len(hours)] - 60)
    workers = list(running.workers)
    workers[away] = replace(workers[away], minutes=tuple(hours))
    less = replace(running, workers=tuple(workers))
    found = best(less)
    assert violations(less, found) == ()
    assert list(unequal(less, found)) == []
    given = {(one.tactic, one.task, one.worker): one.minutes for one in found.assignments}
    moved = sum(
        max(0, minutes - given.get((one.id, job.id, member), 0))
        for one in less.candidates
        for job in one.jobs
        for member, minutes in job.written
    )
    assert moved == brute.least_moved(less)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_said_to_bring_a_tactic_in_does(seed: int) -> None:
    problem = with_people(tiny.random_sprint(seed), seed)
    found = best(problem)
    parked = [one.id for one in problem.candidates if one.id not in found.placed]
    for tactic, way in suggestions(problem, found, parked).items():
        if isinstance(way, Swap):
            check_swap(problem, found, tactic, way)
        else:
            check_addition(problem, found, tactic, way)


@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("open_pairs", [None, 0])
def test_larger_sprints_have_several_people_on_tasks_too(
    kind: str, open_pairs: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = with_people(generate.problem(25, 8, 5, kind), 5, most=2)
    if open_pairs is not None:
        for module in (solve, relaxation):
            monkeypatch.setattr(module, "EFFORT", replace(EFFORT, open_pairs=open_pairs))
    found, fill = best(problem), fill_by_rank(problem)
    for allocation in (found, fill):
        assert violations(problem, allocation) == ()
        assert list(unequal(problem, allocation)) == []
    assert found.value <= found.bound
    assert reached(problem, found) >= reached(problem, fill)
    assert any(job.of for one in problem.candidates if one.id in found.placed for job in one.jobs)


def days_of(allocation: Allocation, tactic: str, task: str) -> list[tuple[tuple[int, int], ...]]:
    """Return the days of each of the people of a task."""
    return [one.days for one in allocation.assignments if (one.tactic, one.task.partition("/")[0]) == (tactic, task)]


def test_the_people_of_a_task_are_at_it_on_the_same_days() -> None:
    """Sam's Monday is full of what is worth more, so both meet on Tuesday, though Noor could begin on Monday."""
    workers = [tiny.worker("noor", 240, 240, 240), tiny.worker("sam", 240, 240, 240, skills="copy design")]
    meet = tiny.tactic("meet", *people_of(tiny.job("talk", minutes=240), 2), value=1000, deadline=2)
    first = tiny.tactic("ads", tiny.job(skill="design", minutes=240), value=9000, deadline=2)
    found = best(tiny.sprint(workers, [meet, first]))
    assert violations(tiny.sprint(workers, [meet, first]), found) == ()
    assert days_of(found, "meet", "talk") == [((1, 240),), ((1, 240),)]
    running = anchor_to(tiny.sprint(workers, [meet, first]), found)
    assert days_of(best(running), "meet", "talk") == [((1, 240),), ((1, 240),)]


def test_people_who_have_no_days_in_common_are_no_pair() -> None:
    """Noor and Sam never meet, and Kim meets both."""
    workers = [tiny.worker("noor", 240, 0), tiny.worker("sam", 0, 240)]
    meet = tiny.tactic("meet", *people_of(tiny.job("talk", minutes=240), 2), deadline=1)
    assert best(tiny.sprint(workers, [meet])).placed == ()
    found = best(tiny.sprint([*workers, tiny.worker("kim", 0, 240)], [meet]))
    assert days_of(found, "meet", "talk") == [((1, 240),), ((1, 240),)]


def test_what_is_left_of_parts_once_one_has_begun_is_done_when_each_can() -> None:
    workers = [tiny.worker("noor", 240, 0), tiny.worker("sam", 0, 240)]
    half = [
        replace(job, minutes=minutes) for job, minutes in zip(people_of(tiny.job("talk"), 2), (60, 240), strict=True)
    ]
    meet = tiny.tactic("meet", *half, deadline=1)
    problem = tiny.sprint(workers, [meet])
    found = best(problem)
    assert violations(problem, found) == ()
    assert days_of(found, "meet", "talk") == [((0, 60),), ((1, 240),)]


@pytest.mark.parametrize("seed", range(40))
def test_people_do_a_task_on_the_same_days(seed: int) -> None:
    problem = with_people(generate.problem(12, 6, seed, generate.KINDS[seed % 4]), seed, most=2)
    for found in (best(problem), by_rank(problem), fill_by_rank(problem)):
        assert violations(problem, found) == ()
        for one in problem.candidates:
            for task in {part.of for part in one.jobs if part.of is not None and one.id in found.placed}:
                assert len(set(days_of(found, one.id, task))) == 1
