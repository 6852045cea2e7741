"""Nobody is given more than their plannable minutes on any day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from revplan.planning.windows import half_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.planning.network import Calendar
    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.master import Master
    from revplan.planning.solve.model import Model

    Entry = tuple[int, int, tuple[int, int]]
    """First day, last day, and the term for the minutes of work that lies between."""


def post(master: Master) -> None:
    """Bound each member's work whose windows lie in a stretch of days by the minutes they have in it.

    Only stretches that begin with some window and end with some window can bind.
    """
    work: list[list[Entry]] = [[] for _ in master.network.workers]
    for number, window in master.tasks():
        first, last = half_weeks(master.network, window)
        for worker in master.workers(number):
            work[worker].append((first, last, master.minutes(number, worker)))
    for worker, entries in enumerate(work):
        bound(master.model, master.network.calendars[worker], entries)


def bound(model: Model, calendar: Calendar, entries: Sequence[Entry]) -> None:
    """Bound one member's work in every stretch of days.

    Args:
        model: gets the rows.
        calendar: the member's.
        entries: (first day, last day, term for the minutes) of all the work the member may get.
    """
    for first in sorted({entry[0] for entry in entries}):
        for last in sorted({entry[1] for entry in entries}):
            inside = [entry for entry in entries if entry[0] >= first and entry[1] <= last]
            starts_here = any(entry[0] == first for entry in inside)
            ends_here = any(entry[1] == last for entry in inside)
            room = calendar.within(first, last)
            most = sum(factor * model.upper[column] for _, _, (column, factor) in inside)
            if starts_here and ends_here and most > room:
                model.row([entry[2] for entry in inside], most=room)


def violated(problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
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
