"""A plan in the making: tactics put on and taken off one by one, always sound, with owners and days.

A new task takes the first free minutes of the member with most room, or who is done first where others wait for
it. Where nobody has the room as things lie, a member's whole work is laid out anew by earliest deadline, each task
staying between what it follows and what follows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.network import HOUR
from revplan.planning.solve.limits import Limits
from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from revplan.planning.network import Network, Task
    from revplan.planning.problem import Candidate
    from revplan.planning.schedule import Days, Owners


class Worth(NamedTuple):
    """What a selection is worth, compared in this order: kept tactics, value of musts, value in thousandths."""

    kept: int
    must: int
    value: int


def worth(network: Network, selection: Iterable[int]) -> Worth:
    """Return what placing these tactics is worth."""
    return worth_of([network.candidates[tactic] for tactic in selection])


def worth_of(chosen: Collection[Candidate]) -> Worth:
    """Return what placing these candidates is worth."""
    return Worth(
        kept=sum(candidate.kept for candidate in chosen),
        must=sum(candidate.value for candidate in chosen if candidate.tier == "must"),
        value=sum(candidate.value for candidate in chosen),
    )


class Plan(NamedTuple):
    """A sound plan: who does what on which days."""

    owners: Owners
    days: dict[tuple[int, int], Days]

    def start(self, number: int) -> int:
        """Return the first day on which a task is worked on."""
        return min(self.days[number, worker][0][0] for worker, _ in self.owners[number])

    def due(self, number: int) -> int:
        """Return the day on which a task is done."""
        return max(self.days[number, worker][-1][0] for worker, _ in self.owners[number])


class _Given(NamedTuple):
    """What was there before a task was given to its owners.

    Attributes:
        number: the task.
        before: (worker, their tasks, their free minutes) of each owner.
        days: of every piece that was laid out anew; none of those that were not there.
    """

    number: int
    before: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]
    days: tuple[tuple[tuple[int, int], Days], ...]


class Board:
    """The tactics placed so far.

    Everything in it is replaced rather than changed, so a trial is a copy that is kept or thrown away. Where trials are
    many, `add` works on the board itself: a copy costs as much as there is on it.

    Attributes:
        network: the problem.
        placed: positions of the tactics placed.
        owners: of their tasks.
        days: by (task, worker).
        left: of the budget, each line and each share, in this order; None where there is no limit.
    """

    def __init__(self, network: Network) -> None:
        found = windows(network)
        self.network = network
        self.windows = found
        self.placed: set[int] = set()
        self.owners: dict[int, tuple[tuple[int, int], ...]] = {}
        self.days: dict[tuple[int, int], Days] = {}
        self._work: list[tuple[int, ...]] = [()] * len(network.workers)
        self._free: list[tuple[int, ...]] = [worker.minutes for worker in network.workers]
        self._limits = Limits(network)
        self.left = list(self._limits.whole)
        self._pressure = _pressure(network)
        self._place = {number: index for index, number in enumerate(network.order)}
        self._trail: list[_Given] = []

    @classmethod
    def of(cls, network: Network, plan: Plan) -> Board:
        """Return a board with a sound plan on it."""
        board = cls(network)
        for tactic in sorted({network.tasks[number].tactic for number in plan.owners}):
            board._limits.take(tactic, board.left)
            board.placed.add(tactic)
        board.owners.update(plan.owners)
        board.days.update(plan.days)
        for number, parts in plan.owners.items():
            for worker, _ in parts:
                board._work[worker] = (*board._work[worker], number)
                board._free[worker] = taken_away(board._free[worker], plan.days[number, worker])
        return board

    def copy(self) -> Board:
        """Return a board with the same on it that can be changed by itself."""
        twin = object.__new__(Board)
        twin.network, twin.windows = self.network, self.windows
        twin._limits, twin._place = self._limits, self._place
        twin._pressure = self._pressure
        twin.placed, twin.owners, twin.days = set(self.placed), dict(self.owners), dict(self.days)
        twin._work, twin._free, twin.left = list(self._work), list(self._free), list(self.left)
        twin._trail = []
        return twin

    @property
    def plan(self) -> Plan:
        """What is on the board."""
        return Plan(dict(self.owners), dict(self.days))

    @property
    def worth(self) -> Worth:
        """What it is worth."""
        return worth(self.network, self.placed)

    def tactics_of(self, worker: int) -> set[int]:
        """Return the tactics of which the worker has a task."""
        return {self.network.tasks[number].tactic for number in self._work[worker]}

    def free(self, worker: int) -> tuple[int, ...]:
        """Return the worker's minutes that are still free, by day."""
        return self._free[worker]

    def with_tactic(self, tactic: int) -> Board | None:
        """Return a board with the tactic, and first what it requires, placed too; None where they do not fit."""
        board = self.copy()
        return board if board.add(tactic) else None

    def add(self, tactic: int) -> bool:
        """Place the tactic here, and first what it requires; where they do not fit, nothing changes."""
        if any(self.windows[number] is None for number in self.network.of[tactic]):
            return False
        self._trail.clear()
        left = list(self.left)
        came = [needed for needed in self.network.needed(tactic) if needed not in self.placed]
        if all(self._put(needed) for needed in came):
            return True
        for number, before, days in reversed(self._trail):
            del self.owners[number]
            for worker, work, free in before:
                self._work[worker], self._free[worker] = work, free
            for key, own in days:
                if own:
                    self.days[key] = own
                else:
                    del self.days[key]
        self.placed.difference_update(came)
        self.left = left
        return False

    def without(self, tactics: Iterable[int]) -> Board:
        """Return a board without these tactics and those that require them."""
        board = self.copy()
        gone = set(tactics)
        while gone:
            for tactic in gone:
                board.take_off(tactic)
            gone = {tactic for tactic in board.placed if not board.placed.issuperset(self.network.requires[tactic])}
        return board

    def without_these(self, tactics: Iterable[int]) -> Board:
        """Return a board without exactly these tactics, which nothing that stays requires."""
        board = self.copy()
        for tactic in tactics:
            board.take_off(tactic)
        return board

    def _put(self, tactic: int) -> bool:
        """Place one tactic whose requirements are placed; on failure some of its tasks may be."""
        if not self.take_up(tactic):
            return False
        return all(
            self._put_task(self.network.tasks[number])
            for number in sorted(self.network.of[tactic], key=self._place.__getitem__)
        )

    def take_up(self, tactic: int) -> bool:
        """Place one tactic but for its tasks; tell whether there is room for it by cash, shares and exclusions."""
        if not self.allows(tactic):
            return False
        self._limits.take(tactic, self.left)
        self.placed.add(tactic)
        return True

    def allows(self, tactic: int) -> bool:
        """Tell whether cash, lines, shares and exclusions leave room for the tactic."""
        return self._limits.allow(tactic, self.left, self.placed)

    def take_off(self, tactic: int) -> None:
        """Take one tactic off; those that require it are left to the caller."""
        self.placed.discard(tactic)
        self._limits.take(tactic, self.left, -1)
        for number in self.network.of[tactic]:
            for worker, _ in self.owners.pop(number):
                self._work[worker] = tuple(other for other in self._work[worker] if other != number)
                self._free[worker] = _given_back(self._free[worker], self.days.pop((number, worker)))

    def _put_task(self, task: Task) -> bool:
        window = self._open_window(task)
        if window.release > window.deadline:
            return False
        if task.job.split:
            return self._share_out(task, window)
        return self._put_free(task, window) or self._put_anew(task, window)

    def _open_window(self, task: Task) -> Window:
        window = self.windows[task.number]
        assert window is not None
        return Window(max([window.release, *(self.due(first) for first in task.before)]), window.deadline)

    def due(self, number: int) -> int:
        """Return the day on which a placed task is done."""
        return max(self.days[number, worker][-1][0] for worker, _ in self.owners[number])

    def _start(self, number: int) -> int:
        return min(self.days[number, worker][0][0] for worker, _ in self.owners[number])

    def _put_free(self, task: Task, window: Window) -> bool:
        """Give the task to whoever has the free minutes as things lie."""
        best: tuple[tuple[int, int, int], int, Days] | None = None
        for worker in task.workers:
            days = first_free(self._free[worker], window, task.job.minutes)
            if days:
                end = days[-1][0] if task.after else 0
                key = (end, self._pressure[worker], -sum(self._free[worker]))
                if best is None or key < best[0]:
                    best = (key, worker, days)
        if best is None:
            return False
        self._give(task.number, ((best[1], task.job.minutes),), {(task.number, best[1]): best[2]})
        return True

    def _put_anew(self, task: Task, window: Window) -> bool:
        """Give the task to the first member with most room whose work, laid out anew, leaves place for it."""
        by_room = sorted(task.workers, key=lambda worker: (-sum(self._free[worker]), worker))
        for worker in by_room:
            if sum(self._free[worker]) < task.job.minutes:
                return False
            days = self._laid_out(worker, task, window)
            if days is not None:
                self._give(task.number, ((worker, task.job.minutes),), days)
                return True
        return False

    def _laid_out(self, worker: int, new: Task, window: Window) -> dict[tuple[int, int], Days] | None:
        """Lay out a member's work and one more task by earliest deadline; None where that does not fit."""
        entries = [(window.deadline, window.release, new.job.minutes, new.number)]
        for number in self._work[worker]:
            deadline, release, minutes, _ = self._entry(worker, number)
            latest = self.due(number) if number in new.before else deadline
            entries.append((min(deadline, latest), release, minutes, number))
        free = self.network.workers[worker].minutes
        days = {}
        for deadline, release, minutes, number in sorted(entries):
            taken = first_free(free, Window(release, deadline), minutes)
            if not taken:
                return None
            free = taken_away(free, taken)
            days[number, worker] = taken
        return days

    def _entry(self, worker: int, number: int) -> tuple[int, int, int, int]:
        """Return a placed task as (deadline, release, minutes, task), kept between its neighbours' days."""
        task = self.network.tasks[number]
        window = self._open_window(task)
        deadline = window.deadline
        for follower in task.after:
            if follower in self.owners:
                shares_owner = any(owner == worker for owner, _ in self.owners[follower])
                deadline = min(deadline, self.due(number) if shares_owner else self._start(follower))
        minutes = next(part for owner, part in self.owners[number] if owner == worker)
        return (deadline, window.release, minutes, number)

    def _share_out(self, task: Task, window: Window) -> bool:
        """Share a split task out among those with most free minutes, an hour at least each."""
        need = task.job.minutes
        parts, days = [], {}
        rooms = ((sum(self._free[worker][window.release : window.deadline + 1]), worker) for worker in task.workers)
        for room, worker in sorted(rooms, key=lambda pair: (-pair[0], pair[1])):
            piece = _piece(need, room, task.least)
            if piece:
                parts.append((worker, piece))
                days[task.number, worker] = first_free(self._free[worker], window, piece)
                need -= piece
        if need:
            return False
        self._give(task.number, tuple(sorted(parts)), days)
        return True

    def _give(self, number: int, parts: tuple[tuple[int, int], ...], days: dict[tuple[int, int], Days]) -> None:
        """Write down a task's owners, and the days of everything that was laid out for it."""
        before = tuple((worker, self._work[worker], self._free[worker]) for worker, _ in parts)
        self._trail.append(_Given(number, before, tuple((key, self.days.get(key, ())) for key in days)))
        self.owners[number] = parts
        for worker, _ in parts:
            self._work[worker] = (*self._work[worker], number)
        self.days.update(days)
        for worker, _ in parts:
            free = self.network.workers[worker].minutes
            for other in self._work[worker]:
                free = taken_away(free, self.days[other, worker])
            self._free[worker] = free


