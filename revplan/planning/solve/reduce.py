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
from revplan.planning.windows import able, windows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from revplan.planning.instance import Calendar, Instance
    from revplan.planning.windows import Window


@dataclass(frozen=True, slots=True)
class Reduced:
    """A sprint with its settled parts known.

    Attributes:
        instance: the problem.
        windows: of each task whose tactic can be placed.
        able: for each task, the members who may own it and have the minutes for it in its window.
        groups: for each member the number of their group: alike members have the same.
        calendars: the minutes of each group.
    """

    instance: Instance
    windows: Mapping[int, Window]
    able: tuple[tuple[int, ...], ...]
    groups: tuple[int, ...]
    calendars: tuple[Calendar, ...]

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
    parked = _park(instance)
    found = {number: own for number, own in windows(instance).items() if instance.tasks[number].tactic not in parked}
    owners = tuple(able(instance, task, found[task.number]) if task.number in found else () for task in instance.tasks)
    groups = _groups(instance, owners)
    return Reduced(instance, found, owners, groups, _calendars(instance, groups))


def _park(instance: Instance) -> set[int]:
    """Return the tactics whose cost is beyond a limit by itself, and those that require them."""
    problem = instance.problem
    dear = {
        tactic
        for tactic, candidate in enumerate(instance.candidates)
        if (problem.budget is not None and candidate.cost > max(0, problem.budget))
        or any(candidate.takes(line) > max(0, left) for line, left in problem.lines)
    }
    while more := {tactic for tactic, required in enumerate(instance.requires) if not dear.isdisjoint(required)} - dear:
        dear |= more
    return dear


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
