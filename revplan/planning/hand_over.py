"""Windows for work beside what is placed: what stays keeps its days of hand-over, what is new may choose among some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from revplan.planning.network import Network, NumberedTask

    Days = Callable[[Network, range], Collection[int]]
    """Which of a stretch of days work may be handed over on."""

WEEKDAYS = (0, 3)
FEW_DAYS = 7
"""Days on each of which work may be handed over; where there are more, on some of them."""


def weekly(network: Network, days: range) -> Collection[int]:
    """Return the Mondays, or all days where they are few."""
    return [day for day in days if len(days) <= FEW_DAYS or network.problem.days[day].weekday() == 0]


def twice_weekly(network: Network, days: range) -> Collection[int]:
    """Return the Mondays and Thursdays, or all days where they are few."""
    return [day for day in days if len(days) <= FEW_DAYS or network.problem.days[day].weekday() in WEEKDAYS]


def never(_network: Network, _days: range) -> Collection[int]:
    """Return no day: whatever hands over does so as it comes."""
    return ()


def options(network: Network, due: Mapping[int, int], days: Days) -> dict[int, tuple[Window, ...]]:
    """Return the windows each task may have.

    Args:
        network: the problem.
        due: the day on which each task ends that keeps its days of hand-over.
        days: on which the others may hand over.
    """
    return {
        task.number: (_as_placed(network, task, due),) if task.number in due else _new(network, task, due, days)
        for task in network.tasks
    }


def _as_placed(network: Network, task: NumberedTask, due: Mapping[int, int]) -> Window:
    """Return the window of a placed task: after what it follows has ended, and until it ends where others wait."""
    release = _release(network, task, due)
    return Window(release, due[task.number] if task.after else task.deadline)


def _new(network: Network, task: NumberedTask, due: Mapping[int, int], days: Days) -> tuple[Window, ...]:
    """Return the parts of a task's days between days of hand-over."""
    deadline = task.deadline
    release = _release(network, task, due)
    between = days(network, range(release, deadline + 1))
    begins = {release, *(between if any(first not in due for first in task.before) else ())}
    ends = {deadline, *(between if any(follower not in due for follower in task.after) else ())}
    return tuple(Window(begin, end) for begin in sorted(begins) for end in sorted(ends) if begin <= end)


def _release(network: Network, task: NumberedTask, due: Mapping[int, int]) -> int:
    """Return the first day of a task by its dates and by what it follows that keeps its day of hand-over."""
    begins = (network.opens(first, task.number, due[first]) for first in task.before if first in due)
    return max([task.release, *begins])
