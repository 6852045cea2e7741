"""What is placed as a flow, so that it can be asked whether more work fits beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.flow import Flow, Piece
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.network import Network, Task
    from revplan.planning.problem import Allocation


def piece(task: Task, window: Window) -> Piece:
    """Return a task as a piece of the flow."""
    return Piece(task.workers, window.release, window.deadline)


def pieces(numbered: Network, windows: Sequence[Window | None]) -> tuple[Piece, ...]:
    """Return every task as a piece of the flow, those without a window with all days."""
    whole = Window(0, len(numbered.problem.days) - 1)
    return tuple(piece(task, windows[task.number] or whole) for task in numbered.tasks)


def placed_flow(numbered: Network, work: Sequence[Piece], allocation: Allocation) -> Flow:
    """Return the flow of these pieces with what is placed in it.

    Args:
        numbered: the sprint.
        work: its tasks as pieces.
        allocation: what is placed.
    """
    flow = Flow([worker.minutes for worker in numbered.workers], work)
    numbers = {worker.id: number for number, worker in enumerate(numbered.workers)}
    task_of = {(numbered.candidates[task.tactic].id, task.job.id): task.number for task in numbered.tasks}
    for assignment in allocation.assignments:
        own = work[task_of[assignment.tactic, assignment.task]]
        for day, minutes in assignment.days:
            flow.take(own, numbers[assignment.worker], day, minutes)
    flow.close()
    return flow
