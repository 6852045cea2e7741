"""The figures of `report scoreboard`, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revplan.model.goals import Goal
from revplan.model.metrics import Metric
from revplan.reports.scoreboard import build
from tests.support.plans import on, plan

GOAL = Goal.model_validate(
    {
        "id": "2026", "measure": "recurring", "start_revenue": "1M", "target_revenue": "1.24M", "curve": "flat",
        "acv": "10k", "close_rate": "25%", "actual": {"2026-01": "1.01M", "2026-02": "1.06M"},
    }
)  # fmt: skip
CALLS = Metric.model_validate(
    {
        "id": "calls", "name": "Calls", "unit": "calls", "direction": "up", "owner": "ana", "cadence": "weekly",
        "target": "48", "readings": {"2025-12-26": "40", "2026-03-20": "46"},
    }
)  # fmt: skip


def test_months_against_target_and_the_month_before() -> None:
    """Flat growth adds 20,000 a month: 1.02M and 1.04M are the targets of the two months that are known."""
    data = build(on("2026-03-20", replace(plan(), goals={"2026": GOAL}))).data
    january, february, march = data["months"][:3]
    assert (january["target"], january["actual"], january["attainment"]) == (1_020_000, 1_010_000, 0.9902)
    assert (february["target"], february["actual"], february["attainment"]) == (1_040_000, 1_060_000, 1.0192)
    assert february["growth"] == pytest.approx(1.06 / 1.01 - 1, abs=5e-5)
    assert (march["target"], march["actual"], march["attainment"]) == (1_060_000, None, None)
    assert len(data["months"]) == 12
    assert data["months"][-1]["target"] == 1_240_000


def test_a_metric_has_its_age_state_and_pace() -> None:
    """From 40 to 46 in twelve weeks are half a call a week; 46 are four of a hundred below 48."""
    (found,) = build(on("2026-03-22", replace(plan(), metrics={"calls": CALLS}))).data["metrics"]
    assert (found["reading"], found["target"], found["age_days"], found["old"]) == (46, 48, 2, False)
    assert (found["color"], found["pace"], found["pace_per"]) == ("amber", 0.5, "week")
    assert found["trend"] == [40, *[None] * 11, 46]
