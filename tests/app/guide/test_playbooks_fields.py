"""What tactics and playbooks that are made from one another take along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from revplan.app.guide.playbooks import at_own_levels, fields_from_playbook, fields_from_tactic, spent_minutes
from revplan.model.metrics import Metric
from revplan.model.playbooks import Playbook
from tests.support.plans import plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan

DAY = date(2026, 12, 14)
TALK = {"id": "talk", "title": "A talk", "function": "marketing", "stage": "retention"}
TASKS = {
    "hold": {"skill": "writing", "hours": "50m", "least": "30m", "most": "2"},
    "film": {"skill": "video", "hours": "3", "optional": "true"},
}
LEADS = {"id": "leads", "name": "New leads", "unit": "leads", "direction": "up", "owner": "ana", "cadence": "weekly"}


def made(sprints: dict[str, Any] | None = None, **body: Any) -> Plan:
    found = plan(team={"ana": {}}, tactics={"one": {"status": "done", **body}}, sprints=sprints)
    talk = Playbook.model_validate({**TALK, "tasks": TASKS})
    return replace(found, playbooks={"talk": talk}, metrics={"leads": Metric.model_validate({**LEADS, "target": "9"})})


def fields(settings: Any) -> dict[str, Any]:
    return {setting.keys[0]: setting.value for setting in settings}


def test_a_confidence_that_nobody_stated_is_not_written_down() -> None:
    assert "confidence" not in fields(fields_from_tactic(made(), "one", DAY))
    assert fields(fields_from_tactic(made(confidence="0.6"), "one", DAY))["confidence"] == "0.6"


def test_the_stage_is_that_of_the_playbook_before_that_of_the_metric() -> None:
    assert fields(fields_from_tactic(made(metric="leads"), "one", DAY))["stage"] == "lead"
    assert fields(fields_from_tactic(made(metric="leads", playbook="talk"), "one", DAY))["stage"] == "retention"


def test_hours_of_all_sprints_count_and_odd_ones_are_told_in_minutes() -> None:
    """70 minutes in October and 30 in November are 100, no number of quarters."""

    def sprint(month: int, spent: str) -> dict[str, Any]:
        row = {"owner": "ana", "hours": "1", "spent": spent, "status": "done", "done": f"2026-{month}-05"}
        return {
            "start": f"2026-{month}-01",
            "end": f"2026-{month}-28",
            "tactics": {"one": {"tasks": {"write": row}}},
        }

    found = made({"2026-10": sprint(10, "70m"), "2026-11": sprint(11, "30m")})
    assert spent_minutes(found, "one", "write") == 70 + 30
    task = fields(fields_from_tactic(found, "one", DAY))["tasks"]["write"]
    assert (task["hours"], task["most"]) == ("100m", "8")
    assert spent_minutes(found, "one", "draw") is None


def test_a_copy_takes_ranges_and_what_may_be_left_out() -> None:
    tasks = fields(fields_from_playbook(made(), "talk"))["tasks"]
    assert tasks == {
        "hold": {"skill": "writing", "hours": "50m", "least": "0.5", "most": "2"},
        "film": {"skill": "video", "hours": "3", "optional": "true"},
    }


def test_levels_are_lowered_in_the_skills_that_were_named_alone() -> None:
    at = plan(team={"ana": {"skills": {"writing": "2", "web": "3", "calls": "2"}}})
    tasks = {
        "write": {"skill": "writing", "level": "4"},
        "build": {"skill": "web", "level": "3"},
        "call": {"skill": "calls", "level": "4"},
    }
    lowered, notes = at_own_levels(at, tasks, {"writing", "web"})  # type: ignore[arg-type]
    assert {name: body["level"] for name, body in lowered.items()} == {  # type: ignore[call-overload, index]
        "write": "2",
        "build": "3",
        "call": "4",
    }
    assert notes == ["write: level 2 in writing, where the playbook asks for 4"]
