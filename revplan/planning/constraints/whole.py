"""A tactic is placed whole or not at all: every minute of every task has an owner and a day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.master import Master


def post(master: Master) -> None:
    """Give every task of a placed tactic its one owner, or its pieces all its minutes, and no others any."""
    for number, _ in master.tasks():
        task = master.network.tasks[number]
        need = task.job.minutes if task.job.split else 1
        terms = [(master.placed[task.tactic], -need)]
        for worker in master.workers(number):
            column, factor = master.minutes(number, worker)
            terms.append((column, factor if task.job.split else 1))
        master.model.row(terms, least=0, most=0)


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield tasks with too few or too many minutes, and work that no candidate asks for."""
    given: Counter[tuple[str, str]] = Counter()
    for assignment in allocation.assignments:
        given[assignment.tactic, assignment.task] += assignment.minutes
        if sum(minutes for _, minutes in assignment.days) != assignment.minutes:
            yield f"{assignment.tactic}/{assignment.task}: the days do not add up to {assignment.minutes} minutes"
    placed = set(allocation.placed)
    wanted = {
        (candidate.id, job.id): job.minutes
        for candidate in problem.candidates
        if candidate.id in placed
        for job in candidate.jobs
    }
    for tactic, task in sorted(wanted.keys() | given.keys()):
        need, got = wanted.get((tactic, task), 0), given[tactic, task]
        if need != got:
            yield f"{tactic}/{task}: {got} of {need} minutes are given"
