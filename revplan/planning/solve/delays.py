"""Delays on a replan: where something has slipped, what is worth more is late by less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.effort import EFFORT
from revplan.planning.solve.attendance import tasks_apart
from revplan.planning.solve.dispatch import best_first
from revplan.planning.solve.schedule import selection_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from revplan.planning.instance import Instance, NumberedTask
    from revplan.planning.solve.dispatch import MayOwn
    from revplan.planning.timetable import Solution


def share_delay(
    instance: Instance, dated: Solution, held: Collection[int], found: Solution, may_own: MayOwn
) -> Solution:
    """Return a plan in which what is worth more is late by less, though what is worth less moves for it.

    Dates are kept first, so what has slipped gets what is left, were it the best of all. Where the time of a tactic
    went by undone and it ends later than it was written to, what is worth less and holds days of its people lets go of
    them, if the sum of value times days late is less then: all of it, or what is worth least.

    Args:
        instance: the problem.
        dated: the plan with the days that are kept.
        held: the tasks that keep them.
        found: the plan that came of it.
        may_own: says which owners a task may have instead.
    """
    best, least, kept = found, delay(instance, found), frozenset(held)
    tried: set[tuple[int, ...]] = set()
    while len(tried) < EFFORT.delays:
        yielding = _next_to_yield(instance, best, kept, tried)
        if not yielding:
            break
        tried.add(yielding)
        fewer = kept - {number for tactic in yielding for number in instance.of[tactic]}
        other = best_first(instance, dated, fewer, may_own)
        if (late := delay(instance, other)) < least and not tasks_apart(instance, other):
            best, least, kept = other, late, fewer
    return best


def delay(instance: Instance, plan: Solution) -> int:
    """Return the sum of value times the days by which tactics end later than they were written to."""
    return sum(_delays(instance, plan).values())


def _delays(instance: Instance, plan: Solution) -> dict[int, int]:
    found = {}
    for tactic in selection_of(instance, plan):
        spans = [instance.tasks[number].job.span for number in instance.of[tactic]]
        written = max((span[1] for span in spans if span is not None), default=None)
        if written is not None:
            late = max(plan.due(number) for number in instance.of[tactic]) - written
            found[tactic] = instance.candidates[tactic].value * max(0, late)
    return found


def _is_behind(instance: Instance, tactic: int) -> bool:
    """Tell whether some task of a tactic cannot be done by its written day any more, whatever else gave way."""
    tasks = [instance.tasks[number] for number in instance.of[tactic]]
    return any(_is_over(instance, task) for task in tasks if task.job.written)


def _is_over(instance: Instance, task: NumberedTask) -> bool:
    """Tell whether a written task's days are over, or too few are left of them for any one of its people."""
    if task.job.span is None:
        return True
    own = (instance.calendars[worker] for worker in task.workers)
    soonest = min((one.finish(task.release, task.least) for one in own), default=0)
    return soonest > task.job.span[1]


def _next_to_yield(
    instance: Instance, plan: Solution, held: frozenset[int], tried: Collection[tuple[int, ...]]
) -> tuple[int, ...]:
    """Return tactics that hold days of the people of a late one that is worth more; nothing where all were tried."""
    late = {
        tactic: amount for tactic, amount in _delays(instance, plan).items() if amount and _is_behind(instance, tactic)
    }
    for tactic in sorted(late, key=lambda one: (-late[one], one)):
        waits = [number for number in instance.of[tactic] if number not in held]
        people = {worker for number in waits for worker, _ in plan.owners[number]}
        end = max((plan.due(number) for number in waits), default=-1)
        others = {
            instance.tasks[number].tactic
            for number in held
            if plan.start(number) <= end and any(worker in people for worker, _ in plan.owners[number])
        }
        values = {one: instance.candidates[one].value for one in others}
        less = sorted(one for one in others if values[one] < instance.candidates[tactic].value)
        least = sorted(less, key=lambda one: (values[one], one))[:1]
        for yielding in (tuple(less), tuple(least)):
            if yielding and yielding not in tried:
                return yielding
    return ()
