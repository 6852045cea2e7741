"""The best plan by trying everything: every selection, every choice of owners, every order of work by minutes.

It shares nothing with the planner. Only for a handful of tactics with unsplit tasks. A task that several people do at
once has a job for each of them, no owner has two of those, and all have the same minutes of it on each day.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING, Any

import highspy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Candidate, Job, SprintProblem

    Chosen = tuple[Candidate, ...]
    Owned = dict[tuple[str, str], int]


def optimum(problem: SprintProblem) -> tuple[int, int, int, int]:
    """Return the greatest (kept tactics, must value, should value, nice value) that any plan reaches."""
    reached = (0, 0, 0, 0)
    for chosen in _selections(problem):
        if _worth(chosen) > reached and _fits(problem, chosen):
            reached = _worth(chosen)
    return reached


def _worth(chosen: Chosen) -> tuple[int, int, int, int]:
    must, should, nice = (
        sum(candidate.value for candidate in chosen if candidate.tier == tier) for tier in ("must", "should", "nice")
    )
    return sum(candidate.kept for candidate in chosen), must, should, nice


def least_moved(problem: SprintProblem) -> int:
    """Return the fewest minutes that any of the best plans takes away from whom the written sprint gave them to.

    What is taken out of the sprint is moved too.
    """
    best = optimum(problem)
    return min(
        sum(
            minutes
            for candidate in problem.candidates
            for job in candidate.jobs
            for member, minutes in job.written
            if (candidate.id, job.id) not in owned or problem.workers[owned[candidate.id, job.id]].id != member
        )
        for chosen in _selections(problem)
        if _worth(chosen) == best
        for owned in _owners(problem, chosen)
        if _in_time(problem, chosen, owned)
    )


def least_spend(problem: SprintProblem, placed: tuple[str, ...]) -> int | None:
    """Return the least external spend, in cents times minutes, of plans for exactly these tactics."""
    chosen = tuple(candidate for candidate in problem.candidates if candidate.id in placed)
    spends = [
        sum(problem.workers[worker].rate * _minutes(chosen, key) for key, worker in owned.items())
        for owned in _owners(problem, chosen)
        if _in_time(problem, chosen, owned)
    ]
    return min(spends, default=None)


def _minutes(chosen: Chosen, key: tuple[str, str]) -> int:
    tactic, task = key
    jobs = next(candidate.jobs for candidate in chosen if candidate.id == tactic)
    return next(job.minutes for job in jobs if job.id == task)


def _selections(problem: SprintProblem) -> Iterator[Chosen]:
    everything = problem.candidates
    for chosen in chain.from_iterable(combinations(everything, size) for size in range(len(everything) + 1)):
        ids = {candidate.id for candidate in chosen}
        if any(not ids.issuperset(candidate.requires) or ids & set(candidate.excludes) for candidate in chosen):
            continue
        if problem.budget is not None and sum(candidate.cost for candidate in chosen) > problem.budget:
            continue
        if any(sum(one.cost for one in chosen if one.line == line) > left for line, left in problem.lines):
            continue
        if any(
            sum(one.minutes for one in chosen if one.id in share.candidates) > share.limit for share in problem.shares
        ):
            continue
        yield chosen


def _fits(problem: SprintProblem, chosen: Chosen) -> bool:
    return any(_in_time(problem, chosen, owned) for owned in _owners(problem, chosen))


def _owners(problem: SprintProblem, chosen: Chosen) -> Iterator[Owned]:
    keys = [(candidate.id, job.id) for candidate in chosen for job in candidate.jobs]
    able = [
        [
            number
            for number, worker in enumerate(problem.workers)
            if job.owner in (None, worker.id) and dict(worker.skills).get(job.skill, 0) >= job.level
        ]
        for candidate in chosen
        for job in candidate.jobs
    ]
    tasks = [(candidate.id, job.of) for candidate in chosen for job in candidate.jobs]
    for owners in product(*able):
        people = [(task, owner) for task, owner in zip(tasks, owners, strict=True) if task[1] is not None]
        if len(set(people)) == len(people):
            yield dict(zip(keys, owners, strict=True))


def _in_time(problem: SprintProblem, chosen: Chosen, owned: Owned) -> bool:
    """Try all ways to hand over: for each task with followers, every day on which it may be due."""
    jobs = {(candidate.id, job.id): (candidate, job) for candidate in chosen for job in candidate.jobs}
    before = {key: _before(chosen, *jobs[key]) for key in jobs}
    awaited = sorted({first for firsts in before.values() for first in firsts})
    days = range(len(problem.days))
    for dues in product(days, repeat=len(awaited)):
        due = dict(zip(awaited, dues, strict=True))
        windows = {
            key: (
                max([candidate.release, job.release, *_begins(problem, key, job, before[key], due)]),
                min(candidate.deadline, _own_deadline(job), due.get(key, candidate.deadline)),
            )
            for key, (candidate, job) in jobs.items()
        }
        fits = all(_worker_fits(problem, worker, jobs, windows, owned) for worker in range(len(problem.workers)))
        if fits and (not any(job.of for _, job in jobs.values()) or _meet(problem, jobs, windows, owned)):
            return True
    return False


def _begins(
    problem: SprintProblem,
    key: tuple[str, str],
    job: Job,
    before: list[tuple[str, str]],
    due: dict[tuple[str, str], int],
) -> Iterator[int]:
    """Yield the first day that each task before this one leaves it, counted day by day."""
    for first in before:
        wait = dict(job.waits).get(first[1] if first[0] == key[0] else "")
        day, left = due[first], wait.days if wait else 0
        while left and day < len(problem.days):
            day += 1
            left -= day in problem.workdays if wait and wait.is_workdays else 1
        yield day


def _own_deadline(job: Job) -> int:
    return 10**9 if job.deadline is None else job.deadline


def _before(chosen: Chosen, candidate: Candidate, job: Job) -> list[tuple[str, str]]:
    own = [(candidate.id, first) for first in job.after]
    return own + [(one.id, first.id) for one in chosen if one.id in candidate.requires for first in one.jobs]


def _worker_fits(
    problem: SprintProblem,
    worker: int,
    jobs: dict[tuple[str, str], tuple[Candidate, Job]],
    windows: dict[tuple[str, str], tuple[int, int]],
    owned: Owned,
) -> bool:
    """Check every stretch of days: the work that must lie in it is no more than its minutes (Hall)."""
    minutes = problem.workers[worker].minutes
    own = [(*windows[key], job.minutes) for key, (_, job) in jobs.items() if owned[key] == worker]
    return all(
        sum(work for release, deadline, work in own if release >= first and deadline <= last)
        <= sum(minutes[first : last + 1])
        for first in range(len(minutes))
        for last in range(first - 1, len(minutes))
    ) and all(release <= deadline for release, deadline, _ in own)


def _meet(
    problem: SprintProblem,
    jobs: dict[tuple[str, str], tuple[Candidate, Job]],
    windows: dict[tuple[str, str], tuple[int, int]],
    owned: Owned,
) -> bool:
    """Tell whether there are whole minutes by task and day within everybody's hours, the same for all of its people.

    A task with parts of several lengths has been begun, and its parts are laid out one by one.
    """
    lengths: dict[tuple[str, str | None], set[int]] = {}
    for (tactic, _), (_, job) in jobs.items():
        lengths.setdefault((tactic, job.of), set()).add(job.minutes)
    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    model.setOptionValue("output_flag", False)
    columns: dict[tuple[str, str, int], Any] = {}
    taken: dict[tuple[int, int], list[Any]] = {}
    for (tactic, name), (_, job) in jobs.items():
        task = job.of if job.of is not None and len(lengths[tactic, job.of]) == 1 else name
        release, deadline = windows[tactic, name]
        for day in range(release, deadline + 1):
            if (tactic, task, day) not in columns:
                columns[tactic, task, day] = model.addIntegral(0, job.minutes)
            taken.setdefault((owned[tactic, name], day), []).append(columns[tactic, task, day])
        if not any((tactic, task, day) in columns for day in range(release, deadline + 1)):
            return False
        model.addConstr(sum(columns[tactic, task, day] for day in range(release, deadline + 1)) == job.minutes)
    for (worker, day), parts in taken.items():
        model.addConstr(sum(parts) <= problem.workers[worker].minutes[day])
    model.run()
    status: bool = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return status
