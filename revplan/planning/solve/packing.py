"""Tactics placed on members' calendars one by one, with all their tasks or not at all.

Days of hand-over are set when a tactic comes in (see `stages`), owners are found by moving other work out of the way
(see `loads`), and what does not come about is undone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from revplan.planning.network import connected
from revplan.planning.solve.between import between, hand_overs, latest
from revplan.planning.solve.limits import Limits
from revplan.planning.solve.loads import Loads
from revplan.planning.solve.result import selection
from revplan.planning.solve.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners
    from revplan.planning.solve.board import Plan
    from revplan.planning.windows import Window

NOBODY: Owners = MappingProxyType({})
"""The owners of tasks that have none yet."""


class Packing:
    """Placed tactics, and what they leave of the limits.

    Attributes:
        network: the problem.
        placed: positions of the tactics.
        loads: the pieces of their tasks.
    """

    def __init__(self, network: Network, widest: Sequence[Window | None]) -> None:
        self.network = network
        self.placed: set[int] = set()
        self.loads = Loads(network)
        self._widest = widest
        self._limits = Limits(network)
        self._left = list(self._limits.whole)
        self._stages = Stages(network, widest)

    def begin(self, tactics: Iterable[int], owners: Owners) -> None:
        """Place as many of these tactics as have time for their days of hand-over, with these owners where they can.

        Args:
            tactics: with all they require, and within the limits on cash and shares.
            owners: of their tasks, by a model that knows no days of hand-over.
        """
        have = {number: {worker for worker, _ in parts} for number, parts in owners.items()}
        for linked in _linked(self.network, sorted(tactics)):
            windows = self._staged(linked, have)
            if windows is not None:
                for tactic in linked:
                    self._enter(tactic, windows)
            else:
                self._enter_singly(linked, have)
        pieces = self.loads.pieces(self.loads.windows)
        loose = [piece for piece in pieces if not self.loads.follow(piece, owners)]
        homeless = {self.network.tasks[piece[0]].tactic for piece in loose if not self.loads.settle(piece)}
        for tactic in sorted(homeless):
            if tactic in self.placed:
                self.drop(tactic)

    def resume(self, plan: Plan) -> None:
        """Place what a sound plan places, with its owners and its days of hand-over."""
        windows = between(self.network, plan, hand_overs(self.network, plan, latest))
        for tactic in selection(self.network, plan):
            self._enter(tactic, windows, plan.owners)
        for piece in self.loads.pieces(self.loads.windows):
            self.loads.follow(piece, plan.owners)

    def _enter_singly(self, tactics: Iterable[int], have: Mapping[int, set[int]]) -> None:
        """Take in those of linked tactics, what is required first, that have time after what they require."""
        for tactic in tactics:
            require = self.network.requires[tactic]
            if self.placed.issuperset(require):
                windows = self._staged((*require, tactic), have)
                if windows is not None:
                    self._enter(tactic, windows)
                    self.loads.windows.update(windows)

    def _staged(self, tactics: Iterable[int], have: Mapping[int, set[int]]) -> dict[int, Window] | None:
        return self._stages.windows(self._tasks(tactics), self.loads.windows, have)

    def _tasks(self, tactics: Iterable[int]) -> list[int]:
        return [number for tactic in tactics for number in self.network.of[tactic]]

    def _enter(self, tactic: int, windows: Mapping[int, Window], owners: Owners = NOBODY) -> None:
        """Count the tactic as placed; its pieces, cut for these owners, are still without any."""
        self.placed.add(tactic)
        self._limits.take(tactic, self._left)
        for number in self.network.of[tactic]:
            self.loads.enter(number, windows[number], (part for _, part in owners.get(number, ())))

    def add(self, tactic: int, steps: int) -> bool:
        """Place a tactic and what it requires, and ease what that overloads; undo it all where that fails.

        Args:
            tactic: not placed yet.
            steps: moves to try for each tactic that comes in.
        """
        self.loads.trail.clear()
        total = self.loads.total
        came: list[int] = []
        moved: dict[int, Window] = {}
        for needed in self.network.needed(tactic):
            if needed not in self.placed and not (
                self._squeeze_in(needed, came, moved) and self.loads.ease(steps, total)
            ):
                self._take_back(came, moved)
                return False
        return True

    def _squeeze_in(self, tactic: int, came: list[int], moved: dict[int, Window]) -> bool:
        """Place a tactic whose requirements are placed, whoever that overloads; tell whether it has time at all.

        Args:
            tactic: not placed yet.
            came: gets the tactic.
            moved: gets the windows that tasks had before days of hand-over to the tactic were set.
        """
        require = self.network.requires[tactic]
        is_open = self.placed.issuperset(require) and self._limits.allow(tactic, self._left, self.placed)
        if not is_open or not self._has_room(tactic):
            return False
        first = self._tasks(require)
        windows = self._staged((*require, tactic), self.loads.owners_of(first))
        if windows is None:
            return False
        for number in first:
            if windows[number] != self.loads.windows[number]:
                moved.setdefault(number, self.loads.windows[number])
                self.loads.move_window(number, windows[number])
        self._enter(tactic, windows)
        came.append(tactic)
        return all(self.loads.settle(piece) for piece in self.loads.pieces(self.network.of[tactic]))

    def _has_room(self, tactic: int) -> bool:
        """Tell whether those able have the minutes for each task, if all else could be moved out of its days."""
        for number in self.network.of[tactic]:
            task = self.network.tasks[number]
            need = task.job.minutes
            for worker in task.workers:
                need -= max(0, self.loads.free(worker))
                if need <= 0:
                    break
            if need > 0 or self._widest[number] is None:
                return False
        return True

    def drop(self, tactic: int) -> None:
        """Take a tactic off, and all that require it."""
        gone = {tactic}
        while gone:
            for one in sorted(gone):
                self._leave(one)
            gone = {one for one in self.placed if not self.placed.issuperset(self.network.requires[one])}

    def _leave(self, tactic: int) -> None:
        self.placed.discard(tactic)
        self._limits.take(tactic, self._left, -1)
        for number in self.network.of[tactic]:
            self.loads.leave(number)

    def _take_back(self, came: Iterable[int], moved: Mapping[int, Window]) -> None:
        """Undo all that was done since tactics came in, and take them off."""
        trail = tuple(self.loads.trail)
        for tactic in came:
            self._leave(tactic)
        for number, window in moved.items():
            if self.network.tasks[number].tactic in self.placed:
                self.loads.move_window(number, window)
        self.loads.go_back(trail)

    def tactics_of(self, worker: int) -> set[int]:
        """Return the tactics of which the worker has a piece."""
        return {self.network.tasks[number].tactic for number in self.loads.tasks_of(worker)}


def _linked(network: Network, tactics: Sequence[int]) -> list[list[int]]:
    """Return the tactics in groups that are linked by what they require, what is required first."""
    chosen = set(tactics)
    links: dict[int, set[int]] = {tactic: set() for tactic in tactics}
    for tactic in tactics:
        for other in network.requires[tactic]:
            if other in chosen:
                links[tactic].add(other)
                links[other].add(tactic)
    place = {network.tasks[number].tactic: index for index, number in enumerate(network.order)}
    return [sorted(group, key=place.__getitem__) for group in connected(links)]
