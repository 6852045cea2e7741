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
                self._free[self._cell(worker, day)] += own
        self._held: list[dict[Piece, int]] = [{} for _ in self._free]
        self._cells: dict[Piece, frozenset[int]] = {}
        self._open: set[int] = set()

    def take(self, piece: Piece, worker: int, day: int, minutes: int) -> None:
        """Put placed work where it is."""
        cell = self._cell(worker, day)
        self._free[cell] -= minutes
        self._held[cell][piece] = self._held[cell].get(piece, 0) + minutes

    def close(self) -> None:
        """Find the cells from which placed work could still make room; the others stay full whatever is tried."""
        self._open = {cell for cell, minutes in enumerate(self._free) if minutes > 0}
        holders: dict[Piece, set[int]] = {}
        for cell, held in enumerate(self._held):
            for piece in held:
                holders.setdefault(piece, set()).add(cell)
        is_growing = True
        while is_growing:
            movable = [piece for piece in holders if not self._cells_of(piece).isdisjoint(self._open)]
            for piece in movable:
                self._open |= holders.pop(piece)
            is_growing = bool(movable)

    def unmet(self, work: Iterable[tuple[Piece, int]]) -> tuple[int, ...]:
        """Return the minutes of each (piece, minutes) that find no room beside what is placed, trying them in turn."""
        journal: list[tuple[tuple[_Step, ...], int]] = []
        missing = []
        for piece, asked in work:
            minutes = asked
            while minutes and (path := self._path(piece)):
                amount = min(minutes, self._room(path))
                self._move(path, amount)
                journal.append((path, amount))
                minutes -= amount
            missing.append(minutes)
        for path, amount in reversed(journal):
            self._move(path, -amount)
        return tuple(missing)

    def _cell(self, worker: int, day: int) -> int:
        return worker * self._stretches + self._stretch[day]

    def _cells_of(self, piece: Piece) -> frozenset[int]:
        if piece not in self._cells:
            stretches = range(self._stretch[piece.first], self._stretch[piece.last] + 1)
            cells = (worker * self._stretches + stretch for worker in piece.workers for stretch in stretches)
            self._cells[piece] = frozenset(cells)
        return self._cells[piece]

    def _path(self, piece: Piece) -> tuple[_Step, ...]:
        """Return the steps, the new work's first, that end in a cell with free minutes; none where there are none."""
        came: dict[int, _Step] = {}
        waiting: deque[int] = deque()
        moved = {piece}
        self._reach(piece, None, came, waiting)
        while waiting:
            cell = waiting.popleft()
            if self._free[cell] > 0:
                return _steps(came, cell)
            for held in self._held[cell]:
                if held not in moved:
                    moved.add(held)
                    self._reach(held, cell, came, waiting)
        return ()

    def _reach(self, piece: Piece, source: int | None, came: dict[int, _Step], waiting: deque[int]) -> None:
        for cell in sorted((self._cells_of(piece) & self._open) - came.keys()):
            came[cell] = _Step(piece, cell, source)
            waiting.append(cell)

    def _room(self, path: Sequence[_Step]) -> int:
        given_up = (self._held[step.source][step.piece] for step in path if step.source is not None)
        return min([self._free[path[-1].cell], *given_up])

    def _move(self, path: Sequence[_Step], minutes: int) -> None:
        for step in path:
            self._hold(step.cell, step.piece, minutes)
            if step.source is not None:
                self._hold(step.source, step.piece, -minutes)
        self._free[path[-1].cell] -= minutes

    def _hold(self, cell: int, piece: Piece, minutes: int) -> None:
        held = self._held[cell]
        held[piece] = held.get(piece, 0) + minutes
        if not held[piece]:
            del held[piece]


def _steps(came: dict[int, _Step], last: int) -> tuple[_Step, ...]:
    steps = [came[last]]
    while (source := steps[-1].source) is not None:
        steps.append(came[source])
    return tuple(reversed(steps))
