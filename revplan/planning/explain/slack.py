"""A parked tactic put into the hours that placed work leaves free: what does not go in is what others must do.

Quick and without the solver: what is placed keeps its owners and its days. So others may have to do a little more than
the least there is, but with that the plan works out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.model.numbers import QUARTER_HOUR
from revplan.planning.explain.insertion_model import Found
from revplan.planning.timetable import first_free
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from revplan.planning.instance import Instance, NumberedTask


def insert_into_slack(
    numbered: Instance, windows: Mapping[int, Window], wanted: Collection[int], free: Sequence[Sequence[int]]
) -> Found | None:
    """Return who does how much of the tactics that are wanted; the rest is help. None where a task has no days.

    Args:
        numbered: the sprint.
        windows: of the tasks of these tactics, by themselves.
        wanted: the tactics.
        free: minutes that each worker has left, by day.
    """
    left = [list(days) for days in free]
    budget = {tactic: _within_shares(numbered, tactic) for tactic in wanted}
    owners: dict[int, tuple[tuple[int, int], ...]] = {}
    drawn: dict[int, Window] = {}
    for number in numbered.order:
        task = numbered.tasks[number]
        if task.tactic in budget:
            before = (first for first in task.before if first in drawn)
            begins = (numbered.opens(first, number, drawn[first].deadline) for first in before)
            begin = max([windows[number].release, *begins])
            window = Window(begin, windows[number].deadline)
            if window.release > window.deadline:  # nobody's help gives a task days
                return None
            beside = {worker for other in task.beside for worker, _ in owners.get(other, ())}
            parts, end = _parts(task, window, left, budget[task.tactic], beside)
            budget[task.tactic] -= sum(minutes for _, minutes in parts)
            owners[number] = parts
            drawn[number] = Window(begin, end if task.after else window.deadline)
    done = {number: sum(minutes for _, minutes in parts) for number, parts in owners.items()}
    return Found(
        stays=frozenset(range(len(numbered.candidates))),
        help={n: numbered.tasks[n].job.minutes - own for n, own in done.items() if own < numbered.tasks[n].job.minutes},
        owners={number: parts for number, parts in owners.items() if parts},
        windows=drawn,
    )


def _within_shares(numbered: Instance, tactic: int) -> int:
    """Return the minutes of a tactic for which the shares leave room beside all others."""
    candidates = {candidate.id: candidate for candidate in numbered.candidates}
    own = numbered.candidates[tactic]
    rooms = (
        share.limit - sum(candidates[name].minutes for name in share.candidates if name in candidates) + own.minutes
        for share in numbered.problem.shares
        if own.id in share.candidates
    )
    return max(0, min([own.minutes, *rooms]))


def _parts(
    task: NumberedTask, window: Window, left: list[list[int]], budget: int, beside: Collection[int]
) -> tuple[tuple[tuple[int, int], ...], int]:
    """Take what goes in of a task, in quarters of an hour, from who has most room; return it and its last day.

    Those beside have another part of the task, which several people do at once.
    """
    able = (own for own in task.workers if own not in beside)
    rooms = sorted(((sum(left[own][window.release : window.deadline + 1]), own) for own in able), reverse=True)
    need = task.job.minutes
    parts = []
    end = window.release
    for room, worker in rooms if task.job.split else rooms[:1]:
        minutes = min(need, room, budget)
        minutes = minutes if minutes == need else minutes // QUARTER_HOUR * QUARTER_HOUR
        if minutes >= (task.least if task.job.split else 1):
            days = first_free(left[worker], window, minutes)
            for day, share in days:
                left[worker][day] -= share
            parts.append((worker, minutes))
            need, budget, end = need - minutes, budget - minutes, max(end, days[-1][0])
    return tuple(sorted(parts)), end
