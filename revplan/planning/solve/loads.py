"""Pieces of work on members' calendars: who has too much, and how to ease that.

Each task has one window, and windows of tasks that wait for each other meet on days of hand-over. That lets each
member's work be looked at by itself, so a change costs no more than the members it touches. Members may have too much
for a while; tabu search over shifts and swaps eases that (see `owners`), which fills calendars to within half a
percent where tasks are many.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

from revplan.planning.network import HOUR
from revplan.planning.schedule import unmet
from revplan.planning.solve.owners import REST, SAMPLE, Generator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.planning.network import Network
    from revplan.planning.problem import Job
    from revplan.planning.schedule import Owners
    from revplan.planning.windows import Window

    Piece = tuple[int, int]
    """A task, and which piece of it where it is split."""
    Entry = tuple[int, int, int, Piece]
    """Deadline, release, minutes, and the piece."""
    Move = tuple[Piece, int, Piece | None]
    """The piece to move, where to, and what comes back in its place if anything."""
    Option = tuple[int, Entry, int, Entry | None]
    """How little a move can change the minutes left undone, what to move, where to, and what comes back."""

LOOKS = 300
"""Changes worked out in one step: with many pieces a member, not all pairs are tried."""

OTHERS = 16
"""Members looked at for one piece in one step: where more are able, some of them by chance."""


class Loads:
    """Pieces with windows and owners, and what each owner leaves undone.

    Attributes:
        network: the problem.
        windows: of the tasks.
        total: minutes left undone by all members.
        trail: (piece, owner before) of every change since it was last emptied; -1 for nobody.
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self.windows: dict[int, Window] = {}
        self.total = 0
        self.trail: list[tuple[Piece, int]] = []
        self._owner: dict[Piece, int] = {}
        self._minutes: dict[int, tuple[int, ...]] = {}
        self._work: list[list[Entry]] = [[] for _ in network.workers]
        self._load = [0] * len(network.workers)
        self._undone = [0] * len(network.workers)
        self._overloaded: set[int] = set()
        self._random = Generator(1)

    # --- tasks and pieces ------------------------------------------------------------------------------------------

    def enter(self, number: int, window: Window, parts: Iterable[int] = ()) -> None:
        """Take a task in; its pieces are still without owners.

        Args:
            number: the task.
            window: its days.
            parts: minutes of the parts it has already been cut into, so that each is whole pieces; none if it has not.
        """
        job = self.network.tasks[number].job
        self.windows[number] = window
        self._minutes[number] = tuple(piece for part in tuple(parts) or (job.minutes,) for piece in _cut(job, part))

    def leave(self, number: int) -> None:
        """Take a task off."""
        for piece in self.pieces([number]):
            if piece in self._owner:
                self.put(piece, -1)
                del self._owner[piece]
        del self.windows[number], self._minutes[number]

    def pieces(self, tasks: Iterable[int]) -> list[Piece]:
        """Return the pieces of tasks, the longest first."""
        found = [(number, index) for number in tasks for index in range(len(self._minutes[number]))]
        return sorted(found, key=lambda piece: (-self._minutes[piece[0]][piece[1]], piece))

    def owners_of(self, tasks: Iterable[int]) -> dict[int, set[int]]:
        """Return who has a piece of each of the tasks."""
        return {number: {self._owner[piece] for piece in self.pieces([number])} for number in tasks}

    def free(self, worker: int) -> int:
        """Return the minutes of the whole sprint that the worker's load leaves; below 0 where it is too much."""
        return self.network.calendars[worker].total[-1] - self._load[worker]

    def follow(self, piece: Piece, owners: Owners) -> bool:
        """Give a piece to the owner of its task, or of a split one to each until their minutes are reached.

        Tell whether that owner may have it.
        """
        number, index = piece
        minutes = self._minutes[number]
        begin = sum(minutes[:index])
        for worker, part in owners.get(number, ()):
            if begin < part:
                return self._is_able(piece, worker) and self.put(piece, worker)
            begin -= part
        return False

    def _is_able(self, piece: Piece, worker: int) -> bool:
        window = self.windows[piece[0]]
        return self.network.calendars[worker].within(*window) >= self._minutes[piece[0]][piece[1]]

    def _entry(self, piece: Piece) -> Entry:
        release, deadline = self.windows[piece[0]]
        return deadline, release, self._minutes[piece[0]][piece[1]], piece

    def put(self, piece: Piece, worker: int) -> bool:
        """Give a piece to a worker, or to nobody if that is -1."""
        entry = self._entry(piece)
        before = self._owner.get(piece, -1)
        self.trail.append((piece, before))
        if before >= 0:
            self._work[before].remove(entry)
            self._load[before] -= entry[2]
            self._recount(before)
        if worker >= 0:
            insort(self._work[worker], entry)
            self._load[worker] += entry[2]
            self._recount(worker)
        self._owner[piece] = worker
        return True

    def settle(self, piece: Piece) -> bool:
        """Give a piece without an owner to whom it harms least; tell whether anybody may have it."""
        worker = self._least_harm(piece)
        return worker >= 0 and self.put(piece, worker)

    def go_back(self, trail: Sequence[tuple[Piece, int]]) -> None:
        """Undo changes of pieces that are still here, the last first."""
        for piece, owner in reversed(trail):
            if piece in self._owner and self._owner[piece] != owner:
                self.put(piece, owner)

    def move_window(self, number: int, window: Window) -> None:
        """Give a task another window; owners stay."""
        pieces = self.pieces([number])
        owners = [self._owner[piece] for piece in pieces]
        for piece in pieces:
            self.put(piece, -1)
        self.windows[number] = window
        for piece, owner in zip(pieces, owners, strict=True):
            self.put(piece, owner)

    def _recount(self, worker: int) -> None:
        undone = self._undone_by(worker, self._work[worker])
        self.total += undone - self._undone[worker]
        self._undone[worker] = undone
        if undone:
            self._overloaded.add(worker)
        else:
            self._overloaded.discard(worker)

    def _undone_by(self, worker: int, work: Iterable[Entry]) -> int:
        return unmet(self.network.workers[worker].minutes, (entry[:3] for entry in work))

    def _with(self, worker: int, more: Entry | None, less: Entry | None) -> int:
        """Return the minutes a worker would leave undone with a piece more or a piece less."""
        work = [entry for entry in self._work[worker] if entry is not less and entry != less]
        if more is not None:
            insort(work, more)
        return self._undone_by(worker, work)

    def _candidates(self, piece: Piece) -> list[int]:
        """Return who may have the piece, some of them by chance where they are many."""
        workers: Sequence[int] = self.network.tasks[piece[0]].workers
        if len(workers) > OTHERS:
            first = self._random.below(len(workers))
            by_room = (workers[(first + place) % len(workers)] for place in range(min(len(workers), 8 * OTHERS)))
            free = {one: self.free(one) for one in by_room}
            workers = sorted(free, key=lambda one: (-free[one], one))[:OTHERS]
        return [worker for worker in workers if self._is_able(piece, worker)]

    def _least_harm(self, piece: Piece) -> int:
        """Return who would leave least undone, then has most room; -1 where nobody may have the piece."""
        entry = self._entry(piece)
        best, found = None, -1
        for worker in self._candidates(piece) or self._all_able(piece):
            harm = self._with(worker, entry, None) - self._undone[worker]
            key = (harm, self.network.workers[worker].rate, -self.free(worker), worker)
            if best is None or key < best:
                best, found = key, worker
        return found

    def _all_able(self, piece: Piece) -> Iterator[int]:
        return (worker for worker in self.network.tasks[piece[0]].workers if self._is_able(piece, worker))

    # --- easing ----------------------------------------------------------------------------------------------------

    def ease(self, steps: int, enough: int = 0) -> bool:
        """Move pieces until no more than enough minutes are left undone; tell whether that came about."""
        resting: dict[tuple[Piece, int], int] = {}
        least = self.total
        for step in range(steps):
            if self.total <= enough:
                break
            worker = sorted(self._overloaded)[self._random.below(len(self._overloaded))]
            move = self._best_move(worker, {move for move, until in resting.items() if until >= step}, least)
            if move is None:
                resting.clear()
                continue
            piece, other, back = move
            self.put(piece, other)
            resting[piece, worker] = step + REST + self._random.below(12)
            if back is not None:
                self.put(back, worker)
                resting[back, other] = step + REST + self._random.below(12)
            least = min(least, self.total)
        return self.total <= enough

    def _best_move(self, worker: int, resting: set[tuple[Piece, int]], least: int) -> Move | None:
        """Return the move that leaves least undone: a swap only where no shift leaves less than there is now."""
        entries = [entry for entry in self._work[worker] if len(self.network.tasks[entry[3][0]].workers) > 1]
        if len(entries) > SAMPLE:
            entries = [entries[self._random.below(len(entries))] for _ in range(SAMPLE)]
        least_change = least - self.total
        best: tuple[int, Move] | None = None
        looks = 0
        for moves in (self._shifts, self._swaps):
            for floor, entry, other, back in moves(worker, entries):
                if looks > LOOKS:
                    break
                if best is not None and floor >= best[0]:
                    continue
                looks += 1
                change = self._change(worker, entry, other, back, best[0] if best else None)
                move = (entry[3], other, back[3] if back is not None else None)
                rests = (entry[3], other) in resting or (back is not None and (back[3], worker) in resting)
                if (not rests or change < least_change) and (best is None or change < best[0]):
                    best = change, move
            if best is not None and best[0] < 0:
                break
        return best[1] if best else None

    def _change(self, worker: int, entry: Entry, other: int, back: Entry | None, enough: int | None) -> int:
        """Return by how much less or more two members leave undone after a move; enough or more is as good as known."""
        change = self._with(other, entry, back) - self._undone[worker] - self._undone[other]
        if enough is not None and change >= enough:
            return change
        return change + self._with(worker, back, entry)

    def _shifts(self, worker: int, entries: Iterable[Entry]) -> Iterator[Option]:
        """Yield the moves of one piece to somebody else."""
        for entry in entries:
            for other in self._candidates(entry[3]):
                if other != worker:
                    yield self._floor(worker, other, entry[2]), entry, other, None

    def _swaps(self, worker: int, entries: Iterable[Entry]) -> Iterator[Option]:
        """Yield the moves of one piece to somebody else against another of theirs."""
        for entry in entries:
            for other in self._candidates(entry[3]):
                for back in self._work[other] if other != worker else ():
                    if back[:3] != entry[:3] and self._may_have(back[3], worker):
                        yield self._floor(worker, other, entry[2] - back[2]), entry, other, back

    def _floor(self, worker: int, other: int, minutes: int) -> int:
        """Return how little the change can be if so many minutes go from one member to another: by sums alone."""
        after = max(0, -self.free(worker) - minutes) + max(0, minutes - self.free(other))
        return after - self._undone[worker] - self._undone[other]

    def _may_have(self, piece: Piece, worker: int) -> bool:
        return worker in self.network.tasks[piece[0]].workers and self._is_able(piece, worker)

    # --- what came of it -------------------------------------------------------------------------------------------

    def tasks_of(self, worker: int) -> set[int]:
        """Return the tasks of which the worker has a piece."""
        return {piece[0] for _, _, _, piece in self._work[worker]}

    @property
    def overloaded(self) -> tuple[int, ...]:
        """The workers who leave something undone, who leaves most first."""
        return tuple(sorted(self._overloaded, key=lambda worker: (-self._undone[worker], worker)))

    def is_overloaded(self, worker: int) -> bool:
        """Tell whether a worker leaves something undone."""
        return worker in self._overloaded

    @property
    def owners(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """The owners of all tasks."""
        found: dict[int, dict[int, int]] = {}
        for (number, index), worker in self._owner.items():
            of_task = found.setdefault(number, {})
            of_task[worker] = of_task.get(worker, 0) + self._minutes[number][index]
        return {number: tuple(sorted(found[number].items())) for number in sorted(found)}


def _cut(job: Job, minutes: int) -> tuple[int, ...]:
    """Cut so many minutes of a job into pieces: of a split one into hours, the last with what is over."""
    count = max(1, minutes // HOUR) if job.split else 1
    return (HOUR,) * (count - 1) + (minutes - HOUR * (count - 1),)
