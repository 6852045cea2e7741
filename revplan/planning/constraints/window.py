"""A tactic, and each of its tasks, is worked on between its release and its deadline, both days included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, SelectionModel


def post(selection: SelectionModel) -> None:
    """Nothing to add: the windows of the tasks say it, and bind through the members' hours."""


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether every task of the tactic has days at all."""
    return all(number in schedule.widest for number in schedule.instance.of[tactic])


def explain(_placed: Placed, _candidate: Candidate) -> Reason | None:
    """Return None: the hours within its days say what is short."""
    return None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield work before a release or after a deadline."""
    releases: dict[tuple[str, str], int] = {}
    deadlines: dict[tuple[str, str], int] = {}
    for candidate in problem.candidates:
        for job in candidate.jobs:
            releases[candidate.id, job.id] = max(candidate.release, job.release)
            own = candidate.deadline if job.deadline is None else job.deadline
            deadlines[candidate.id, job.id] = min(candidate.deadline, own)
    for assignment in allocation.assignments:
        key = assignment.tactic, assignment.task
        if key not in releases or not assignment.days:
            continue
        if assignment.start < releases[key]:
            yield f"{assignment.tactic}/{assignment.task}: starts on day {assignment.start}, before its release"
        if assignment.due > deadlines[key]:
            yield f"{assignment.tactic}/{assignment.task}: is due on day {assignment.due}, after its deadline"
