"""Who does what, by the solver: owners whose work fits its windows to the day, and the least they can cost.

The windows are given, so this is the master model with the selection fixed and the days exact, without dates. It
finds owners where the search does not, and its bounds tell whether the search's owners can be bettered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.hours import bound
from revplan.planning.solve.model import Model
from revplan.planning.windows import able

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.constraints.hours import Entry
    from revplan.planning.network import Network, Task
    from revplan.planning.schedule import Owners
    from revplan.planning.solve.model import Answer
    from revplan.planning.windows import Window

NODES = 300
"""Branch-and-bound nodes for one roster."""


class Roster:
    """Owners for tasks with given windows, as a model.

    Attributes:
        network: the problem.
        windows: of the tasks to be done.
        model: the columns and rows.
        minutes: the term for the minutes of each (task, worker).
    """

    def __init__(self, network: Network, windows: Mapping[int, Window]) -> None:
        self.network = network
        self.windows = windows
        self.model = Model()
        self.minutes: dict[tuple[int, int], tuple[int, int]] = {}
        work: list[list[Entry]] = [[] for _ in network.workers]
        for number in sorted(windows):
            self._add_task(network.tasks[number], work)
        for worker, entries in enumerate(work):
            bound(self.model, network.calendars[worker], entries)

    def _add_task(self, task: Task, work: list[list[Entry]]) -> None:
        window = self.windows[task.number]
        parts = []
        for worker in able(self.network, task, window):
            term = share(self.model, task)
            self.minutes[task.number, worker] = term
            work[worker].append((window.release, window.deadline, term))
            parts.append(term)
        self.model.row(parts, least=task.job.minutes, most=task.job.minutes)

    def answer(self) -> Answer:
        """Ask for owners whose work fits."""
        return self.model.maximise((), nodes=NODES)

    def cheapest(self) -> Answer:
        """Ask for the owners from whom the fewest minutes are moved, and of those the ones who cost least."""
        workers = self.network.workers
        members = {worker.id: number for number, worker in enumerate(workers)}
        unmoved = []
        for number in self.windows:
            for member, minutes in self.network.tasks[number].job.written:
                term = self.minutes.get((number, members.get(member, -1)))
                if term is not None:
                    same = self.model.column(minutes)
                    self.model.row([(same, 1), (term[0], -term[1])], most=0)
                    unmoved.append((same, 1))
        costs = [(column, -factor * workers[worker].rate) for (_, worker), (column, factor) in self.minutes.items()]
        answer = self.model.maximise(unmoved, nodes=NODES) if unmoved else self.answer()
        self.model.row(unmoved, least=answer.value)
        return self.model.maximise(costs, nodes=NODES)

    def owners(self, answer: Answer) -> Owners | None:
        """Return the owners an answer stands for, None where there are none."""
        values = answer.values
        if values is None:
            return None
        found: dict[int, list[tuple[int, int]]] = {}
        for (number, worker), (column, factor) in self.minutes.items():
            if values[column]:
                found.setdefault(number, []).append((worker, values[column] * factor))
        return {number: tuple(parts) for number, parts in found.items()}


def share(model: Model, task: Task) -> tuple[int, int]:
    """Add the columns for one member's share of a task, and return the term for its minutes."""
    owned = model.column(1)
    if not task.job.split:
        return owned, task.job.minutes
    minutes = model.column(task.job.minutes)
    model.row([(minutes, 1), (owned, -task.job.minutes)], most=0)
    model.row([(minutes, 1), (owned, -task.least)], least=0)
    return minutes, 1
