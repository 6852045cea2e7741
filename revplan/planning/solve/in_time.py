"""Owners and an order of work in which nothing comes too late: a local search.

Owners whose hours fit the windows of their tasks may still leave a task too late, because what it follows is done too
late. So the tasks are laid out in days in an order, each taking the first free minutes of its owners once it may begin,
and by chance one task before a late one is moved forward or changes hands, until no minute comes after its deadline.
Those who do a task at once take the first minutes that they all have free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints.people import are_apart, parts_at_once
from revplan.planning.solve.attendance import meet
from revplan.planning.solve.local_search import Generator
from revplan.planning.solve.orders import sort_after
from revplan.planning.timetable import Solution, take, timetable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.timetable import Days, Owners
    from revplan.planning.windows import Window

TRIES = 12
"""Searches from the same start. Of 24 selections of frozen sprints in which something was late, 16 were brought in time
by as many of `STEPS` orders each, 17 by twenty, 12 by 24 of half of the orders."""

STEPS = 100
"""Orders looked at in one search, the first among them."""

WORK = 12_500
"""Tasks laid out in one search: on 440 tasks an order takes 2 ms. The other limit is reached first up to 125 tasks."""

EXCESS = 240
"""Minutes by which a change may make more work late than there is, every third time. Of the same 24 selections 15 were
brought in time by six searches of 200 orders, with half of these minutes 11."""

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


def bring_in_time(
    instance: Instance, windows: Mapping[int, Window], owners: Owners, tries: int = TRIES
) -> Solution | None:
    """Return a plan in which nothing is late and people meet, by these owners or others; None where none is soon found.

    Args:
        instance: the problem.
        windows: of the tasks to be done.
        owners: of the same tasks, to begin with.
        tries: searches from the same start, each by its own chance.
    """
    table = timetable(instance, owners, windows)
    if not table.late and (met := meet(instance, table.plan)) is not None:
        return met
    order = sorted(owners, key=lambda number: (table.plan.due(number), windows[number].deadline, number))
    changes = _Changes(instance, windows, owners)
    start = changes.lay_out(order, owners)
    for seed in range(1, tries + 1):
        now, random, most = start, Generator(seed), changes.laid + WORK
        for _ in range(STEPS):
            if not now.excess or changes.laid > most:
                break
            now = changes.step(now, random)
        if not now.excess:
            return Solution(now.owners, now.days)
    return None


class _Changes:
    """The tasks, and by chance another order or other owners of them.

    Attributes:
        laid: tasks laid out so far.
    """

    def __init__(self, instance: Instance, windows: Mapping[int, Window], owners: Owners) -> None:
        self.laid = 0
        self._instance = instance
        self._windows = windows
        self._before = {one: [first for first in instance.tasks[one].before if first in windows] for one in windows}
        self._joint = parts_at_once(instance, owners, windows)

    def step(self, now: _InDays, random: Generator) -> _InDays:
        """Return what a change by chance comes to; the layout itself where the change makes too much late."""
        changed = self._draw(now, random)
        if changed is None:
            return now
        most = now.excess + (0 if random.below(3) else random.below(EXCESS))
        found = self.lay_out(*changed, most)
        return found if found.excess <= most else now

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
        changed = {number: ((taker, minutes),)}
        if below(2):
            back = [
                one
                for one, parts in owners.items()
                if len(parts) == 1 and parts[0][0] == taker and giver in tasks[one].workers
            ]
            if back:
                one = back[below(len(back))]
                changed[one] = ((giver, owners[one][0][1]),)
        then = {**owners, **changed}
        return (now.order, then) if are_apart(self._instance, then, changed) else None

    def lay_out(self, order: Sequence[int], owners: Owners, most: int | None = None) -> _InDays:
        """Return an order laid out in days, each task after those it follows.

        Args:
            order: of the tasks.
            owners: of the tasks.
            most: minutes of work after deadlines beyond which the order is laid out no further.
        """
        instance = self._instance
        order = sort_after(order, self._before)
        free = [list(worker.minutes) for worker in instance.workers]
        due: dict[int, int] = {}
        days: dict[tuple[int, int], Days] = {}
        late, excess = [], 0
        for number in order:
            if number in due:
                continue
            self.laid += 1
            release = self._windows[number].release
            first = max([release, *(instance.opens(one, number, due[one]) for one in self._before[number])])
            over = self._take(number, first, owners, free, days, due)
            if over:
                late.append(number)
                excess += over
                if most is not None and excess > most:
                    break
        return _InDays(order, owners, excess, late, days)

    def _take(
        self,
        number: int,
        first: int,
        owners: Owners,
        free: Sequence[list[int]],
        days: dict[tuple[int, int], Days],
        due: dict[int, int],
    ) -> int:
        """Lay a task out from a day on, with all who do it at once; return the minutes after its deadline."""
        group = self._joint.get(number)
        if group is not None:
            together = self._take_together([free[owners[one][0][0]] for one in group], first, owners[number][0][1])
            days |= {(one, owners[one][0][0]): together for one in group}
        deadline, none, end, over = self._windows[number].deadline, len(self._instance.problem.days), first, 0
        for worker, minutes in owners[number]:
            taken = days[number, worker] if group is not None else take(free[worker], first, minutes)
            days[number, worker] = taken
            last = taken[-1][0]
            if last > deadline:
                over += sum(share * (1 + (day == none)) for day, share in taken if day > deadline)
            end = max(end, min(last, none - 1))
        due |= dict.fromkeys(group or (number,), end)
        return over

    @staticmethod
    def _take_together(rows: Sequence[list[int]], first: int, minutes: int) -> Days:
        """Take the first minutes that several people all have free."""
        taken = take([min(day) for day in zip(*rows, strict=True)], first, minutes)
        for row in rows:
            for day, share in taken:
                if day < len(row):
                    row[day] -= share
        return taken
