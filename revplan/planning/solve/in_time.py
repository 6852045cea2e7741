"""Owners and an order of work in which nothing comes too late: a local search.

Owners whose hours fit the windows of their tasks may still leave a task too late, because what it follows is done too
late. So the tasks are laid out in days in an order, each taking the first free minutes of its owners once it may begin,
and by chance one task before a late one is moved forward or changes hands, until no minute comes after its deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.solve.local_search import Generator
from revplan.planning.solve.orders import sort_after
from revplan.planning.solve.schedule import Solution
from revplan.planning.timetable import take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Days, Owners, Timetable
    from revplan.planning.windows import Window

TRIES = 6
"""Searches from the same start, each by its own chance. Of seven frozen sprints with a task that is late three are
brought in time, the last of them with the third."""

STEPS = 60
"""Orders looked at in one search, the first among them. Of twelve searches with 2,000 one in three took fewer than 150,
and one in three had found nothing: to begin anew is sooner."""

WORK = 100_000
"""Tasks laid out in all searches together: 1,600 tasks with one that is late would take 4 s of processor otherwise. The
other limits are reached before it where there are up to 277 tasks."""

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
    changes = _Changes(instance, windows)
    start = changes.lay_out(order, table.owners)
    for seed in range(1, TRIES + 1):
        now, random = start, Generator(seed)
        for _ in range(min(STEPS, WORK // (TRIES * len(order)))):
            if not now.excess:
                return Solution(now.owners, now.days)
            now = changes.step(now, random)
    return None


class _Changes:
    """The tasks, and by chance another order or other owners of them."""

    def __init__(self, instance: Instance, windows: Mapping[int, Window]) -> None:
        self._instance = instance
        self._windows = windows
        self._before = {one: [first for first in instance.tasks[one].before if first in windows] for one in windows}

    def step(self, now: _InDays, random: Generator) -> _InDays:
        """Return what a change by chance comes to; the layout itself where the change makes too much late."""
        changed = self._draw(now, random)
        if changed is None:
            return now
        more = 0 if random.below(3) else random.below(EXCESS)
        found = self.lay_out(*changed)
        return found if found.excess <= now.excess + more else now

    def _draw(self, now: _InDays, random: Generator) -> tuple[Sequence[int], Owners] | None:
        """Return another order, or other owners; None where what was drawn cannot be."""
        below = random.below
        chain = [now.late[below(len(now.late))]]
        for number in chain:
            chain.extend(first for first in self._before[number] if first not in chain)
        number = chain[below(len(chain))]
        team = {worker for worker, _ in now.owners[number]}
        rivals = [one for one in now.order if one != number and any(worker in team for worker, _ in now.owners[one])]
        kind = below(MOVES)
        if kind == 0:
            return self._hand_on(now, number, random)
        if kind == 1:
            return self._hand_on(now, rivals[below(len(rivals))], random) if rivals else None
        at = now.order.index(number)
        ahead = [place for place in range(at) if any(worker in team for worker, _ in now.owners[now.order[place]])]
        if not ahead:
            return None
        place = ahead[below(len(ahead))]
        return (*now.order[:place], number, *now.order[place:at], *now.order[at + 1 :]), now.owners

    def _hand_on(self, now: _InDays, number: int, random: Generator) -> tuple[Sequence[int], Owners] | None:
        """Return the owners with a task in other hands, every other time against a task that comes back."""
        below, tasks, owners = random.below, self._instance.tasks, now.owners
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
        order = sort_after(order, self._before)
        free = [list(worker.minutes) for worker in instance.workers]
        due: dict[int, int] = {}
        days: dict[tuple[int, int], Days] = {}
        late, excess, none = [], 0, len(instance.problem.days)
        for number in order:
            window = windows[number]
            first = max([window.release, *(instance.opens(one, number, due[one]) for one in self._before[number])])
            end, over = first, 0
            for worker, minutes in owners[number]:
                taken = take(free[worker], first, minutes)
                over += sum(share * (1 + (day == none)) for day, share in taken if day > window.deadline)
                end = max(end, min(taken[-1][0], none - 1))
                days[number, worker] = taken
            due[number] = end
            if over:
                late.append(number)
                excess += over
        return _InDays(order, owners, excess, late, days)
