"""Who does what, once it is decided what is done: tabu search over shifts and swaps that leaves nobody too much.

Integers only, and a small generator of its own, so the same selection gets the same owners on every machine. The
method is tabu search for generalised assignment (Laguna et al. 1995; Díaz and Fernández 2001): the piece moved may
not go back for a while, worse moves are allowed, and what is minimised is the minutes left undone.
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.planning.network import HOUR
from revplan.planning.schedule import unmet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.planning.network import Network
    from revplan.planning.schedule import Owners
    from revplan.planning.windows import Window

SAMPLE = 6
"""Pieces of an overloaded member looked at in one step."""

REST = 8
"""Least number of steps for which a moved piece may not go back."""


class Generator:
    """SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine and in every Python."""

    def __init__(self, seed: int) -> None:
        self._state = seed & (2**64 - 1)

    def below(self, bound: int) -> int:
        """Return the next number, 0 or more and below the bound."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & (2**64 - 1)
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
        return ((mixed ^ (mixed >> 31)) * bound) >> 64


@dataclass(frozen=True, slots=True)
class Piece:
    """Work that one member must own.

    Attributes:
        task: the task it is, or is a part of.
        work: (deadline, release, minutes).
        workers: who may own it and has the minutes inside the window.
    """

    task: int
    work: tuple[int, int, int]
    workers: tuple[int, ...]


def pieces(network: Network, windows: Mapping[int, Window]) -> tuple[Piece, ...]:
    """Cut the tasks into pieces: a split one into hours, the last hour with what is over."""
    found = []
    for number in sorted(windows):
        task = network.tasks[number]
        release, deadline = windows[number]
        for minutes in _hours(task.job.minutes) if task.job.split else (task.job.minutes,):
            workers = tuple(
                worker for worker in task.workers if network.calendars[worker].within(release, deadline) >= minutes
            )
            found.append(Piece(number, (deadline, release, minutes), workers))
    return tuple(found)


