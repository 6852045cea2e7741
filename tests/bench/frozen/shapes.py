"""Sprints of a given shape: who may own a task, what is short, what requires or excludes what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from revplan.planning.problem import Candidate, Job, SprintProblem, Worker

from .dice import Dice
from .knapsacks import QUARTER, WEEKS, spread

SHORT, LONG = 3, 25
"""Tactics in one chain of requirements."""

OFFERED = {True: 45, False: 130}
"""Hours there are of what is asked for, in percent, where they are scarce and where they are not."""

CASH = {"loose": 70, "tight": 30}
"""The budget in percent of what all tactics cost."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a sprint is like.

    Attributes:
        tactics: how many compete.
        members: how many do the work.
        owners: possible owners of each task; 0 for everybody.
        scarce: members of whose hours less is there than is asked for; the others have enough.
        cash: none, loose or tight.
        chain: tactics in each chain of requirements, 1 for none.
        excluding: how many pairs of neighbours in a hundred exclude each other.
        tiers: whether there are musts and nice-to-haves.
        deadlines: whether some tactics have windows of their own, and some tasks follow others.
        hand_overs: tasks of each tactic, each handed over to the next; 0 for one to three tasks.
    """

    tactics: int
    members: int
    owners: int = 1
    scarce: int = 0
    cash: str = "none"
    chain: int = 1
    excluding: int = 0
    tiers: bool = False
    deadlines: bool = False
    hand_overs: int = 0

    @property
    def name(self) -> str:
        """A name that says all of it."""
        parts = [f"{self.tactics}x{self.members}", f"o{self.owners or 'all'}", f"s{self.scarce}"]
        parts += [self.cash] if self.cash != "none" else []
        parts += [f"chain{self.chain}"] if self.chain > 1 else []
        parts += [f"excl{self.excluding}"] if self.excluding else []
        parts += ["tiers"] if self.tiers else []
        parts += ["dates"] if self.deadlines else []
        parts += [f"hand{self.hand_overs}"] if self.hand_overs else []
        return "-".join(parts)


def draw_sprint(shape: Shape) -> SprintProblem:
    """Return the sprint of this shape: the same shape, the same sprint."""
    dice = Dice(shape.name)
    days = tuple(date(2026, 3, 2) + timedelta(day) for day in range(7 * WEEKS))
    drawn = [_candidate(dice, shape, number) for number in range(shape.tactics)]
    candidates = _rank(_excluding(dice, shape, drawn))
    costs = sum(candidate.cost for candidate in candidates)
    return SprintProblem(
        id="2026-03",
        days=days,
        workers=_workers(shape, candidates, days),
        candidates=tuple(candidates),
        budget=costs * CASH[shape.cash] // 100 if shape.cash in CASH else None,
    )


def _candidate(dice: Dice, shape: Shape, number: int) -> Candidate:
    skills = [f"s{index:02}" for index in range(shape.members if shape.owners else 1)]
    count = shape.hand_overs or dice.between(1, 3)
    longest = 16 if shape.hand_overs else 40
    jobs = tuple(
        Job(
            f"j{index}",
            dice.pick(skills),
            QUARTER * dice.between(2, longest),
            after=(f"j{index - 1}",) if index and _follows(dice, shape) else (),
        )
        for index in range(count)
    )
    work = sum(job.minutes for job in jobs) // QUARTER
    release = dice.below(12) if shape.deadlines and dice.chance(20) else 0
    last = 7 * WEEKS - 1
    return Candidate(
        id=f"t{number:04}",
        tier=dice.pick(("must", "should", "should", "should", "nice", "nice")) if shape.tiers else "should",
        value=1000 * (work + dice.between(5, 60)),
        rank=0,
        jobs=jobs,
        requires=_required(dice, shape, number),
        release=release,
        deadline=dice.between(release + 7, last) if shape.deadlines and dice.chance(25) else last,
        cost=0 if shape.cash == "none" or dice.chance(30) else 10_000 * dice.between(1, 60),
    )


def _follows(dice: Dice, shape: Shape) -> bool:
    """Return whether a task follows the one before it in its tactic."""
    return bool(shape.hand_overs) or (shape.deadlines and dice.chance(40))


def _required(dice: Dice, shape: Shape, number: int) -> tuple[str, ...]:
    """Return the tactic before it in its chain, and now and then an earlier one of another chain too."""
    if shape.chain == 1:
        return ()
    required = {number - 1} if number % shape.chain else set()
    if number > shape.chain and dice.chance(15):
        required.add(dice.below(number))
    return tuple(f"t{other:04}" for other in sorted(required))


def _excluding(dice: Dice, shape: Shape, candidates: list[Candidate]) -> list[Candidate]:
    """Let some neighbours exclude each other, but none that require each other."""
    for number in range(1, len(candidates)):
        one, other = candidates[number - 1], candidates[number]
        if dice.chance(shape.excluding) and one.id not in other.requires:
            candidates[number - 1] = replace(one, excludes=(*one.excludes, other.id))
            candidates[number] = replace(other, excludes=(one.id,))
    return candidates


def _rank(candidates: list[Candidate]) -> list[Candidate]:
    """Rank by value for work, as most plans do."""
    order = sorted(candidates, key=lambda one: (-one.value * 1000 // one.minutes, one.id))
    ranks = {one.id: number for number, one in enumerate(order, start=1)}
    return [replace(one, rank=ranks[one.id]) for one in candidates]


def _workers(shape: Shape, candidates: list[Candidate], days: tuple[date, ...]) -> tuple[Worker, ...]:
    """Return members whose hours are a part of what is asked of them: each skill is asked of all who have it alike."""
    asked = dict.fromkeys((f"s{index:02}" for index in range(shape.members)), 0)
    for candidate in candidates:
        for job in candidate.jobs:
            asked[job.skill] += job.minutes // QUARTER
    workers = []
    for number in range(shape.members):
        held = range(number, number + shape.owners) if shape.owners else range(1)
        skills = sorted(f"s{index % shape.members:02}" for index in held)
        share = sum(asked[skill] for skill in skills) // (shape.owners or shape.members)
        quarters = share * OFFERED[number < shape.scarce] // 100 + 1
        rate = 6000 if number % 4 == 3 else 0
        workers.append(Worker(f"w{number:02}", tuple((skill, 2) for skill in skills), spread(quarters, days), rate))
    return tuple(workers)
