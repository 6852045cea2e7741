"""Whoever shares a split task has an hour of it at least, or all of it where it is shorter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.network import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.master import Master


def post(master: Master) -> None:
    """Keep each owner's minutes at nothing, or between an hour and the whole."""
    for (number, worker), column in master.amounts.items():
        task = master.network.tasks[number]
        owned = master.owned[number, worker]
        master.model.row([(column, 1), (owned, -task.job.minutes)], most=0)
        master.model.row([(column, 1), (owned, -task.least)], least=0)
        master.model.row([(owned, 1), (master.placed[task.tactic], -1)], most=0)


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield pieces shorter than an hour, and members who have two pieces of one task."""
    jobs = {(candidate.id, job.id): job for candidate in problem.candidates for job in candidate.jobs}
    seen = set()
    for assignment in allocation.assignments:
        job = jobs.get((assignment.tactic, assignment.task))
        name = f"{assignment.tactic}/{assignment.task}"
        if job and assignment.minutes < min(HOUR, job.minutes):
            yield f"{name}: {assignment.worker}'s piece of {assignment.minutes} minutes is too short"
        owner = (assignment.tactic, assignment.task, assignment.worker)
        if owner in seen:
            yield f"{name}: {assignment.worker} has two pieces"
        seen.add(owner)
