from __future__ import annotations

from typing import Any

from revplan.analysis.calibration import ENOUGH, Calibration, calibrations, known_skills
from tests.support.plans import plan


def sprint(**tactics: dict[str, Any]) -> dict[str, Any]:
    return {
        "start": "2026-12-01",
        "end": "2026-12-31",
        "tactics": {name: {"tasks": row} for name, row in tactics.items()},
    }


def done(hours: str, **more: str) -> dict[str, str]:
    return {"hours": hours, "status": "done", **more}


def test_a_record_adds_up_the_finished_tasks_of_a_skill_in_order_of_skills() -> None:
    tasks = {"sketch": {"skill": "design", "hours": "4"}, "write": {"skill": "copy", "hours": "4"}}
    rows = {"write": done("4", spent="5"), "sketch": done("4", spent="3")}
    later = {"sketch": done("6", spent="7")}
    what = plan(tactics={"a": {"tasks": tasks}, "b": {"tasks": tasks}}, sprints={"2026-12": sprint(b=later, a=rows)})
    found = calibrations(what)
    assert list(found.values()) == [Calibration("copy", 1, 240, 300), Calibration("design", 2, 600, 600)]
    assert list(found) == ["copy", "design"]


def test_work_over_several_sprints_is_held_against_the_first_estimate() -> None:
    first = {
        "start": "2026-11-01",
        "end": "2026-11-30",
        "tactics": {"a": {"tasks": {"write": {"hours": "8", "spent": "6"}}}},
    }
    second = sprint(a={"write": done("2", spent="4")})
    what = plan(tactics={"a": {}}, sprints={"2026-12": second, "2026-11": first})
    assert calibrations(what) == {"writing": Calibration("writing", 1, 480, 600)}


def test_what_was_not_done_or_took_no_hours_or_is_unknown_says_nothing() -> None:
    rows = {"write": {"hours": "8", "spent": "6", "status": "started"}}
    what = plan(tactics={"a": {}, "b": {}}, sprints={"2026-12": sprint(a=rows, b={"write": done("8")}, gone=rows)})
    assert calibrations(what) == {}


def test_few_tasks_are_no_record() -> None:
    def recorded(count: int) -> dict[str, Calibration]:
        names = [f"t{number}" for number in range(count)]
        rows = {name: {"write": done("8", spent="8")} for name in names}
        return known_skills(plan(tactics={name: {} for name in names}, sprints={"2026-12": sprint(**rows)}))

    assert recorded(ENOUGH - 1) == {}
    assert list(recorded(ENOUGH)) == ["writing"]
