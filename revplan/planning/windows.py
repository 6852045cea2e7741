"""The days within which each task can be done, from deadlines and from the least time its neighbours take.

Head and tail bounds as in project scheduling: a task cannot start before what it follows could end at best, nor
end after the day on which what follows it must start at the latest. They leave out nothing that is possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.network import calendar

if TYPE_CHECKING:
    from collections.abc import Collection

    from revplan.planning.network import Calendar, Network, NumberedTask


HALF_WEEKS = (0, 3)
"""Weekdays on which a half week begins: Monday and Thursday."""


class Window(NamedTuple):
    """First and last day on which a task may be worked on, both included."""

    release: int
    deadline: int


def windows(network: Network, selection: Collection[int] | None = None) -> tuple[Window | None, ...]:
    """Return the window of each task, None where its tactic cannot be placed.

    Args:
        network: the problem.
        selection: the tactics known to be placed: what they require must leave them time. Without it, every
            tactic is looked at as if only what it requires itself were placed, so all windows are as wide as
            they can be in any plan, and tactics beyond hope are told from the rest.
    """
    finder = _WindowFinder(network, selection)
    finder.forward()
    finder.backward()
    hopeless = _hopeless(network, finder)
    return tuple(
        None if task.tactic in hopeless else Window(finder.release[task.number], finder.deadline[task.number])
        for task in network.tasks
    )


def able(network: Network, task: NumberedTask, window: Window) -> tuple[int, ...]:
    """Return the workers who may own the task, or a piece of it, and have the minutes for that in its window."""
    return tuple(
        worker
        for worker in task.workers
        if network.calendars[worker].within(window.release, window.deadline) >= task.least
    )


def half_weeks(network: Network, window: Window) -> tuple[int, int]:
    """Return the window widened to whole half weeks."""
    days = network.problem.days
    first, last = window
    while first and days[first].weekday() not in HALF_WEEKS:
        first -= 1
    while last + 1 < len(days) and days[last + 1].weekday() not in HALF_WEEKS:
        last += 1
    return first, last


class _WindowFinder:
    """Releases and deadlines being worked out, first forward and then backward through the network."""

    def __init__(self, network: Network, selection: Collection[int] | None) -> None:
        last = len(network.problem.days) - 1
        self.network = network
        self.selection = selection
        self.calendars = [_calendars(network, task) for task in network.tasks]
        self.release = [task.release for task in network.tasks]
        self.deadline = [task.deadline for task in network.tasks]
        self.finish = [last + 1 for _ in network.tasks]

    def forward(self) -> None:
        """Work out releases and the earliest day each task can be finished."""
        never = len(self.network.problem.days)
        for number in self.network.order:
            task = self.network.tasks[number]
            firsts = (self.network.opens(first, number, self.finish[first]) for first in task.before)
            self.release[number] = max(self.release[number], *firsts) if task.before else self.release[number]
            if self.release[number] < never:
                options = (own.finish(self.release[number], task.job.minutes) for own in self.calendars[number])
                self.finish[number] = min(options, default=never)

    def backward(self) -> None:
        """Work out deadlines: of tasks of the same tactic, and of the tactics known to be placed."""
        for number in reversed(self.network.order):
            task = self.network.tasks[number]
            for follower in task.after:
                tactic = self.network.tasks[follower].tactic
                if tactic == task.tactic or (self.selection is not None and tactic in self.selection):
                    latest = self.network.closes(number, follower, self._latest_start(follower))
                    self.deadline[number] = min(self.deadline[number], latest)

    def _latest_start(self, number: int) -> int:
        deadline = self.deadline[number]
        work = self.network.tasks[number].job.minutes
        if deadline < 0:
            return -1
        return max((own.latest_start(deadline, work) for own in self.calendars[number]), default=-1)


def _calendars(network: Network, task: NumberedTask) -> tuple[Calendar, ...]:
    """Return the calendars on which the task can be done: each owner's, or their sum where it is split."""
    own = tuple(network.calendars[worker] for worker in task.workers)
    if not task.job.split or not own:
        return own
    return (calendar([sum(day) for day in zip(*(one.minutes for one in own), strict=True)]),)


def _hopeless(network: Network, finder: _WindowFinder) -> set[int]:
    """Return the tactics that cannot be placed: no time, nobody able, or what they require cannot be placed."""
    ordered = set(network.order)
    hopeless = {
        task.tactic
        for task in network.tasks
        if task.number not in ordered or finder.finish[task.number] > finder.deadline[task.number]
    }
    grown = True
    while grown:
        behind = {tactic for tactic, required in enumerate(network.requires) if not hopeless.isdisjoint(required)}
        grown = not behind <= hopeless
        hopeless |= behind
    return hopeless
