"""Whether more work fits beside what is placed, were all work free to be cut, shared and moved: a maximum flow.

Work flows from pieces (who may do it, within which days) to cells (one member's minutes in one stretch of days).
Real plans are stricter, so what does not fit here fits nowhere, and what is missing here is missing at least.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Piece(NamedTuple):
    """Work that any of these workers may do, from the first to the last day."""

    workers: tuple[int, ...]
    first: int
    last: int


class _Step(NamedTuple):
    """A piece takes minutes of a cell, giving up as many of the cell it comes from (None: it is new work)."""

    piece: Piece
    cell: int
    source: int | None


class Flow:
    """The placed work on people's minutes, and a way to try what else would fit."""

    def __init__(self, minutes: Sequence[Sequence[int]], pieces: Iterable[Piece]) -> None:
        """Cut the days into stretches so that every piece's window is made of whole ones.

        Args:
            minutes: of each worker, by day.
            pieces: all that will be taken or tried.
        """
        days = len(minutes[0]) if minutes else 0
        starts = {0, *(start for piece in pieces for start in (piece.first, piece.last + 1) if start < days)}
        self._stretch: list[int] = []
        for day in range(days):
            before = self._stretch[-1] if self._stretch else -1
            self._stretch.append(before + (day in starts))
        self._stretches = len(starts)
        self._free = [0] * (len(minutes) * self._stretches)
        for worker, by_day in enumerate(minutes):
            for day, own in enumerate(by_day):
                self._free[self.cell(worker, day)] += own
        self._spare = {cell for cell, minutes in enumerate(self._free) if minutes}
        self._held: dict[Piece, dict[int, int]] = {}
        self._holders: dict[int, dict[Piece, None]] = {}
        self._open = frozenset(range(len(self._free)))
        self._cells: dict[Piece, frozenset[int]] = {}

    def take(self, piece: Piece, worker: int, day: int, minutes: int) -> None:
        """Put placed work where it is."""
        self._give(self.cell(worker, day), piece, minutes)

    def close(self) -> None:
        """Find the cells that room can be made in; in the others it cannot, whatever is tried: they are not sought."""
        within_reach = set(self._spare)
        waiting = dict(self._held)
        is_growing = True
        while is_growing:
            movable = [piece for piece in waiting if not self._cells_of(piece).isdisjoint(within_reach)]
            for piece in movable:
                within_reach.update(waiting.pop(piece))
            is_growing = bool(movable)
        self._open = frozenset(within_reach)

    def unmet(self, work: Sequence[tuple[Piece, int]]) -> tuple[int, ...]:
        """Return the minutes of each (piece, minutes) that find no room beside what is placed, trying them in turn."""
        missing, journal = self._push(work)
        self._take_back(journal)
        return missing

    def shortfall(self, work: Sequence[tuple[Piece, int]]) -> tuple[int, frozenset[int]]:
        """Return the minutes of the work that find no room in all, and the cells in which it sought room for them.

        These cells are full of work that has nowhere else to go: a minimum cut. So all the work finds room only where
        as many minutes of what is placed in them go.
        """
        missing, journal = self._push(work)
        sought: set[int] = set()
        waiting = [piece for (piece, _), minutes in zip(work, missing, strict=True) if minutes]
        others = [piece for piece in self._held if piece not in waiting]
        while waiting:
            cells = self._cells_of(waiting.pop())
            sought |= cells
            waiting += [piece for piece in others if not cells.isdisjoint(self._held[piece])]
            others = [piece for piece in others if cells.isdisjoint(self._held[piece])]
        self._take_back(journal)
        return sum(missing), frozenset(sought)

    def _push(self, work: Sequence[tuple[Piece, int]]) -> tuple[tuple[int, ...], list[tuple[tuple[_Step, ...], int]]]:
        """Put the work in as far as it goes; return the minutes missing of each, and what was moved for it."""
        journal: list[tuple[tuple[_Step, ...], int]] = []
        missing = []
        for piece, asked in work:
            minutes = asked
            while minutes and (paths := self._paths(piece, minutes)):
                for path in paths:
                    amount = min(minutes, self._room(path))
                    if amount:
                        self._move(path, amount)
                        journal.append((path, amount))
                        minutes -= amount
            missing.append(minutes)
        return tuple(missing), journal

    def _take_back(self, journal: Sequence[tuple[tuple[_Step, ...], int]]) -> None:
        for path, amount in reversed(journal):
            self._move(path, -amount)

    def cell(self, worker: int, day: int) -> int:
        """Return the cell of a worker's day."""
        return worker * self._stretches + self._stretch[day]

    def _cells_of(self, piece: Piece) -> frozenset[int]:
        if not piece.workers:
            return frozenset()
        if piece not in self._cells:
            stretches = range(self._stretch[piece.first], self._stretch[piece.last] + 1)
            cells = (worker * self._stretches + stretch for worker in piece.workers for stretch in stretches)
            self._cells[piece] = frozenset(cells)
        return self._cells[piece]

    def _paths(self, piece: Piece, minutes: int) -> list[tuple[_Step, ...]]:
        """Return ways of steps, the new work's first, each to a cell with free minutes, so many in all if there are.

        A piece takes over a cell of another, that one a cell of a third, and so on: breadth first. Ways may share
        steps, so what one moves may leave another less room, or none.
        """
        came: dict[Piece, _Step] = {}
        waiting = deque([piece])
        sought: set[int] = set()
        paths = []
        while waiting and minutes > 0:
            current = waiting.popleft()
            cells = (self._cells_of(current) & self._open) - sought
            sought |= cells
            for cell in sorted(cells & self._spare):
                paths.append(_steps(came, current, cell))
                minutes -= self._free[cell]
            for cell in sorted(cells):
                for other in self._holders.get(cell, ()):
                    if other not in came and other != piece:
                        came[other] = _Step(current, cell, None)
                        waiting.append(other)
        return paths

    def _room(self, path: Sequence[_Step]) -> int:
        given_up = (self._held[step.piece].get(step.source, 0) for step in path if step.source is not None)
        return min([self._free[path[-1].cell], *given_up])

    def _move(self, path: Sequence[_Step], minutes: int) -> None:
        for step in path:
            self._give(step.cell, step.piece, minutes)
            if step.source is not None:
                self._give(step.source, step.piece, -minutes)

    def _give(self, cell: int, piece: Piece, minutes: int) -> None:
        """Give a piece minutes of a cell, or take them back where negative."""
        held = self._held.setdefault(piece, {})
        held[cell] = held.get(cell, 0) + minutes
        if held[cell]:
            self._holders.setdefault(cell, {})[piece] = None
        else:
            del held[cell]
            self._holders.get(cell, {}).pop(piece, None)
        self._free[cell] -= minutes
        if self._free[cell] > 0:
            self._spare.add(cell)
        else:
            self._spare.discard(cell)


def _steps(came: dict[Piece, _Step], last: Piece, free: int) -> tuple[_Step, ...]:
    """Return the way back from the piece that found free minutes to the new work, first step first."""
    steps = []
    piece, cell = last, free
    while piece in came:
        steps.append(_Step(piece, cell, came[piece].cell))
        piece, cell = came[piece].piece, came[piece].cell
    return (_Step(piece, cell, None), *reversed(steps))
