from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.strategy import alignment, random_acts
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

PLAN = """company:
  functions: {sales: {name: Sales}, billing: {name: Billing}}
strategy:
  objectives:
    win-more:
      title: Win more
      quarter: 2026-Q4
      commitments: {sales: 2026-10-02}
      assessment: {process: 2, capability: 3, gap: Nobody owns it, action: sheet}
    keep: {title: Keep them, commitments: {sales: 2026-10-02, billing: 2026-10-03}, assessment: {process: 3}}
    next: {title: Next, quarter: 2027-Q1}
    old: {title: Old, quarter: 2026-Q3}
tactics:
  sheet: {title: Sheet, function: sales, impact: 5, objective: win-more, cost: 300, tasks: {a: {skill: b, hours: 30}}}
  calls: {title: Calls, function: sales, impact: 5, objective: win-more, status: done, tasks: {a: {skill: b, hours: 9}}}
  fair: {title: Fair, function: sales, impact: 5, tasks: {a: {skill: b, hours: 10}}}
  past: {title: Past, function: sales, impact: 5, objective: old, tasks: {a: {skill: b, hours: 5}}}
  soon: {title: Soon, function: sales, impact: 5, objective: next, tasks: {a: {skill: b, hours: 5}}}
"""


def test_the_work_behind_objectives_worked_out_by_hand(read_plan: Callable[[str], Context]) -> None:
    found = alignment(read_plan(PLAN))
    first, second = found.objectives
    assert (first.id, first.work.tactics, first.work.minutes, first.work.cash) == ("win-more", ("sheet",), 1800, 300)
    assert (first.work.share, first.done) == (Fraction(30, 50), 1)
    assert (second.work.tactics, second.work.share) == ((), 0)
    assert found.later.tactics == ("soon",)
    assert (found.random.tactics, found.random.share) == (("fair", "past"), Fraction(15, 50))


def test_the_three_steps(read_plan: Callable[[str], Context]) -> None:
    first, second = alignment(read_plan(PLAN)).objectives
    assert (first.uncommitted, first.is_shared, first.is_evaluated, first.is_aligned) == (
        ("billing",),
        False,
        True,
        True,
    )
    assert (second.is_shared, second.is_evaluated, second.is_aligned) == (True, False, False)


def test_random_acts(read_plan: Callable[[str], Context]) -> None:
    assert [tactic.id for tactic in random_acts(read_plan(PLAN))] == ["fair", "past"]


@given(st.lists(st.tuples(st.sampled_from(["now", "next", "old", None]), st.integers(1, 40)), max_size=8))
def test_shares_sum_to_one(work: list[tuple[str | None, int]]) -> None:
    quarters = {"now": "2026-Q4", "next": "2027-Q2", "old": "2026-Q1"}
    bodies = {
        f"t{number}": {
            "tasks": {"write": {"skill": "writing", "hours": str(hours)}},
            **({"objective": name} if name else {}),
        }
        for number, (name, hours) in enumerate(work)
    }
    objectives = {name: {"title": name, "quarter": quarter} for name, quarter in quarters.items()}
    found = alignment(on("2026-11-28", plan(tactics=bodies, strategy={"objectives": objectives})))
    shares = [*(own.work.share for own in found.objectives), found.later.share, found.random.share]
    assert sum(shares) == (1 if work else 0)


def test_what_one_function_is_asked_for_is_shared_once_it_has_committed() -> None:
    what = plan(strategy={"objectives": {"win": {"title": "Win", "commitments": {"sales": "2026-10-02"}}}})
    assert alignment(on("2026-11-28", what)).objectives[0].is_shared


@pytest.mark.parametrize(
    ("assessment", "is_aligned"),
    [
        ({"process": "2", "capability": "3"}, True),
        ({"process": "2", "capability": "3", "gap": "Nobody owns it"}, False),
        ({"process": "2"}, False),
        ({}, False),
        (None, False),
    ],
)
def test_an_objective_without_a_gap_needs_nothing_to_close_it(
    assessment: dict[str, str] | None, is_aligned: bool
) -> None:
    body = {"title": "Win", "assessment": assessment}
    what = plan(strategy={"objectives": {"win": body}})
    assert alignment(on("2026-11-28", what)).objectives[0].is_aligned == is_aligned


@pytest.mark.parametrize("commitments", [{}, {"sales": None}])
def test_nobody_has_committed_to_what_nobody_has_seen(commitments: dict[str, None]) -> None:
    what = plan(strategy={"objectives": {"win": {"title": "Win", "commitments": commitments}}})
    assert not alignment(on("2026-11-28", replace(what))).objectives[0].is_shared
