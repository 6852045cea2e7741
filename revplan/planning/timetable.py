"""Owners to dates: earliest deadline first on each member's days, a follower never before what it follows.

On one calendar, work that may be interrupted is best done by earliest deadline (Horn 1974); a task's deadline
here is first tightened to leave its followers their time. Whoever is first in that order takes the first free
minutes, so the whole is one pass over the pieces of work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.problem import TaskAssignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation
    from revplan.planning.windows import Window

    Owners = Mapping[int, tuple[tuple[int, int], ...]]
    """For each placed task, its (worker, minutes), sorted by worker."""

    Days = tuple[tuple[int, int], ...]
    """(day, minutes), in order."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan by number: who does what on which days.

    Attributes:
        owners: of each placed task, (worker, minutes).
        days: by (task, worker), (day, minutes).
    """

    owners: Owners
    days: Mapping[tuple[int, int], Days]

    def start(self, number: int) -> int:
        """Return the first day on which a task is worked on."""
        return min(self.days[number, worker][0][0] for worker, _ in self.owners[number])

    def due(self, number: int) -> int:
        """Return the day on which a task is done."""
        return max(self.days[number, worker][-1][0] for worker, _ in self.owners[number])


class Timetable(NamedTuple):
    """When every piece of the placed tasks is worked on.

    Attributes:
        plan: with days of each. Where `late` is not empty it is no plan, only where the search may learn.
        late: tasks that end after their window, or not at all, in the order in which they were tried.
    """

    plan: Solution
    late: tuple[int, ...]


def timetable(instance: Instance, owners: Owners, windows: Mapping[int, Window]) -> Timetable:
    """Give each piece of work its days.

    Args:
        instance: the problem.
        owners: of the tasks to be done.
        windows: of the same tasks.
    """
    deadlines = _conditional_deadlines(instance, owners, windows)
    place = {number: index for index, number in enumerate(instance.order)}
    free = [list(worker.minutes) for worker in instance.workers]
    days: dict[tuple[int, int], Days] = {}
    due: dict[int, int] = {}
    late = []
    for task in sorted(owners, key=lambda number: (deadlines[number], place[number])):
        begun = (instance.opens(one, task, due[one]) for one in instance.tasks[task].before if one in due)
        first = max([windows[task].release, *begun])
        due[task] = first
        for worker, minutes in owners[task]:
            days[task, worker] = take(free[worker], first, minutes)
            due[task] = max(due[task], days[task, worker][-1][0])
        if due[task] > windows[task].deadline:
            late.append(task)
    return Timetable(Solution(owners, days), tuple(late))


def assignments(instance: Instance, plan: Solution) -> tuple[TaskAssignment, ...]:
    """Return the assignments that a plan comes to, by the names of the problem."""
    return tuple(
        TaskAssignment(
            tactic=instance.candidates[instance.tasks[number].tactic].id,
            task=instance.tasks[number].job.id,
            worker=instance.workers[worker].id,
            minutes=minutes,
            days=plan.days[number, worker],
        )
        for number in sorted(plan.owners)
        for worker, minutes in plan.owners[number]
    )


def solution_of(instance: Instance, allocation: Allocation) -> Solution:
    """Return an allocation by the numbers of the problem, work of unknown members as if it were the first one's."""
    numbers = {(instance.candidates[task.tactic].id, task.job.id): task.number for task in instance.tasks}
    workers = {worker.id: number for number, worker in enumerate(instance.workers)}
    owners: dict[int, list[tuple[int, int]]] = {}
    days = {}
    for one in allocation.assignments:
        number, worker = numbers[one.tactic, one.task], workers.get(one.worker, 0)
        owners.setdefault(number, []).append((worker, one.minutes))
        days[number, worker] = one.days
    return Solution({number: tuple(sorted(parts)) for number, parts in owners.items()}, days)


def _conditional_deadlines(instance: Instance, owners: Owners, windows: Mapping[int, Window]) -> dict[int, int]:
    """Return each task's deadline, tightened to the day on which its followers' owners must start."""
    deadlines: dict[int, int] = {}
    for number in reversed(instance.order):
        if number in owners:
            starts = (
                instance.closes(number, follower, instance.calendars[worker].latest_start(deadlines[follower], minutes))
                for follower in instance.tasks[number].after
                if follower in deadlines
                for worker, minutes in owners[follower]
            )
            deadlines[number] = max(0, min([windows[number].deadline, *starts]))
    return deadlines


def take(free: list[int], first: int, minutes: int) -> Days:
    """Take the first free minutes from the first day on; what finds no room is put past the last day."""
    taken = []
    for day in range(first, len(free)):
        share = min(free[day], minutes)
        if share:
            taken.append((day, share))
            free[day] -= share
            minutes -= share
            if not minutes:
                return tuple(taken)
    return (*taken, (len(free), minutes))


def unmet(free: Sequence[int], pieces: Iterable[tuple[int, int, int, object]]) -> int:
    """Return the minutes that earliest deadline first leaves undone by their deadlines.

    Args:
        free: minutes by day.
        pieces: (deadline, release, minutes, what it is) of each, sorted.
    """
    left = list(free)
    undone = 0
    start = 0
    for deadline, release, minutes, _ in pieces:
        while start <= deadline and not left[start]:
            start += 1
        need = minutes
        first = start if start > release else release  # noqa: FURB136 - max() takes longer, and this is hot
        for day in range(first, deadline + 1):
            room = left[day]
            if room >= need:
                left[day] = room - need
                break
            need -= room
            left[day] = 0
        else:
            undone += need
    return undone


def first_free(free: Sequence[int], window: Window, minutes: int, quarter: int = 1) -> Days:
    """Return the first free days in the window that hold the minutes; nothing where they do not.

    Args:
        free: minutes of each day.
        window: first and last day.
        minutes: what is to be done.
        quarter: minutes that a day's part is a whole number of, but for the last.
    """
    days = []
    for day in range(window.release, window.deadline + 1):
        room = free[day]
        share = minutes if room >= minutes else room - room % quarter
        if share:
            days.append((day, share))
            minutes -= share
            if not minutes:
                return tuple(days)
    return ()


def common_days(free: Iterable[Sequence[int]], window: Window, minutes: int, quarter: int) -> Days:
    """Return the first days in a window on which several calendars all have the minutes; nothing where they do not.

    Args:
        free: minutes by day of each calendar.
        window: first and last day.
        minutes: what each of the people has to do.
        quarter: minutes that a day's part is a whole number of, but for the last.
    """
    return first_free([min(day) for day in zip(*free, strict=True)], window, minutes, quarter)
