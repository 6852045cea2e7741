"""Construct: schedules built tactic by tactic, from nothing or from a selection.

A tactic is inserted without moving other work, each task where it is done first or where most room is; or it is
squeezed in, and what that overloads is moved by the local search. What does not come about is undone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from revplan.planning.effort import EFFORT
from revplan.planning.instance import REMEMBERED
from revplan.planning.problem import TIERS
from revplan.planning.solve.handover import Spreader, latest, plan_windows
from revplan.planning.solve.local_search import LocalSearch
from revplan.planning.solve.schedule import NOTHING, Schedule, selection_of
from revplan.planning.timetable import Solution, first_free, timetable
from revplan.planning.windows import Window, selected_windows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.timetable import Owners, Timetable

PIECE = 120
"""Minutes that a part of a shared task has at least, where that can be."""


class Builder:
    """A schedule and the ways to get tactics in.

    Attributes:
        instance: the problem.
        schedule: what is placed.
        search: moves its pieces.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.schedule = Schedule(instance)
        self.search = LocalSearch(self.schedule)
        self._spreader = Spreader(instance)
        self._place = {number: index for index, number in enumerate(instance.order)}
        self._pressure = _pressure(instance)

    @classmethod
    def of(cls, instance: Instance, plan: Solution) -> Builder:
        """Return a builder with a sound plan in its schedule."""
        builder = cls(instance)
        met = plan_windows(instance, plan, latest)
        for tactic in selection_of(instance, plan):
            builder.schedule.enter(tactic, met, plan.owners)
        builder.schedule.follow_all(plan.owners)
        return builder

    def fill(self, tactics: Iterable[int]) -> Builder:
        """Insert each of the tactics that fits, in this order; what requires one that does not fit is not tried."""
        failed: set[int] = set()
        for tactic in tactics:
            if tactic not in self.schedule.placed and tactic not in failed:
                stuck = self._first_stuck(tactic)
                if stuck is not None:
                    self.instance.add_with_dependents(stuck, failed)
        return self

    # --- without moving other work ---------------------------------------------------------------------------------

    def insert(self, tactic: int) -> bool:
        """Place a tactic, and first what it requires, moving nothing; where they do not fit, nothing changes."""
        return self._first_stuck(tactic) is None

    def _first_stuck(self, tactic: int) -> int | None:
        """Place a tactic like `insert`; where it fails, return the first that would fail as well if it came alone."""
        came: list[int] = []
        moved: dict[int, Window] = {}
        placed = self.schedule.placed
        for needed in self.instance.with_requirements(tactic, placed=placed):
            if not self._insert(needed, came, moved):
                self._take_back(came, moved, ())
                alone = set(self.instance.with_requirements(needed, placed=placed))
                return needed if alone.issuperset(came) else tactic
        return None

    def _insert(self, tactic: int, came: list[int], moved: dict[int, Window]) -> bool:
        schedule = self.schedule
        if not schedule.allows(tactic):
            return False
        schedule.enter(tactic, schedule.widest)
        came.append(tactic)
        ordered = sorted(self.instance.of[tactic], key=self._place.__getitem__)
        return all(self._insert_task(self.instance.tasks[number], moved) for number in ordered)

    def _insert_task(self, task: NumberedTask, moved: dict[int, Window]) -> bool:
        """Give a task its owners, from the day on which what it follows is done."""
        schedule = self.schedule
        release, deadline = schedule.windows[task.number]
        for first in task.before:
            day = schedule.finish(first)
            before = schedule.windows[first]
            moved.setdefault(first, before)
            schedule.move_window(first, Window(before.release, day))
            release = max(release, self.instance.opens(first, task.number, day))
        window = Window(release, deadline)
        if release > deadline:
            return False
        schedule.move_window(task.number, window)
        worker = self._first_done(task, window)
        worker = self._roomiest(task, window) if worker < 0 else worker
        if worker >= 0:
            for piece in schedule.pieces([task.number]):
                schedule.put(piece, worker)
        elif not task.job.split or not self._share_out(task, window):
            return False
        if task.after:
            schedule.move_window(task.number, Window(release, schedule.finish(task.number)))
        return True

    def _first_done(self, task: NumberedTask, window: Window) -> int:
        """Return who has the minutes free, no work moved: who is done first where others wait; -1 for nobody."""
        best: tuple[int, int, int] | None = None
        found = -1
        for worker in task.workers:
            free = self.schedule.free(worker)
            if free < task.job.minutes or self.schedule.is_beside(task.number, worker):
                continue
            days = first_free(self.schedule.free_days(worker), window, task.job.minutes)
            if days:
                key = (days[-1][0] if task.after else 0, self._pressure[worker], -free)
                if best is None or key < best:
                    best, found = key, worker
        return found

    def _roomiest(self, task: NumberedTask, window: Window) -> int:
        """Return who has most room of those whose other work could be moved out of the way within its days."""
        entry = (window.deadline, window.release, task.job.minutes, (task.number, 0))
        for worker in sorted(task.workers, key=lambda one: (-self.schedule.free(one), one)):
            if self.schedule.free(worker) < task.job.minutes:
                return -1
            if not self.schedule.is_beside(task.number, worker) and not self.schedule.undone_with(worker, (entry,)):
                return worker
        return -1

    def _share_out(self, task: NumberedTask, window: Window) -> bool:
        """Share a split task out among those with most free minutes in its days."""
        rooms = []
        for worker in task.workers:
            free = self.schedule.free_days(worker)
            rooms.append((sum(free[window.release : window.deadline + 1]), worker))
        rooms.sort(key=lambda pair: (-pair[0], pair[1]))
        for least in (PIECE, task.least):
            parts = _parts(task.job.minutes, rooms, min(least, task.job.minutes))
            if parts:
                self.schedule.recut(task.number, [minutes for _, minutes in parts])
                return all(self.schedule.follow(piece, {task.number: parts}) for piece in self._in_order(task.number))
        return False

    def _in_order(self, number: int) -> list[tuple[int, int]]:
        return sorted(self.schedule.pieces([number]))

    # --- with others moved -----------------------------------------------------------------------------------------

    def squeeze(self, tactic: int, steps: int) -> bool:
        """Place a tactic and what it requires, and ease what that overloads; undo it all where that fails.

        Args:
            tactic: not placed yet.
            steps: moves to try for each tactic that comes in.
        """
        self.schedule.trail.clear()
        total = self.schedule.total
        came: list[int] = []
        moved: dict[int, Window] = {}
        for needed in self.instance.with_requirements(tactic, placed=self.schedule.placed):
            if not (self._overload(needed, came, moved) and self.search.ease(steps, total)):
                self._take_back(came, moved, tuple(self.schedule.trail))
                return False
        return True

    def _overload(self, tactic: int, came: list[int], moved: dict[int, Window]) -> bool:
        """Place a tactic whose requirements are placed, whoever that overloads; tell whether it has time at all."""
        schedule = self.schedule
        if not schedule.allows(tactic):
            return False
        require = self.instance.requires[tactic]
        first = [number for other in require for number in self.instance.of[other]]
        tasks = [*first, *self.instance.of[tactic]]
        found = self._spreader.windows(tasks, schedule.windows, schedule.owners_of(first))
        if found is None:
            return False
        for number in first:
            if found[number] != schedule.windows[number]:
                moved.setdefault(number, schedule.windows[number])
                schedule.move_window(number, found[number])
        schedule.enter(tactic, found)
        came.append(tactic)
        return self.search.settle(schedule.pieces(self.instance.of[tactic]))

    def _take_back(
        self, came: Iterable[int], moved: Mapping[int, Window], trail: Sequence[tuple[tuple[int, int], int]]
    ) -> None:
        """Undo all that was done since tactics came in, and take them off."""
        for tactic in came:
            self.schedule.leave(tactic)
        for number, window in moved.items():
            if self.instance.tasks[number].tactic in self.schedule.placed:
                self.schedule.move_window(number, window)
        self.schedule.go_back(trail)

    # --- a whole selection -----------------------------------------------------------------------------------------

    def pack(self, tactics: Iterable[int], owners: Owners) -> None:
        """Place as many of these tactics as have time for their days of hand-over, with these owners where they can.

        Args:
            tactics: with all they require, and within the limits on cash and shares.
            owners: of their tasks, by a model that knows no days of hand-over.
        """
        schedule = self.schedule
        have = {number: {worker for worker, _ in parts} for number, parts in owners.items()}
        for linked in _linked_groups(self.instance, sorted(tactics)):
            tasks = [number for tactic in linked for number in self.instance.of[tactic]]
            met = self._spreader.windows(tasks, schedule.windows, have)
            for tactic in linked:
                own = met or self._windows_after(tactic, have)
                if own is not None and schedule.allows(tactic):
                    for number, window in own.items():
                        if number in schedule.windows:
                            schedule.move_window(number, window)
                    schedule.enter(tactic, own, owners)
        pieces = schedule.pieces(schedule.windows)
        loose = [piece for piece in pieces if not schedule.follow(piece, owners)]
        homeless = {self.instance.tasks[piece[0]].tactic for piece in loose if not self.search.settle([piece])}
        for tactic in sorted(homeless):
            if tactic in schedule.placed:
                schedule.drop(tactic)

    def _windows_after(self, tactic: int, have: Mapping[int, set[int]]) -> dict[int, Window] | None:
        """Return windows of a tactic and of what it requires, which is placed; None where there is no time."""
        require = self.instance.requires[tactic]
        if not self.schedule.placed.issuperset(require):
            return None
        tasks = [number for other in (*require, tactic) for number in self.instance.of[other]]
        return self._spreader.windows(tasks, self.schedule.windows, have)

    def ease_or_drop(self, patience: int) -> None:
        """Ease what is too much for members; while that fails, let the tactics go that are missed least."""
        shielded = shielded_tactics(self.instance)
        schedule, turn = self.schedule, 1
        while not self.search.ease(patience // turn + len(schedule.overloaded)):
            overloaded = sorted(schedule.overloaded, key=lambda worker: (-schedule.undone(worker), worker))
            for worker in overloaded[: 1 + len(overloaded) * turn // 8]:
                if worker in schedule.overloaded:
                    tactics = {self.instance.tasks[number].tactic for number in schedule.tasks_of(worker)}
                    schedule.drop(min(tactics, key=lambda one: _loss_key(self.instance, one, shielded)))
            turn += 1


def schedule_of(instance: Instance, windows: Mapping[int, Window], owners: Owners | None = None) -> Schedule:
    """Return a schedule of the tactics whose tasks have windows; their pieces are still without owners.

    Args:
        instance: the problem.
        windows: of the tasks, all tasks of a tactic or none.
        owners: parts their tasks are cut into, where they are known.
    """
    schedule = Schedule(instance)
    for tactic in sorted({instance.tasks[number].tactic for number in windows}):
        schedule.enter(tactic, windows, owners)
    return schedule


@lru_cache(maxsize=REMEMBERED)
def ranked_fill(instance: Instance) -> Solution:
    """Fill strictly down the ranked list, each task with whoever has room; what must be kept comes before all others.

    It is what a careful person does by hand: the plan under `--policy rank`, the start of every search, and the
    yardstick shown beside the result.
    """
    candidates = instance.candidates
    by_rank = sorted(range(len(candidates)), key=lambda one: (not candidates[one].kept, candidates[one].rank, one))
    return Builder(instance).fill(by_rank).schedule.solution()


def by_density(instance: Instance, chosen: Collection[int] = ()) -> list[int]:
    """Return all tactics in an order to fill in: the chosen, kept ones, then tier by tier by value for work."""
    first = frozenset(chosen)

    def order(tactic: int) -> tuple[bool, bool, int, int, int]:
        candidate = instance.candidates[tactic]
        density = 1000 * candidate.value // candidate.minutes
        return tactic not in first, not candidate.kept, TIERS.index(candidate.tier), -density, tactic

    return sorted(range(len(instance.candidates)), key=order)


def without(instance: Instance, plan: Solution, tactics: Collection[int]) -> Solution:
    """Return a plan without these tactics, which nothing that stays requires."""
    owners = {number: parts for number, parts in plan.owners.items() if instance.tasks[number].tactic not in tactics}
    return Solution(owners, {key: days for key, days in plan.days.items() if key[0] in owners})


def shielded_tactics(instance: Instance) -> set[int]:
    """Return the tactics that stay as far as they can: kept ones, musts, and what those require."""
    candidates = enumerate(instance.candidates)
    first = (tactic for tactic, candidate in candidates if candidate.kept or candidate.tier == "must")
    return set(instance.with_requirements(*first))


def repair_by_dropping(instance: Instance, owners: Owners) -> Solution:
    """Return a plan with these owners' tactics, but for those that come late, and then whatever else fits.

    Owners from the selection model fit their windows to the half week, and hand-overs between them are not certain:
    what is late is dropped, the least value for work first; but for a must, something else gives way. The more has
    gone, the more goes at once: each time all days are worked out anew.
    """
    chosen = {instance.tasks[number].tactic for number in owners}
    whole, shielded = len(chosen), shielded_tactics(instance)
    rank = {tactic: place for place, tactic in enumerate(by_density(instance))}
    while True:
        found = selected_windows(instance, sorted(chosen))
        own = {number: parts for number, parts in owners.items() if instance.tasks[number].tactic in chosen}
        if found is None:
            return NOTHING
        table = timetable(instance, own, found)
        if not table.late:
            break
        least = sorted(_in_the_way(instance, table, shielded), key=rank.__getitem__, reverse=True)
        chosen.difference_update(least[: 1 + (whole - len(chosen)) // EFFORT.dropped_singly])
        while unmet := {tactic for tactic in chosen if not chosen.issuperset(instance.requires[tactic])}:
            chosen -= unmet
    return Builder.of(instance, table.plan).fill(by_density(instance)).schedule.solution()


def _in_the_way(instance: Instance, table: Timetable, shielded: set[int]) -> set[int]:
    """Return the tactics of which one must go: those late, and for shielded ones the others of their owners."""
    late = {instance.tasks[number].tactic for number in table.late}
    if not late <= shielded:
        return late - shielded
    busy = {worker for number in table.late for worker, _ in table.plan.owners[number]}
    others = {
        instance.tasks[number].tactic
        for number, parts in table.plan.owners.items()
        if any(worker in busy for worker, _ in parts)
    }
    return others - shielded or late


def _loss_key(instance: Instance, tactic: int, shielded: Collection[int]) -> tuple[bool, bool, int, int, int]:
    """Return a key that is least for the tactic that is missed least."""
    candidate = instance.candidates[tactic]
    density = 1000 * candidate.value // candidate.minutes
    return candidate.kept, tactic in shielded, -TIERS.index(candidate.tier), density, tactic


def _parts(need: int, rooms: Sequence[tuple[int, int]], least: int) -> tuple[tuple[int, int], ...]:
    """Return (worker, minutes) from those with most room, none with less than the least; nothing if that cannot be."""
    parts = []
    for room, worker in rooms:
        piece = min(need, room)
        if 0 < need - piece < least:
            piece -= least - (need - piece)
        if piece >= least:
            parts.append((worker, piece))
            need -= piece
    return () if need else tuple(sorted(parts))


def _pressure(instance: Instance) -> tuple[int, ...]:
    """Return for each worker the minutes asked of them, where all able share alike, in permille of their own."""
    asked = [0] * len(instance.workers)
    for task in instance.tasks:
        for worker in task.workers:
            asked[worker] += task.job.minutes // len(task.workers)
    return tuple(
        1000 * minutes // max(1, calendar.total[-1])
        for minutes, calendar in zip(asked, instance.calendars, strict=True)
    )


def _linked_groups(instance: Instance, tactics: Sequence[int]) -> list[list[int]]:
    """Return the tactics in groups that are linked by what they require, what is required first."""
    place = {instance.tasks[number].tactic: index for index, number in enumerate(instance.order)}
    left, groups = set(tactics), []
    for one in tactics:
        waiting, group = [one], []
        while waiting:
            other = waiting.pop()
            if other in left:
                left.remove(other)
                group.append(other)
                waiting.extend((*instance.requires[other], *instance.required_by[other]))
        if group:
            groups.append(sorted(group, key=place.__getitem__))
    return groups
