"""A task goes to one member with its skill at its level, or to the member it is pinned to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, SelectionModel


def post(selection: SelectionModel) -> None:
    """Nothing to add: the model has columns only for those who may own a task."""


def allows(_schedule: Schedule, _tactic: int) -> bool:
    """Return True: a schedule gives tasks only to those who may own them."""
    return True


def explain(_placed: Placed, _candidate: Candidate) -> Reason | None:
    """Return None: nobody's hours but those of whoever may own its tasks are counted."""
    return None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield owners without the skill or level, owners other than the pinned one, and one too many."""
    jobs = {(candidate.id, job.id): job for candidate in problem.candidates for job in candidate.jobs}
    workers = {worker.id: worker for worker in problem.workers}
    owners: Counter[tuple[str, str]] = Counter()
    for assignment in allocation.assignments:
        name = f"{assignment.tactic}/{assignment.task}"
        job, worker = jobs.get((assignment.tactic, assignment.task)), workers.get(assignment.worker)
        if job is None or worker is None:
            yield f"{name}: no such task, or no member {assignment.worker}"
            continue
        if not worker.has(job.skill, job.level):
            yield f"{name}: {worker.id} has no {job.skill} at level {job.level}"
        if job.owner not in (None, worker.id):
            yield f"{name}: is {job.owner}'s, not {worker.id}'s"
        owners[assignment.tactic, assignment.task] += 1
        if owners[assignment.tactic, assignment.task] > 1 and not job.split:
            yield f"{name}: has more than one owner"
