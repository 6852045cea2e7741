"""What a plan is worth besides its value, worked out from the problem and its assignments alone."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .plain_model import TIERS

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem, TaskAssignment, Worker

QUARTER = 15


class Measures(NamedTuple):
    """How good a plan is.

    Attributes:
        tiers: value of the placed musts, shoulds and nice-to-haves, in thousandths.
        finish: the working day on which value comes in, on average: each tactic on the day on which it is finished,
            weighted by its value. The sprint's first day with anybody's hours is 1.
        pieces: stretches of a member's workdays on one task, for each task with an owner: 1 where all work goes on
            until it is done.
        crumbs: days with less than a quarter of an hour of a task that has more to do.
        spend: external spend in cents, to the hour's sixtieth.
    """

    tiers: tuple[int, ...]
    finish: float
    pieces: float
    crumbs: int
    spend: int


def measure(problem: SprintProblem, allocation: Allocation) -> Measures:
    """Return the measures of a plan."""
    parts = allocation.assignments
    rates = {worker.id: worker.rate for worker in problem.workers}
    stretches = _count_stretches(problem, parts)
    return Measures(
        tiers=tuple(_sum_values(problem, allocation, tier) for tier in TIERS),
        finish=_weigh_finish(problem, parts),
        pieces=stretches / max(1, len(parts)),
        crumbs=sum(minutes < min(QUARTER, part.minutes) for part in parts for _, minutes in part.days),
        spend=sum(part.minutes * rates[part.worker] for part in parts) // 60,
    )


def _sum_values(problem: SprintProblem, allocation: Allocation, tier: str) -> int:
    placed = frozenset(allocation.placed)
    return sum(one.value for one in problem.candidates if one.id in placed and one.tier == tier)


def _weigh_finish(problem: SprintProblem, parts: tuple[TaskAssignment, ...]) -> float:
    workdays = [day for day in range(len(problem.days)) if any(worker.minutes[day] for worker in problem.workers)]
    number = {day: index for index, day in enumerate(workdays, start=1)}
    finished: dict[str, int] = defaultdict(int)
    for part in parts:
        finished[part.tactic] = max(finished[part.tactic], number[part.due])
    values = {one.id: one.value for one in problem.candidates}
    total = sum(values[tactic] for tactic in finished)
    return sum(values[tactic] * day for tactic, day in finished.items()) / total if total else 0.0


def _count_stretches(problem: SprintProblem, parts: tuple[TaskAssignment, ...]) -> int:
    """Return in how many stretches of a member's consecutive workdays the work is done."""
    place = {worker.id: _number_workdays(worker) for worker in problem.workers}
    stretches = 0
    for part in parts:
        days = [place[part.worker][day] for day, _ in part.days]
        stretches += 1 + sum(later - day > 1 for day, later in pairwise(days))
    return stretches


def _number_workdays(worker: Worker) -> dict[int, int]:
    workdays = (day for day, minutes in enumerate(worker.minutes) if minutes)
    return {day: index for index, day in enumerate(workdays)}
