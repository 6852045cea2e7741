"""Windows between days of hand-over: they meet there, so each member's work can be laid out by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.planning.network import Network
    from revplan.planning.solve.board import Plan

    Choice = Callable[[range], int]
    """Which of the days between two tasks the one hands over to the other on."""


def earliest(days: range) -> int:
    """Hand over as soon as the work is done."""
    return days[0]


def latest(days: range) -> int:
    """Hand over when the next work begins."""
    return days[-1]


def halfway(days: range) -> int:
    """Hand over in the middle."""
    return days[len(days) // 2]


def hand_overs(network: Network, plan: Plan, choice: Choice = earliest) -> dict[int, int]:
    """Return the day on which each of the plan's tasks is done that hands over; that is a choice where there are more.

    What waits may begin long after the deadline of what it waits for, which is still to be kept.

    Args:
        network: the problem.
        plan: owners and days; its own days fit whatever is chosen.
        choice: is asked for each of these tasks, in the order of their numbers.
    """
    days = {}
    for number in sorted(plan.owners):
        begins = [plan.start(follower) for follower in network.tasks[number].after if follower in plan.owners]
        if begins:
            deadline = network.candidates[network.tasks[number].tactic].deadline
            days[number] = choice(range(plan.due(number), min(deadline, *begins) + 1))
    return days


def between(network: Network, plan: Plan, days: Mapping[int, int]) -> dict[int, Window]:
    """Return the window of each of the plan's tasks, given the days of hand-over."""
    last = len(network.problem.days) - 1
    windows = {}
    for number in plan.owners:
        task = network.tasks[number]
        candidate = network.candidates[task.tactic]
        release = max([0, candidate.release, *(days[first] for first in task.before if first in days)])
        windows[number] = Window(release, days.get(number, min(last, candidate.deadline)))
    return windows