def filled(board: Board, tactics: Iterable[int]) -> Board:
    """Return the board with each of the tactics that fits, in this order."""
    full = board.copy()
    for tactic in tactics:
        if tactic not in full.placed:
            full.add(tactic)
    return full


def by_density(network: Network, chosen: Iterable[int]) -> list[int]:
    """Return all tactics in an order in which to fill a board: the chosen ones first, then by value for work.

    Kept ones come before musts, and those before others.
    """
    first = frozenset(chosen)

    def order(tactic: int) -> tuple[bool, bool, bool, int, int]:
        candidate = network.candidates[tactic]
        density = 1000 * candidate.value // candidate.minutes
        return tactic not in first, not candidate.kept, candidate.tier != "must", -density, tactic

    return sorted(range(len(network.candidates)), key=order)


def _piece(need: int, room: int, least: int) -> int:
    """Return how much of the need to put into the room so that no piece is shorter than the least."""
    piece = min(need, room)
    if 0 < need - piece < min(HOUR, least):
        piece -= least - (need - piece)
    return piece if piece >= least else 0


def first_free(free: Sequence[int], window: Window, minutes: int) -> Days:
    """Return the first free days in the window that hold the minutes; nothing where they do not."""
    days = []
    for day in range(window.release, window.deadline + 1):
        share = min(free[day], minutes)
        if share:
            days.append((day, share))
            minutes -= share
            if not minutes:
                return tuple(days)
    return ()


def taken_away(free: Sequence[int], days: Days) -> tuple[int, ...]:
    """Return the free minutes without those of some days."""
    left = list(free)
    for day, minutes in days:
        left[day] -= minutes
    return tuple(left)


def _given_back(free: Sequence[int], days: Days) -> tuple[int, ...]:
    return taken_away(free, tuple((day, -minutes) for day, minutes in days))


def _pressure(network: Network) -> tuple[int, ...]:
    """Return for each worker the minutes asked of them, where all able share alike, in permille of their own."""
    asked = [0] * len(network.workers)
    for task in network.tasks:
        for worker in task.workers:
            asked[worker] += task.job.minutes // len(task.workers)
    return tuple(
        1000 * minutes // max(1, calendar.total[-1]) for minutes, calendar in zip(asked, network.calendars, strict=True)
    )
