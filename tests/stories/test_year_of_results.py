"""A year of a company that looks back: planted good playbooks rise in its backlog, planted bad ones sink.

The test keeps its own counts of hits and of stated confidences, and works out from them what the backlog must say, in
plain arithmetic; the plan is written as text, month by month, and read anew as the company would.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.scoring import rank, value
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MakePlan = Callable[..., Path]

ODDS = {"win-back": 0.9, "visit": 0.85, "survey": 0.5, "podcast": 0.15, "expo": 0.1}
"""How often a tactic of each playbook moves its metric, which the company does not know: by id the bad come first."""
GOOD, BAD = ("win-back", "visit"), ("podcast", "expo")
STATED = 0.5
IMPACT = 6
HOURS = 8
A_MONTH = 4
"""Tactics done each month."""
PRIOR = 3
"""Expected hits that weigh as much as what was measured."""
SEEDS = (1, 2, 3, 4)
"""Four years of luck: what the tests say holds in each of them, or in their sum."""

MOULDS = "playbooks:\n" + "".join(
    f"  {name}: {{title: {name}, function: marketing, stage: lead, tasks: {{do: {{skill: writing, hours: 8}}}}}}\n"
    for name in ODDS
)


class Company:
    """What the company knows: its backlog with a next tactic of each playbook, and what became of those it did."""

    def __init__(self, seed: int, *, learns: bool) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a simulation
        self.learns = learns
        self.hits = dict.fromkeys(ODDS, 0)
        self.done = dict.fromkeys(ODDS, 0)
        self.lines: list[str] = []
        self.by_month: list[int] = []

    def text(self) -> str:
        """Return the backlog as a plan file: what is done with its result, and the next of each playbook."""
        rest = f"tasks: {{do: {{skill: writing, hours: {HOURS}}}}}"
        ready = (
            f"  next-{name}: {{title: Next {name}, function: marketing, impact: {IMPACT}, confidence: {STATED}, "
            f"playbook: {name}, {rest}}}\n"
            for name in ODDS
        )
        return "tactics:\n" + "".join((*ready, *self.lines))

    def do(self, name: str, day: date) -> None:
        """Do a tactic of a playbook, and write down what became of it."""
        moved = self.chance.random() < ODDS[name]
        self.done[name] += 1
        self.hits[name] += moved
        self.by_month[-1] += moved
        result = f"{{moved: {'yes' if moved else 'no'}, on: {day}}}"
        self.lines.append(
            f"  {name}-{self.done[name]}: {{title: Done {name}, function: marketing, impact: {IMPACT}, "
            f"confidence: {STATED}, playbook: {name}, status: done, done_when: Done, done: {day}, "
            f"tasks: {{do: {{skill: writing, hours: {HOURS}}}}}, result: {result}}}\n"
        )

    def expected_confidence(self, name: str) -> float:
        """Return what the backlog must go by, from the counts: the playbook's hits after the other playbooks'."""
        if not self.learns:
            return STATED
        others_hits = sum(self.hits.values()) - self.hits[name]
        others_done = sum(self.done.values()) - self.done[name]
        before = (others_hits + PRIOR) / (others_done * STATED + PRIOR)
        if not self.done[name]:
            whole = sum(self.done.values())
            before = (sum(self.hits.values()) + PRIOR) / (whole * STATED + PRIOR) if whole else 1
            return min(1, STATED * before)
        return min(1, STATED * (self.hits[name] + PRIOR * before) / (self.done[name] * STATED + PRIOR))


def year(make_plan: MakePlan, seed: int, *, learns: bool) -> tuple[Company, list[str]]:
    """Let a company work for a year by its ranking, one tactic a month at random; return it and its last ranking."""
    company = Company(seed, learns=learns)
    settings = f"revplan: {{format: 1, company: Test, currency: USD{', scoring: {learn: true}' if learns else ''}}}\n"
    order: list[str] = []
    for month in range(1, 13):
        day = date(2027, month, 1)
        order = look(make_plan, company, settings, day)
        company.by_month.append(0)
        curious = company.chance.choice(sorted(ODDS))
        for name in (*order[: A_MONTH - 1], curious):
            company.do(name, day + timedelta(days=20))
    order = look(make_plan, company, settings, date(2028, 1, 1))
    return company, order


def look(make_plan: MakePlan, company: Company, settings: str, today: date) -> list[str]:
    """Read the plan, hold its figures against those worked out here, and return the playbooks as they are ranked."""
    root = make_plan({"revplan.yaml": settings, "playbooks.yaml": MOULDS, "tactics.yaml": company.text()})
    plan = read(root).plan
    assert not plan.broken
    ready = {f"next-{name}": HOURS * 60 for name in ODDS}
    for name in ODDS:
        told = value(plan, plan.tactics[f"next-{name}"], today)
        assert told == pytest.approx(IMPACT * 1000 * company.expected_confidence(name), abs=IMPACT)
    ranking = [each.tactic.removeprefix("next-") for each in rank(plan, ready, today)]
    confidences = [company.expected_confidence(name) for name in ranking]
    assert all(one >= other - 0.001 for one, other in pairwise(confidences))
    return ranking


@pytest.mark.parametrize("seed", SEEDS)
def test_the_good_playbooks_rise_above_the_bad_ones(make_plan: MakePlan, seed: int) -> None:
    company, order = year(make_plan, seed, learns=True)
    assert max(map(order.index, GOOD)) < min(map(order.index, BAD)), order
    assert set(order[:2]) == set(GOOD), "those that were fourth and fifth before anything was known"
    assert all(company.expected_confidence(name) > STATED for name in GOOD)


def test_over_several_years_they_lie_as_they_were_planted(make_plan: MakePlan) -> None:
    orders = [year(make_plan, seed, learns=True)[1] for seed in SEEDS]
    place = {name: sum(order.index(name) for order in orders) for name in ODDS}
    middle = place["survey"]
    assert all(place[name] < middle for name in GOOD)
    assert all(place[name] > middle for name in BAD)


def test_a_company_that_learns_moves_more_than_by_what_it_stated_or_by_chance(make_plan: MakePlan) -> None:
    hits, stated = (
        sum(sum(year(make_plan, seed, learns=learns)[0].by_month) for seed in SEEDS) for learns in (True, False)
    )
    by_chance = sum(ODDS.values()) / len(ODDS) * A_MONTH * 12 * len(SEEDS)
    assert hits > stated
    assert hits > 1.1 * by_chance


def test_without_learning_the_ranking_stays_as_it_was_stated(make_plan: MakePlan) -> None:
    _, order = year(make_plan, SEEDS[0], learns=False)
    assert order == sorted(ODDS)
