"""The figures of `report backlog`, worked out by hand."""

from __future__ import annotations

from typing import Any

from revplan.reports.backlog import build
from tests.support.plans import on, plan


def writing(hours: int, impact: int, **more: str) -> dict[str, Any]:
    return {"impact": str(impact), "tasks": {"write": {"skill": "writing", "hours": str(hours)}}, **more}


def test_scores_are_expected_impact_by_days_of_eight_hours() -> None:
    tactics = {
        "big": writing(48, 9),
        "quick": writing(24, 6),
        "slog": writing(25, 5),
        "unsure": writing(8, 8, confidence="0.5"),
        "weekly": writing(2, 5, recurring="weekly"),
    }
    found = build(on("2026-12-01", plan(tactics=tactics))).data["tactics"]
    assert [(own["rank"], own["tactic"], own["score"], own["hours"], own["quadrant"]) for own in found] == [
        (1, "unsure", 4, 8, "fill-in"),  # 8 × 0.5 / 1 day
        (2, "quick", 2, 24, "quick-win"),  # 6 / 3 days
        (3, "slog", 1.6, 25, "hard-slog"),  # 5 / 3.125 days
        (4, "big", 1.5, 48, "big-bet"),  # 9 / 6 days
    ]
    assert [own["expected_impact"] for own in found] == [4, 6, 5, 9]


def test_hours_are_those_that_are_left() -> None:
    row = {"owner": "ann", "hours": "24", "spent": "10", "status": "started"}
    november = {
        "start": "2026-11-01",
        "end": "2026-11-30",
        "status": "closed",
        "tactics": {"quick": {"tasks": {"write": row}}},
    }
    what = plan(tactics={"quick": writing(24, 6)}, sprints={"2026-11": november})
    (found,) = build(on("2026-12-01", what)).data["tactics"]
    assert (found["hours"], found["score"]) == (14, 3.4286), "6 / (14 / 8) days"
