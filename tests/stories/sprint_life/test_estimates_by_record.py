"""Estimates by their record: shown where there is one, used where the plan asks for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.quay import TEAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.quay import Company

    Found = Callable[..., Company]

DONE = "".join(
    f"  d{number}: {{title: Done {number}, function: marketing, impact: 5, done_when: It is used,\n"
    f"    tasks: {{write: {{skill: writing, hours: 4}}}}}}\n"
    for number in range(5)
)
NEXT = "  next: {title: Next, function: marketing, impact: 9, tasks: {write: {skill: writing, hours: 10}}}\n"
NOVEMBER = (
    "sprints:\n  2026-11:\n    start: 2026-11-01\n    end: 2026-11-30\n    status: closed\n    tactics:\n"
    + "".join(
        f"      d{number}: {{tasks: {{write: {{owner: ana, hours: 4, due: 2026-11-20, status: done, spent: 6}}}}}}\n"
        for number in range(5)
    )
)
BASE = TEAM + "tactics:\n" + DONE + NEXT + NOVEMBER
CALIBRATED = "{focus_factor: 1, reserve: 0, calibrate: true}"


def plan(quay: Company, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(quay.done("plan", *arguments, "--format", "json").out)
    return document


def test_the_record_is_shown_and_estimates_stay(company: Found) -> None:
    quay = company(BASE)
    assert "writing runs 50% over (5 tasks done, 20 h took 30 h)" in quay.done("plan").out
    found = plan(quay)
    assert found["estimates"] == {
        "used": False,
        "skills": [{"skill": "writing", "tasks": 5, "estimated_hours": 20, "actual_hours": 30, "factor": 1.25}],
    }
    assert found["placed"][0]["tasks"][0]["hours"] == 10


def test_four_tasks_are_no_record(company: Found) -> None:
    four = BASE.replace("      d4: {tasks", "      x-d4: {tasks")
    assert "Estimates by skill" not in company(four).done("plan").out


def test_the_record_scales_estimates_where_the_plan_asks_for_it(company: Found) -> None:
    quay = company(BASE, sprint=CALIBRATED)
    found = plan(quay, "--write")
    assert found["input"] != plan(company(BASE))["input"]
    quay = company(BASE, sprint=CALIBRATED)
    assert (found["placed"][0]["tasks"][0]["hours"], found["placed"][0]["estimates"]) == (12.5, {"write": 10})
    out = quay.done("plan").out
    assert "new work × 1.25" in out
    assert "The hours of this plan are by this record" in out


def test_the_record_is_kept_against_the_estimate_not_against_itself(company: Found) -> None:
    quay = company(BASE.replace("impact: 9,", "impact: 9, done_when: It is used,"), sprint=CALIBRATED)
    quay.done("plan", "--write")
    row = quay.row("next", "write")
    assert (row.minutes, row.estimate) == (12.5 * 60, 600)
    quay.done("start")
    quay.on("2026-12-10").done("log", "next/write", "--hours", "15", "--done")
    quay.on("2026-12-31").done("close")
    skill = plan(quay.on("2026-12-31"))["estimates"]["skills"][0]
    assert (skill["tasks"], skill["estimated_hours"], skill["actual_hours"]) == (6, 30, 45)


def test_a_skill_without_a_record_is_not_scaled(company: Found) -> None:
    draw = "{write: {skill: writing, hours: 10}, draw: {skill: design, hours: 10}}"
    found = plan(company(BASE.replace("{write: {skill: writing, hours: 10}}", draw), sprint=CALIBRATED))
    assert {task["task"]: task["hours"] for task in found["placed"][0]["tasks"]} == {"write": 12.5, "draw": 10}


def test_work_that_has_begun_is_not_scaled(company: Found) -> None:
    quay = company(BASE, sprint=CALIBRATED)
    quay.done("plan", "--write")
    quay.done("start")
    december = quay.on("2026-12-02")
    december.done("log", "next/write", "--hours", "2", "--left", "4")
    assert plan(december)["placed"][0]["tasks"][0]["hours"] == 4
