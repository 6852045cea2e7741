"""The figures of `report results`, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from revplan.model.metrics import Metric
from revplan.reports.results import build
from tests.support.plans import on, plan

LEADS = Metric.model_validate(
    {
        "id": "leads", "name": "Leads", "unit": "leads", "direction": "up", "owner": "ana", "cadence": "weekly",
        "target": "40",
        "readings": {
            "2026-09-10": "10", "2026-09-17": "12", "2026-09-24": "14", "2026-10-01": "16",
            "2026-10-08": "20", "2026-10-15": "22", "2026-10-22": "24", "2026-10-29": "26",
        },
    }
)  # fmt: skip


def done(moved: str, confidence: str, **more: str) -> dict[str, Any]:
    return {"status": "done", "confidence": confidence, "result": {"moved": moved}, **more}


def test_hits_are_counted_beside_the_confidence_that_was_stated() -> None:
    tactics = {
        "a": done("yes", "0.9", cost="100"),
        "b": done("no", "0.5"),
        "c": done("unclear", "1"),
        "d": done("yes", "1", function="sales", cost="200"),
        "open": {},
    }
    data = build(on("2026-11-28", plan(tactics=tactics))).data
    found = data["all"]
    assert (found["done"], found["moved"], found["not_moved"], found["unclear"]) == (4, 2, 1, 1)
    assert (found["hit_rate"], found["stated_confidence"], found["cost"]) == (0.6667, 0.8, 300)
    functions = {own["id"]: (own["done"], own["moved"]) for own in data["groups"] if own["by"] == "function"}
    assert functions == {"marketing": (3, 1), "sales": (1, 1)}


def test_readings_after_are_held_against_the_trend_before() -> None:
    """The line 10, 12, 14, 16 goes on as 18, 20, 22, 24, which is 21 on average; the readings are 23 on average."""
    what = plan(tactics={"guide": {"status": "done", "done": "2026-10-01", "metric": "leads"}})
    data = build(on("2026-11-28", replace(what, metrics={"leads": LEADS}))).data
    (found,) = data["tactics"]
    assert (found["readings_after"], found["mean_after"], found["expected"], found["difference"]) == (4, 23, 21, 2)
    assert data["waiting"] == ["guide"]
