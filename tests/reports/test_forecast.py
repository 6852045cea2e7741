"""The figures of `report forecast`, against what they must be where the year leaves nothing to chance, and as odds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from revplan.model.goals import Goal
from revplan.reports.forecast import build
from tests.support.plans import on, plan

BODY = {
    "id": "2027", "measure": "recurring", "start_revenue": "4.2M", "target_revenue": "5.2M", "acv": "24k",
    "close_rate": "20%", "close_lag": [".5", ".5"], "net_revenue_retention": "98%", "cost_per_opportunity": "1100",
    "open_opportunities": "54",
}  # fmt: skip


def told(annual: str, **changes: Any) -> dict[str, Any]:
    lines = {"ads": {"category": "programs", "function": "marketing", "annual": annual}}
    goal = Goal.model_validate({**BODY, **changes})
    found: dict[str, Any] = build(on("2026-11-28", replace(plan(budget=lines), goals={"2027": goal}))).data["goals"][0]
    return found


def test_the_middle_of_a_year_is_what_its_averages_come_to() -> None:
    """Customers of today keep 98 per cent; 250,000 / 1,100 opportunities a year and the 54 are won by one in five."""
    found = told("250k")
    won = (250_000 / 1100 / 12 * 11.5 + 54) * 0.2
    assert found["p50"] == pytest.approx(4.2e6 * 0.98 + won * 24_000, rel=0.03)
    assert found["p10"] < found["p50"] < found["p90"]
    assert found["months"][-1]["p50"] == found["p50"]


def test_odds_say_on_which_side_of_the_percentiles_the_target_lies() -> None:
    band = told("250k")
    for figure, least, most in (("p10", 0.88, 0.92), ("p50", 0.48, 0.52), ("p90", 0.08, 0.12)):
        assert least <= told("250k", target_revenue=str(band[figure]))["odds"] <= most, figure
