"""The goals report tells what tactics in sprints commit of the budget, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """revplan: {format: 1, company: Test, currency: USD, today: 2027-01-20}
goals:
  "2027": {measure: recurring, start_revenue: 1M, target_revenue: 1.2M, acv: 20k, close_rate: 20%}
tactics:
  fair: {title: Fair, function: sales, impact: 5, budget: events, cost: {2027-01: 900, 2027-02: 4000},
    tasks: {book: {skill: events, hours: 2}}}
budget:
  events: {category: events, function: sales, monthly: {from 2027-01: 3k}, actual: {2027-01: 500}}
  ads: {category: programs, function: marketing, annual: 12k}
sprints:
  2027-01: {start: 2027-01-01, end: 2027-01-31, tactics: {fair: {}}}
"""


def test_months_show_what_is_planned_spent_committed_and_left(
    run: Callable[..., Ran], make_plan: Callable[..., Path]
) -> None:
    """3,000 + 12,000 / 12 a month; January's spending is known, so only February's instalment is still to come."""
    said = run("-C", make_plan({"revplan.yaml": PLAN}), "report", "goals", "--format", "markdown").out
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in said.splitlines() if line.startswith("|")]
    assert ["January 2027", "$4,000", "$500", "–", "$3,500"] in rows
    assert ["February 2027", "$4,000", "–", "$4,000", "$0"] in rows
    assert ["March 2027", "$4,000", "–", "–", "$4,000"] in rows
    parked = PLAN.replace("tactics: {fair: {}}", "tactics: {}")
    said = run("-C", make_plan({"revplan.yaml": parked}), "report", "goals").out
    assert "the budget by month" not in said
