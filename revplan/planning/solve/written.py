"""What still stands of the written sprint, as a plan to begin with: a replan loses and moves nothing by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Board, Plan, by_density, filled
from revplan.planning.solve.thinned import thinned
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.network import Network, Task

    Parts = tuple[tuple[int, int], ...]


def as_written(network: Network) -> Board | None:
    """Return a board with the written tactics and owners that still work out, then what else fits.

    The written days are kept where all of them still work out. None where nothing is written.
    """
    widest = windows(network)
    owners = _owners(network, widest)
    if not owners:
        return None
    table = timetable(network, owners, {number: _days(network.tasks[number], widest[number]) for number in owners})
    if table.late:
        return thinned(network, owners)
    return filled(Board.of(network, Plan(owners, table.days)), by_density(network, ()))


def _owners(network: Network, widest: Sequence[Window | None]) -> dict[int, Parts]:
    """Return the written owners of the tactics all of whose tasks have some, as far as limits leave room for them."""
    board = Board(network)
    found: dict[int, Parts] = {}
    for tactic in by_density(network, ()):
        new = [needed for needed in network.needed(tactic) if needed not in board.placed]
        tasks = [network.tasks[number] for needed in new for number in network.of[needed]]
        parts = {task.number: _parts(network, task) for task in tasks if widest[task.number] is not None}
        if new and len(parts) == len(tasks) and all(parts.values()):
            trial = board.copy()
            if all(trial.take_up(needed) for needed in new):
                board = trial
                found |= parts
    return found


def _parts(network: Network, task: Task) -> Parts:
    """Return a task's written (worker, minutes); nothing where it has none, or other work or people than it takes."""
    numbers = {network.workers[worker].id: worker for worker in task.workers}
    written = task.job.written
    is_whole = sum(minutes for _, minutes in written) == task.job.minutes
    if not is_whole or any(member not in numbers or minutes < task.least for member, minutes in written):
        return ()
    return tuple(sorted((numbers[member], minutes) for member, minutes in written))


def _days(task: Task, widest: Window | None) -> Window:
    """Return the written days of a task, as far as it may have them; none where it has none."""
    if task.job.span is None or widest is None:
        return Window(0, -1)
    first, last = task.job.span
    return Window(max(first, widest.release), min(last, widest.deadline))
