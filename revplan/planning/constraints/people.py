"""The people who do a task at once are different members, on the same days for as long.

Hours of a day are not told apart, so what is at once is as much on each day for each of them. Where somebody has done
some of their part alone, nothing is left to be done at once, and each does the rest when they can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.problem import is_at_once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.instance import Instance
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Model, Schedule, SelectionModel
    from revplan.planning.timetable import Owners


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


def parts_at_once(instance: Instance, owners: Owners, loose: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return for each part of a task that several people do at once all its parts, where each is as long.

    Args:
        instance: the problem.
        owners: of all tasks.
        loose: the tasks that may be laid out anew.
    """
    found: dict[int, tuple[int, ...]] = {}
    for group in groups(instance, sorted(loose)):
        minutes = {part for number in group for _, part in owners[number]} if set(group) <= set(loose) else set()
        if len(minutes) == 1:
            found |= dict.fromkeys(group, group)
    return found


def are_apart(instance: Instance, owners: Owners, changed: Iterable[int]) -> bool:
    """Tell whether the people who do each of these tasks at once are different members who have days for it."""
    return all(
        instance.may_meet(number, owners[number][0][0], owners[other][0][0])
        for number in changed
        for other in instance.tasks[number].beside
    )


def keep_apart(model: Model, instance: Instance, owned: Iterable[tuple[int, int, int]]) -> None:
    """Let nobody own two parts of a task that several people do at once, and no two who can never be at it together.

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
    for first in sorted({first for first, _ in columns} & instance.strangers.keys()):
        for worker, other in sorted(instance.strangers[first]):
            both = (*columns.get((first, worker), ()), *columns.get((first, other), ()))
            if worker < other and both:
                model.row([(column, 1) for column in both], most=1)


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


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say which of its tasks have people with the hours, but on different days; None where the hours are short."""
    return placed.apart(candidate) if any(job.of for job in candidate.jobs) else None


def can_meet(parts: Sequence[Mapping[str, Sequence[int]]], minutes: int) -> bool:
    """Tell whether as many different members as a task takes have the minutes for it on the same days.

    Args:
        parts: of each of the people, the free minutes by day of the members it may be.
        minutes: of each.
    """
    looks = LOOKS

    def find(place: int, chosen: tuple[str, ...], common: Sequence[int] | None) -> bool:
        nonlocal looks
        if place == len(parts):
            return True
        is_like_last = place > 0 and parts[place].keys() == parts[place - 1].keys()
        for name, row in sorted(parts[place].items()):
            if name in chosen or (is_like_last and name < chosen[-1]):
                continue
            looks -= 1
            rest = row if common is None else [*map(min, common, row)]
            if sum(rest) >= minutes and (looks < 0 or find(place + 1, (*chosen, name), rest)):
                return True
        return False

    return find(0, (), None)


LOOKS = 20_000
"""Members looked at for the people of a task, after which it is taken that they can meet."""


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield members who have two parts of a task that several people do at once, and tasks whose people do not meet."""
    tasks = {(candidate.id, job.id): job.of for candidate in problem.candidates for job in candidate.jobs}
    seen = set()
    for assignment in allocation.assignments:
        of = tasks.get((assignment.tactic, assignment.task))
        part = assignment.tactic, of, assignment.worker
        if of is not None and part in seen:
            yield f"{assignment.tactic}/{of}: {assignment.worker} is two of its people"
        seen.add(part)
    days_of: dict[tuple[str, str | None], set[tuple[tuple[int, int], ...]]] = {}
    for one in allocation.assignments:
        days_of.setdefault((one.tactic, tasks.get((one.tactic, one.task))), set()).add(one.days)
    for candidate in problem.candidates:
        for task in sorted({job.of for job in candidate.jobs if job.of is not None}):
            parts = [job for job in candidate.jobs if job.of == task]
            if is_at_once(parts) and len(days_of.get((candidate.id, task), ())) > 1:
                yield f"{candidate.id}/{task}: its people are not at it on the same days for as long"
