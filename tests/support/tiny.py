"""Tiny sprints for trying everything, and short ways to write one by hand."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from revplan.planning.problem import Candidate, Job, SprintProblem, Worker


def job(name: str = "a", skill: str = "copy", minutes: int = 60, **more: Any) -> Job:
    """Return a job."""
    return Job(name, skill, minutes, **more)


def tactic(name: str, *jobs: Job, value: int = 1000, tier: str = "should", **more: Any) -> Candidate:
    """Return a candidate; its deadline is day 4 unless said, its rank falls with its value."""
    return Candidate(
        name, tier, value, more.pop("rank", 1_000_000 - value), jobs, deadline=more.pop("deadline", 4), **more
    )


def worker(name: str, *minutes: int, skills: str = "copy", level: int = 2, rate: int = 0) -> Worker:
    """Return a worker with these skills, all at one level."""
    return Worker(name, tuple((skill, level) for skill in sorted(skills.split())), minutes, rate)


def sprint(workers: list[Worker], candidates: list[Candidate], **more: Any) -> SprintProblem:
    """Return a sprint as long as its workers' minutes, from a Monday on."""
    length = max((len(one.minutes) for one in workers), default=5)
    days = tuple(date(2026, 3, 2) + timedelta(day) for day in range(length))
    return SprintProblem("s", days, tuple(workers), tuple(sorted(candidates, key=lambda one: one.id)), **more)


def random_sprint(seed: int) -> SprintProblem:
    """Return a tiny sprint where many things clash."""
    rng = random.Random(seed)  # noqa: S311 - test data, not secrets
    length = rng.choice((2, 3, 4))
    workers = [
        Worker(
            f"w{number}",
            tuple((skill, rng.choice((2, 3))) for skill in ("copy", "design") if rng.random() < 0.7),
            tuple(rng.choice((0, 60, 120, 180)) for _ in range(length)),
            rng.choice((0, 0, 5000)),
        )
        for number in range(rng.choice((1, 2, 3)))
    ]
    candidates: list[Candidate] = []
    for number in range(rng.choice((2, 3, 4))):
        jobs = []
        for index in range(rng.choice((1, 1, 2))):
            owner = rng.choice(workers)
            skill = rng.choice(("copy", "design"))
            pinned = owner.id if owner.has(skill, 2) and rng.random() < 0.15 else None
            follows = ("j0",) if index and rng.random() < 0.6 else ()
            minutes = rng.choice((30, 45, 60, 90, 120, 180))
            level = 3 if pinned is None and rng.random() < 0.2 else 2
            jobs.append(Job(f"j{index}", skill, minutes, level, pinned, after=follows))
        earlier = [one.id for one in candidates]
        requires = (rng.choice(earlier),) if earlier and rng.random() < 0.35 else ()
        release = rng.randrange(length) if rng.random() < 0.2 else 0
        deadline = rng.randrange(length) if rng.random() < 0.3 else length - 1
        candidates.append(
            Candidate(
                id=f"t{number}",
                tier=rng.choice(("must", "should", "nice")),
                value=1000 * rng.randint(1, 6),
                rank=number + 1,
                jobs=tuple(jobs),
                requires=requires,
                release=release,
                deadline=deadline,
                cost=rng.choice((0, 0, 100, 200)),
                kept=rng.random() < 0.1,
            )
        )
    budget = rng.choice((None, 100, 200, 300))
    return sprint(workers, candidates, budget=budget)
