"""What a tactic requires is placed too, and is complete by the day the tactic starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.after import hand_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.master import Master
    from revplan.planning.solve.tactics import Tactics


def post(master: Master) -> None:
    """Place nothing without what it requires, and keep apart owners who could not hand over in time."""
    together(master)
    for tactic in master.placed:
        for number in master.network.of[tactic]:
            for first in master.network.tasks[number].before:
                if master.network.tasks[first].tactic != tactic:
                    hand_over(master, first, number)


def together(tactics: Tactics) -> None:
    """Place nothing without what it requires."""
    for tactic, column in tactics.placed.items():
        for required in tactics.network.requires[tactic]:
            tactics.model.row([(column, 1), (tactics.placed[required], -1)], most=0)


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tactics whose requirements are not placed, or not complete in time."""
    start: dict[str, int] = {}
    due: dict[str, int] = {}
    for assignment in allocation.assignments:
        if assignment.days:
            start[assignment.tactic] = min(start.get(assignment.tactic, assignment.start), assignment.start)
            due[assignment.tactic] = max(due.get(assignment.tactic, assignment.due), assignment.due)
    for candidate in problem.candidates:
        for required in candidate.requires:
            if candidate.id in start and required not in due:
                yield f"{candidate.id}: requires {required}, which is not placed"
            elif candidate.id in start and start[candidate.id] < due[required]:
                yield f"{candidate.id}: starts on day {start[candidate.id]}, before {required} is complete"
