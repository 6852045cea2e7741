"""A sprint that differs a little from one that is planned, planned again from that plan: for questions about value.

There are no finishing touches, and the effort is a part of that of `best`, so dozens can be asked in a second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.planning.effort import EFFORT, Effort
from revplan.planning.instance import build_instance
from revplan.planning.solve.choose import Rounds, allocation_of
from revplan.planning.solve.schedule import NOTHING, Solution

if TYPE_CHECKING:
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation, SprintProblem

QUICK = replace(EFFORT, rounds=2, nodes=200, day_nodes=0)
"""On the example plans what comes out is as good as with twenty times the nodes; with fifty nodes half of it was."""

GLANCE = replace(EFFORT, rounds=1, nodes=20, day_nodes=0)
"""For whether a given selection has owners and days."""


def replan(problem: SprintProblem, plan: Allocation | None, effort: Effort = QUICK) -> Allocation:
    """Return the best plan found within the limits of `effort`.

    Args:
        problem: the sprint.
        plan: one that is sound for it, to begin with; None to begin with nothing.
        effort: the limits of the search.
    """
    numbered = build_instance(problem)
    start = _number(numbered, plan) if plan is not None else NOTHING
    search = Rounds(numbered, start, _silent, effort)
    search.find_best()
    return allocation_of(numbered, search.plan, search.bound)


def _silent(_step: str) -> None:
    """Ignore a progress message."""


def _number(numbered: Instance, plan: Allocation) -> Solution:
    """Return a plan by the numbers of the problem."""
    numbers = {(numbered.candidates[task.tactic].id, task.job.id): task.number for task in numbered.tasks}
    workers = {worker.id: number for number, worker in enumerate(numbered.workers)}
    owners: dict[int, list[tuple[int, int]]] = {}
    days = {}
    for one in plan.assignments:
        number, worker = numbers[one.tactic, one.task], workers[one.worker]
        owners.setdefault(number, []).append((worker, one.minutes))
        days[number, worker] = one.days
    return Solution({number: tuple(sorted(parts)) for number, parts in owners.items()}, days)
