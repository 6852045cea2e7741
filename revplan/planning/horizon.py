"""Several sprints planned one after another: when what is parked now has its turn, and what never does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from revplan.planning.explain.reason import explain
from revplan.planning.instance import build_instance
from revplan.planning.problem import Allocation
from revplan.planning.solve import best_selection, fill_instance_by_rank
from revplan.planning.trial import restrict_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.planning.answer import ParkedCandidate, PlacedTactic, SprintPlan
    from revplan.planning.instance import Instance
    from revplan.planning.problem import SprintProblem

    Verdict = Literal["waits", "too-large", "cannot"]

_NOTHING = Allocation((), 0, 0, 0, 0, "exact")
ROOM = frozenset(("capacity", "share", "outranked", "budget"))
"""Reasons that room in a sprint would take away."""


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A task that nobody could do within one sprint.

    Attributes:
        minutes: the work in it.
        member: who has the most time for it in any of the sprints; None where nobody can do it.
        most: their minutes then; of all who can, where several may share it.
    """

    task: str
    skill: str
    minutes: int
    member: str | None
    most: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A tactic that none of the sprints places.

    Attributes:
        entry: how the last of them parks it.
        verdict: waits (one of them could hold it in place of others), too-large (none could, even without any
            other), or cannot (something else than hours keeps it out).
        split: tasks that are too large for anybody.
        short: (skill or member, minutes) that even the best sprint lacks for it, with no other tactic in it.
        share: the share that is smaller than it in every sprint. With nothing of all this, its tasks follow each other
            for longer than a sprint.
    """

    entry: ParkedCandidate
    verdict: Verdict
    split: tuple[TooLarge, ...] = ()
    short: tuple[tuple[str, int], ...] = ()
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Horizon:
    """Some sprints in a row.

    Attributes:
        sprints: as they are planned, each after the one before.
        later: (tactic, sprint) of what the first parks and a later one places, in order of rank.
        waiting: what all of them park, in order of rank.
    """

    sprints: tuple[SprintPlan, ...]
    later: tuple[tuple[str, str], ...]
    waiting: tuple[Waiting, ...]

    def tactics_from_before(self, number: int) -> frozenset[str]:
        """Return the tactics of a sprint, counted from 0, that one of those before it has begun."""
        before = {entry.tactic for sprint in self.sprints[:number] for entry in sprint.placed}
        return frozenset(entry.tactic for entry in self.sprints[number].placed if entry.tactic in before)

    @property
    def tactics(self) -> Mapping[str, PlacedTactic]:
        """Every tactic that is placed, as it is in the first sprint that has it."""
        found: dict[str, PlacedTactic] = {}
        for sprint in self.sprints:
            for entry in sprint.placed:
                found.setdefault(entry.tactic, entry)
        return found

    @property
    def value(self) -> int:
        """What all of them are worth, in thousandths of a score point; a tactic that runs over counts once."""
        return sum(entry.value for entry in self.tactics.values())


def horizon(sprints: Sequence[SprintPlan], problems: Sequence[SprintProblem]) -> Horizon:
    """Look back over sprints that were planned one after another.

    Args:
        sprints: the plans.
        problems: of the same sprints, with every parked tactic among their candidates.
    """
    placed = {entry.tactic: sprint.period.id for sprint in sprints for entry in sprint.placed}
    later = ((entry.tactic, placed[entry.tactic]) for entry in sprints[0].parked if entry.tactic in placed)
    indexed = [_index(problem) for problem in problems]
    waiting = (_waiting(entry, indexed) for entry in sprints[-1].parked)
    return Horizon(tuple(sprints), tuple(later), tuple(waiting))


@dataclass(frozen=True, slots=True)
class _Index:
    """A sprint with the places of its candidates, so that thousands of them are each looked at alone in little time.

    Attributes:
        places: the position of each candidate.
        shares: the positions of the shares that each candidate is part of.
    """

    numbered: Instance
    places: Mapping[str, int]
    shares: Mapping[str, Sequence[int]]


def _index(problem: SprintProblem) -> _Index:
    shares: dict[str, list[int]] = {}
    for place, share in enumerate(problem.shares):
        for name in share.candidates:
            shares.setdefault(name, []).append(place)
    places = {one.id: number for number, one in enumerate(problem.candidates)}
    return _Index(build_instance(problem), places, shares)


def _waiting(entry: ParkedCandidate, sprints: Sequence[_Index]) -> Waiting:
    having = [sprint for sprint in sprints if entry.tactic in sprint.places]
    if entry.reason.code not in ROOM or not having:
        return Waiting(entry, "cannot")
    numbered: list[Instance] = []
    for sprint in having:
        numbered.append(build_instance(_alone(sprint, entry.tactic)))
        if _is_filled_in(numbered[-1], entry.tactic):
            return Waiting(entry, "waits")
    alone = [one.problem for one in numbered]
    if any(_has_hours(one) and entry.tactic in best_selection(one.problem).placed for one in numbered):
        return Waiting(entry, "waits")
    if entry.reason.code == "budget":
        return Waiting(entry, "cannot")
    by_itself = explain(alone[-1], _NOTHING)[entry.tactic]
    if by_itself.code == "no-time":
        return Waiting(replace(entry, reason=by_itself), "cannot")
    split = tuple(_too_large(entry.tactic, numbered))
    return Waiting(entry, "too-large", split, _lacking(entry.tactic, numbered), _share_exceeded(entry.tactic, alone))


def look_alone(problem: SprintProblem, entry: ParkedCandidate) -> Waiting:
    """Say what becomes of a parked tactic in a sprint that holds nothing else.

    Args:
        problem: the sprint, with every parked tactic among its candidates.
        entry: how it is parked.
    """
    return _waiting(entry, [_index(problem)])


def _share_exceeded(tactic: str, problems: Sequence[SprintProblem]) -> str | None:
    """Return a share that the tactic exceeds by itself in every sprint; None where there is none."""
    exceeded = [
        {share.of for share in problem.shares if tactic in share.candidates and share.limit < minutes}
        for problem in problems
        for minutes in (problem.candidate(tactic).minutes,)
    ]
    return min(set.intersection(*exceeded), default=None)


def _is_filled_in(numbered: Instance, tactic: str) -> bool:
    """Tell whether a quick fill places a tactic: only what it does not find is worth a search."""
    return _has_hours(numbered) and tactic in fill_instance_by_rank(numbered).placed


def _has_hours(numbered: Instance) -> bool:
    """Tell whether those who can do a task, and all members together, have the hours of all that only they can do.

    Where they have not, no plan has all tactics of the sprint, and nobody needs to search for one.
    """
    asked: dict[tuple[int, ...], int] = {}
    for task in numbered.tasks:
        asked[task.workers] = asked.get(task.workers, 0) + task.job.minutes
    together = tuple(sorted(set().union(*asked)))
    asked[together] = sum(task.job.minutes for task in numbered.tasks)
    return all(
        minutes <= sum(numbered.calendars[worker].total[-1] for worker in workers) for workers, minutes in asked.items()
    )


def _alone(sprint: _Index, tactic: str) -> SprintProblem:
    """Return a sprint with a tactic and all that it requires, and nothing else."""
    problem, needed = sprint.numbered.problem, sorted(sprint.numbered.with_requirements(sprint.places[tactic]))
    few = tuple(problem.candidates[place] for place in needed)
    counted: dict[int, list[str]] = {}
    for one in few:
        for place in sprint.shares.get(one.id, ()):
            counted.setdefault(place, []).append(one.id)
    shares = tuple(replace(problem.shares[place], candidates=tuple(counted[place])) for place in sorted(counted))
    return restrict_to(replace(problem, candidates=few, shares=shares), {one.id for one in few})


def _too_large(tactic: str, sprints: Sequence[Instance]) -> Iterator[TooLarge]:
    """Yield the tasks that take more time than anybody who can do them has in any of the sprints."""
    seen: dict[str, TooLarge] = {}
    for numbered in sprints:
        for task in numbered.tasks:
            if numbered.candidates[task.tactic].id != tactic:
                continue
            rooms = {numbered.workers[worker].id: numbered.calendars[worker].total[-1] for worker in task.workers}
            member = max(sorted(rooms), key=rooms.__getitem__, default=None)
            most = sum(rooms.values()) if task.job.split else rooms.get(member or "", 0)
            known = seen.get(task.job.task)
            if known is None or most > known.most:
                seen[task.job.task] = TooLarge(task.job.task, task.job.skill, task.job.minutes, member, most)
    yield from (found for found in seen.values() if found.minutes > found.most)


def _lacking(tactic: str, sprints: Sequence[Instance]) -> tuple[tuple[str, int], ...]:
    """Return what all its tasks of a skill take beyond the time of those who have it, in the roomiest sprint."""
    least: dict[str, int] = {}
    for numbered in sprints:
        asked: dict[str, int] = {}
        rooms: dict[str, set[int]] = {}
        for task in numbered.tasks:
            if numbered.candidates[task.tactic].id == tactic:
                name = task.job.owner or task.job.skill
                asked[name] = asked.get(name, 0) + task.job.minutes
                rooms.setdefault(name, set()).update(task.workers)
        for name, minutes in asked.items():
            room = sum(numbered.calendars[worker].total[-1] for worker in rooms[name])
            least[name] = min(least.get(name, minutes), max(0, minutes - room))
    return tuple(sorted((name, minutes) for name, minutes in least.items() if minutes))
