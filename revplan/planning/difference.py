"""Two plans of a sprint side by side: what a change makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.planning.answer import MovedTask, SprintMoves, TaskPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.planning.answer import PlacedTactic, SprintPlan


@dataclass(frozen=True, slots=True)
class Sums:
    """What a plan comes to.

    Attributes:
        value: in thousandths of a score point.
        tactics: how many are placed.
        minutes: given to them.
        cash: in cents.
    """

    value: int = 0
    tactics: int = 0
    minutes: int = 0
    cash: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing before and after.

    Attributes:
        of: its id; empty for tactics without one, such as an objective.
    """

    of: str
    before: Sums
    after: Sums


@dataclass(frozen=True, slots=True)
class MemberPair:
    """A member's hours before and after, in minutes: plannable, given to tactics, and taken by recurring work."""

    member: str
    plannable: int
    allocated: int
    recurring: int
    plannable_after: int
    allocated_after: int
    recurring_after: int


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What a change makes of a sprint.

    Attributes:
        words: the changes as the user wrote them.
        before: the sprint as it is planned without them.
        after: the same with them.
        moves: what came in, what went out, and the tasks that moved.
        total: of all that is placed.
        objectives: by objective, those that differ.
        members: by member, those that differ.
    """

    words: tuple[str, ...]
    before: SprintPlan
    after: SprintPlan
    moves: SprintMoves
    total: Pair
    objectives: tuple[Pair, ...]
    members: tuple[MemberPair, ...]


def difference(words: Iterable[str], before: SprintPlan, after: SprintPlan) -> PlanDifference:
    """Set two plans of one sprint side by side."""
    objectives = sorted({entry.objective or "" for entry in (*before.placed, *after.placed)})
    pairs = (Pair(name, _of(before, name), _of(after, name)) for name in objectives)
    return PlanDifference(
        words=tuple(words),
        before=before,
        after=after,
        moves=_moves(before, after),
        total=Pair("", _sums(before.placed), _sums(after.placed)),
        objectives=tuple(pair for pair in pairs if pair.before != pair.after),
        members=tuple(_members(before, after)),
    )


def _of(plan: SprintPlan, objective: str) -> Sums:
    return _sums(entry for entry in plan.placed if (entry.objective or "") == objective)


def _sums(placed: Iterable[PlacedTactic]) -> Sums:
    entries = tuple(placed)
    return Sums(
        value=sum(entry.value for entry in entries),
        tactics=len(entries),
        minutes=sum(entry.minutes for entry in entries),
        cash=sum(entry.cost for entry in entries),
    )


def _moves(before: SprintPlan, after: SprintPlan) -> SprintMoves:
    was = {entry.tactic: entry.places for entry in before.placed}
    now = {entry.tactic: entry.places for entry in after.placed}
    return SprintMoves(
        moved=tuple(
            MovedTask(name, task, was[name].get(task, TaskPlace((), None)), place)
            for name, places in now.items()
            if name in was
            for task, place in places.items()
            if was[name].get(task) != place
        ),
        came_in=tuple(name for name in now if name not in was),
        went_out=tuple(name for name in was if name not in now),
    )


def _members(before: SprintPlan, after: SprintPlan) -> Iterator[MemberPair]:
    was = {load.member: (load.plannable, load.allocated, load.taken) for load in before.members}
    now = {load.member: (load.plannable, load.allocated, load.taken) for load in after.members}
    for name in sorted(was.keys() | now.keys()):
        old, new = was.get(name, (0, 0, 0)), now.get(name, (0, 0, 0))
        if old != new:
            yield MemberPair(name, *old, *new)
