"""The figures of `report company`, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revplan.formats.table import DocumentFormat, Screen
from revplan.model.goals import Goal
from revplan.reports.company import build
from revplan.reports.frame import frame
from tests.support.plans import on, plan

GOAL = Goal.model_validate(
    {
        "id": "2026", "measure": "recurring", "start_revenue": "1M", "target_revenue": "1.24M", "acv": "24k",
        "close_rate": "25%", "gross_margin": "75%", "net_revenue_retention": "98%",
        "history": {
            "customers": "100", "new_customers": {"2026-01": "8", "2026-02": "12"},
            "lost_customers": {"2026-01": "2", "2026-02": "3", "2026-03": "4"},
            "acquisition_spend": {"2026-01": "90k", "2026-02": "110k"},
        },
    }
)  # fmt: skip


def test_what_a_customer_is_worth_against_what_winning_it_costs() -> None:
    found = build(on("2026-04-20", replace(plan(), goals={"2026": GOAL}))).data["customers"]
    churn, margin = 9 / 100 * 12 / 3, 24_000 * 0.75
    assert found["acquisition_cost"] == 200_000 / 20
    assert (found["logo_churn"], found["logo_churn_months"]) == (pytest.approx(churn), 3)
    assert found["payback_months"] == pytest.approx(10_000 / (margin / 12), abs=5e-5)
    assert found["lifetime_value"] == pytest.approx(margin / churn, abs=5e-5)
    assert found["ltv_to_cac"] == pytest.approx(margin / churn / 10_000, abs=5e-5)
    assert (found["net_revenue_retention"], found["gross_revenue_retention"]) == (0.98, None)


def test_what_is_asked_for_is_what_is_missing() -> None:
    """What a history has is not asked for again, and what the goal lacks is not said to be given by it."""
    assert GOAL.history is not None
    bare = GOAL.model_copy(update={"history": GOAL.history.model_copy(update={"lost_customers": None})})
    shown = " ".join(_shown(bare).split())
    assert "add to the history of 2026: lost_customers" in shown
    assert "Gross revenue retention not known add gross_revenue_retention" in shown
    assert "Net revenue retention 98% given by the goal" in shown
    empty = _shown(GOAL.model_copy(update={"history": None}))
    assert "add to the history of 2026: customers and lost_customers" in empty
    assert "add to the history of 2026: new_customers and acquisition_spend" in empty


def _shown(goal: Goal) -> str:
    context = on("2026-04-20", replace(plan(), goals={"2026": goal}))
    return DocumentFormat.TERMINAL.draw(frame(context, build(context)), Screen(200, color=False)).decode()
