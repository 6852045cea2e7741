"""Seeded sprints of every size and kind: the same seed, the same problem on every machine."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from revplan.planning.problem import Candidate, Job, Share, SprintProblem, Worker

KINDS = ("typical", "tight", "correlated", "chained")

FUNCTIONS = {
    "marketing": ("copy", "design", "paid", "seo", "email", "events"),
    "sales": ("outreach", "demo", "enablement", "crm", "pricing", "partners"),
    "service": ("onboarding", "support", "success", "docs", "reviews", "automation"),
}
WEIGHTS = (5, 3, 2)
DAYS = 30


def problem(tactics: int, members: int, seed: int, kind: str = "typical", days: int = DAYS) -> SprintProblem:
    """Return a sprint of this size whose demand is about twice its supply."""
    rng = random.Random(f"{tactics}-{members}-{seed}-{kind}")  # noqa: S311 - test data, not secrets
    first = date(2026, 3, 2)
    calendar = tuple(first + timedelta(day) for day in range(days))
    markets = max(1, members // 60)
    workers = _workers(rng, members, markets, calendar)
    wishes = _candidates(rng, tactics, markets, workers, kind=kind, days=days)
    supply = sum(sum(worker.minutes) for worker in workers)
    candidates = _scaled(rng, wishes, workers, supply, kind)
    cost = sum(candidate.cost for candidate in candidates)
    marketing = sum(candidate.cost for candidate in candidates if candidate.line)
    others = tuple(candidate.id for candidate in candidates if not candidate.id.endswith("service"))
    return SprintProblem(
        id="2026-03",
        days=calendar,
        workers=workers,
        candidates=candidates,
        budget=cost * 45 // 100,
        lines=(("ads", marketing // 2),),
        shares=(Share("service at least 12%", others, supply * 88 // 100),),
    )


def _workers(rng: random.Random, members: int, markets: int, calendar: tuple[date, ...]) -> tuple[Worker, ...]:
    made = []
    held: set[str] = set()
    size = 4 if members <= 8 else 5 if members <= 15 else 6
    functions = [*FUNCTIONS][: max(1, min(3, members))]
    pools = {
        (function, market): [f"{skill}-{market}" for skill in FUNCTIONS[function][:size]]
        for function in functions
        for market in range(markets)
    }
    for number in range(members):
        drawn = rng.choices(functions, WEIGHTS[: len(functions)])[0]
        function = functions[number] if number < len(functions) else drawn
        pool = pools[function, rng.randrange(markets)]
        count = rng.choices((1, 2, 3, 4), (15, 40, 30, 15))[0]
        skills = set(rng.sample(pool, min(count, len(pool))))
        missing = [skill for skill in pool if skill not in held]
        skills.update(missing[: 1 if members > 6 else 2])
        held |= skills
        levels = tuple((skill, rng.choice((2, 2, 3, 4))) for skill in sorted(skills))
        is_employee = rng.random() < 0.75
        week = rng.choice((480, 720, 960, 1200, 1440, 1680, 1920) if is_employee else (480, 720, 960))
        away = set(rng.sample(range(len(calendar)), rng.choices((0, 1, 2, 5), (40, 30, 20, 10))[0]))
        minutes = tuple(0 if day.weekday() > 4 or index in away else week // 5 for index, day in enumerate(calendar))
        rate = 0 if is_employee else rng.choice((6000, 9000, 13000))
        made.append(Worker(f"w{number:04d}", levels, minutes, rate))
    return tuple(made)


def _candidates(
    rng: random.Random, tactics: int, markets: int, workers: tuple[Worker, ...], *, kind: str, days: int
) -> list[Candidate]:
    by_market: dict[int, list[str]] = {market: [] for market in range(markets)}
    for worker in workers:
        for skill, _ in worker.skills:
            by_market[int(skill.rsplit("-", 1)[1])].append(skill)
    made: list[Candidate] = []
    for number in range(tactics):
        function = rng.choices([*FUNCTIONS], WEIGHTS)[0]
        pool = by_market[rng.randrange(markets)] or [workers[0].skills[0][0]]
        own = [skill for skill in pool if skill.rsplit("-", 1)[0] in FUNCTIONS[function]] or pool
        count = rng.choices((1, 2, 3, 4, 5), (15, 30, 30, 15, 10))[0]
        if kind == "tight":
            count = rng.choices((1, 2, 3), (30, 40, 30))[0]
        jobs = []
        for index in range(count):
            skill = rng.choice(own if rng.random() < 0.8 else pool)
            minutes = rng.choice((30, 60, 90, 120, 180, 240, 360, 480, 720, 960, 1200))
            if kind == "tight":
                minutes = rng.choice((360, 420, 540, 660, 780, 900, 1140, 1260, 1500))
            follows = (f"j{index - 1}",) if index and rng.random() < (0.7 if kind == "chained" else 0.35) else ()
            jobs.append(Job(f"j{index}", skill, minutes, rng.choice((1, 2, 2, 2, 3)), after=follows))
        requires: tuple[str, ...] = ()
        if number > 3 and rng.random() < (0.35 if kind == "chained" else 0.15):
            earlier = [made[index].id for index in range(max(0, number - 30), number)]
            requires = tuple(sorted(rng.sample(earlier, 1 if rng.random() < 0.75 else 2)))
        release = rng.randrange(3, max(4, days // 2)) if rng.random() < 0.12 else 0
        deadline = rng.randrange(min(days - 1, release + 7), days) if rng.random() < 0.22 else days - 1
        made.append(
            Candidate(
                id=f"t{number:05d}-{function}",
                tier=rng.choices(("must", "should", "nice"), (12, 53, 35))[0],
                value=1000 * rng.randint(1, 10) * rng.randint(2, 10),
                rank=0,
                jobs=tuple(jobs),
                requires=requires,
                release=release,
                deadline=deadline,
                cost=0 if rng.random() < 0.6 else 100 * rng.choice((200, 500, 800, 1500, 3000, 5000)),
                line="ads" if function == "marketing" else None,
            )
        )
    return _excluding(rng, made)


def _excluding(rng: random.Random, made: list[Candidate]) -> list[Candidate]:
    for number in range(len(made) - 1):
        one, other = made[number], made[number + 1]
        if rng.random() < 0.04 and not one.excludes and one.id not in other.requires:
            made[number] = replace(one, excludes=(other.id,))
            made[number + 1] = replace(other, excludes=(one.id,))
    return made


def _scaled(
    rng: random.Random, made: list[Candidate], workers: tuple[Worker, ...], supply: int, kind: str
) -> tuple[Candidate, ...]:
    demand = sum(candidate.minutes for candidate in made) or 1
    ratio = 2.5 if kind == "tight" else 2.0
    factor = ratio * supply / demand
    wanted = {(job.skill, job.level) for candidate in made for job in candidate.jobs}
    able_of = {one: [worker for worker in workers if worker.has(*one)] for one in wanted}
    longest = {one: max((sum(worker.minutes) for worker in able), default=600) for one, able in able_of.items()}
    scaled = []
    for candidate in made:
        jobs = []
        for job in candidate.jobs:
            able, most = able_of[job.skill, job.level], longest[job.skill, job.level]
            minutes = max(15, min(int(job.minutes * factor), most * 9 // 10) // 15 * 15)
            owner, draw = None, rng.random()
            if draw < 0.08 and able:
                owner = rng.choice(able)
                minutes = max(15, min(minutes, sum(owner.minutes) * 9 // 10))
            split = 0.08 <= draw < 0.16 and minutes >= 240
            jobs.append(replace(job, minutes=minutes, owner=owner.id if owner else None, split=split))
        sized = replace(candidate, jobs=tuple(jobs))
        if kind == "correlated":
            tier = "must" if rng.random() < 0.08 else "should"
            sized = replace(sized, value=1000 * (sized.minutes // 15 + 20), tier=tier)
        scaled.append(sized)
    by_ratio = sorted(scaled, key=lambda one: (one.tier != "must", -one.value * 1000 // one.minutes, one.id))
    ranks = {candidate.id: number for number, candidate in enumerate(by_ratio, start=1)}
    return tuple(replace(candidate, rank=ranks[candidate.id]) for candidate in scaled)
