"""Reduce: fix what cannot be otherwise before anything is chosen.

A tactic without time, without an able member or beyond a limit by itself is parked at once. A task with one possible
owner is no decision: its minutes are that owner's. Members who may own exactly the same tasks are alike, and the
selection model counts their minutes as one. What is left is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from revplan.planning.instance import REMEMBERED, calendar
from revplan.planning.windows import Window, able, window_finder, windows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from revplan.planning.instance import Calendar, Instance

    Due = dict[int, dict[int, list[int]]]
    """For a task, the days on which it is due sooner than otherwise, and the tactics behind it that ask for it."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """A sprint with its settled parts known.

    Attributes:
        instance: the problem.
        windows: of each task; None where its tactic cannot be placed.
        able: for each task, the members who may own it and have the minutes for it in its window.
        groups: for each member the number of their group: alike members have the same.
        calendars: the minutes of each group.
    """

    instance: Instance
    windows: tuple[Window | None, ...]
    able: tuple[tuple[int, ...], ...]
    groups: tuple[int, ...]
    calendars: tuple[Calendar, ...]

    @property
    def tactics(self) -> tuple[int, ...]:
        """The tactics that can be placed."""
        return tuple(
            tactic for tactic, numbers in enumerate(self.instance.of) if all(self.windows[number] for number in numbers)
        )

    def open_pairs(self, tactics: Collection[int] | None = None) -> int:
        """Return how many pairs of a task and a member there are to choose from, in all or in some tactics."""
        return sum(
            len(own)
            for task, own in zip(self.instance.tasks, self.able, strict=True)
            if len(own) > 1 and (tactics is None or task.tactic in tactics)
        )


@lru_cache(maxsize=REMEMBERED)
def reduce(instance: Instance) -> Reduced:
    """Return the sprint reduced."""
    found = list(windows(instance))
    _park(instance, found)
    owners = tuple(
        () if window is None else able(instance, task, window)
        for task, window in zip(instance.tasks, found, strict=True)
    )
    groups = _groups(instance, owners)
    return Reduced(instance, tuple(found), owners, groups, _calendars(instance, groups))


def _park(instance: Instance, found: list[Window | None]) -> None:
    """Take the windows off tactics whose cost is beyond a limit by itself, and off those that require them."""
    problem = instance.problem
    dear = {
        tactic
        for tactic, candidate in enumerate(instance.candidates)
        if (problem.budget is not None and candidate.cost > max(0, problem.budget))
        or any(candidate.takes(line) > max(0, left) for line, left in problem.lines)
    }
    while more := {tactic for tactic, required in enumerate(instance.requires) if not dear.isdisjoint(required)} - dear:
        dear |= more
    for tactic in dear:
        for number in instance.of[tactic]:
            found[number] = None


def _groups(instance: Instance, owners: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the number of each member's group: the same for those who may own the same tasks."""
    tasks: list[list[int]] = [[] for _ in instance.workers]
    for number, own in enumerate(owners):
        for worker in own:
            tasks[worker].append(number)
    known: dict[tuple[int, ...], int] = {}
    return tuple(known.setdefault(tuple(own), len(known)) for own in tasks)


def _calendars(instance: Instance, groups: Sequence[int]) -> tuple[Calendar, ...]:
    days = len(instance.problem.days)
    minutes = [[0] * days for _ in range(max(groups, default=-1) + 1)]
    for worker, group in zip(instance.workers, groups, strict=True):
        for day, own in enumerate(worker.minutes):
            minutes[group][day] += own
    return tuple(calendar(own) for own in minutes)


def conditional_deadlines(instance: Instance) -> Due:
    """Return for each task the days by which it must end for a tactic behind it, where that is sooner than otherwise.

    A selection asks for the soonest of the days that its tactics ask for: what a task must leave time for is a chain
    of tasks, and the last of them belongs to one tactic, which requires all the others.
    """
    finder = window_finder(instance)
    widest = finder.find_widest()
    found: Due = {}
    for tactic, required in enumerate(instance.requires):
        can_be = required and all(widest[number] for number in instance.of[tactic])
        needed = instance.with_requirements(tactic) if can_be else ()
        for number, own in (finder.select(needed) or {}).items():
            window = widest[number]
            if window is not None and own.deadline < window.deadline:
                found.setdefault(number, {}).setdefault(own.deadline, []).append(tactic)
    return {number: dict(sorted(days.items())) for number, days in sorted(found.items())}
