"""The one state of every search: which tactics are placed, who has which piece of work, within which days.

Each placed task has one window, and the windows of tasks that wait for each other meet on days of hand-over. That lets
each member's work be looked at by itself: by earliest deadline it fits, or so many minutes are left undone (Horn 1974).
A change costs no more than the members it touches. Members may have too much for a while; a schedule that leaves
nothing undone is a plan.
"""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints import allow
from revplan.planning.constraints.shares import shares_of
from revplan.planning.instance import LEAST_PIECE, exclusions
from revplan.planning.problem import TIERS
from revplan.planning.timetable import Solution, first_free, timetable, unmet
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.problem import Candidate, Job
    from revplan.planning.timetable import Owners

    Piece = tuple[int, int]
    """A task, and which piece of it where it is split."""
    Entry = tuple[int, int, int, Piece]
    """Deadline, release, minutes, and the piece."""


class Worth(NamedTuple):
    """What a selection is worth, compared in this order: kept tactics, then value tier by tier, in thousandths."""

    kept: int
    must: int
    should: int
    nice: int

    @property
    def value(self) -> int:
        """The value of all tiers."""
        return self.must + self.should + self.nice


def worth(instance: Instance, selection: Iterable[int]) -> Worth:
    """Return what placing these tactics is worth."""
    return worth_of([instance.candidates[tactic] for tactic in selection])


def worth_of(chosen: Collection[Candidate]) -> Worth:
    """Return what placing these candidates is worth."""
    kept = sum(candidate.kept for candidate in chosen)
    tiers = (sum(candidate.value for candidate in chosen if candidate.tier == tier) for tier in TIERS)
    return Worth(kept, *tiers)


NOTHING = Solution({}, {})
"""The plan that places nothing."""


def selection_of(instance: Instance, solution: Solution) -> tuple[int, ...]:
    """Return the tactics a plan places, in order."""
    return tuple(sorted({instance.tasks[number].tactic for number in solution.owners}))


def solution_worth(instance: Instance, solution: Solution) -> Worth:
    """Return what a plan is worth."""
    return worth(instance, selection_of(instance, solution))


