"""Ejection: a parked tactic comes in where what has to go for it is worth less (ejection chains; Glover 1996).

What a tactic excludes goes, then what takes its cash, then what has the hours of its people, each time what would be
missed least. What went tries to come in again elsewhere. It is for sprints that are too large to be solved as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.constraints.hours import has_minutes
from revplan.planning.problem import TIERS
from revplan.planning.solve.schedule import worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.planning.instance import Instance
    from revplan.planning.solve.construct import Builder
    from revplan.planning.solve.schedule import Piece, Schedule
    from revplan.planning.windows import Window

EJECTED = 4
"""Tactics that may go for one that comes in."""

LOOKED_AT = 12
"""Tactics looked at to make hours for one that comes in, those missed least first."""


class TakenOff(NamedTuple):
    """A tactic as it stood in a schedule: the windows of its tasks, and its pieces' minutes and owners."""

    tactic: int
    windows: dict[int, Window]
    pieces: tuple[tuple[Piece, int, int], ...]


def take_off(schedule: Schedule, tactic: int) -> TakenOff:
    """Take one tactic off, and return what it takes to put it back as it was."""
    tasks = schedule.instance.of[tactic]
    pieces = sorted(schedule.pieces(tasks))
    taken = TakenOff(
        tactic,
        {number: schedule.windows[number] for number in tasks},
        tuple((piece, schedule.minutes(piece), schedule.owner(piece)) for piece in pieces),
    )
    schedule.leave(tactic)
    return taken


def put_back(schedule: Schedule, taken: TakenOff) -> None:
    """Place a tactic again as it was when it was taken off."""
    parts: dict[int, tuple[tuple[int, int], ...]] = {}
    for (number, _), minutes, owner in taken.pieces:
        parts[number] = (*parts.get(number, ()), (owner, minutes))
    schedule.enter(taken.tactic, taken.windows, parts)
    for piece, _, owner in taken.pieces:
        schedule.put(piece, owner)


class EjectionChains:
    """Brings parked tactics in where what has to go for them is worth less (ejection chains; Glover 1996).

    Attributes:
        builder: whose schedule is changed; it leaves nothing undone.

    Args:
        builder: see above.
        order: the tactics that can be placed, those that would be missed most first.
    """

    def __init__(self, builder: Builder, order: Sequence[int]) -> None:
        self.builder = builder
        self._order = order
        self._place = {tactic: place for place, tactic in enumerate(order)}
        self._payers = [one for one in reversed(_by_value_for_cost(builder.instance)) if _costs(builder.instance, one)]
        self._out: list[TakenOff] = []

    def run(self, steps: int) -> bool:
        """Try each parked tactic once, and then again what went for others; tell whether anything came in.

        Args:
            steps: moves to try for each tactic that comes in.
        """
        gone: set[int] = set()
        is_any = False
        for tactic in self._order:
            if self.builder.search.is_spent:
                break
            if tactic not in self.builder.schedule.placed and self._replace(tactic, steps):
                gone.update(taken.tactic for taken in self._out)
                is_any = True
        for tactic in self._order:
            if tactic in gone and tactic not in self.builder.schedule.placed:
                self.builder.squeeze(tactic, steps)
        return is_any

    def _replace(self, tactic: int, steps: int) -> bool:
        """Place a tactic in place of others that are worth less in all; undo it all where that cannot be."""
        schedule = self.builder.schedule
        self._out = []
        if not schedule.placed.issuperset(self.builder.instance.requires[tactic]):
            return False
        if self._make_way(tactic):
            while True:
                if self.builder.squeeze(tactic, steps):
                    return True
                if len(self._out) >= EJECTED or not self._make_hours(tactic):
                    break
        for taken in reversed(self._out):
            put_back(schedule, taken)
        return False

    def _take_off(self, other: int, tactic: int) -> bool:
        """Take another tactic off for one, if nothing placed requires it and all that goes is worth less."""
        instance, schedule = self.builder.instance, self.builder.schedule
        gone = [*(taken.tactic for taken in self._out), other]
        is_free = schedule.placed.isdisjoint(instance.required_by[other]) and other not in instance.requires[tactic]
        if is_free and worth(instance, gone) < worth(instance, [tactic]):
            self._out.append(take_off(schedule, other))
            return True
        return False

    def _make_way(self, tactic: int) -> bool:
        """Take off what a tactic excludes, and what takes its cash; tell whether it has both then."""
        schedule = self.builder.schedule
        for other in sorted(schedule.excluded[tactic] & schedule.placed):
            if not self._take_off(other, tactic):
                return False
        excluding = len(self._out)
        for other in self._payers if not has_cash(self.builder, tactic) else ():
            if other in schedule.placed and self._take_off(other, tactic) and has_cash(self.builder, tactic):
                self._spare(tactic, excluding)
                return True
            if len(self._out) >= EJECTED:
                return False
        return has_cash(self.builder, tactic)

    def _spare(self, tactic: int, first: int) -> None:
        """Put back what need not go for a tactic's cash, from the last place on: most worth first."""
        schedule = self.builder.schedule
        for taken in reversed(self._out[first:]):
            if schedule.placed.issuperset(self.builder.instance.requires[taken.tactic]):
                put_back(schedule, taken)
                self._out.remove(taken)
                if not has_cash(self.builder, tactic):
                    self._out.append(take_off(schedule, taken.tactic))

    def _make_hours(self, tactic: int) -> bool:
        """Take off the tactic that would be missed least of those whose people could do a task of this one."""
        instance, schedule = self.builder.instance, self.builder.schedule
        tasks = instance.of[tactic]
        short = [number for number in tasks if not has_minutes(schedule, number)] or tasks
        people = sorted({worker for number in short for worker in instance.tasks[number].workers})
        rivals = {instance.tasks[number].tactic for worker in people for number in schedule.tasks_of(worker)}
        by_loss = sorted(rivals, key=lambda one: -self._place.get(one, -1))
        return any(self._take_off(other, tactic) for other in by_loss[:LOOKED_AT])


def has_cash(builder: Builder, tactic: int) -> bool:
    """Tell whether nothing placed excludes the tactic, and what is left of the cash is enough for it by itself."""
    schedule, problem = builder.schedule, builder.instance.problem
    candidate = builder.instance.candidates[tactic]
    purses = candidate.purses
    asked = [(candidate.takes(line), left - schedule.cash(line)) for line, left in problem.lines if line in purses]
    if problem.budget is not None:
        asked.append((candidate.cost, problem.budget - schedule.cash()))
    is_enough = all(cents <= max(0, left) for cents, left in asked)
    return is_enough and schedule.placed.isdisjoint(schedule.excluded[tactic])


def _costs(instance: Instance, tactic: int) -> int:
    """Return what a tactic costs in the sprint and after it, in cents."""
    candidate = instance.candidates[tactic]
    return candidate.cost + sum(cents for _, cents in candidate.later)


def _by_value_for_cost(instance: Instance) -> list[int]:
    """Return all tactics, kept ones first, then tier by tier those of most value for their cost."""

    def order(tactic: int) -> tuple[bool, int, int, int]:
        one = instance.candidates[tactic]
        return not one.kept, TIERS.index(one.tier), -1000 * one.value // max(1, _costs(instance, tactic)), tactic

    return sorted(range(len(instance.candidates)), key=order)
