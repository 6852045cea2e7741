"""Owners and an order of work in which nothing comes too late: a local search.

Owners whose hours fit the windows of their tasks may still leave a task too late, because what it follows is done too
late. So the tasks are laid out in days in an order, each taking the first free minutes of its owners once it may begin,
and by chance one task before a late one is moved forward or changes hands, until no minute comes after its deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.solve.local_search import Generator
from revplan.planning.solve.schedule import Solution

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Days, Owners, Timetable
    from revplan.planning.windows import Window

TRIES = 6
"""Searches from the same start, each by its own chance. Of seven frozen sprints with a task that is late three are
brought in time, the last of them with the third."""

STEPS = 60
"""Changes in one search. Of twelve searches with 2,000 one in three took fewer than 150, and one in three had found
nothing: to begin anew is sooner."""

EXCESS = 120
"""Minutes by which a change may make more work late than there is, every third time."""

MOVES = 4
"""Two in so many changes move a task forward, one gives the task to somebody else, one a rival of it."""


class _InDays(NamedTuple):
    """An order of tasks laid out in days.

    Attributes:
        order: of the tasks.
        owners: of the tasks.
        excess: minutes of work after the tasks' deadlines; what finds no day at all counts twice.
        late: the tasks with such work.
        days: by (task, worker).
    """

    order: Sequence[int]
    owners: Owners
    excess: int
    late: Sequence[int]
    days: dict[tuple[int, int], Days]


def find_in_time(instance: Instance, windows: Mapping[int, Window], table: Timetable) -> Solution | None:
    """Return owners and days in which nothing is late; None where that is not soon found.

    Tasks that several people do at once are left to the models.

    Args:
        instance: the problem.
        windows: of the tasks to be done.
        table: owners of the same tasks, and days on which some are late.
    """
    if any(instance.tasks[number].beside for number in table.owners):
        return None
    order = sorted(table.owners, key=lambda number: (table.due(number), windows[number].deadline, number))
    for seed in range(1, TRIES + 1):
        search = _Changes(instance, windows, seed)
        now = search.lay_out(order, table.owners)
        for _ in range(STEPS):
            if not now.excess:
                return Solution(now.owners, now.days)
            now = search.step(now)
    return None


class _Changes:
    """The tasks, and by chance another order or other owners of them."""

    def __init__(self, instance: Instance, windows: Mapping[int, Window], seed: int) -> None:
        self._instance = instance
        self._windows = windows
        self._before = {one: [first for first in instance.tasks[one].before if first in windows] for one in windows}
        self._random = Generator(seed)

    def step(self, now: _InDays) -> _InDays:
        """Return what a change by chance comes to; the layout itself where the change makes too much late."""
        changed = self._draw(now)
        if changed is None:
            return now
        more = 0 if self._random.below(3) else self._random.below(EXCESS)
        found = self.lay_out(*changed)
        return found if found.excess <= now.excess + more else now

    def _draw(self, now: _InDays) -> tuple[Sequence[int], Owners] | None:
        """Return another order, or other owners; None where what was drawn cannot be."""
        below = self._random.below
        chain = [now.late[below(len(now.late))]]
        for number in chain:
            chain.extend(first for first in self._before[number] if first not in chain)
        number = chain[below(len(chain))]
        team = {worker for worker, _ in now.owners[number]}
        rivals = [one for one in now.order if one != number and any(worker in team for worker, _ in now.owners[one])]
        kind = below(MOVES)
        if kind == 0:
            return self._hand_on(now, number)
        if kind == 1:
            return self._hand_on(now, rivals[below(len(rivals))]) if rivals else None
        at = now.order.index(number)
        ahead = [place for place in range(at) if now.order[place] in rivals]
        if not ahead:
            return None
        place = ahead[below(len(ahead))]
        order = (*now.order[:place], number, *now.order[place:at], *now.order[at + 1 :])
        return order, now.owners

    def _hand_on(self, now: _InDays, number: int) -> tuple[Sequence[int], Owners] | None:
        """Return the owners with a task in other hands, every other time against a task that comes back."""
        below, tasks, owners = self._random.below, self._instance.tasks, now.owners
        (giver, minutes), *others = owners[number]
        able = [worker for worker in tasks[number].workers if worker != giver]
        if others or not able:
            return None
        taker = able[below(len(able))]
        changed = {**owners, number: ((taker, minutes),)}
        if below(2):
            back = [
                one
                for one, parts in owners.items()
                if len(parts) == 1 and parts[0][0] == taker and giver in tasks[one].workers
            ]
            if back:
                one = back[below(len(back))]
                changed[one] = ((giver, owners[one][0][1]),)
        return now.order, changed

    def lay_out(self, order: Sequence[int], owners: Owners) -> _InDays:
        """Return an order laid out in days, each task after those it follows."""
        instance, windows = self._instance, self._windows
        order = self._sort(order)
        free = [list(worker.minutes) for worker in instance.workers]
        due: dict[int, int] = {}
        days: dict[tuple[int, int], Days] = {}
        late, excess = [], 0
        for number in order:
            window = windows[number]
            first = max([window.release, *(instance.opens(one, number, due[one]) for one in self._before[number])])
            end, over = first, 0
            for worker, minutes in owners[number]:
                taken, left = _take(free[worker], first, minutes)
                over += 2 * left + sum(share for day, share in taken if day > window.deadline)
                end = max(end, taken[-1][0] if taken and not left else len(free[worker]) - 1 if left else end)
                days[number, worker] = taken
            due[number] = end
            if over:
                late.append(number)
                excess += over
        return _InDays(order, owners, excess, late, days)

    def _sort(self, order: Sequence[int]) -> Sequence[int]:
        """Return the order with each task after those it follows."""
        found: dict[int, None] = {}
        for number in order:
            waiting = [number]
            while waiting:
                missing = [first for first in self._before[waiting[-1]] if first not in found]
                if missing:
                    waiting.extend(missing)
                else:
                    found[waiting.pop()] = None
        return tuple(found)


def _take(free: list[int], first: int, minutes: int) -> tuple[Days, int]:
    """Take the first free minutes from a day on; return the days, and the minutes for which there is none."""
    taken = []
    for day in range(first, len(free)):
        share = min(free[day], minutes)
        if share:
            free[day] -= share
            minutes -= share
            taken.append((day, share))
        if not minutes:
            break
    return tuple(taken), minutes
