"""Whoever shares a split task has an hour of it at least, or all of it where it is shorter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.instance import LEAST_PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, SelectionModel


def post(selection: SelectionModel) -> None:
    """Keep each owner's minutes at nothing, or between an hour and the whole."""
    for (number, worker), column in selection.amounts.items():
        task = selection.instance.tasks[number]
        owned = selection.owned[number, worker]
        selection.model.row([(column, 1), (owned, -task.job.minutes)], most=0)
        selection.model.row([(column, 1), (owned, -task.least)], least=0)
        selection.model.row([(owned, 1), (selection.placed[task.tactic], -1)], most=0)


def allows(_schedule: Schedule, _tactic: int) -> bool:
    """Return True: a schedule cuts split tasks into pieces of an hour at least."""
    return True


def explain(_placed: Placed, _candidate: Candidate) -> Reason | None:
    """Return None: the hours of whoever may share its tasks say what is short."""
    return None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield pieces shorter than an hour, and members who have two pieces of one task."""
    jobs = {(candidate.id, job.id): job for candidate in problem.candidates for job in candidate.jobs}
    seen = set()
    for assignment in allocation.assignments:
        job = jobs.get((assignment.tactic, assignment.task))
        name = f"{assignment.tactic}/{assignment.task}"
        if job and assignment.minutes < min(LEAST_PIECE, job.minutes):
            yield f"{name}: {assignment.worker}'s piece of {assignment.minutes} minutes is too short"
        owner = (assignment.tactic, assignment.task, assignment.worker)
        if owner in seen:
            yield f"{name}: {assignment.worker} has two pieces"
        seen.add(owner)
