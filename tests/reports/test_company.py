"""The figures of `report company`, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revplan.model.goals import Goal
from revplan.reports.company import build
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
