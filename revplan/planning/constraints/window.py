"""A tactic is worked on between its release and its deadline, both days included."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.formulations.selection import SelectionModel
    from revplan.planning.solve.schedule import Schedule


def post(selection: SelectionModel) -> None:
    """Nothing to add: the windows of the tasks say it, and bind through the members' hours."""


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether every task of the tactic has days at all."""
    return all(schedule.widest[number] is not None for number in schedule.network.of[tactic])


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield work before a release or after a deadline."""
    candidates = {candidate.id: candidate for candidate in problem.candidates}
    for assignment in allocation.assignments:
        candidate = candidates.get(assignment.tactic)
        if candidate is None or not assignment.days:
            continue
        if assignment.start < candidate.release:
            yield f"{candidate.id}/{assignment.task}: starts on day {assignment.start}, before its release"
        if assignment.due > candidate.deadline:
            yield f"{candidate.id}/{assignment.task}: is due on day {assignment.due}, after its deadline"
