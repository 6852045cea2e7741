"""Tasks with dates of their own: every plan keeps them, and what is feasible by trying everything is placed."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import brute
import pytest
import tiny

from revplan.planning.constraints import violations
from revplan.planning.solve import best, ranked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, Job, SprintProblem


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
    fill = ranked(problem)
    assert violations(problem, fill) == ()
    assert list(off_dates(problem, fill)) == []
