"""Days of hand-over between tasks that wait for each other: read off a plan, or set before there is one.

Windows meet on these days, so each member's work can be looked at by itself. In a plan a day is chosen among those
that the plan leaves open. Before there is one, it lies halfway between the soonest the first task can be done and the
latest the second can begin, with every task given the same multiple of the time it takes: as much as the chain's first
release and last deadline leave (slack spread evenly over a chain, as project buffers are).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.windows import Window, calendars_of_tasks, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from revplan.planning.instance import Calendar, Instance
    from revplan.planning.timetable import Solution

    Choice = Callable[[range], int]
    """Which of the days between two tasks the one hands over to the other on."""

SPREAD_FACTORS = (48, 32, 24, 16, 12, 8, 6, 5, 4, 3, 2)
"""Multiples of the time that tasks take, in halves, tried in this order; what does not hold twice a half fits as is."""


def earliest(days: range) -> int:
    """Hand over as soon as the work is done."""
    return days[0]


def latest(days: range) -> int:
    """Hand over when the next work begins."""
    return days[-1]


def halfway(days: range) -> int:
    """Hand over in the middle."""
    return days[len(days) // 2]


def choose_days(instance: Instance, plan: Solution, choice: Choice = earliest) -> dict[int, int]:
    """Return the day on which each of the plan's tasks is done that hands over.

    What waits may begin long after the deadline of what it waits for, which is still to be kept.

    Args:
        instance: the problem.
        plan: owners and days; its own days fit whatever is chosen.
        choice: is asked for each of these tasks, in the order of their numbers.
    """
    days = {}
    for number in sorted(plan.owners):
        followers = (follower for follower in instance.tasks[number].after if follower in plan.owners)
        begins = [instance.closes(number, follower, plan.start(follower)) for follower in followers]
        if begins:
            days[number] = choice(range(plan.due(number), min(instance.tasks[number].deadline, *begins) + 1))
    return days


def meeting_windows(instance: Instance, tasks: Iterable[int], days: Mapping[int, int]) -> dict[int, Window]:
    """Return the window of each placed task, given the days of hand-over."""
    found = {}
    for number in tasks:
        task = instance.tasks[number]
        begins = (instance.opens(first, number, days[first]) for first in task.before if first in days)
        release = max([task.release, *begins])
        found[number] = Window(release, days.get(number, task.deadline))
    return found


def plan_windows(instance: Instance, plan: Solution, choice: Choice = earliest) -> dict[int, Window]:
    """Return windows of the plan's tasks that meet on days of hand-over."""
    return meeting_windows(instance, plan.owners, choose_days(instance, plan, choice))


