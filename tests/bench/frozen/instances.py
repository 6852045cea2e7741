"""The frozen instances by name, and the digests that prove that they have not changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from revplan.planning.problem import Candidate, Job, Share, SprintProblem, Worker
from tests.support import generate

from .knapsacks import as_sprint, draw_knapsack, read_published
from .shapes import LONG, SHORT, Shape, draw_sprint

if TYPE_CHECKING:
    from collections.abc import Callable

    Build = Callable[[], SprintProblem]

GENERATED = {"35x8": 1, "80x15": 2, "300x40": 1}
"""Seeds of each kind of the sprints that tests and the planning benchmark draw, by size."""

KINDS = ("typical", "tight", "correlated", "chained")

EXAMPLES = ("harbourline", "agency")
"""Sprints of the example plans as they once were: the examples may change, these do not."""

KNAPSACKS = (
    *((60, 30, 25, seed) for seed in (0, 1)),
    *((100, 5, 50, seed) for seed in (0, 1)),
    *((100, 30, 25, seed) for seed in (0, 1)),
    *((250, 10, 25, seed) for seed in (0, 1)),
    (500, 30, 25, 0),
)
"""Items, resources, capacity in percent of all that items take, seed."""

SHAPES = (
    # who may own a task, at three sizes, with all members short
    *(Shape(20, 4, owners, scarce=4) for owners in (1, 2, 4, 0)),
    *(Shape(60, 8, owners, scarce=8) for owners in (1, 2, 4, 0)),
    *(Shape(150, 15, owners, scarce=15) for owners in (1, 2, 4, 0)),
    # how many members are short
    *(Shape(100, 30, owners, scarce) for owners in (1, 4) for scarce in (1, 5, 30)),
    # cash
    *(Shape(60, 8, owners, 8, cash) for owners in (1, 2) for cash in ("loose", "tight")),
    Shape(150, 15, 4, 5, "tight"),
    # requirements
    *(Shape(60, 8, owners, 8, chain=chain) for owners in (1, 4) for chain in (SHORT, LONG)),
    Shape(250, 10, 1, 0, "tight", LONG),
    Shape(620, 10, 1, 0, "tight", LONG),
    Shape(2000, 20, 1, 0, "tight", SHORT),
    Shape(2000, 20, 1, 0, "tight", LONG),
    # tactics that exclude each other
    *(Shape(60, 8, owners, 8, excluding=40) for owners in (1, 2, 0)),
    Shape(250, 10, 1, 10, "tight", excluding=40),
    # tiers and dates
    *(Shape(60, 8, owners, 8, "tight", SHORT, 10, tiers=True, deadlines=True) for owners in (1, 2, 4)),
    Shape(150, 15, 4, 15, "loose", SHORT, 10, tiers=True, deadlines=True),
    # tasks handed over twenty times
    Shape(200, 40, 1, 40, hand_overs=20),
    Shape(200, 40, 3, 40, hand_overs=20),
    # large
    *(Shape(500, 30, owners, 30) for owners in (1, 4)),
    *(Shape(2000, 30, 1, scarce) for scarce in (1, 30)),
    Shape(2000, 30, 2, 30, "tight"),
    Shape(2000, 30, 0, 30),
)


def list_instances() -> dict[str, Build]:
    """Return how each instance is made, by name, in the order in which they run."""
    found: dict[str, Build] = {}
    for example in EXAMPLES:
        found[example] = partial(_example, example)
    for number in range(7):
        found[f"published-{number + 1}"] = partial(_published, number)
    for items, resources, percent, seed in KNAPSACKS:
        found[f"knapsack-{items}x{resources}-{seed}"] = partial(_knapsack, items, resources, percent, seed)
    for shape in SHAPES:
        found[shape.name] = partial(draw_sprint, shape)
    for size, seeds in GENERATED.items():
        for kind in KINDS:
            for seed in range(seeds):
                found[f"{kind}-{size}-{seed}"] = partial(_generated, size, seed, kind)
    found["typical-1000x100-0"] = partial(_generated, "1000x100", 0, "typical")
    return found


def _example(name: str) -> SprintProblem:
    """Return a sprint as it was read from an example plan; fields that it leaves out have their default."""
    read = json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"), object_hook=_freeze)
    first = date.fromisoformat(read["first"])
    problem = SprintProblem(
        id=read["id"],
        days=tuple(first + timedelta(day) for day in range(read["days"])),
        workers=tuple(Worker(**worker) for worker in read["workers"]),
        candidates=tuple(
            Candidate(**{**one, "jobs": tuple(Job(**job) for job in one["jobs"])}) for one in read["candidates"]
        ),
        budget=read["budget"],
        lines=read["lines"],
        shares=tuple(Share(**share) for share in read["shares"]),
    )
    return replace(problem, workers=tuple(map(_round_to_quarters, problem.workers)))


def _freeze(read: dict[str, Any]) -> dict[str, Any]:
    """Turn the lists of what was read into tuples."""
    return {key: _as_tuple(value) for key, value in read.items()}


def _as_tuple(value: Any) -> Any:
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def _published(number: int) -> SprintProblem:
    return as_sprint(read_published()[number])


def _knapsack(items: int, resources: int, percent: int, seed: int) -> SprintProblem:
    return as_sprint(draw_knapsack(items, resources, percent, seed))


def _generated(size: str, seed: int, kind: str) -> SprintProblem:
    """Return a sprint that the tests' generator draws, its days in whole quarters of an hour."""
    tactics, members = (int(part) for part in size.split("x"))
    problem = generate.problem(tactics, members, seed, kind)
    return replace(problem, workers=tuple(map(_round_to_quarters, problem.workers)))


def _round_to_quarters(worker: Worker) -> Worker:
    """Round the running total of the minutes down to quarters of an hour."""
    minutes, total, given = [], 0, 0
    for day in worker.minutes:
        total += day
        minutes.append(total // 15 * 15 - given)
        given += minutes[-1]
    return replace(worker, minutes=tuple(minutes))


def find_digest(problem: SprintProblem) -> str:
    """Return the digest of all that version 1 of the engine was told; fields that came later are left out."""
    content = (
        [day.isoformat() for day in problem.days],
        [(one.id, one.skills, one.minutes, one.rate) for one in problem.workers],
        [
            (
                (one.id, one.tier, one.value, one.rank, one.requires, one.excludes, one.release, one.deadline),
                (one.cost, one.line, one.kept),
                [(job.id, job.skill, job.minutes, job.level, job.owner, job.split, job.after) for job in one.jobs],
            )
            for one in problem.candidates
        ],
        (problem.budget, problem.lines, [(share.of, share.candidates, share.limit) for share in problem.shares]),
    )
    return sha256(json.dumps(content).encode()).hexdigest()[:16]
