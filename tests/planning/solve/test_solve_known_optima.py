"""Small instances of problems the literature knows, as sprints: the optimum comes out exactly, and as proven.

Each optimum is found by trying everything, in the terms of the problem itself and not of the sprint.
"""

from __future__ import annotations

import random
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from revplan.planning.constraints import violations
from revplan.planning.solve import best
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.planning.problem import SprintProblem

SEEDS = range(4)


def solved(problem: SprintProblem) -> int:
    """Return the value of the plan, in points, which must be sound and proven."""
    found = best(problem)
    assert violations(problem, found) == ()
    assert found.proven
    return found.value // 1000


def subsets(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(count + 1):
        yield from combinations(range(count), size)


def dice(kind: str, seed: int) -> random.Random:
    return random.Random(f"{kind}-{seed}")  # noqa: S311 - test data, not secrets


def most(values: Sequence[int], chosen: Iterable[tuple[int, ...]]) -> int:
    return max(sum(values[one] for one in some) for some in chosen)


# --- knapsacks -------------------------------------------------------------------------------------------------------


def values_of(weights: list[int], kind: str, rng: random.Random) -> list[int]:
    """Profits as in Pisinger's generators."""
    if kind == "uncorrelated":
        return [rng.randint(1, 100) for _ in weights]
    return [weight + (20 if kind == "strongly correlated" else 0) for weight in weights]


@pytest.mark.parametrize("kind", ["uncorrelated", "strongly correlated", "subset sum"])
@pytest.mark.parametrize("seed", SEEDS)
def test_knapsack(kind: str, seed: int) -> None:
    rng = dice(kind, seed)
    weights = [rng.randint(10, 100) for _ in range(12)]
    values, room = values_of(weights, kind, rng), sum(weights) // 2
    items = enumerate(zip(weights, values, strict=True))
    candidates = [tactic(f"i{n:02}", job(minutes=w), value=1000 * v, deadline=0) for n, (w, v) in items]
    fitting = (some for some in subsets(12) if sum(weights[one] for one in some) <= room)
    assert solved(sprint([worker("ann", room)], candidates)) == most(values, fitting)


@pytest.mark.parametrize("seed", SEEDS)
def test_multidimensional_knapsack(seed: int) -> None:
    """A member with a skill for each dimension, and cash as one more."""
    rng = dice("dimensions", seed)
    skills = ("copy", "design", "paid")
    weights = [[rng.randint(5, 60) for _ in skills] for _ in range(10)]
    costs, values = ([rng.randint(1, 99) for _ in weights] for _ in "ab")
    room = [sum(column) * 45 // 100 for column in zip(*weights, strict=True)]
    budget = sum(costs) // 2
    team = [worker(skill, minutes, skills=skill) for skill, minutes in zip(skills, room, strict=True)]
    candidates = [
        tactic(
            f"i{n}",
            *(job(skill, skill, minutes) for skill, minutes in zip(skills, weights[n], strict=True)),
            value=1000 * values[n],
            cost=costs[n],
            deadline=0,
        )
        for n in range(10)
    ]
    fitting = (
        some
        for some in subsets(10)
        if all(sum(weights[one][d] for one in some) <= room[d] for d in range(3))
        and sum(costs[one] for one in some) <= budget
    )
    assert solved(sprint(team, candidates, budget=budget)) == most(values, fitting)


@pytest.mark.parametrize("seed", SEEDS)
def test_knapsack_with_precedence(seed: int) -> None:
    """Each item may require others of a lower number (Johnson and Niemi 1983)."""
    rng = dice("precedence", seed)
    weights, values = [rng.randint(10, 60) for _ in range(11)], [rng.randint(0, 50) for _ in range(11)]
    needs = [set(rng.sample(range(n), min(n, rng.choice((0, 1, 1, 2))))) for n in range(11)]
    room = sum(weights) * 2 // 5
    candidates = [
        tactic(
            f"i{n:02}",
            job(minutes=weights[n]),
            value=1000 * values[n],
            requires=tuple(f"i{one:02}" for one in sorted(needs[n])),
            deadline=0,
        )
        for n in range(11)
    ]
    fitting = (
        some
        for some in subsets(11)
        if sum(weights[one] for one in some) <= room and all(needs[one] <= set(some) for one in some)
    )
    assert solved(sprint([worker("ann", room)], candidates)) == most(values, fitting)


# --- assignment and packing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_generalized_assignment(seed: int) -> None:
    """Weights and profits differ by agent: an item is a tactic for each agent, and they exclude each other."""
    rng = dice("assignment", seed)
    items, agents = range(6), range(3)
    weights = [[rng.randint(10, 50) for _ in agents] for _ in items]
    values = [[rng.randint(10, 50) for _ in agents] for _ in items]
    room = [sum(row[agent] for row in weights) * 8 // 30 for agent in agents]
    team = [worker(f"a{agent}", room[agent]) for agent in agents]
    candidates = [
        tactic(
            f"i{item}a{agent}",
            job(minutes=weights[item][agent], owner=f"a{agent}"),
            value=1000 * values[item][agent],
            excludes=tuple(f"i{item}a{other}" for other in agents if other != agent),
            rank=3 * item + agent,
            deadline=0,
        )
        for item, agent in product(items, agents)
    ]
    optimum = 0
    for given in product((None, *agents), repeat=6):
        loads = [sum(weights[item][agent] for item in items if given[item] == agent) for agent in agents]
        if all(load <= most_ for load, most_ in zip(loads, room, strict=True)):
            optimum = max(optimum, sum(values[item][agent] for item, agent in enumerate(given) if agent is not None))
    assert solved(sprint(team, candidates)) == optimum


@pytest.mark.parametrize("seed", SEEDS)
def test_multiple_knapsacks(seed: int) -> None:
    """Whole tasks into members' days: full bins leave no other way."""
    rng = dice("bins", seed)
    sizes, values = [rng.randint(20, 70) for _ in range(8)], [rng.randint(1, 30) for _ in range(8)]
    room = (90, 110, 75)
    optimum = 0
    for given in product((None, 0, 1, 2), repeat=8):
        loads = [sum(size for size, one in zip(sizes, given, strict=True) if one == number) for number in range(3)]
        if all(load <= most_ for load, most_ in zip(loads, room, strict=True)):
            optimum = max(optimum, sum(value for value, one in zip(values, given, strict=True) if one is not None))
    candidates = [tactic(f"i{n}", job(minutes=sizes[n]), value=1000 * values[n], deadline=0) for n in range(8)]
    team = [worker(f"w{number}", minutes) for number, minutes in enumerate(room)]
    assert solved(sprint(team, candidates)) == optimum


@pytest.mark.parametrize(("sizes", "fits"), [((48, 52, 30, 70, 45, 55), True), ((48, 53, 30, 69, 45, 55), False)])
def test_bin_packing(sizes: tuple[int, ...], *, fits: bool) -> None:
    """Tasks that sum up to all there is, whole, on members of 100 minutes: possible or not, and known which."""
    owners = product(range(3), repeat=len(sizes))
    assert fits == any(
        all(sum(size for size, one in zip(sizes, given, strict=True) if one == bin_) == 100 for bin_ in range(3))
        for given in owners
    )
    jobs = (job(f"j{number}", minutes=size) for number, size in enumerate(sizes))
    team = [worker(name, 100) for name in ("ann", "bob", "cid")]
    assert solved(sprint(team, [tactic("all", *jobs, value=7000, deadline=0)])) == (7 if fits else 0)


# --- releases and deadlines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_next_release(seed: int) -> None:
    """Customers want requirements, these build on others, and the budget is short (Bagnall et al. 2001)."""
    rng = dice("release", seed)
    costs = [rng.randint(5, 40) for _ in range(9)]
    builds_on = [set(rng.sample(range(n), min(n, rng.choice((0, 0, 1, 2))))) for n in range(9)]
    wants = [set(rng.sample(range(9), rng.randint(1, 3))) for _ in range(7)]
    weights = [rng.randint(1, 50) for _ in wants]
    budget = sum(costs) * 2 // 5
    parts = [
        tactic(
            f"r{n}",
            job(minutes=1),
            value=0,
            cost=costs[n],
            requires=tuple(f"r{one}" for one in sorted(builds_on[n])),
            rank=n,
        )
        for n in range(9)
    ]
    customers = [
        tactic(
            f"c{n}",
            job(minutes=1),
            value=1000 * weights[n],
            requires=tuple(f"r{one}" for one in sorted(wants[n])),
            rank=100 + n,
        )
        for n in range(7)
    ]

    def needed(some: tuple[int, ...]) -> set[int]:
        waiting = [one for customer in some for one in wants[customer]]
        found: set[int] = set()
        while waiting:
            one = waiting.pop()
            waiting.extend(builds_on[one] - found)
            found.add(one)
        return found

    fitting = (some for some in subsets(7) if sum(costs[one] for one in needed(some)) <= budget)
    plenty = [worker("ann", *[60] * 5)]
    assert solved(sprint(plenty, [*parts, *customers], budget=budget)) == most(weights, fitting)


@pytest.mark.parametrize("seed", SEEDS)
def test_weight_of_jobs_in_time(seed: int) -> None:
    """One machine, releases, deadlines, work that may be interrupted: possible if no stretch of days holds too much."""
    rng = dice("deadlines", seed)
    days = range(6)
    room = [rng.choice((0, 60, 120, 240)) for _ in days]
    begins = [rng.randrange(5) for _ in range(10)]
    ends = [rng.randrange(begin, 6) for begin in begins]
    minutes, weights = [rng.randint(20, 200) for _ in begins], [rng.randint(1, 40) for _ in begins]

    def is_possible(some: tuple[int, ...]) -> bool:
        return all(
            sum(minutes[one] for one in some if begins[one] >= first and ends[one] <= last)
            <= sum(room[first : last + 1])
            for first in days
            for last in days
            if first <= last
        )

    candidates = [
        tactic(f"i{n}", job(minutes=minutes[n]), value=1000 * weights[n], release=begins[n], deadline=ends[n])
        for n in range(10)
    ]
    assert solved(sprint([worker("ann", *room)], candidates)) == most(weights, filter(is_possible, subsets(10)))