class Schedule:
    """Placed tactics, the pieces of their tasks with windows and owners, and what each owner leaves undone.

    Attributes:
        instance: the problem.
        widest: the window of each task that can be placed, where nothing is known of its neighbours.
        placed: positions of the tactics placed.
        windows: of their tasks.
        excluded: for each tactic those it excludes, and that exclude it.
        shares_of: for each tactic the places of the shares that count it.
        total: minutes left undone by all members.
        trail: (piece, owner before) of every change since it was last emptied; -1 for nobody.
        laid: pieces laid out so far to see what is left undone: what all looks have cost.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.widest = windows(instance)
        self.placed: set[int] = set()
        self.windows: dict[int, Window] = {}
        self.excluded = exclusions(instance)
        self.shares_of = shares_of(instance)
        self.total = self.laid = 0
        self.trail: list[tuple[Piece, int]] = []
        self.overloaded: set[int] = set()
        self._spent: dict[str | None, int] = {}
        self._shared = [0] * len(instance.problem.shares)
        self._owner: dict[Piece, int] = {}
        self._minutes: dict[int, tuple[int, ...]] = {}
        self._work: list[list[Entry]] = [[] for _ in instance.workers]
        self._load = [0] * len(instance.workers)
        self._undone = [0] * len(instance.workers)
        self._free_days: list[list[int] | None] = [None] * len(instance.workers)

    # --- tactics ---------------------------------------------------------------------------------------------------

    @property
    def worth(self) -> Worth:
        """What is placed is worth."""
        return worth(self.instance, self.placed)

    def allows(self, tactic: int) -> bool:
        """Tell whether every constraint lets the tactic in, given what is placed."""
        return tactic not in self.placed and allow(self, tactic)

    def cash(self, line: str | None = None) -> int:
        """Return the cents that placed tactics cost, on a budget line or in all."""
        return self._spent.get(line, 0)

    def share_minutes(self, place: int) -> int:
        """Return the minutes of placed tactics that a share counts."""
        return self._shared[place]

    def enter(self, tactic: int, windows: Mapping[int, Window], owners: Owners | None = None) -> None:
        """Count a tactic as placed; its pieces are still without owners.

        Args:
            tactic: not placed yet.
            windows: of its tasks.
            owners: parts its tasks are cut into, where they are known, so that each is whole pieces.
        """
        self.placed.add(tactic)
        self._count(tactic, 1)
        for number in self.instance.of[tactic]:
            job = self.instance.tasks[number].job
            parts = tuple(part for _, part in (owners or {}).get(number, ())) or (job.minutes,)
            self.windows[number] = windows[number]
            self._minutes[number] = tuple(piece for part in parts for piece in cut(job, part))

    def leave(self, tactic: int) -> None:
        """Take one tactic off; those that require it are left to the caller."""
        self.placed.discard(tactic)
        self._count(tactic, -1)
        for number in self.instance.of[tactic]:
            for piece in self.pieces([number]):
                if piece in self._owner:
                    self.put(piece, -1)
                    del self._owner[piece]
            del self.windows[number], self._minutes[number]

    def drop(self, tactic: int) -> None:
        """Take a tactic off, and all that require it."""
        gone = {tactic}
        while gone:
            for one in sorted(gone):
                self.leave(one)
            gone = {one for one in self.placed if not self.placed.issuperset(self.instance.requires[one])}

    def _count(self, tactic: int, sign: int) -> None:
        candidate = self.instance.candidates[tactic]
        self._spent[None] = self._spent.get(None, 0) + sign * candidate.cost
        for line in candidate.purses:
            self._spent[line] = self._spent.get(line, 0) + sign * candidate.takes(line)
        for place in self.shares_of[tactic]:
            self._shared[place] += sign * candidate.minutes

    # --- pieces ----------------------------------------------------------------------------------------------------

    def pieces(self, tasks: Iterable[int]) -> list[Piece]:
        """Return the pieces of tasks, the longest first."""
        found = [(number, index) for number in tasks for index in range(len(self._minutes[number]))]
        return sorted(found, key=lambda piece: (-self._minutes[piece[0]][piece[1]], piece))

    def minutes(self, piece: Piece) -> int:
        """Return the minutes of a piece."""
        return self._minutes[piece[0]][piece[1]]

    def owner(self, piece: Piece) -> int:
        """Return who has a piece; -1 for nobody."""
        return self._owner.get(piece, -1)

    def work(self, worker: int) -> Sequence[Entry]:
        """Return a member's pieces by deadline."""
        return self._work[worker]

    def tasks_of(self, worker: int) -> set[int]:
        """Return the tasks of which a member has a piece."""
        return {piece[0] for _, _, _, piece in self._work[worker]}

    def owners_of(self, tasks: Iterable[int]) -> dict[int, set[int]]:
        """Return who has a piece of each of the tasks."""
        return {number: {self._owner[piece] for piece in self.pieces([number])} for number in tasks}

    def free(self, worker: int) -> int:
        """Return the minutes of the whole sprint that a member's load leaves; below 0 where it is too much."""
        return self.instance.calendars[worker].total[-1] - self._load[worker]

    def load(self, worker: int) -> int:
        """Return the minutes a member has to do."""
        return self._load[worker]

    def undone(self, worker: int) -> int:
        """Return the minutes a member leaves undone."""
        return self._undone[worker]

    def is_able(self, piece: Piece, worker: int) -> bool:
        """Tell whether a member who may own the piece has the minutes for it in its window, as things lie."""
        return self.has_room(piece, worker) and not self.is_beside(piece[0], worker)

    def has_room(self, piece: Piece, worker: int) -> bool:
        """Tell whether a member has the minutes for a piece in its window, whatever else they have of its task."""
        window = self.windows[piece[0]]
        return self.instance.calendars[worker].within(*window) >= self._minutes[piece[0]][piece[1]]

    def is_beside(self, number: int, worker: int) -> bool:
        """Tell whether a member is another of the people who do a task at once, or can never meet one of them."""
        beside = self.instance.tasks[number].beside
        owners = (self._owner.get((other, 0), -1) for other in beside)
        return bool(beside) and any(own >= 0 and not self.instance.may_meet(number, worker, own) for own in owners)

    def able(self, piece: Piece) -> Iterator[int]:
        """Yield who may have a piece."""
        return (worker for worker in self.instance.tasks[piece[0]].workers if self.is_able(piece, worker))

    def entry(self, piece: Piece) -> Entry:
        """Return a piece as it stands in a member's work."""
        release, deadline = self.windows[piece[0]]
        return deadline, release, self._minutes[piece[0]][piece[1]], piece

    def put(self, piece: Piece, worker: int) -> None:
        """Give a piece to a member, or to nobody if that is -1."""
        entry = self.entry(piece)
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

    def go_back(self, trail: Sequence[tuple[Piece, int]]) -> None:
        """Undo changes of pieces that are still here, the last first."""
        for piece, owner in reversed(trail):
            if piece in self._owner and self._owner[piece] != owner:
                self.put(piece, owner)

    def recut(self, number: int, parts: Sequence[int]) -> None:
        """Cut a task whose pieces have no owners into other parts."""
        job = self.instance.tasks[number].job
        for piece in self.pieces([number]):
            self._owner.pop(piece, None)
        self._minutes[number] = tuple(piece for part in parts for piece in cut(job, part))

    def follow(self, piece: Piece, owners: Owners) -> bool:
        """Give a piece to the owner of its task, or of a split one to each until their minutes are reached.

        Tell whether that owner may have it.
        """
        worker = self._owner_in(piece, owners)
        if worker >= 0:
            self.put(piece, worker)
        return worker >= 0

    def follow_all(self, owners: Owners) -> bool:
        """Give all pieces, which are nobody's yet, to their owners like `follow`; tell whether all may have theirs.

        What members leave undone is counted once for each, not once for each piece.
        """
        pieces = self.pieces(self.windows)
        for piece in pieces:
            worker = self._owner_in(piece, owners)
            if worker >= 0:
                insort(self._work[worker], self.entry(piece))
                self._load[worker] += self.minutes(piece)
                self._owner[piece] = worker
        for worker in sorted(set(self._owner.values())):
            self._recount(worker)
        return len(self._owner) == len(pieces)

    def _owner_in(self, piece: Piece, owners: Owners) -> int:
        """Return whose a piece is among the parts of its task; -1 where that member may not have it."""
        number, index = piece
        minutes = self._minutes[number]
        begin = sum(minutes[:index])
        for worker, part in owners.get(number, ()):
            if begin < part:
                may_have = worker in self.instance.tasks[number].workers and self.is_able(piece, worker)
                return worker if may_have else -1
            begin -= part
        return -1

    def move_window(self, number: int, window: Window) -> None:
        """Give a task another window; owners stay."""
        if window == self.windows[number]:
            return
        pieces = [piece for piece in self.pieces([number]) if self._owner.get(piece, -1) >= 0]
        owners = [self._owner[piece] for piece in pieces]
        for piece in pieces:
            self.put(piece, -1)
        self.windows[number] = window
        for piece, owner in zip(pieces, owners, strict=True):
            self.put(piece, owner)

    def undone_with(self, worker: int, more: Iterable[Entry] = (), less: Collection[Piece] = ()) -> int:
        """Return the minutes a member would leave undone with some pieces more and some less."""
        work = [entry for entry in self._work[worker] if entry[3] not in less] if less else list(self._work[worker])
        for entry in more:
            insort(work, entry)
        self.laid += len(work)
        return unmet(self.instance.workers[worker].minutes, work)

    def _recount(self, worker: int) -> None:
        self._free_days[worker] = None
        self.laid += len(self._work[worker])
        undone = unmet(self.instance.workers[worker].minutes, self._work[worker])
        self.total += undone - self._undone[worker]
        self._undone[worker] = undone
        (self.overloaded.add if undone else self.overloaded.discard)(worker)

    def finish(self, number: int) -> int:
        """Return the day on which a task is done if its owners work by earliest deadline."""
        return max(self._finish(worker, number) for worker in {self._owner[one] for one in self.pieces([number])})

    def _finish(self, worker: int, number: int) -> int:
        free = list(self.instance.workers[worker].minutes)
        last = 0
        for deadline, release, minutes, piece in self._work[worker]:
            days = first_free(free, Window(release, deadline), minutes)
            for day, share in days:
                free[day] -= share
            if piece[0] == number and days:
                last = max(last, days[-1][0])
        return last

    def free_days(self, worker: int) -> list[int]:
        """Return the minutes of each day that a member has left, working by earliest deadline."""
        free = self._free_days[worker]
        if free is None:
            free = self._free_days[worker] = list(self.instance.workers[worker].minutes)
            for deadline, release, minutes, _ in self._work[worker]:
                for day, share in first_free(free, Window(release, deadline), minutes):
                    free[day] -= share
        return free

    # --- plans -----------------------------------------------------------------------------------------------------

    @property
    def owners(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """The owners of all tasks."""
        found: dict[int, dict[int, int]] = {}
        for (number, index), worker in self._owner.items():
            of_task = found.setdefault(number, {})
            of_task[worker] = of_task.get(worker, 0) + self._minutes[number][index]
        return {number: tuple(sorted(found[number].items())) for number in sorted(found)}

    def solution(self) -> Solution:
        """Return the plan; nothing may be undone."""
        table = timetable(self.instance, self.owners, self.windows)
        assert not table.late, "windows that meet on days of hand-over leave nobody late"
        return table.plan


def cut(job: Job, minutes: int) -> tuple[int, ...]:
    """Cut so many minutes of a job into pieces: of a split one into hours, the last with what is over."""
    count = max(1, minutes // LEAST_PIECE) if job.split else 1
    return (LEAST_PIECE,) * (count - 1) + (minutes - LEAST_PIECE * (count - 1),)
