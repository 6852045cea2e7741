"""Deadlines that come with the selection: a tactic that is placed leaves those it requires less time.

The windows of the master model are as wide as they can be in any plan, so a task that others wait for may end as late
as if they were parked. Here a member's work on such a task is told apart by the day it is due: sooner for each tactic
behind it that is placed. Members' days are then bounded with those days too (Hall's condition), to the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints.hours import bound
from revplan.planning.solve.master import Master
from revplan.planning.windows import Window, able, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.planning.constraints.hours import Entry
    from revplan.planning.network import Network

    Due = dict[int, dict[int, list[int]]]
    """For a task, the days on which it is due sooner than otherwise, and the tactics behind it that ask for it."""


def sooner(network: Network) -> Due:
    """Return for each task the days by which it must end for a tactic behind it, where that is sooner than otherwise.

    A selection asks for the soonest of the days that its tactics ask for: what a task must leave time for is a chain
    of tasks, and the last of them belongs to one tactic, which requires all the others.
    """
    widest = windows(network)
    found: Due = {}
    for tactic, required in enumerate(network.requires):
        can_be = required and all(widest[number] for number in network.of[tactic])
        needed = network.needed(tactic) if can_be else ()
        drawn = windows(network, frozenset(needed)) if needed else ()
        for number in (number for one in needed for number in network.of[one]):
            window, own = widest[number], drawn[number]
            if window is not None and own is not None and own.deadline < window.deadline:
                found.setdefault(number, {}).setdefault(own.deadline, []).append(tactic)
    return {number: dict(sorted(days.items())) for number, days in sorted(found.items())}


def drawn_in(network: Network) -> Master:
    """Return the master model in which tasks that a placed tactic waits for are due in time for it."""
    master = Master(network)
    days = master.sooner = sooner(master.network)
    for number, tactics in days.items():
        _tell_apart(master, number, tactics)
    work: list[list[Entry]] = [[] for _ in master.network.workers]
    for number, (first, last) in master.tasks():
        for worker in master.workers(number):
            work[worker].extend(_entries(master, number, worker, first, (*days.get(number, ()), last)))
    for worker in sorted({worker for _, worker, _ in master.due}):
        bound(master.model, master.network.calendars[worker], work[worker])
    return master


def _tell_apart(master: Master, number: int, tactics: Mapping[int, Sequence[int]]) -> None:
    """Tell members' shares of a task apart by the day on which it is due, and ask for as much by each as is needed."""
    task = master.network.tasks[number]
    first, last = master.windows[number] or Window(0, -1)
    need = task.job.minutes if task.job.split else 1
    by_then: list[tuple[int, int]] = []
    shares: dict[int, list[tuple[int, int]]] = {}
    for day in (*tactics, last):
        for worker in able(master.network, task, Window(first, day)):
            column = master.due[number, worker, day] = master.model.column(need)
            shares.setdefault(worker, []).append((column, 1))
            by_then.append((column, 1))
        for tactic in tactics.get(day, ()):
            master.model.row([*by_then, (master.placed[tactic], -need)], least=0)
    for worker, own in shares.items():
        master.model.row([*own, (master.minutes(number, worker)[0], -1)], least=0, most=0)


def _entries(master: Master, number: int, worker: int, first: int, days: Sequence[int]) -> Iterator[Entry]:
    """Yield a member's work on a task, by the day on which it is due."""
    share, factor = master.minutes(number, worker)
    if (number, worker, days[-1]) not in master.due:
        yield first, days[-1], (share, factor)
        return
    for day in days:
        if (number, worker, day) in master.due:
            yield first, day, (master.due[number, worker, day], factor)
