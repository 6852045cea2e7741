"""Large sprints: which tactics, with owners left out of it.

Members with the same skills are merged into groups, tasks of the same skill, level and window into one demand, and
demands flow to groups. That leaves a column for each tactic instead of one for each task and member. Whatever can be
placed can be placed here too, so the bound holds for the sprint itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints import budget, excludes, lines, requires, shares
from revplan.planning.constraints.hours import bound
from revplan.planning.network import calendar
from revplan.planning.solve.tactics import Tactics
from revplan.planning.windows import half_weeks

if TYPE_CHECKING:
    from revplan.planning.constraints.hours import Entry
    from revplan.planning.network import Network

    Demand = tuple[tuple[int, ...], int, int]
    """The groups that can meet it, and the first and last day of its window."""


class Aggregate(Tactics):
    """The model of tactics against groups of members."""

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self._post_hours()
        requires.together(self)
        for constraint in (excludes, budget, lines, shares):
            constraint.post(self)

    def _post_hours(self) -> None:
        """Let the demands flow to the groups that can meet them, within their minutes."""
        group_of = _groups(self.network)
        demands: dict[Demand, list[tuple[int, int]]] = {}
        for task in self.network.tasks:
            window = self.windows[task.number]
            if window is not None:
                first, last = half_weeks(self.network, window)
                groups = tuple(sorted({group_of[worker] for worker in task.workers}))
                term = (self.placed[task.tactic], task.job.minutes)
                demands.setdefault((groups, first, last), []).append(term)
        work: list[list[Entry]] = [[] for _ in range(len(set(group_of)))]
        for (groups, first, last), terms in sorted(demands.items()):
            total = sum(minutes for _, minutes in terms)
            flows = [self.model.amount(total) for _ in groups]
            self.model.row([*terms, *((flow, -1) for flow in flows)], least=0, most=0)
            for group, flow in zip(groups, flows, strict=True):
                work[group].append((first, last, (flow, 1)))
        for group, entries in enumerate(work):
            members = [
                worker.minutes for worker, own in zip(self.network.workers, group_of, strict=True) if own == group
            ]
            bound(self.model, calendar([sum(day) for day in zip(*members, strict=True)]), entries)


def _groups(network: Network) -> tuple[int, ...]:
    """Return the number of each worker's group: the same for those who may own the same tasks."""
    tasks: list[list[int]] = [[] for _ in network.workers]
    for task in network.tasks:
        for worker in task.workers:
            tasks[worker].append(task.number)
    known: dict[tuple[int, ...], int] = {}
    return tuple(known.setdefault(tuple(own), len(known)) for own in tasks)
