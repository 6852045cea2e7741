"""Who does what, by the solver: owners whose work fits its windows to the day, and the least they can cost.

The selection is given, so this is the master model with exact days. A task that hands over to another may have
several windows to choose from: the solver then sets the days of hand-over too, on a grid of days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.hours import bound
from revplan.planning.solve import shares
from revplan.planning.solve.model import Model
from revplan.planning.windows import HALF_WEEKS, Window, able

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from revplan.planning.constraints.hours import Entry
    from revplan.planning.network import Network, Task
    from revplan.planning.schedule import Owners
    from revplan.planning.solve.model import Answer

    Options = Mapping[int, tuple[Window, ...]]
    """The windows each task may have: one, or several to choose from."""

NODES = 100
"""Branch-and-bound nodes for one roster."""

PATIENCE = 1000
"""Branch-and-bound nodes where the roster decides about a selection: a calendar that is full to the last minute takes a
few hundred."""

FEW_DAYS = 7
"""Days of hand-over up to which each may be chosen."""


class Roster:
    """Owners for tasks with given windows, as a model.

    Attributes:
        network: the problem.
        options: the windows of the tasks to be done.
        model: the columns and rows.
        minutes: the term for the minutes of each (task, worker, option).
        chosen: the column of each (task, option): 1 if it is taken.
    """

    def __init__(self, network: Network, options: Options) -> None:
        self.network = network
        self.options = options
        self.model = Model()
        self.minutes: dict[tuple[int, int, int], tuple[int, int]] = {}
        self.chosen: dict[tuple[int, int], int] = {}
        work: list[list[Entry]] = [[] for _ in network.workers]
        for number in sorted(options):
            self._add_task(network.tasks[number], work)
        for worker, entries in enumerate(work):
            bound(self.model, network.calendars[worker], entries)

    def _add_task(self, task: Task, work: list[list[Entry]]) -> None:
        """Add the columns of a task: one window is chosen, and its minutes are shared out within it."""
        options = self.options[task.number]
        for option, window in enumerate(options):
            parts = []
            for worker in able(self.network, task, window):
                term = shares.share(self.model, task)
                self.minutes[task.number, worker, option] = term
                work[worker].append((window.release, window.deadline, term))
                parts.append(term)
            self.chosen[task.number, option] = self.model.column(1)
            self.model.row([*parts, (self.chosen[task.number, option], -task.job.minutes)], least=0, most=0)
        self.model.row(self._those(task.number, [True] * len(options)), least=1, most=1)

    def hand_over(self, first: int, then: int) -> None:
        """Let the window of the one task begin on the day on which the other's ends, or later."""
        for day in sorted({window.release for window in self.options[then]}):
            early = self._those(then, [window.release <= day for window in self.options[then]])
            slow = self._those(first, [window.deadline > day for window in self.options[first]])
            if early and slow:
                self.model.row([*early, *slow], most=1)

    def _those(self, number: int, wanted: list[bool]) -> list[tuple[int, int]]:
        """Return the terms of a task's options that are wanted."""
        return [(self.chosen[number, option], 1) for option, is_wanted in enumerate(wanted) if is_wanted]

    def answer(self, nodes: int = NODES) -> Answer:
        """Ask for owners whose work fits."""
        return self.model.maximise((), nodes=nodes)

    def cheapest(self, below: int | None = None) -> Answer:
        """Ask for the owners from whom the fewest minutes are moved, and of those the ones who cost least.

        Args:
            below: what they are to cost less than, in cents an hour times minutes: that there are none is sooner
                proven than that a cost is the least.
        """
        workers = self.network.workers
        unmoved = []
        for (number, worker, _), (column, factor) in tuple(self.minutes.items()):
            minutes = dict(self.network.tasks[number].job.written).get(workers[worker].id, 0)
            if minutes:
                same = self.model.column(minutes)
                self.model.row([(same, 1), (column, -factor)], most=0)
                unmoved.append((same, 1))
        costs = [(column, -factor * workers[worker].rate) for (_, worker, _), (column, factor) in self.minutes.items()]
        if unmoved:
            answer = self.model.maximise(unmoved, nodes=NODES)
            self.model.row(unmoved, least=answer.value)
        if below is not None:
            self.model.row(costs, least=1 - below)
        return self.model.maximise(costs, nodes=NODES)

    def owners(self, answer: Answer) -> Owners | None:
        """Return the owners an answer stands for, None where there are none."""
        if answer.values is None:
            return None
        terms = ((number, worker, term) for (number, worker, _), term in self.minutes.items())
        found = shares.owners(terms, answer.values)
        return {number: tuple(sorted(parts)) for number, parts in found.items()}

    def windows(self, answer: Answer) -> dict[int, Window]:
        """Return the windows an answer has chosen."""
        values = answer.values or ()
        return {
            number: next(
                (window for option, window in enumerate(options) if values[self.chosen[number, option]]),
                options[0],
            )
            for number, options in self.options.items()
        }


def with_hand_overs(
    network: Network, windows: Mapping[int, Window], weekdays: Collection[int] = HALF_WEEKS
) -> dict[int, tuple[Window, ...]]:
    """Return windows to choose from: for tasks that hand over, the parts of theirs between days of hand-over.

    A part of a window is left out where nobody able has the minutes.

    Args:
        network: the problem.
        windows: of the tasks to be done.
        weekdays: on which work is handed over where there are many days for it.
    """
    options = {}
    for number, window in windows.items():
        task = network.tasks[number]
        begins, ends = {window.release}, {window.deadline}
        for first in task.before:
            if first in windows:
                begins.update(_days(network, windows[first], window, weekdays))
        for follower in task.after:
            if follower in windows:
                ends.update(_days(network, window, windows[follower], weekdays))
        parts = (Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)
        options[number] = tuple(part for part in parts if part == window or is_enough(network, task, part))
    return options


def _days(network: Network, first: Window, then: Window, weekdays: Collection[int]) -> list[int]:
    """Return days on which the one window may hand over to the other: all where they are few, or a grid."""
    days = range(max(first.release, then.release), min(first.deadline, then.deadline) + 1)
    if len(days) <= FEW_DAYS:
        return list(days)
    some = (day for day in days if network.problem.days[day].weekday() in weekdays)
    return sorted({days[0], *some, days[-1]})


def is_enough(network: Network, task: Task, window: Window) -> bool:
    """Tell whether those able have the minutes for the task in the window, one of them all where it is not split."""
    rooms = [network.calendars[worker].within(*window) for worker in able(network, task, window)]
    return sum(rooms) >= task.job.minutes
