"""Windows for work beside what is placed: what stays keeps its days of hand-over, what is new may choose among some.

What others help with takes its time too: a task that waits does not begin before what it waits for could be done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.windows import Window, windows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from revplan.planning.instance import Instance, NumberedTask

    Days = Callable[[Instance, range], Collection[int]]
    """Which of a stretch of days work may be handed over on."""

WEEKDAYS = (0, 3)
FEW_DAYS = 7
"""Days on each of which work may be handed over; where there are more, on some of them."""


def weekly(instance: Instance, days: range) -> Collection[int]:
    """Return the Mondays, or all days where they are few."""
    return [day for day in days if len(days) <= FEW_DAYS or instance.problem.days[day].weekday() == 0]


def twice_weekly(instance: Instance, days: range) -> Collection[int]:
    """Return the Mondays and Thursdays, or all days where they are few."""
    return [day for day in days if len(days) <= FEW_DAYS or instance.problem.days[day].weekday() in WEEKDAYS]


def never(_instance: Instance, _days: range) -> Collection[int]:
    """Return no day: whatever hands over does so as it comes."""
    return ()


def options(instance: Instance, due: Mapping[int, int], days: Days) -> dict[int, tuple[Window, ...]]:
    """Return the windows each task may have.

    Args:
        instance: the problem.
        due: the day on which each task ends that keeps its days of hand-over.
        days: on which the others may hand over.
    """
    widest = windows(instance)
    return {
        task.number: (_as_placed(instance, task, due),)
        if task.number in due
        else _new(instance, task, due, widest.get(task.number), days)
        for task in instance.tasks
    }


def _as_placed(instance: Instance, task: NumberedTask, due: Mapping[int, int]) -> Window:
    """Return the window of a placed task: after what it follows has ended, and until it ends where others wait."""
    release = _release(instance, task, due)
    return Window(release, due[task.number] if task.after else task.deadline)


def _new(
    instance: Instance, task: NumberedTask, due: Mapping[int, int], widest: Window | None, days: Days
) -> tuple[Window, ...]:
    """Return the parts of a task's days between days of hand-over: of those it can have if any, else of its own."""
    release, deadline = widest or (task.release, task.deadline)
    release = max(release, _release(instance, task, due))
    between = days(instance, range(release, deadline + 1))
    begins = {release, *(between if any(first not in due for first in task.before) else ())}
    ends = {deadline, *(between if any(follower not in due for follower in task.after) else ())}
    return tuple(Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)


def _release(instance: Instance, task: NumberedTask, due: Mapping[int, int]) -> int:
    """Return the first day of a task by its dates and by what it follows that keeps its day of hand-over."""
    begins = (instance.opens(first, task.number, due[first]) for first in task.before if first in due)
    return max([task.release, *begins])
