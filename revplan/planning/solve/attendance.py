"""Attendance: the people of a task are at it on the same days, or its tactic is not in the plan.

The selection, the owners and the windows know of it only that two members with too few common days are no pair. What
they come to is laid out here once more, in an order of work; where that leaves people apart, other orders and owners
are tried (`in_time`), and otherwise a tactic leaves the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.people import parts_at_once
from revplan.planning.problem import TIERS
from revplan.planning.solve.construct import without
from revplan.planning.solve.dispatch import Queue
from revplan.planning.timetable import Solution

if TYPE_CHECKING:
    from revplan.planning.instance import Instance


def tasks_apart(instance: Instance, plan: Solution) -> tuple[int, ...]:
    """Return the first part of each task whose people are not at it on the same days for as long."""
    if not any(instance.tasks[number].beside for number in plan.owners):
        return ()
    together = parts_at_once(instance, plan.owners, plan.owners)
    return tuple(
        group[0]
        for group in dict.fromkeys(together.values())
        if len({plan.days[number, plan.owners[number][0][0]] for number in group}) > 1
    )


def meet(instance: Instance, plan: Solution) -> Solution | None:
    """Return the plan with days on which the people of each task are at it at once; None where no order has any."""
    if not tasks_apart(instance, plan):
        return plan
    days = Queue(instance, plan, ()).lay_out()
    return Solution(plan.owners, days) if days is not None else None


def keep_those_who_meet(instance: Instance, plan: Solution) -> Solution:
    """Return the plan without tactics whose people do not meet, those of least worth for their work first."""
    while (found := meet(instance, plan)) is None:
        apart = {instance.tasks[number].tactic for number in tasks_apart(instance, plan)}
        gone: set[int] = set()
        instance.add_with_dependents(min(apart, key=lambda one: _loss(instance, one)), gone)
        plan = without(instance, plan, gone)
    return found


def _loss(instance: Instance, tactic: int) -> tuple[bool, int, int, int]:
    """Return what a tactic's leaving costs: the least first."""
    candidate = instance.candidates[tactic]
    return candidate.kept, -TIERS.index(candidate.tier), candidate.value * 1000 // max(1, candidate.minutes), -tactic
