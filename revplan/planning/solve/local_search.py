"""The local search over owners: shifts and swaps of pieces, until nobody has too much.

Tabu search for generalised assignment (Laguna et al. 1995; Díaz and Fernández 2001): the piece moved may not go back
for a while, worse moves are allowed, and what is minimised is the minutes left undone. Integers only and a generator of
its own, so the same selection gets the same owners on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.planning.solve.schedule import Entry, Piece, Schedule

    Move = tuple[Piece, int, Piece | None]
    """The piece to move, where to, and what comes back in its place if anything."""
    Option = tuple[int, Entry, int, Entry | None]
    """How little a move can change the minutes left undone, what to move, where to, and what comes back."""

SAMPLE = 6
"""Pieces of an overloaded member looked at in one step."""

REST = 8
"""Least number of steps for which a moved piece may not go back; up to a dozen more by chance."""

LOOKS = 300
"""Changes worked out in one step: with many pieces a member, not all pairs are tried. With 100, 300 x 40 with chains
came to 6053 in 5.8 s instead of 6114 in 8.5 s."""

OTHERS = 16
"""Members looked at for one piece in one step: where more are able, some of them by chance."""


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


class LocalSearch:
    """Moves pieces of one schedule.

    Attributes:
        schedule: what is changed.
        most: pieces laid out on it after which nothing is eased any more; None for no limit.
    """

    def __init__(self, schedule: Schedule, seed: int = 1) -> None:
        self.schedule = schedule
        self.most: int | None = None
        self._random = Generator(seed)

    def allow(self, pieces: int) -> None:
        """Limit how many pieces are laid out from here."""
        self.most = self.schedule.laid + pieces

    @property
    def is_spent(self) -> bool:
        """Whether the limit is reached."""
        return self.most is not None and self.schedule.laid > self.most

    def settle(self, pieces: Iterable[Piece]) -> bool:
        """Give pieces without owners to whom it harms least; tell whether somebody may have each."""
        for piece in pieces:
            worker = self._least_harm(piece)
            if worker < 0:
                return False
            self.schedule.put(piece, worker)
        return True

    def ease(self, steps: int, enough: int = 0) -> bool:
        """Move pieces until no more than enough minutes are left undone; tell whether that came about."""
        schedule = self.schedule
        resting: dict[tuple[Piece, int], int] = {}
        least = schedule.total
        for step in range(steps):
            if schedule.total <= enough or self.is_spent:
                break
            overloaded = sorted(schedule.overloaded)
            worker = overloaded[self._random.below(len(overloaded))]
            move = self._best_move(worker, {move for move, until in resting.items() if until >= step}, least)
            if move is None:
                if len(overloaded) == 1 and not resting:
                    break
                resting.clear()
                continue
            piece, other, back = move
            schedule.put(piece, other)
            resting[piece, worker] = step + REST + self._random.below(12)
            if back is not None:
                schedule.put(back, worker)
                resting[back, other] = step + REST + self._random.below(12)
            least = min(least, schedule.total)
        return schedule.total <= enough

    def _candidates(self, piece: Piece) -> list[int]:
        """Return who may have a piece, some of them by chance where they are many."""
        workers: Sequence[int] = self.schedule.instance.tasks[piece[0]].workers
        if len(workers) > OTHERS:
            first = self._random.below(len(workers))
            by_room = (workers[(first + place) % len(workers)] for place in range(min(len(workers), 8 * OTHERS)))
            free = {one: self.schedule.free(one) for one in by_room}
            workers = sorted(free, key=lambda one: (-free[one], one))[:OTHERS]
        return [worker for worker in workers if self.schedule.is_able(piece, worker)]

    def _least_harm(self, piece: Piece) -> int:
        """Return who would leave least undone, then costs least, then has most room; -1 where nobody may have it."""
        schedule = self.schedule
        entry = schedule.entry(piece)
        best, found = None, -1
        for worker in self._candidates(piece) or schedule.able(piece):
            harm = schedule.undone_with(worker, (entry,)) - schedule.undone(worker)
            key = (harm, schedule.instance.workers[worker].rate, -schedule.free(worker), worker)
            if best is None or key < best:
                best, found = key, worker
        return found

    def _best_move(self, worker: int, resting: set[tuple[Piece, int]], least: int) -> Move | None:
        """Return the move that leaves least undone: a swap only where no shift leaves less than there is now."""
        tasks = self.schedule.instance.tasks
        entries = [entry for entry in self.schedule.work(worker) if len(tasks[entry[3][0]].workers) > 1]
        if len(entries) > SAMPLE:
            entries = [entries[self._random.below(len(entries))] for _ in range(SAMPLE)]
        least_change = least - self.schedule.total
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
                rests = (entry[3], other) in resting or (back is not None and (back[3], worker) in resting)
                if (not rests or change < least_change) and (best is None or change < best[0]):
                    best = change, (entry[3], other, back[3] if back is not None else None)
            if best is not None and best[0] < 0:
                break
        return best[1] if best else None

    def _change(self, worker: int, entry: Entry, other: int, back: Entry | None, enough: int | None) -> int:
        """Return the change in both members' undone minutes. Stops early: a value >= `enough` is a lower bound."""
        schedule = self.schedule
        gone = (back[3],) if back is not None else ()
        before = schedule.undone(worker) + schedule.undone(other)
        change = schedule.undone_with(other, (entry,), gone) - before
        if enough is not None and change >= enough:
            return change
        return change + schedule.undone_with(worker, (back,) if back is not None else (), (entry[3],))

    def _shifts(self, worker: int, entries: Iterable[Entry]) -> Iterator[Option]:
        """Yield the moves of one piece to somebody else."""
        for entry in entries:
            for other in self._candidates(entry[3]):
                if other != worker:
                    yield self._floor(worker, other, entry[2]), entry, other, None

    def _swaps(self, worker: int, entries: Iterable[Entry]) -> Iterator[Option]:
        """Yield the moves of one piece to somebody else against another of theirs."""
        tasks = self.schedule.instance.tasks
        for entry in entries:
            for other in self._candidates(entry[3]):
                for back in self.schedule.work(other) if other != worker else ():
                    may_have = worker in tasks[back[3][0]].workers and self.schedule.is_able(back[3], worker)
                    if back[:3] != entry[:3] and may_have:
                        yield self._floor(worker, other, entry[2] - back[2]), entry, other, back

    def _floor(self, worker: int, other: int, minutes: int) -> int:
        """Return the least change there can be if so many minutes go from one member to another: by sums alone."""
        schedule = self.schedule
        after = max(0, -schedule.free(worker) - minutes) + max(0, minutes - schedule.free(other))
        return after - schedule.undone(worker) - schedule.undone(other)
