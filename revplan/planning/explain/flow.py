"""Whether more work fits beside what is placed, if all work may be cut, shared and moved: a maximum flow.

Work flows from pieces (who may do it, within which days) to cells (one member's minutes in one stretch of days).
Real plans are stricter, so what does not fit here fits nowhere, and what is missing here is missing at least.

Thousands of times a search runs through all that a piece could be moved to, so pieces are numbered, and the stretches
still to be searched of each member are the bits of a number: pieces with the same members share what is found.
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.problem import Allocation

    Path = tuple["_Step", ...]
    """From the free cell back to the new work."""


class Piece(NamedTuple):
    """Work that any of these workers may do, from the first to the last day."""

    workers: tuple[int, ...]
    first: int
    last: int


class _Step(NamedTuple):
    """A piece, by number, takes minutes of a cell, giving up as many of its source (None: it is new work)."""

    piece: int
    cell: int
    source: int | None


class MaximumFlow:
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
        self._taken: list[dict[int, int]] = [{} for _ in self._free]
        self._number: dict[Piece, int] = {}
        self._places: list[tuple[tuple[int, ...], int]] = []
        self._open = [2**self._stretches - 1] * len(minutes)

    def take(self, piece: Piece, worker: int, day: int, minutes: int) -> None:
        """Put placed work where it is."""
        self._give(self._place_of(piece), self.cell(worker, day), minutes)

    def close(self) -> None:
        """Find the cells that room can be made in; in the others it cannot, whatever is tried: they are not sought."""
        within_reach = self._by_worker(cell for cell, free in enumerate(self._free) if free > 0)
        waiting = self._cells_held()
        is_growing = True
        while is_growing:
            movable = [piece for piece in waiting if self._reaches(piece, within_reach)]
            for piece in movable:
                for worker, bits in enumerate(self._by_worker(waiting.pop(piece))):
                    within_reach[worker] |= bits
            is_growing = bool(movable)
        self._open = within_reach

    def unmet(self, work: Sequence[tuple[Piece, int]]) -> tuple[int, ...]:
        """Return the minutes of each (piece, minutes) that find no room beside what is placed, trying them in turn.

        Each takes first what its own people have left, and only then makes room by moving what is placed. So where
        people have hours left, they count against the work that these people could do.
        """
        rest, direct = self._push_directly(work)
        missing, journal = self._push(rest)
        self._take_back([*direct, *journal])
        return missing

    def shortfall(self, work: Sequence[tuple[Piece, int]]) -> tuple[int, frozenset[int]]:
        """Return the minutes of the work that find no room in all, and the cells in which it sought room for them.

        These cells are full of work that has nowhere else to go: a minimum cut. So all the work finds room only where
        as many minutes of what is placed in them go.
        """
        missing, journal = self._push(work)
        sought: set[int] = set()
        waiting = [self._place_of(piece) for (piece, _), minutes in zip(work, missing, strict=True) if minutes]
        others = {piece: cells for piece, cells in self._cells_held().items() if piece not in waiting}
        while waiting:
            cells = self._cells_of(waiting.pop())
            sought |= cells
            reached = [piece for piece, own in others.items() if not cells.isdisjoint(own)]
            waiting += reached
            for piece in reached:
                del others[piece]
        self._take_back(journal)
        return sum(missing), frozenset(sought)

    def cell(self, worker: int, day: int) -> int:
        """Return the cell of a worker's day."""
        return worker * self._stretches + self._stretch[day]

    # --- pieces and cells ------------------------------------------------------------------------------------------

    def _place_of(self, piece: Piece) -> int:
        if piece not in self._number:
            self._number[piece] = len(self._places)
            first, last = (self._stretch[piece.first], self._stretch[piece.last]) if piece.workers else (0, -1)
            self._places.append((piece.workers, 2 ** (last + 1) - 2**first))
        return self._number[piece]

    def _cells_of(self, piece: int) -> set[int]:
        workers, bits = self._places[piece]
        return {worker * self._stretches + stretch for worker in workers for stretch in _ones(bits)}

    def _cells_held(self) -> dict[int, list[int]]:
        """Return the cells that each piece has minutes of."""
        held: dict[int, list[int]] = {}
        for cell, pieces in enumerate(self._taken):
            for piece in pieces:
                held.setdefault(piece, []).append(cell)
        return held

    def _by_worker(self, cells: Iterable[int]) -> list[int]:
        """Return cells as bits for the stretches of each worker."""
        found = [0] * len(self._open)
        for cell in cells:
            worker, stretch = divmod(cell, self._stretches)
            found[worker] |= 1 << stretch
        return found

    def _reaches(self, piece: int, cells: Sequence[int]) -> bool:
        workers, bits = self._places[piece]
        return any(cells[worker] & bits for worker in workers)

    # --- pushing ---------------------------------------------------------------------------------------------------

    def _push(self, work: Sequence[tuple[Piece, int]]) -> tuple[tuple[int, ...], list[tuple[Path, int]]]:
        """Put the work in as far as it goes; return the minutes missing of each, and what was moved for it.

        Where no way was found, there is none through what was searched for whatever comes later either.
        """
        journal: list[tuple[Path, int]] = []
        missing = []
        live = self._open
        for piece, asked in work:
            minutes = asked
            while minutes:
                paths, left = self._paths(self._place_of(piece), minutes, live)
                if not paths:
                    live = left
                    break
                for path in paths:
                    amount = min(minutes, self._room(path))
                    if amount:
                        self._move(path, amount)
                        journal.append((path, amount))
                        minutes -= amount
            missing.append(minutes)
        return tuple(missing), journal

    def _push_directly(
        self, work: Sequence[tuple[Piece, int]]
    ) -> tuple[list[tuple[Piece, int]], list[tuple[Path, int]]]:
        """Put the work into free minutes, moving nothing; return the rest of it, and what was put where."""
        rest, journal = [], []
        for piece, asked in work:
            number, minutes = self._place_of(piece), asked
            for cell in sorted(self._cells_of(number)):
                amount = min(minutes, self._free[cell])
                if amount > 0:
                    path: Path = (_Step(number, cell, None),)
                    self._move(path, amount)
                    journal.append((path, amount))
                    minutes -= amount
            rest.append((piece, minutes))
        return rest, journal

    def _take_back(self, journal: Sequence[tuple[Path, int]]) -> None:
        for path, amount in reversed(journal):
            self._move(path, -amount)

    def _paths(self, new: int, minutes: int, live: Sequence[int]) -> tuple[list[Path], list[int]]:
        """Return ways for the new piece, each to a cell with free minutes, so many in all if there are.

        A piece takes over a cell of another, that one a cell of a third, and so on: breadth first. Ways may share
        steps, so what one moves may leave another less room, or none.

        Args:
            new: the piece.
            minutes: for which to find ways.
            live: the stretches of each worker that may be sought; what was not is returned too.
        """
        free, taken, stretches = self._free, self._taken, self._stretches
        left = list(live)
        came: dict[int, tuple[int, int]] = {new: (new, -1)}
        waiting = deque([new])
        paths = []
        while waiting and minutes > 0:
            piece = waiting.popleft()
            workers, bits = self._places[piece]
            for worker in workers:
                fresh = left[worker] & bits
                if fresh:
                    left[worker] ^= fresh
                    for stretch in _ones(fresh):
                        cell = worker * stretches + stretch
                        if free[cell] > 0:
                            paths.append(_way_back(came, piece, cell))
                            minutes -= free[cell]
                        for other in taken[cell]:
                            if other not in came:
                                came[other] = piece, cell
                                waiting.append(other)
        return paths, left

    def _room(self, path: Path) -> int:
        given_up = (self._taken[step.source].get(step.piece, 0) for step in path if step.source is not None)
        return min([self._free[path[0].cell], *given_up])

    def _move(self, path: Path, minutes: int) -> None:
        for step in path:
            self._give(step.piece, step.cell, minutes)
            if step.source is not None:
                self._give(step.piece, step.source, -minutes)

    def _give(self, piece: int, cell: int, minutes: int) -> None:
        """Give a piece minutes of a cell, or take them back where negative."""
        taken = self._taken[cell]
        taken[piece] = taken.get(piece, 0) + minutes
        if not taken[piece]:
            del taken[piece]
        self._free[cell] -= minutes


