"""Whether given owners have days: a plain pass by earliest deadline, to tell answers of the yardstick from plans."""

from __future__ import annotations

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.problem import SprintProblem

    from .plain_model import Owners

    Task = tuple[str, str]


def has_days(problem: SprintProblem, owners: Owners) -> bool:
    """Return whether a pass by earliest deadline finds days; where it finds none there may still be some."""
    before = _find_predecessors(problem, owners)
    try:
        order = tuple(TopologicalSorter(before).static_order())
    except CycleError:
        return False
    deadlines = {one.id: one.deadline for one in problem.candidates}
    limits = _draw_in({task: deadlines[task[0]] for task in owners}, order, before)
    return _dispatch(problem, owners, before, limits)


def _find_predecessors(problem: SprintProblem, owners: Owners) -> dict[Task, set[Task]]:
    """Return for each placed task the placed tasks that must be complete first."""
    placed: dict[str, list[Task]] = defaultdict(list)
    for task in owners:
        placed[task[0]].append(task)
    before: dict[Task, set[Task]] = {}
    for one in problem.candidates:
        required = {task for other in one.requires for task in placed[other]}
        for job in one.jobs:
            if (one.id, job.id) in owners:
                before[one.id, job.id] = required | {(one.id, name) for name in job.after}
    return before


def _draw_in(limits: Mapping[Task, int], order: tuple[Task, ...], before: Mapping[Task, set[Task]]) -> dict[Task, int]:
    """Return deadlines no later than those of the tasks that wait."""
    drawn_in = dict(limits)
    for task in reversed(order):
        for other in before[task]:
            drawn_in[other] = min(drawn_in[other], drawn_in[task])
    return drawn_in


def _dispatch(
    problem: SprintProblem, owners: Owners, before: Mapping[Task, set[Task]], limits: Mapping[Task, int]
) -> bool:
    free = {worker.id: list(worker.minutes) for worker in problem.workers}
    tactics = {one.id: one for one in problem.candidates}
    followers: dict[Task, list[Task]] = defaultdict(list)
    missing = {task: len(others) for task, others in before.items()}
    for task, others in before.items():
        for other in others:
            followers[other].append(task)
    ready = [(limits[task], task) for task, count in missing.items() if not count]
    heapify(ready)
    done: dict[Task, int] = {}
    while ready:
        _, task = heappop(ready)
        first = max([tactics[task[0]].release, *(done[other] for other in before[task])])
        done[task] = max(_take(free[worker], first, minutes) for worker, minutes in owners[task])
        if done[task] > tactics[task[0]].deadline:
            return False
        for follower in followers[task]:
            missing[follower] -= 1
            if not missing[follower]:
                heappush(ready, (limits[follower], follower))
    return len(done) == len(owners)


def _take(free: list[int], first: int, minutes: int) -> int:
    """Take the first free minutes from a day on, and return the last day; the number of days where there are none."""
    for day in range(first, len(free)):
        share = min(free[day], minutes)
        free[day] -= share
        minutes -= share
        if not minutes:
            return day
    return len(free)
