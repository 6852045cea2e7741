"""A second company through two years, from January and from July: every figure of every month, worked out another way.

Each month the plan is written with what is known on the day, and what the reports and the weekly agenda say is compared
with the arithmetic below, which knows nothing of revplan's: months are whole numbers, stock moves from age to age, and
the odds are those of a simulation in plain Python.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import pytest

from revplan import wording
from revplan.model.base import Month

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

LAG = (0.1, 0.3, 0.4, 0.2)
DONE = (0.1, 0.4, 0.8, 1.0)
ACV, RATE, KEPT, EACH = 12_000, 0.25, 0.94, 500
BUDGETS = (10_000, 12_500)
"""What programs may spend in each month of the first and of the second year."""
WON, LOST, OPEN = 60, 180, 40
RUNS = 1_200
LATE = {1, 7}
"""Months in which the books of the month before are not closed by the fifth."""


def named(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


@dataclass(frozen=True)
class World:
    """What happens, and how it is told.

    Attributes:
        measure: how revenue counts.
        first: the first month of the first of two years, as year × 12 + month − 1.
        start: the month a fiscal year starts with.
    """

    measure: str
    first: int
    start: int

    def actual(self, month: int) -> int:
        """Return what a month's revenue was, once it is known."""
        past = month - self.first
        level, step = (3_000_000, 52_000) if self.measure == "recurring" else (250_000, 4_400)
        return level + step * (past + 1) + (past * 7 % 5 - 2) * 1_700

    def created(self, month: int) -> int:
        return 17 + (month - self.first) * 5 % 7

    @property
    def years(self) -> tuple[int, int]:
        first = (self.first + 11) // 12
        return first, first + 1

    def year_of(self, month: int) -> int:
        return self.years[(month - self.first) // 12]

    def months_of(self, year: int) -> range:
        begin = self.first + 12 * (year - self.years[0])
        return range(begin, begin + 12)

    def planned(self, year: int) -> tuple[int, int]:
        """Return the year's start and target; the second year is planned from more than comes."""
        if self.measure == "recurring":
            return ((3_000_000, 3_600_000), (3_690_000, 4_300_000))[year - self.years[0]]
        return ((2_900_000, 3_300_000), (3_380_000, 3_900_000))[year - self.years[0]]

    def budget(self, year: int) -> int:
        """Return what programs may spend in a month of a year."""
        return BUDGETS[year - self.years[0]]

    def a_month(self, month: int) -> float:
        """Return the opportunities that a month's budget creates."""
        return self.budget(self.year_of(month)) / EACH

    def counts(self) -> dict[int, tuple[date, int]]:
        """Return the pipelines that were counted, by the month at whose start they stand."""
        found = {}
        for month, count in ((self.first + 9, 44), (self.first + 15, 52)):
            found[month + 1] = (date(month // 12, month % 12 + 1, 28), count)
        return found


@dataclass(frozen=True)
class View:
    """The world as it is known on the fifth of a month."""

    world: World
    month: int

    @property
    def today(self) -> date:
        return date(self.month // 12, self.month % 12 + 1, 5)

    @property
    def last(self) -> int:
        """The last month whose revenue is known."""
        return self.month - (2 if self.month % 12 + 1 in LATE else 1)

    def known(self, month: int) -> int | None:
        return self.world.actual(month) if self.world.first <= month <= self.last else None

    # --- the plan ----------------------------------------------------------------------------------------------------

    def text(self) -> str:
        return (
            "goals:\n"
            + "".join(map(self.goal, self.world.years))
            + (
                f"budget:\n  ads: {{category: programs, function: marketing, monthly: {{{self.budget()}}}}}\n"
                "metrics:\n  money: {name: Money, unit: USD, direction: up, owner: ana, cadence: monthly, target: 1,"
                " revenue: true}\n"
                "team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40}\n"
            )
        )

    def goal(self, year: int) -> str:
        start, target = self.world.planned(year)
        months = self.world.months_of(year)
        actual = ", ".join(f"{named(month)}: {self.known(month)}" for month in months if self.known(month) is not None)
        created = ", ".join(f"{named(month)}: {self.world.created(month)}" for month in months if month < self.month)
        history, opening = f"created: {{{created}}}", ""
        if year == self.world.years[0]:
            history = f"won: {WON}, lost: {LOST}, {history}"
            opening = f"\n    open_opportunities: {OPEN}"
        counted = [
            (day, count)
            for day, count in self.world.counts().values()
            if day <= self.today and year == self.world.years[0]
        ]
        pipeline = ", ".join(f"{day}: {{count: {count}}}" for day, count in counted)
        return (
            f'  "{year}":\n    measure: {self.world.measure}\n'
            f"    start_revenue: {start}\n    target_revenue: {target}\n"
            f"    curve: flat\n    acv: {ACV}\n    close_rate: {RATE}\n    close_lag: {list(LAG)}\n"
            f"    net_revenue_retention: {KEPT}\n    cost_per_opportunity: {EACH}{opening}\n"
            + (f"    pipeline: {{{pipeline}}}\n" if pipeline else "")
            + f"    actual: {{{actual}}}\n    history: {{{history}}}\n"
        )

    def budget(self) -> str:
        months = (month for year in self.world.years for month in self.world.months_of(year))
        return ", ".join(f"{named(month)}: {self.world.budget(self.world.year_of(month))}" for month in months)

    # --- the scoreboard ----------------------------------------------------------------------------------------------

    def target(self, month: int) -> float:
        year = self.world.year_of(month)
        start, end = self.world.planned(year)
        past = month - self.world.months_of(year)[0] + 1
        return start + (end - start) * past / 12 if self.world.measure == "recurring" else end / 12

    def begins(self, year: int) -> float:
        """Return where a year starts: what was known before it, else what was planned."""
        begin = self.world.months_of(year)[0]
        if self.world.measure == "recurring":
            before = self.known(begin - 1)
        else:
            months = [self.known(month) for month in range(begin - 12, begin)]
            before = None if None in months else sum(filter(None, months))
        return self.world.planned(year)[0] if before is None else before

    def row(self, month: int) -> dict[str, Any]:
        now, before, year_before = (self.known(month - back) for back in (0, 1, 12))
        return {
            "month": named(month),
            "target": self.target(month),
            "actual": now,
            "attainment": None if now is None else now / self.target(month),
            "growth": None if now is None or before is None else now / before - 1,
            "year_before": year_before,
            "year_growth": None if now is None or year_before is None else now / year_before - 1,
        }

    def head(self) -> dict[str, Any]:
        year, last = self.world.year_of(self.month), self.last
        months = [month for month in self.world.months_of(year) if self.known(month) is not None]
        start = self.begins(year)
        if self.world.measure == "recurring":
            so_far, to_be = self.world.actual(last) - start, self.target(last) - start
        else:
            so_far, to_be = sum(map(self.world.actual, months)), sum(map(self.target, months))
        return {
            "goal": str(year),
            "last_month": named(last),
            "last_actual": self.world.actual(last),
            "last_target": self.target(last),
            "growth": self.world.actual(last) / self.world.actual(last - 1) - 1 if last > self.world.first else None,
            "this_month": named(self.month),
            "this_month_target": self.target(self.month),
            "year_start": start,
            "year_to_date": so_far if months else None,
            "year_to_date_target": to_be if months else None,
            "run_rate": self.world.actual(last) * (1 if self.world.measure == "recurring" else 12),
        }

    # --- what is open, and what comes of it --------------------------------------------------------------------------

    def stock(self) -> list[float]:
        """Return what is open after the last month known, by age in months, followed from what was counted last."""
        counted = [(at, count) for at, (day, count) in self.world.counts().items() if day <= self.today]
        at, count = max([(self.world.first, OPEN), *counted])
        left = [1 - done for done in DONE[:-1]]
        ages = [count * share / sum(left) for share in left]
        for month in range(at, self.last + 1):
            ages = [self.world.created(month) * left[0], *(ages[age] * left[age + 1] / left[age] for age in (0, 1))]
        return ages

    def wins(self, year: int) -> list[float]:
        """Return the customers won in each month from the last known to the year's end."""
        left, ages, won = [1 - done for done in DONE[:-1]], self.stock(), []
        for month in range(self.last + 1, self.world.months_of(year)[-1] + 1):
            created = self.world.a_month(month)
            older = [ages[age] * left[age + 1] / left[age] for age in (0, 1)]
            won.append(RATE * (sum(ages) - sum(older) + created * DONE[0]))
            ages = [created * left[0], *older]
        return won

    def stays(self, months: int) -> float:
        years, rest = divmod(months, 12)
        return KEPT**years * (1 - (1 - KEPT) * rest / 12)

    def brings(self, month: int, year: int) -> float:
        """Return what a customer won in a month brings to a year's target, in ACVs."""
        months = self.world.months_of(year)
        return 1.0 if self.world.measure == "recurring" else sum(month <= other for other in months) / 12

    def missing(self, year: int) -> float:
        """Return what customers won from now on have to bring."""
        target, end = self.world.planned(year)[1], self.world.months_of(year)[-1]
        if self.world.measure == "recurring":
            return target - self.world.actual(self.last) * self.stays(end - self.last)
        months = self.world.months_of(year)
        known = sum(self.world.actual(month) for month in months if month <= self.last)
        to_come = sum(
            self.world.actual(self.last) * self.stays(month - self.last) for month in months if month > self.last
        )
        return target - known - to_come

    def goals(self, year: int) -> dict[str, float]:
        begin = self.world.months_of(year)[0]
        start, target = self.begins(year), self.world.planned(year)[1]
        base, run_rate = start * KEPT, self.known(begin - 1)
        if self.world.measure == "revenue" and run_rate is not None:
            base = sum(run_rate * self.stays(number) for number in range(1, 13))
        won = [(month + k, share) for month in range(12) for k, share in enumerate(LAG) if month + k < 12]
        part = sum(share * self.brings(begin + month, year) for month, share in won) / sum(share for _, share in won)
        customers = (target - base) / ACV / part
        closing = self.wins(year)
        brought = sum(count * self.brings(self.last + 1 + number, year) for number, count in enumerate(closing))
        return {
            "new_revenue": target - base,
            "customers": customers,
            "opportunities": customers / RATE,
            "spend": customers / RATE * EACH,
            "affordable_opportunities": self.world.budget(year) * 12 / EACH,
            "funding": self.world.budget(year) * 12 / EACH / (customers / RATE),
            "closing_customers": sum(closing),
            "attainment": brought * ACV / self.missing(year) if self.missing(year) > 0 else 1,
        }

    def pace(self, year: int, created: list[int], spread: float) -> float:
        """Return opportunities created a month of a year, at a place from 0 to 1 of what is likely after the record.

        The quantile of a gamma distribution by its cube root (Wilson and Hilferty 1931).
        """
        shape, months = sum(created) + 2 * self.world.budget(year) / EACH, len(created) + 2
        root = 1 - 1 / (9 * shape) + NormalDist().inv_cdf(spread) / (3 * shape**0.5)
        return float(shape * root**3 / months)

    def odds(self, year: int) -> tuple[float, float]:
        """Return the odds of a year's target, and the middle of what it comes to, by living through it."""
        luck, ages = Random(year * 1_000 + self.month), self.stock()  # noqa: S311 - each view its own luck
        months = range(self.last + 1, self.world.months_of(year)[-1] + 1)
        created = [self.world.created(month) for month in range(self.world.first, self.month)]
        target, ends = self.world.planned(year)[1], []
        still = target - self.missing(year)
        whole, share = round(sum(ages)), [count / sum(ages) for count in ages]
        left = [1 - done for done in DONE[:-1]]
        for _ in range(RUNS):
            rate = luck.betavariate(10 * RATE + WON, 10 * (1 - RATE) + LOST)
            spread = luck.random()
            means = {own: self.pace(own, created, spread) for own in self.world.years}
            brought = 0.0
            for age in luck.choices(range(3), share, k=whole):
                if luck.random() < rate:
                    later = luck.choices(range(3 - age), [LAG[age + 1 + k] / left[age] for k in range(3 - age)])[0]
                    if later < len(months):
                        brought += self.brings(months[later], year)
            for number in range(len(months)):
                won = poisson(luck, means[self.world.year_of(months[number])] * rate)  # of so many, each is won or not
                for later in luck.choices(range(number, number + 4), LAG, k=won):
                    if later < len(months):
                        brought += self.brings(months[later], year)
            ends.append(still + brought * ACV)
        ends.sort()
        return sum(end >= target for end in ends) / RUNS, ends[RUNS // 2]


def poisson(luck: Random, mean: float) -> int:
    """Return how many events fall into a unit of time, by the times between them."""
    count, time = 0, luck.expovariate(mean)
    while time < 1:
        count, time = count + 1, time + luck.expovariate(mean)
    return count


CALENDAR = [View(World("recurring", 2026 * 12, 1), 2026 * 12 + month) for month in range(1, 24)]
JULY = [View(World("revenue", 2025 * 12 + 6, 7), 2025 * 12 + 6 + month) for month in range(1, 24)]
OTHERS = [
    *(View(World("recurring", 2025 * 12 + 6, 7), 2026 * 12 + month) for month in (6, 7)),
    *(View(World("revenue", 2026 * 12, 1), 2026 * 12 + month) for month in (12,)),
]


@pytest.mark.parametrize("view", [*CALENDAR, *JULY, *OTHERS], ids=lambda view: f"{view.world.measure}-{view.today}")
def test_every_figure_is_what_it_comes_to(view: View, run: Callable[..., Ran], make_plan: Callable[..., Path]) -> None:
    settings = f"revplan: {{format: 1, company: Second, currency: USD, fiscal_year_start: {view.world.start}}}\n"
    root = make_plan({"revplan.yaml": settings, "plan.yaml": view.text()})

    def asks(*words: str) -> dict[str, Any]:
        ran = run(*words, "-C", root, "--today", str(view.today), "--format", "json")
        assert ran.code == 0, ran.out + ran.err
        answer: dict[str, Any] = json.loads(ran.out)
        data: dict[str, Any] = answer.get("data", answer)
        return data

    year = view.world.year_of(view.month)
    board = asks("report", "scoreboard")
    same(board["revenue"], view.head())
    for found, month in zip(board["months"], view.world.months_of(year), strict=True):
        same(found, view.row(month))
    asked = [named(month) for month in range(view.last + 1, view.month)]
    assert board["missing_months"] == asked
    (metric,) = board["metrics"]
    same(metric, {"reading": view.world.actual(view.last), "target": view.target(view.last)})
    ahead = [own for own in view.world.years if own >= year]
    for own, found in zip(ahead, asks("report", "goals")["goals"], strict=True):
        same(found, view.goals(own))
    for own, found in zip(ahead, asks("report", "forecast")["goals"], strict=True):
        odds, middle = view.odds(own)
        assert found["odds"] == pytest.approx(odds, abs=0.04), own
        assert found["p50"] == pytest.approx(middle, rel=0.007), own
        assert found["open_opportunities"] == round(sum(view.stock()))
        assert found["sets_out_from"] == named(view.last)
    agenda = ("agenda", "weekly", "-C", root, "--today", str(view.today), "--format")
    same(json.loads(run(*agenda, "json").out)["data"]["revenue"], view.head())
    said = run(*agenda, "markdown").out.replace("\\", "")
    assert all(f"actual.{month}=AMOUNT" in said for month in asked[:1])
    assert all(wording.month(Month(*map(int, month.split("-")))) in said for month in asked)
    assert ("no revenue yet" in said) == bool(asked)


def same(found: dict[str, Any], right: dict[str, Any]) -> None:
    for key, value in right.items():
        wanted = pytest.approx(value, rel=2e-4, abs=1.1e-4) if isinstance(value, float) else value
        assert found[key] == wanted, key
