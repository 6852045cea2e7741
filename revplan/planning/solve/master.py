"""Which tactics: the whole sprint as one model without dates.

A column says whether a tactic is placed and another, for each task and each member who may own it, who does. Days
are not decided here: each task has a window, and no member is given more work whose windows lie within a stretch of
days than they have minutes in it (Hall's condition, exact for work that may be interrupted). Windows are rounded
outward to half weeks, which keeps the rows few and the model a relaxation: what it finds best is a valid bound.

Where tasks may be shared at will among those who may own them, the model is looser still, and solved in a tenth of the
time; the selection it finds best mostly has owners all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints import CONSTRAINTS
from revplan.planning.solve import shares
from revplan.planning.solve.tactics import Tactics
from revplan.planning.windows import able

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners
    from revplan.planning.solve.sooner import Due
    from revplan.planning.windows import Window


class Master(Tactics):
    """The model with owners, and the meaning of its columns.

    Attributes:
        owned: the column of each (task, worker): 1 if the worker has the task, or a piece of it.
        amounts: the column of each (split task, worker): the worker's minutes of it.
        due: the column of each (task, worker, day) where the selection says when a task is due: the worker's share of
            it, if that is the day.
        sooner: the days on which such a task is due sooner than otherwise, and the tactics that ask for it.
        is_shared: whether tasks may be shared at will.
    """

    def __init__(self, network: Network, given: Sequence[Window | None] | None = None) -> None:
        """Add columns and rows; the arguments are those of `Tactics`."""
        super().__init__(network, given)
        self.owned: dict[tuple[int, int], int] = {}
        self.amounts: dict[tuple[int, int], int] = {}
        self.due: dict[tuple[int, int, int], int] = {}
        self.sooner: Due = {}
        self.is_shared = False
        self._workers: dict[int, tuple[int, ...]] = {}
        self._add_columns()
        for constraint in CONSTRAINTS:
            constraint.post(self)

    def share_out(self) -> None:
        """Let every task be shared at will: a relaxation."""
        self.is_shared = True
        self.model.fractions.update(self.owned.values(), self.amounts.values(), self.due.values())

    def _add_columns(self) -> None:
        for number, window in self.tasks():
            task = self.network.tasks[number]
            self._workers[number] = able(self.network, task, window)
            for worker in self._workers[number]:
                self.owned[number, worker] = self.model.column(1)
                if task.job.split:
                    self.amounts[number, worker] = self.model.column(task.job.minutes)

    def tasks(self) -> Iterator[tuple[int, Window]]:
        """Yield each task that can be placed, with its window."""
        for number, window in enumerate(self.windows):
            if window is not None:
                yield number, window

    def workers(self, number: int) -> tuple[int, ...]:
        """Return the workers who may own the task."""
        return self._workers[number]

    def minutes(self, number: int, worker: int) -> tuple[int, int]:
        """Return the term for the worker's minutes of the task."""
        if (number, worker) in self.amounts:
            return self.amounts[number, worker], 1
        return self.owned[number, worker], self.network.tasks[number].job.minutes

    def owners(self, values: Sequence[int]) -> Owners:
        """Return the owners that these values of the columns give."""
        terms = ((number, worker, self.minutes(number, worker)) for number, worker in self.owned)
        return shares.owners(terms, values)

    def values(self, owners: Owners) -> tuple[int, ...]:
        """Return the values of the columns for tactics placed with these owners."""
        values = [0] * len(self.model.upper)
        for tactic in {self.network.tasks[number].tactic for number in owners}:
            values[self.placed[tactic]] = 1
        for number, parts in owners.items():
            for worker, minutes in parts:
                values[self.owned[number, worker]] = 1
                if (number, worker) in self.amounts:
                    values[self.amounts[number, worker]] = minutes
            if number in self.sooner:
                day = self._due(number, values)
                for worker, _ in parts:
                    values[self.due[number, worker, day]] = values[self.minutes(number, worker)[0]]
        return tuple(values)

    def _due(self, number: int, values: Sequence[int]) -> int:
        """Return the day on which a task is due where these values say which tactics are placed."""
        days = self.sooner[number].items()
        asked = (day for day, tactics in days if any(values[self.placed[tactic]] for tactic in tactics))
        window = self.windows[number]
        return next(asked, window.deadline if window is not None else 0)
