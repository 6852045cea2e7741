"""A task starts on the day the tasks it follows are complete, or later by as long as it waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.waits import Wait
    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, SelectionModel


def post(selection: SelectionModel) -> None:
    """Keep apart the owners who could not hand over in time, within each tactic."""
    for number in selection.tasks() if selection.has_owners else ():
        task = selection.instance.tasks[number]
        for follower in task.after:
            if selection.instance.tasks[follower].tactic == task.tactic:
                hand_over(selection, number, follower)


def hand_over(selection: SelectionModel, first: int, then: int) -> None:
    """Forbid pairs of owners where the one ends too late, at best, for the other to be in time.

    For each day on which some owner of the first task lets the second start at the earliest, those who do so then or
    later exclude those owners of the second who must have started by then.
    """
    tasks, calendars = selection.instance.tasks, selection.instance.calendars
    if tasks[first].job.split or tasks[then].job.split:
        return
    window, target = selection.windows[first], selection.windows[then]
    opens = selection.instance.opens
    ends = {
        worker: opens(first, then, calendars[worker].finish(window.release, tasks[first].job.minutes))
        for worker in selection.workers(first)
    }
    starts = {
        worker: calendars[worker].latest_start(target.deadline, tasks[then].job.minutes)
        for worker in selection.workers(then)
    }
    for day in sorted(set(ends.values())):
        slow = [(selection.owner(first, worker), 1) for worker, end in ends.items() if end >= day]
        early = [(selection.owner(then, worker), 1) for worker, start in starts.items() if start < day]
        if len(early) == len(starts):
            early = [(selection.placed[tasks[then].tactic], 1)]
        if slow and early:
            selection.model.row([*slow, *early], most=1)


def allows(_schedule: Schedule, _tactic: int) -> bool:
    """Return True: a schedule sets a day of hand-over between tasks that follow each other."""
    return True


def explain(_placed: Placed, _candidate: Candidate) -> Reason | None:
    """Return None: the hours within its tasks' days say what is short."""
    return None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tasks that start before one they follow is complete, or before they have waited long enough."""
    start: dict[tuple[str, str], int] = {}
    due: dict[tuple[str, str], int] = {}
    for assignment in allocation.assignments:
        if assignment.days:
            key = assignment.tactic, assignment.task
            start[key] = min(start.get(key, assignment.start), assignment.start)
            due[key] = max(due.get(key, assignment.due), assignment.due)
    for candidate in problem.candidates:
        for job in candidate.jobs:
            for first in job.after:
                key, before = (candidate.id, job.id), (candidate.id, first)
                if key in start and before in due and start[key] < due[before]:
                    yield f"{candidate.id}/{job.id}: starts on day {start[key]}, before {first} is complete"
            for first, wait in job.waits:
                key, before = (candidate.id, job.id), (candidate.id, first)
                if key in start and before in due and days_between(problem, due[before], start[key], wait) < wait.days:
                    yield f"{candidate.id}/{job.id}: starts on day {start[key]}, less than {wait} after {first}"


def days_between(problem: SprintProblem, first: int, then: int, wait: Wait) -> int:
    """Return the days from one to another, the last one included, in the days that a wait counts."""
    return sum(not wait.is_workdays or day in problem.workdays for day in range(first + 1, then + 1))
