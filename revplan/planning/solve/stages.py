"""Days of hand-over for tasks that wait for each other, set so that each member's work can be laid out by itself.

Between two tasks the day lies halfway between the soonest the first can be done and the latest the second can begin,
with every task given the same multiple of the time it takes: as much as the chain's first release and last deadline
leave. (The even spreading of slack over a chain, as in project buffers.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.network import calendar, connected
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from revplan.planning.network import Calendar, Network

STRETCHES = (48, 32, 24, 16, 12, 8, 6, 5, 4, 3, 2)
"""Multiples of the time that tasks take, in halves, tried in this order; what does not hold twice a half fits as is."""


def staged(network: Network, windows: Mapping[int, Window]) -> dict[int, Window] | None:
    """Return windows within these that meet on days of hand-over, or None where some tasks have no time for it.

    Args:
        network: the problem.
        windows: of the tasks, given that all of them are to be done.
    """
    stages = Stages(network, [windows.get(task.number) for task in network.tasks])
    met = dict(windows)
    for group in _waiting(network, windows):
        found = stages.windows(group, {}, {})
        if found is None:
            return None
        met.update(found)
    return met


def _waiting(network: Network, tasks: Iterable[int]) -> list[list[int]]:
    """Return the tasks that wait for each other, in groups."""
    links = {number: (*network.tasks[number].before, *network.tasks[number].after) for number in sorted(tasks)}
    return [group for group in connected(links) if len(group) > 1]


class Stages:
    """Sets windows that meet on days of hand-over.

    Attributes:
        network: the problem.
        widest: the window of each task where nothing is known of its neighbours; None where it cannot be placed.
    """

    def __init__(self, network: Network, widest: Sequence[Window | None]) -> None:
        self.network = network
        self.widest = widest
        self._place = {number: index for index, number in enumerate(network.order)}
        self._able: dict[int, tuple[Calendar, ...]] = {}

    def windows(
        self, tasks: Iterable[int], settled: Mapping[int, Window], owners: Mapping[int, Collection[int]]
    ) -> dict[int, Window] | None:
        """Return windows for these tasks, all to be done, or None where their time does not suffice.

        Args:
            tasks: to set windows for.
            settled: windows of other tasks that are to be done too and keep theirs.
            owners: who has the tasks now, where they have owners: as much time as these need is given, if it can be.
        """
        ordered = sorted(tasks, key=self._place.__getitem__)
        inside = set(ordered)
        bounds: dict[int, Window] = {}
        for number in ordered:
            widest = self.widest[number]
            if widest is None:
                return None
            task = self.network.tasks[number]
            before = (settled[first].deadline for first in task.before if first in settled and first not in inside)
            after = (settled[last].release for last in task.after if last in settled and last not in inside)
            bounds[number] = Window(max([widest.release, *before]), min([widest.deadline, *after]))
        own = {number: self._calendars(number, owners.get(number, ())) for number in ordered}
        fastest = {number: self._calendars(number, ()) for number in ordered}
        for calendars in (own, fastest):
            for halves in STRETCHES:
                found = _Spread(self.network, ordered, bounds, calendars, halves)
                if found.fits():
                    return found.met(fastest)
        return None

    def _calendars(self, number: int, owners: Collection[int]) -> tuple[Calendar, ...]:
        """Return the calendars on which the task may be done: its owner's, or any able member's."""
        task = self.network.tasks[number]
        if len(owners) == 1 and not task.job.split:
            return tuple(self.network.calendars[worker] for worker in owners)
        if number not in self._able:
            own = tuple(self.network.calendars[worker] for worker in task.workers)
            if task.job.split and own:
                own = (calendar([sum(day) for day in zip(*(one.minutes for one in own), strict=True)]),)
            self._able[number] = own
        return self._able[number]


class _Spread:
    """The soonest and latest days of some tasks if each takes a multiple of its time."""

    def __init__(
        self,
        network: Network,
        ordered: Sequence[int],
        bounds: Mapping[int, Window],
        calendars: Mapping[int, tuple[Calendar, ...]],
        halves: int,
    ) -> None:
        self.network = network
        self.bounds = bounds
        self.calendars = calendars
        self.begin: dict[int, int] = {}
        self.done: dict[int, int] = {}
        self.begin_by: dict[int, int] = {}
        self.done_by: dict[int, int] = {}
        never = len(network.problem.days)
        for number in ordered:
            first = max([bounds[number].release, *(self.done[one] for one in self._before(number))])
            self.begin[number] = first
            work = network.tasks[number].job.minutes * halves // 2
            self.done[number] = min((own.finish(min(first, never), work) for own in calendars[number]), default=never)
        for number in reversed(ordered):
            last = min([bounds[number].deadline, *(self.begin_by[one] for one in self._after(number))])
            self.done_by[number] = last
            work = network.tasks[number].job.minutes * halves // 2
            starts = (own.latest_start(last, work) for own in calendars[number])
            self.begin_by[number] = max(starts, default=-1) if last >= 0 else -1

    def _before(self, number: int) -> Iterable[int]:
        return (one for one in self.network.tasks[number].before if one in self.bounds)

    def _after(self, number: int) -> Iterable[int]:
        return (one for one in self.network.tasks[number].after if one in self.bounds)

    def fits(self) -> bool:
        """Tell whether every task is done by its latest day."""
        return all(
            self.done[number] <= self.done_by[number] and self.begin[number] <= self.begin_by[number]
            for number in self.bounds
        )

    def met(self, fastest: Mapping[int, tuple[Calendar, ...]]) -> dict[int, Window] | None:
        """Return windows that meet halfway, each long enough for whoever is fastest."""
        found: dict[int, Window] = {}
        for number in self.begin:
            first = max([self.bounds[number].release, *(found[one].deadline for one in self._before(number))])
            halfway = ((self.done[number] + self.begin_by[one]) // 2 for one in self._after(number))
            last = min([self.bounds[number].deadline, *halfway])
            need = self.network.tasks[number].job.minutes
            soonest = min((own.finish(first, need) for own in fastest[number]), default=last + 1)
            last = max(last, soonest)
            if last > self.bounds[number].deadline:
                return None
            found[number] = Window(first, last)
        return found
