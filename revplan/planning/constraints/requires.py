"""What a tactic requires is placed too, and is complete by the day the tactic starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.after import days_between, hand_over
from revplan.planning.explain.claims import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.model.waits import Wait
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem, TaskAssignment
    from revplan.planning.solve import Schedule, SelectionModel, TacticModel


def post(selection: SelectionModel) -> None:
    """Place nothing without what it requires, and keep apart owners who could not hand over in time."""
    together(selection)
    for tactic in selection.placed if selection.has_owners else ():
        for number in selection.instance.of[tactic]:
            for first in selection.instance.tasks[number].before:
                if selection.instance.tasks[first].tactic != tactic:
                    hand_over(selection, first, number)


def together(selection: TacticModel) -> None:
    """Place nothing without what it requires."""
    for tactic, column in selection.placed.items():
        for required in selection.instance.requires[tactic]:
            selection.model.row([(column, 1), (selection.placed[required], -1)], most=0)


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether all that the tactic requires is placed."""
    return schedule.placed.issuperset(schedule.instance.requires[tactic])


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say which tactics that it requires are parked."""
    missing = tuple(sorted(name for name in candidate.requires if name not in placed.names))
    return Reason("requires", blockers=missing) if missing else None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tactics whose requirements are not placed, or not complete in time."""
    start: dict[str, int] = {}
    due: dict[str, int] = {}
    for assignment in allocation.assignments:
        if assignment.days:
            start[assignment.tactic] = min(start.get(assignment.tactic, assignment.start), assignment.start)
            due[assignment.tactic] = max(due.get(assignment.tactic, assignment.due), assignment.due)
    waiting = {
        (candidate.id, job.id): (candidate, wait)
        for candidate in problem.candidates
        for job in candidate.jobs
        for first, wait in job.waits
        if not first and wait
    }
    for candidate in problem.candidates:
        for required in candidate.requires:
            if candidate.id in start and required not in due:
                yield f"{candidate.id}: requires {required}, which is not placed"
            elif candidate.id in start and start[candidate.id] < due[required]:
                yield f"{candidate.id}: starts on day {start[candidate.id]}, before {required} is complete"
    for one in allocation.assignments:
        if one.days and (one.tactic, one.task) in waiting:
            yield from _impatient(problem, one, *waiting[one.tactic, one.task], due)


def _impatient(
    problem: SprintProblem, one: TaskAssignment, candidate: Candidate, wait: Wait, due: Mapping[str, int]
) -> Iterator[str]:
    """Yield that a first task of a candidate does not wait long enough after what the candidate requires."""
    for required in candidate.requires:
        if required in due and days_between(problem, due[required], one.start, wait) < wait.days:
            yield f"{candidate.id}/{one.task}: starts on day {one.start}, less than {wait} after {required}"