@lru_cache(maxsize=4096)
def _ones(bits: int) -> tuple[int, ...]:
    """Return the places of the bits that are set."""
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


def _way_back(came: dict[int, tuple[int, int]], last: int, free: int) -> Path:
    """Return the way back from the piece that found free minutes to the new work."""
    steps = []
    piece, cell = last, free
    while came[piece][1] >= 0:
        before, source = came[piece]
        steps.append(_Step(piece, cell, source))
        piece, cell = before, source
    return (*steps, _Step(piece, cell, None))


def piece(task: NumberedTask, window: Window) -> Piece:
    """Return a task as a piece of the flow."""
    return Piece(task.workers, window.release, window.deadline)


def pieces(numbered: Instance, windows: Mapping[int, Window]) -> tuple[Piece, ...]:
    """Return every task as a piece of the flow, those without a window with all days."""
    whole = Window(0, len(numbered.problem.days) - 1)
    return tuple(piece(task, windows.get(task.number, whole)) for task in numbered.tasks)


def placed_flow(numbered: Instance, work: Sequence[Piece], allocation: Allocation) -> MaximumFlow:
    """Return the flow of these pieces with what is placed in it.

    Args:
        numbered: the sprint.
        work: its tasks as pieces.
        allocation: what is placed.
    """
    flow = MaximumFlow([worker.minutes for worker in numbered.workers], work)
    numbers = {worker.id: number for number, worker in enumerate(numbered.workers)}
    task_of = {(numbered.candidates[task.tactic].id, task.job.id): task.number for task in numbered.tasks}
    for assignment in allocation.assignments:
        own = work[task_of[assignment.tactic, assignment.task]]
        for day, minutes in assignment.days:
            flow.take(own, numbers[assignment.worker], day, minutes)
    flow.close()
    return flow