def _hours(minutes: int) -> tuple[int, ...]:
    """Cut minutes into hours, the last with what is over."""
    count = max(1, minutes // HOUR)
    return (HOUR,) * (count - 1) + (minutes - HOUR * (count - 1),)


def merged(bench: Bench) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the owners of the tasks whose pieces these are."""
    minutes: dict[int, dict[int, int]] = {}
    for piece, worker in zip(bench.pieces, bench.owner, strict=True):
        of_task = minutes.setdefault(piece.task, {})
        of_task[worker] = of_task.get(worker, 0) + piece.work[2]
    return {task: tuple(sorted(of_task.items())) for task, of_task in minutes.items()}


def owners(
    network: Network, windows: Mapping[int, Window], start: Owners | None = None, steps: int = 300
) -> Bench | None:
    """Give every task an owner so that each member's work fits its windows and their days.

    Args:
        network: the problem.
        windows: of the tasks to be done.
        start: owners to begin from; without it, the most constrained pieces go first, each to where it overloads
            least.
        steps: moves to try.

    Returns:
        The pieces with their owners, or None where no such owners were found.
    """
    cut = pieces(network, windows)
    if not all(piece.workers for piece in cut):
        return None
    bench = Bench(network, cut)
    if start is None:
        bench.fill()
    else:
        bench.follow(start)
    return bench if _Search(bench).run(steps) else None


class Bench:
    """Pieces on their owners, with the minutes each owner leaves undone."""

    def __init__(self, network: Network, cut: tuple[Piece, ...]) -> None:
        self.network = network
        self.pieces = cut
        self.owner = [-1] * len(cut)
        self.work: list[list[tuple[int, int, int, int]]] = [[] for _ in network.workers]
        self.undone = [0] * len(network.workers)
        self.total = 0

    def fill(self) -> None:
        """Give all pieces an owner: first those with one choice, then the longest."""
        for piece in sorted(
            range(len(self.pieces)),
            key=lambda number: (
                len(self.pieces[number].workers) > 1,
                -self.pieces[number].work[2],
                len(self.pieces[number].workers),
                number,
            ),
        ):
            self.put(piece, min(self.pieces[piece].workers, key=lambda worker: self._preference(piece, worker)))

    def follow(self, start: Owners) -> None:
        """Give all pieces the owners they have elsewhere; those without go where they overload least."""
        left = {task: [list(part) for part in parts] for task, parts in start.items()}
        loose = []
        for number, piece in enumerate(self.pieces):
            part = next(
                (part for part in left.get(piece.task, []) if part[1] >= piece.work[2] and part[0] in piece.workers),
                None,
            )
            if part is None:
                loose.append(number)
            else:
                part[1] -= piece.work[2]
                self.put(number, part[0])
        for number in loose:
            self.put(number, min(self.pieces[number].workers, key=lambda worker: self._preference(number, worker)))

    def _preference(self, piece: int, worker: int) -> tuple[int, int, int, int]:
        rate = self.network.workers[worker].rate
        room = self.network.calendars[worker].total[-1] - sum(work[2] for work in self.work[worker])
        return (self.undone_with(worker, add=(piece,)) - self.undone[worker], rate, -room, worker)

    def put(self, piece: int, worker: int) -> None:
        """Give a piece to a worker, taking it from its owner if it has one."""
        entry = (*self.pieces[piece].work, piece)
        before = self.owner[piece]
        if before >= 0:
            self.work[before].remove(entry)
            self._recount(before)
        insort(self.work[worker], entry)
        self.owner[piece] = worker
        self._recount(worker)

    def _recount(self, worker: int) -> None:
        undone = self.undone_with(worker)
        self.total += undone - self.undone[worker]
        self.undone[worker] = undone

    def undone_with(self, worker: int, add: Iterable[int] = (), drop: Iterable[int] = ()) -> int:
        """Return the minutes a worker would leave undone with some pieces more and some less."""
        without = tuple(drop)
        work = [entry for entry in self.work[worker] if entry[3] not in without]
        for piece in add:
            insort(work, (*self.pieces[piece].work, piece))
        return unmet(self.network.workers[worker].minutes, (entry[:3] for entry in work))


class _Search:
    """Moves pieces away from those who have too much, until nobody has."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.random = Generator(1)
        self.resting: dict[tuple[int, int], int] = {}
        self.best = bench.total

    def run(self, steps: int) -> bool:
        """Search, and tell whether nothing is left undone."""
        bench = self.bench
        for step in range(steps):
            if not bench.total:
                return True
            overloaded = [worker for worker, undone in enumerate(bench.undone) if undone]
            worker = overloaded[self.random.below(len(overloaded))]
            movable = [entry[3] for entry in bench.work[worker] if len(bench.pieces[entry[3]].workers) > 1]
            if not movable:
                if len(overloaded) == 1:
                    return False
                continue
            move = self._best_move(step, worker, movable)
            if move is None:
                self.resting.clear()
            else:
                self._make(step, worker, *move)
        return not bench.total

    def _best_move(self, step: int, worker: int, movable: list[int]) -> tuple[int, int, int | None] | None:
        """Return the piece to move, where to, and what comes back in its place if anything."""
        if len(movable) > SAMPLE:
            movable = [movable[self.random.below(len(movable))] for _ in range(SAMPLE)]
        best: tuple[tuple[int, int], tuple[int, int, int | None]] | None = None
        for piece in movable:
            for other in self.bench.pieces[piece].workers:
                if other == worker:
                    continue
                for change, back in self._options(worker, piece, other):
                    is_free = not self._is_resting(step, piece, other) and (
                        back is None or not self._is_resting(step, back, worker)
                    )
                    if is_free or self.bench.total + change < self.best:
                        key = (change, self.random.below(1000))
                        if best is None or key < best[0]:
                            best = (key, (piece, other, back))
        return best[1] if best else None

    def _options(self, worker: int, piece: int, other: int) -> Iterable[tuple[int, int | None]]:
        """Yield the change in undone minutes for moving the piece, alone or against another."""
        bench = self.bench
        now = bench.undone[worker] + bench.undone[other]
        eased = bench.undone_with(worker, drop=(piece,))
        change = eased + bench.undone_with(other, add=(piece,)) - now
        yield change, None
        if change <= 0:
            return
        work = bench.pieces[piece].work
        for *same, back in tuple(bench.work[other]):
            if tuple(same) != work and worker in bench.pieces[back].workers:
                kept = bench.undone_with(other, add=(piece,), drop=(back,))
                if kept + eased < now + change:
                    yield kept + bench.undone_with(worker, add=(back,), drop=(piece,)) - now, back

    def _is_resting(self, step: int, piece: int, worker: int) -> bool:
        return self.resting.get((piece, worker), -1) >= step

    def _make(self, step: int, worker: int, piece: int, other: int, back: int | None) -> None:
        self.bench.put(piece, other)
        self.resting[piece, worker] = step + REST + self.random.below(12)
        if back is not None:
            self.bench.put(back, worker)
            self.resting[back, other] = step + REST + self.random.below(12)
        self.best = min(self.best, self.bench.total)