class Spreader:
    """Sets windows that meet on days of hand-over, with slack spread evenly.

    Attributes:
        instance: the problem.
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self._widest = windows(instance)
        self._place = {number: index for index, number in enumerate(instance.order)}
        self._able = calendars_of_tasks(instance)

    def windows(
        self, tasks: Iterable[int], settled: Mapping[int, Window], owners: Mapping[int, Collection[int]]
    ) -> dict[int, Window] | None:
        """Return windows for these tasks, all to be done, or None where their time does not suffice.

        Args:
            tasks: to set windows for.
            settled: windows of other tasks that are to be done too and keep theirs.
            owners: who has the tasks now, where they have owners: as much time as these need is given, if it can be.
        """
        ordered = sorted(tasks, key=lambda number: self._place.get(number, len(self._place)))
        bounds = self._bounds(ordered, settled)
        if bounds is None:
            return None
        if len(ordered) == 1 or not any(self.instance.tasks[number].before for number in ordered):
            return bounds
        fastest = {number: self._able[number] for number in ordered}
        own = {number: self._calendars(number, owners.get(number, ())) for number in ordered}
        for calendars in (own, fastest) if own != fastest else (fastest,):
            for halves in SPREAD_FACTORS:
                found = _Spread(self.instance, ordered, bounds, calendars, halves)
                if found.fits():
                    return found.meet(fastest)
        return None

    def _bounds(self, ordered: Sequence[int], settled: Mapping[int, Window]) -> dict[int, Window] | None:
        inside = set(ordered)
        bounds: dict[int, Window] = {}
        for number in ordered:
            widest = self._widest.get(number)
            if widest is None:
                return None
            task = self.instance.tasks[number]
            opens, closes = self.instance.opens, self.instance.closes
            firsts = (first for first in task.before if first in settled and first not in inside)
            lasts = (last for last in task.after if last in settled and last not in inside)
            before = (opens(first, number, settled[first].deadline) for first in firsts)
            after = (closes(number, last, settled[last].release) for last in lasts)
            bounds[number] = Window(max([widest.release, *before]), min([widest.deadline, *after]))
        return bounds

    def _calendars(self, number: int, owners: Collection[int]) -> tuple[Calendar, ...]:
        """Return the calendars on which the task may be done: its owner's, or any able member's."""
        if len(owners) == 1 and not self.instance.tasks[number].job.split:
            return tuple(self.instance.calendars[worker] for worker in owners)
        return self._able[number]


class _Spread:
    """The soonest and latest days of some tasks if each takes a multiple of its time."""

    def __init__(
        self,
        instance: Instance,
        ordered: Sequence[int],
        bounds: Mapping[int, Window],
        calendars: Mapping[int, tuple[Calendar, ...]],
        halves: int,
    ) -> None:
        self.instance = instance
        self.bounds = bounds
        self.begin: dict[int, int] = {}
        self.done: dict[int, int] = {}
        self.begin_by: dict[int, int] = {}
        self.done_by: dict[int, int] = {}
        never = len(instance.problem.days)
        for number in ordered:
            first = max(
                [bounds[number].release, *(instance.opens(one, number, self.done[one]) for one in self._before(number))]
            )
            self.begin[number] = first
            work = instance.tasks[number].job.minutes * halves // 2
            self.done[number] = min((own.finish(min(first, never), work) for own in calendars[number]), default=never)
        for number in reversed(ordered):
            last = min([bounds[number].deadline, *(self._latest_end(number, one) for one in self._after(number))])
            self.done_by[number] = last
            work = instance.tasks[number].job.minutes * halves // 2
            starts = (own.latest_start(last, work) for own in calendars[number])
            self.begin_by[number] = max(starts, default=-1) if last >= 0 else -1

    def _before(self, number: int) -> Iterable[int]:
        return (one for one in self.instance.tasks[number].before if one in self.bounds)

    def _after(self, number: int) -> Iterable[int]:
        return (one for one in self.instance.tasks[number].after if one in self.bounds)

    def _latest_end(self, number: int, follower: int) -> int:
        """Return the last day on which a task may be complete for a follower to begin by its latest day."""
        return self.instance.closes(number, follower, self.begin_by[follower])

    def fits(self) -> bool:
        """Tell whether every task is done by its latest day."""
        return all(
            self.done[number] <= self.done_by[number] and self.begin[number] <= self.begin_by[number]
            for number in self.bounds
        )

    def meet(self, fastest: Mapping[int, tuple[Calendar, ...]]) -> dict[int, Window] | None:
        """Return windows that meet halfway, each long enough for whoever is fastest."""
        found: dict[int, Window] = {}
        for number in self.begin:
            opens = self.instance.opens
            begins = (opens(one, number, found[one].deadline) for one in self._before(number))
            first = max([self.bounds[number].release, *begins])
            halfway = ((self.done[number] + self._latest_end(number, one)) // 2 for one in self._after(number))
            last = min([self.bounds[number].deadline, *halfway])
            need = self.instance.tasks[number].job.minutes
            soonest = min((own.finish(first, need) for own in fastest[number]), default=last + 1)
            last = max(last, soonest)
            if last > self.bounds[number].deadline:
                return None
            found[number] = Window(first, last)
        return found
