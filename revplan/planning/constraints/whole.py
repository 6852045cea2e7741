"""A tactic is placed whole or not at all: every minute of every task has an owner and a day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Schedule, SelectionModel


def post(selection: SelectionModel) -> None:
    """Give every task of a placed tactic its one owner, or the demand's members all its minutes, and no others any."""
    for demand in selection.demands:
        parts = [term for _, term in demand.parts]
        if len(parts) < 2:  # noqa: PLR2004 - one possible owner: there is nothing to choose
            continue
        (placed, minutes), *others = demand.needs
        is_unit = not others and all(factor == minutes for _, factor in parts)
        needs = [(placed, 1)] if is_unit else demand.needs
        given = [(column, 1 if is_unit else factor) for column, factor in parts]
        selection.model.row([*given, *((column, -need) for column, need in needs)], least=0, most=0)


def allows(_schedule: Schedule, _tactic: int) -> bool:
    """Return True: a schedule takes in all tasks of a tactic or none."""
    return True


def explain(_placed: Placed, _candidate: Candidate) -> Reason | None:
    """Return None: its tasks are looked at together."""
    return None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
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
