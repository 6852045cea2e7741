"""A selection day by day, for the solver: are there owners and days for it, or is it proven that there are none?

Minutes of each task, member and day as columns, and for each task that others wait for, whether it is complete by
the end of a day. Exact, and slow on whole sprints: it is asked where the search found nothing, and for small parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Plan
from revplan.planning.solve.model import Model
from revplan.planning.windows import Window, able

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.network import Network, Task


class Verdict(NamedTuple):
    """What became of the question whether tactics have owners and days.

    Attributes:
        plan: owners and days, if any were found.
        impossible: it is proven that there are none.
    """

    plan: Plan | None
    impossible: bool


COLUMNS = 4000
"""Columns beyond which the solver is not asked: its first relaxation alone would take too long."""


def by_day(network: Network, windows: Mapping[int, Window], nodes: int) -> Verdict:
    """Look for owners and days of the tasks that have windows.

    Args:
        network: the problem.
        windows: of the tasks to be done, given that all of them are.
        nodes: branch-and-bound nodes after which to give up.
    """
    table = _Table(network, windows)
    if len(table.model.upper) > COLUMNS:
        return Verdict(None, impossible=False)
    answer = table.model.maximise((), nodes=nodes)
    plan = table.plan(answer.values) if answer.values is not None else None
    return Verdict(plan, answer.impossible)


class _Table:
    """The model of a selection, day by day."""

    def __init__(self, network: Network, windows: Mapping[int, Window]) -> None:
        self.network = network
        self.windows = windows
        self.model = Model()
        self.shares: dict[tuple[int, int], tuple[int, int]] = {}
        self.minutes: dict[int, dict[int, list[int]]] = {}
        self.complete: dict[int, dict[int, int]] = {}
        self._used: dict[tuple[int, int], list[int]] = {}
        for number in sorted(windows):
            self._add_task(network.tasks[number])
        for (worker, day), columns in self._used.items():
            room = network.calendars[worker].minutes[day]
            self.model.row([(column, 1) for column in columns], most=room)
        for number in sorted(windows):
            self._keep_order(network.tasks[number])

    def _add_task(self, task: Task) -> None:
        """Add the columns of a task and share its minutes among members and days."""
        window = self.windows[task.number]
        days: dict[int, list[int]] = {day: [] for day in range(window.release, window.deadline + 1)}
        whole = []
        for worker in able(self.network, task, window):
            owned = self.model.column(1)
            column, factor = owned, task.job.minutes
            if task.job.split:
                column, factor = self.model.column(task.job.minutes), 1
                self.model.row([(column, 1), (owned, -task.job.minutes)], most=0)
                self.model.row([(column, 1), (owned, -task.least)], least=0)
            self.shares[task.number, worker] = column, factor
            whole.append((column, factor))
            spread = [(column, -factor)]
            for day, columns in days.items():
                if room := self.network.calendars[worker].minutes[day]:
                    some = self.model.amount(min(room, task.job.minutes))
                    self._used.setdefault((worker, day), []).append(some)
                    columns.append(some)
                    spread.append((some, 1))
            self.model.row(spread, least=0, most=0)
        self.model.row(whole, least=task.job.minutes, most=task.job.minutes)
        self.minutes[task.number] = days

    def _keep_order(self, task: Task) -> None:
        """Let the followers of a task work only on days by whose end it is complete."""
        followers = [number for number in task.after if number in self.windows]
        if not followers:
            return
        window = self.windows[task.number]
        done: list[tuple[int, int]] = []
        for day in range(window.release, window.deadline):
            complete = self.model.column(1)
            done.extend((column, 1) for column in self.minutes[task.number][day])
            self.model.row([*done, (complete, -task.job.minutes)], least=0)
            self.complete.setdefault(task.number, {})[day] = complete
            for follower in followers:
                work = [(column, 1) for column in self.minutes[follower].get(day, ())]
                if work:
                    self.model.row([*work, (complete, -self.network.tasks[follower].job.minutes)], most=0)

    def plan(self, values: tuple[int, ...]) -> Plan | None:
        """Return the plan these values stand for: whole minutes, laid out anew between the days of hand-over."""
        owners: dict[int, list[tuple[int, int]]] = {}
        for (number, worker), (column, factor) in self.shares.items():
            if values[column]:
                owners.setdefault(number, []).append((worker, values[column] * factor))
        windows: dict[int, Window] = {}
        for number in self.network.order:
            if number in self.windows:
                release, deadline = self.windows[number]
                before = self.network.tasks[number].before
                begin = max([release, *(windows[first].deadline for first in before if first in windows)])
                complete = self.complete.get(number, {}).items()
                end = min((day for day, column in complete if values[column]), default=deadline)
                windows[number] = Window(min(begin, end), end)
        found = {number: tuple(parts) for number, parts in owners.items()}
        table = timetable(self.network, found, windows)
        return None if table.late else Plan(found, table.days)
