"""Nobody is given more than their plannable minutes on any day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.planning.explain.claims import Reason
    from revplan.planning.explain.reason import Placed
    from revplan.planning.instance import Calendar
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve import Model, Schedule, SelectionModel

    Entry = tuple[int, int, tuple[int, int]]
    """First day, last day, and the term for the minutes of work that lies between."""


def post(selection: SelectionModel) -> None:
    """Bound the work of each member, or group of alike members, whose windows lie in a stretch of days."""
    work: list[list[Entry]] = [[] for _ in selection.calendars]
    for demand in selection.demands:
        for one, terms in selection.work(demand):
            work[one].extend((*demand.window, term) for term in terms)
    for calendar, entries in zip(selection.calendars, work, strict=True):
        bound(selection.model, calendar, entries)


def allows(schedule: Schedule, tactic: int) -> bool:
    """Tell whether each task has members with the minutes for it, if all else could be moved out of its days."""
    return all(has_minutes(schedule, number) for number in schedule.instance.of[tactic])


def has_minutes(schedule: Schedule, number: int) -> bool:
    """Tell whether a task has members with the minutes for it, if all else could be moved out of its days."""
    task = schedule.instance.tasks[number]
    free = [schedule.free(worker) for worker in task.workers]
    if task.job.split:
        return sum(max(0, minutes) for minutes in free) >= task.job.minutes
    return any(minutes >= task.job.minutes for minutes in free)


def bound(model: Model, calendar: Calendar, entries: Sequence[Entry]) -> None:
    """Bound one member's work in every stretch of days.

    Args:
        model: gets the rows.
        calendar: the member's.
        entries: (first day, last day, term for the minutes) of all the work the member may get.
    """
    soonest: dict[int, int] = {}
    latest: dict[int, int] = {}
    for first, last, _ in entries:
        soonest[first] = min(last, soonest.get(first, last))
        latest[last] = max(first, latest.get(last, first))
    for first in sorted(soonest):
        later = [entry for entry in entries if entry[0] >= first]
        ending: Counter[int] = Counter()
        for _, last, (column, factor) in later:
            ending[last] += factor * model.upper[column]
        most = 0
        for last in sorted(latest):
            most += ending[last]
            is_bounded_by_work = soonest[first] <= last and latest[last] >= first
            if is_bounded_by_work and most > (room := calendar.within(first, last)):
                model.row([term for _, end, term in later if end <= last], most=room)


def explain(placed: Placed, candidate: Candidate) -> Reason | None:
    """Say which skills or members have too few minutes left for it, within its days or in the whole sprint."""
    return placed.short_of_hours(candidate)


def check(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    """Yield members and days with more work than minutes, days out of order, and work of no minutes."""
    given: Counter[tuple[str, int]] = Counter()
    for assignment in allocation.assignments:
        numbers = [day for day, _ in assignment.days]
        if not numbers or numbers != sorted(set(numbers)) or any(minutes < 1 for _, minutes in assignment.days):
            yield f"{assignment.tactic}/{assignment.task}: its days are out of order or empty"
        for day, minutes in assignment.days:
            given[assignment.worker, day] += minutes
    room = {(worker.id, day): minutes for worker in problem.workers for day, minutes in enumerate(worker.minutes)}
    for (worker, day), minutes in sorted(given.items()):
        if minutes > room.get((worker, day), 0):
            yield f"{worker}: {minutes} of {room.get((worker, day), 0)} minutes on day {day}"
