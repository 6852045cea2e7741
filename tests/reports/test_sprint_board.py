"""The figures of `report sprint`, added up by hand."""

from __future__ import annotations

from typing import Any

from revplan.reports.sprint_board import build
from tests.support.plans import on, plan

TASKS = {name: {"skill": skill, "hours": "10"} for name, skill in (("write", "writing"), ("draw", "design"))}
ROWS: dict[str, Any] = {
    "page": {
        "tasks": {
            "write": {"owner": "ann", "hours": "10", "status": "done", "spent": "12"},
            "draw": {"owner": "bob", "hours": "6", "spent": "2", "status": "started"},
        }
    },
    "mail": {"tasks": {"write": {"owner": "ann", "hours": "8"}}},
}
SPRINT = {"start": "2026-12-01", "end": "2026-12-31", "status": "active", "tactics": ROWS, "goal": "Be found"}


def test_tactics_and_members_add_up_to_the_total() -> None:
    tactics = {"page": {"tasks": TASKS}, "mail": {}}
    what = plan(team={"ann": {}, "bob": {"skills": {"design": "3"}}}, tactics=tactics, sprints={"2026-12": SPRINT})
    data = build(on("2026-12-09", what)).data
    assert (data["sprint"], data["status"], data["goal"]) == ("2026-12", "active", "Be found")
    total = data["total"]
    assert (total["planned_hours"], total["spent_hours"], total["left_hours"]) == (10 + 6 + 8, 12 + 2, 4 + 8)
    for part in ("tactics", "members"):
        for figure in ("planned_hours", "left_hours"):
            assert sum(own[figure] for own in data[part]) == total[figure], (part, figure)
        assert sum(own["spent_hours"] or 0 for own in data[part]) == total["spent_hours"], part
    members = {own["member"]: (own["planned_hours"], own["spent_hours"], own["left_hours"]) for own in data["members"]}
    assert members == {"ann": (18, 12, 8), "bob": (6, 2, 4)}
