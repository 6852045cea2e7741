"""The people who do a task at once are different members."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Model, Schedule, SelectionModel


def post(selection: SelectionModel) -> None:
    """Give nobody two parts of a task, and place no tactic whose task takes more people than could do it."""
    instance = selection.instance
    for group in groups(instance, selection.tasks()):
        placed = selection.placed[instance.tasks[group[0]].tactic]
        if len({worker for number in group for worker in selection.workers(number)}) < len(group):
            selection.model.row([(placed, 1)], most=0)
    if selection.has_owners:
        owned = (
            (number, worker, selection.owner(number, worker))
            for number in selection.tasks()
            if instance.tasks[number].beside
            for worker in selection.workers(number)
        )
        keep_apart(selection.model, instance, owned)


def groups(instance: Instance, tasks: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the parts of each of these tasks that several people do at once."""
    for number in tasks:
        beside = instance.tasks[number].beside
        if beside and number < min(beside):
            yield number, *beside


def keep_apart(model: Model, instance: Instance, owned: Iterable[tuple[int, int, int]]) -> None:
    """Let nobody own two parts of a task that several people do at once.

    Args:
        model: gets the rows.
        instance: the problem.
        owned: (task, worker, column that is 1 if the worker owns it) of such parts.
    """
    columns: dict[tuple[int, int], list[int]] = {}
    for number, worker, column in owned:
        first = min(number, *instance.tasks[number].beside)
        columns.setdefault((first, worker), []).append(column)
    for own in columns.values():
        if len(own) > 1:
            model.row([(column, 1) for column in own], most=1)


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether as many members as each task takes have the minutes for a part of it."""
    tasks = schedule.instance.tasks
    return all(
        sum(schedule.free(worker) >= tasks[group[0]].job.minutes for worker in _workers(schedule.instance, group))
        >= len(group)
        for group in groups(schedule.instance, schedule.instance.of[tactic])
    )


def _workers(instance: Instance, group: Iterable[int]) -> set[int]:
    return {worker for number in group for worker in instance.tasks[number].workers}


def explain(_placed: Placed, _candidate: Candidate) -> Reason | None:
    """Return None: whether enough members could do its tasks is looked at before anything is solved."""
    return None


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield members who have two parts of a task that several people do at once."""
    tasks = {(candidate.id, job.id): job.of for candidate in problem.candidates for job in candidate.jobs}
    seen = set()
    for assignment in allocation.assignments:
        of = tasks.get((assignment.tactic, assignment.task))
        part = assignment.tactic, of, assignment.worker
        if of is not None and part in seen:
            yield f"{assignment.tactic}/{of}: {assignment.worker} is two of its people"
        seen.add(part)
