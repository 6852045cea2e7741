"""One state of a tactic, and of an asset whose task makes it further along than what was typed."""

from __future__ import annotations

from typing import Any

import pytest

from revplan.analysis.calibration import parking_lot
from revplan.analysis.campaigns import asset_status
from revplan.analysis.standing import standings
from revplan.model.campaigns import Asset
from tests.support.plans import on, plan

TASK = {"owner": "ana", "hours": "8"}
DONE = {**TASK, "status": "done", "spent": "8"}
NOVEMBER: dict[str, Any] = {"start": "2026-11-01", "end": "2026-11-30"}
DECEMBER: dict[str, Any] = {"start": "2026-12-01", "end": "2026-12-31"}
PARKED: dict[str, Any] = {"parked": {"page": {"reason": "capacity", "review": "2026-12-31"}}}


def sprint(days: dict[str, Any], status: str, task: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    tactics = {"page": {"tasks": {"write": task}}} if task is not None else {}
    return {**days, "status": status, "tactics": tactics, **more}


@pytest.mark.parametrize(
    ("body", "sprints", "stands"),
    [
        ({}, {}, "ready"),
        ({"status": "idea"}, {}, "idea"),
        ({"status": "dropped"}, {}, "dropped"),
        ({"status": "done"}, {}, "done"),
        ({"recurring": "weekly"}, {}, "recurring"),
        ({}, {"2026-12": sprint(DECEMBER, "active", TASK)}, "in sprint 2026-12"),
        ({"status": "idea"}, {"2026-12": sprint(DECEMBER, "planned", TASK)}, "in sprint 2026-12"),
        ({}, {"2026-12": sprint(DECEMBER, "active", DONE)}, "done in 2026-12"),
        ({}, {"2026-11": sprint(NOVEMBER, "closed", TASK)}, "unfinished"),
        ({}, {"2026-11": sprint(NOVEMBER, "active", TASK)}, "unfinished"),
        ({}, {"2026-12": sprint(DECEMBER, "planned", **PARKED)}, "parked"),
        ({"status": "idea"}, {"2026-12": sprint(DECEMBER, "planned", **PARKED)}, "idea"),
        (
            {},
            {"2026-11": sprint(NOVEMBER, "closed", TASK), "2026-12": sprint(DECEMBER, "planned", **PARKED)},
            "parked",
        ),
        (
            {},
            {
                "2026-12": sprint(DECEMBER, "active", TASK),
                "2027-01": sprint({"start": "2027-01-01", "end": "2027-01-31"}, "planned", **PARKED),
            },
            "in sprint 2026-12",
        ),
    ],
)
def test_where_a_tactic_stands(body: dict[str, Any], sprints: dict[str, Any], stands: str) -> None:
    context = on("2026-12-09", plan(tactics={"page": body}, sprints=sprints))
    assert str(standings(context)["page"]) == stands
    assert bool(parking_lot(context)) == (stands == "parked")


@pytest.mark.parametrize(
    ("typed", "tactic", "task", "counts"),
    [
        ("draft", {}, DONE, "review"),
        ("idea", {}, DONE, "review"),
        ("ready", {}, DONE, "ready"),
        ("live", {}, DONE, "live"),
        ("draft", {}, TASK, "draft"),
        ("draft", {"status": "done"}, TASK, "review"),
    ],
)
def test_an_asset_whose_task_is_done_is_in_review_at_least(
    typed: str, tactic: dict[str, Any], task: dict[str, str], counts: str
) -> None:
    what = plan(tactics={"page": tactic}, sprints={"2026-12": sprint(DECEMBER, "active", task)})
    asset = Asset.model_validate({"channel": "website", "task": "page/write", "status": typed})
    done = {"page": {"write"}} if task is DONE else {}
    assert asset_status(what, done, asset) == counts
