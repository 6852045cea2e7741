"""A selection day by day, for the solver: are there owners and days for it, or is it proven that there are none?

Exact, and slow on whole sprints: it is asked where the search found nothing, and for small parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Plan
from revplan.planning.solve.shares import owners
from revplan.planning.solve.timeline import Timeline, divided
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.planning.network import Network
    from revplan.planning.solve.model import Answer


class Verdict(NamedTuple):
    """What became of the question whether tactics have owners and days.

    Attributes:
        plan: owners and days, if any were found.
        impossible: it is proven that there are none.
    """

    plan: Plan | None
    impossible: bool


COLUMNS = 6000
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
    answer = table.answer(nodes)
    return Verdict(table.plan(answer), answer.impossible)


class _Table(Timeline):
    """The model of a selection, day by day: a part begins on each day on which somebody works."""

    def __init__(self, network: Network, windows: Mapping[int, Window]) -> None:
        days = range(len(network.problem.days))
        begins = [day for day in days if not day or any(one.minutes[day] for one in network.calendars)]
        super().__init__(network, windows, divided(network, begins), is_whole=True)

    def plan(self, answer: Answer) -> Plan | None:
        """Return the plan that an answer stands for: whole minutes, laid out anew between the days of hand-over."""
        if answer.values is None:
            return None
        windows: dict[int, Window] = {}
        for number in self.network.order:
            if number in self.windows:
                release, deadline = self.windows[number]
                before = self.network.tasks[number].before
                begin = max([release, *(windows[first].deadline for first in before if first in windows)])
                part = self.completed(number, answer)
                end = deadline if part is None else self.parts[part][0]
                windows[number] = Window(min(begin, end), end)
        terms = ((number, worker, term) for (number, worker), term in self.shares.items())
        found = owners(terms, answer.values)
        table = timetable(self.network, found, windows)
        return None if table.late else Plan(found, table.days)
