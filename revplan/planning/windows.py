"""The days within which each task can be done, from deadlines and from the least time its neighbours take.

Head and tail bounds as in project scheduling: a task cannot start before what it follows could end at best, nor
end after the day on which what follows it must start at the latest. They leave out nothing that is possible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.instance import calendar

if TYPE_CHECKING:
    from collections.abc import Collection

    from revplan.planning.instance import Calendar, Instance, NumberedTask


HALF_WEEKS = (0, 3)
"""Weekdays on which a half week begins: Monday and Thursday."""


class Window(NamedTuple):
    """First and last day on which a task may be worked on, both included."""

    release: int
    deadline: int


def windows(instance: Instance, selection: Collection[int] | None = None) -> tuple[Window | None, ...]:
    """Return the window of each task, None where its tactic cannot be placed.

    Args:
        instance: the problem.
        selection: the tactics known to be placed: what they require must leave them time. Without it, every
            tactic is looked at as if only what it requires itself were placed, so all windows are as wide as
            they can be in any plan, and tactics beyond hope are told from the rest.
    """
    finder = _WindowFinder(instance, selection)
    finder.forward()
    finder.backward()
    hopeless = _hopeless(instance, finder)
    return tuple(
        None if task.tactic in hopeless else Window(finder.release[task.number], finder.deadline[task.number])
        for task in instance.tasks
    )


def able(instance: Instance, task: NumberedTask, window: Window) -> tuple[int, ...]:
    """Return the workers who may own the task, or a piece of it, and have the minutes for that in its window."""
    return tuple(
        worker
        for worker in task.workers
        if instance.calendars[worker].within(window.release, window.deadline) >= task.least
    )


def half_weeks(instance: Instance, window: Window) -> tuple[int, int]:
    """Return the window widened to whole half weeks."""
    days = instance.problem.days
    first, last = window
    while first and days[first].weekday() not in HALF_WEEKS:
        first -= 1
    while last + 1 < len(days) and days[last + 1].weekday() not in HALF_WEEKS:
        last += 1
    return first, last


class _WindowFinder:
    """Releases and deadlines being worked out, first forward and then backward through the tasks."""

    def __init__(self, instance: Instance, selection: Collection[int] | None) -> None:
        last = len(instance.problem.days) - 1
        self.instance = instance
        self.selection = selection
        self.calendars = [_calendars(instance, task) for task in instance.tasks]
        self.release = [task.release for task in instance.tasks]
        self.deadline = [task.deadline for task in instance.tasks]
        self.finish = [last + 1 for _ in instance.tasks]

    def forward(self) -> None:
        """Work out releases and the earliest day each task can be finished."""
        never = len(self.instance.problem.days)
        for number in self.instance.order:
            task = self.instance.tasks[number]
            firsts = (self.instance.opens(first, number, self.finish[first]) for first in task.before)
            self.release[number] = max(self.release[number], *firsts) if task.before else self.release[number]
            if self.release[number] < never:
                options = (own.finish(self.release[number], task.job.minutes) for own in self.calendars[number])
                self.finish[number] = min(options, default=never)

    def backward(self) -> None:
        """Work out deadlines: of tasks of the same tactic, and of the tactics known to be placed."""
        for number in reversed(self.instance.order):
            task = self.instance.tasks[number]
            for follower in task.after:
                tactic = self.instance.tasks[follower].tactic
                if tactic == task.tactic or (self.selection is not None and tactic in self.selection):
                    latest = self.instance.closes(number, follower, self._latest_start(follower))
                    self.deadline[number] = min(self.deadline[number], latest)

    def _latest_start(self, number: int) -> int:
        deadline = self.deadline[number]
        work = self.instance.tasks[number].job.minutes
        if deadline < 0:
            return -1
        return max((own.latest_start(deadline, work) for own in self.calendars[number]), default=-1)


def _calendars(instance: Instance, task: NumberedTask) -> tuple[Calendar, ...]:
    """Return the calendars on which the task can be done: each owner's, or their sum where it is split."""
    own = tuple(instance.calendars[worker] for worker in task.workers)
    if not task.job.split or not own:
        return own
    return (calendar([sum(day) for day in zip(*(one.minutes for one in own), strict=True)]),)


def _hopeless(instance: Instance, finder: _WindowFinder) -> set[int]:
    """Return the tactics that cannot be placed: no time, nobody able, or what they require cannot be placed."""
    ordered = set(instance.order)
    hopeless = {
        task.tactic
        for task in instance.tasks
        if task.number not in ordered or finder.finish[task.number] > finder.deadline[task.number]
    }
    grown = True
    while grown:
        behind = {tactic for tactic, required in enumerate(instance.requires) if not hopeless.isdisjoint(required)}
        grown = not behind <= hopeless
        hopeless |= behind
    return hopeless
