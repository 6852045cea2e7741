"""The days within which each task can be done, from deadlines and from the least time its neighbours take.

Head and tail bounds as in project scheduling: a task cannot start before what it follows could end at best, nor
end after the day on which what follows it must start at the latest. They leave out nothing that is possible.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.instance import REMEMBERED, calendar

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from revplan.planning.instance import Calendar, Instance, NumberedTask


HALF_WEEKS = (0, 3)
"""Weekdays on which a half week begins: Monday and Thursday."""


class Window(NamedTuple):
    """First and last day on which a task may be worked on, both included."""

    release: int
    deadline: int


def windows(instance: Instance) -> Mapping[int, Window]:
    """Return the window of each task whose tactic can be placed, by the tasks' numbers.

    Every tactic is looked at as if only what it requires itself were placed, so all windows are as wide as they can be
    in any plan, and tactics beyond hope are told from the rest.
    """
    return _window_finder(instance).widest


def selected_windows(instance: Instance, selection: Collection[int]) -> dict[int, Window] | None:
    """Return the windows of a selection's tasks, given that all of it is placed; None where that cannot be."""
    return _window_finder(instance).select(selection)


def calendars_of_tasks(instance: Instance) -> tuple[tuple[Calendar, ...], ...]:
    """Return the calendars on which each task can be done: each able member's, or their sum where it is split."""
    return _window_finder(instance).calendars


def able(instance: Instance, task: NumberedTask, window: Window) -> tuple[int, ...]:
    """Return the workers who may own the task, or a piece of it, and have the minutes for that in its window."""
    return tuple(
        worker
        for worker in task.workers
        if instance.calendars[worker].within(window.release, window.deadline) >= task.least
    )


def half_weeks(instance: Instance, window: Window) -> Window:
    """Return the window widened to whole half weeks."""
    days = instance.problem.days
    first, last = window
    while first and days[first].weekday() not in HALF_WEEKS:
        first -= 1
    while last + 1 < len(days) and days[last + 1].weekday() not in HALF_WEEKS:
        last += 1
    return Window(first, last)


@lru_cache(maxsize=REMEMBERED)
def _window_finder(instance: Instance) -> _WindowFinder:
    """Return the windows of a problem's selections."""
    return _WindowFinder(instance)


class _WindowFinder:
    """Windows of one selection after another.

    Attributes:
        instance: the problem.
        calendars: what `calendars_of_tasks` returns.
        release: the first day of each task, by what it follows.
        finish: the earliest day on which each task can be done; the number of days if never.
        widest: what `windows` returns.
    """

    def __init__(self, instance: Instance) -> None:
        never = len(instance.problem.days)
        self.instance = instance
        self.calendars = tuple(_calendars(instance, task) for task in instance.tasks)
        self._place = {number: place for place, number in enumerate(instance.order)}
        self.release = [task.release for task in instance.tasks]
        self.finish = [never for _ in instance.tasks]
        for number in instance.order:
            task = instance.tasks[number]
            firsts = (instance.opens(first, number, self.finish[first]) for first in task.before)
            self.release[number] = max(self.release[number], *firsts) if task.before else self.release[number]
            if self.release[number] < never:
                options = (own.finish(self.release[number], task.job.minutes) for own in self.calendars[number])
                self.finish[number] = min(options, default=never)
        deadlines = self.find_deadlines(instance.order, across=False)
        hopeless = _hopeless(instance, self, deadlines)
        self.widest = {
            task.number: Window(self.release[task.number], deadlines[task.number])
            for task in instance.tasks
            if task.tactic not in hopeless
        }

    def select(self, selection: Collection[int]) -> dict[int, Window] | None:
        """Return the windows of a selection's tasks, given that all of it is placed; None where that cannot be.

        Args:
            selection: tactics with all that they require; this must leave them time.
        """
        chosen = [number for tactic in selection for number in self.instance.of[tactic]]
        if not all(number in self._place for number in chosen):
            return None
        deadlines = self.find_deadlines(sorted(chosen, key=self._place.__getitem__), across=True)
        if any(self.finish[number] > deadline for number, deadline in deadlines.items()):
            return None
        return {number: Window(self.release[number], deadlines[number]) for number in chosen}

    def find_deadlines(self, ordered: Sequence[int], *, across: bool) -> dict[int, int]:
        """Return the last day of each of these tasks that leaves time for what follows it among them.

        Args:
            ordered: the tasks, each after those it follows.
            across: whether what follows in another tactic must be left time too.
        """
        instance, deadlines = self.instance, {}
        for number in reversed(ordered):
            task = instance.tasks[number]
            deadlines[number] = task.deadline
            for follower in task.after:
                if follower in deadlines and (across or instance.tasks[follower].tactic == task.tactic):
                    latest = instance.closes(number, follower, self._latest_start(follower, deadlines[follower]))
                    deadlines[number] = min(deadlines[number], latest)
        return deadlines

    def _latest_start(self, number: int, deadline: int) -> int:
        work = self.instance.tasks[number].job.minutes
        if deadline < 0:
            return -1
        return max((own.latest_start(deadline, work) for own in self.calendars[number]), default=-1)


def _calendars(instance: Instance, task: NumberedTask) -> tuple[Calendar, ...]:
    own = tuple(instance.calendars[worker] for worker in task.workers)
    if not task.job.split or not own:
        return own
    return (calendar([sum(day) for day in zip(*(one.minutes for one in own), strict=True)]),)


def _hopeless(instance: Instance, finder: _WindowFinder, deadlines: Mapping[int, int]) -> set[int]:
    """Return the tactics that cannot be placed: no time, nobody able, or what they require cannot be placed."""
    hopeless = {task.tactic for task in instance.tasks if finder.finish[task.number] > deadlines.get(task.number, -1)}
    grown = True
    while grown:
        behind = {tactic for tactic, required in enumerate(instance.requires) if not hopeless.isdisjoint(required)}
        grown = not behind <= hopeless
        hopeless |= behind
    return hopeless
