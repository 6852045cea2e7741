"""Nobody is given more than their plannable minutes on any day."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from revplan.planning.windows import half_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.planning.network import Calendar
    from revplan.planning.problem import Allocation, SprintProblem
    from revplan.planning.solve.master import Master
    from revplan.planning.solve.model import Model
    from revplan.planning.windows import Window

    Entry = tuple[int, int, tuple[int, int]]
    """First day, last day, and the term for the minutes of work that lies between."""


def post(master: Master) -> None:
    """Bound each member's work whose windows lie in a stretch of half weeks by the minutes they have in it."""
    _post(master, lambda window: half_weeks(master.network, window))


def post_to_the_day(master: Master) -> None:
    """Bound it in every stretch of days: many rows, and exact where the windows leave nothing open."""
    _post(master, lambda window: window)


def _post(master: Master, rounded: Callable[[Window], tuple[int, int]]) -> None:
    """Bound each member's work; only stretches that begin with some window and end with some window can bind."""
    work: list[list[Entry]] = [[] for _ in master.network.workers]
    for number, window in master.tasks():
        first, last = rounded(window)
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
