"""Multidimensional knapsacks as sprints: an item is a tactic, a resource is a member, and each task has one owner.

The small ones are published, with known optima. The large ones follow the recipe of Chu and Beasley (1998): what an
item takes is drawn from 1 to 1000, a capacity is a part of what all items take, and a value is the mean of what the
item takes plus up to 500.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from revplan.planning.problem import Candidate, Job, SprintProblem, Worker

from .dice import Dice

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLISHED = Path(__file__).with_name("petersen.txt")
QUARTER = 15
"""Minutes that one unit of a resource stands for, so that days are whole quarters of an hour."""

WEEKS = 4


class Knapsack(NamedTuple):
    """Items with a value in thousandths, what each takes of each resource, and how much there is of it."""

    values: tuple[int, ...]
    takes: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]
    optimum: int | None = None


def read_published() -> tuple[Knapsack, ...]:
    """Return the published problems, in the order of the file."""
    lines = PUBLISHED.read_text(encoding="utf-8").splitlines()
    numbers = iter(" ".join(line for line in lines if not line.startswith("#")).split())
    return tuple(_read_one(numbers, int(items)) for items in numbers)


def _read_one(numbers: Iterator[str], items: int) -> Knapsack:
    resources, optimum = int(next(numbers)), _thousandths(next(numbers))
    values = tuple(_thousandths(number) for number in islice(numbers, items))
    rows = [tuple(int(number) for number in islice(numbers, items)) for _ in range(resources)]
    capacities = tuple(int(number) for number in islice(numbers, resources))
    return Knapsack(values, tuple(zip(*rows, strict=True)), capacities, optimum)


def _thousandths(number: str) -> int:
    whole, _, part = number.partition(".")
    return int(whole) * 1000 + int(part.ljust(3, "0"))


def draw_knapsack(items: int, resources: int, percent: int, seed: int) -> Knapsack:
    """Return a knapsack by the recipe.

    Args:
        items: how many to choose from.
        resources: how many are short.
        percent: what part of all that items take there is.
        seed: which of the knapsacks of this size.
    """
    dice = Dice(f"knapsack-{items}-{resources}-{percent}-{seed}")
    takes = tuple(tuple(dice.between(1, 1000) for _ in range(resources)) for _ in range(items))
    values = tuple(1000 * (sum(row) // resources + dice.below(501)) for row in takes)
    capacities = tuple(sum(column) * percent // 100 for column in zip(*takes, strict=True))
    return Knapsack(values, takes, capacities)


def as_sprint(knapsack: Knapsack) -> SprintProblem:
    """Return the sprint that asks the same: each resource is a member with a skill of its own, its days alike."""
    days = tuple(date(2026, 3, 2) + timedelta(day) for day in range(7 * WEEKS))
    names = [f"r{number:02}" for number in range(len(knapsack.capacities))]
    workers = tuple(
        Worker(name, ((name, 2),), spread(capacity, days))
        for name, capacity in zip(names, knapsack.capacities, strict=True)
    )
    candidates = tuple(_as_tactic(knapsack, number, names, days) for number in range(len(knapsack.values)))
    return SprintProblem("2026-03", days, workers, candidates)


def _as_tactic(knapsack: Knapsack, number: int, names: list[str], days: tuple[date, ...]) -> Candidate:
    takes = zip(names, knapsack.takes[number], strict=True)
    jobs = tuple(Job(name, name, take * QUARTER) for name, take in takes if take)
    value = knapsack.values[number]
    return Candidate(f"i{number:04}", "should", value, number + 1, jobs, deadline=len(days) - 1)


def spread(quarters: int, days: tuple[date, ...]) -> tuple[int, ...]:
    """Return minutes by day: so many quarters of an hour, as evenly over the workdays as can be."""
    workdays = sum(day.weekday() < 5 for day in days)
    minutes, passed = [], 0
    for day in days:
        is_workday = day.weekday() < 5
        share = quarters * (passed + 1) // workdays - quarters * passed // workdays if is_workday else 0
        passed += is_workday
        minutes.append(share * QUARTER)
    return tuple(minutes)
