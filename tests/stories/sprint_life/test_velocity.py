"""Velocity is the median of what the last three closed sprints got done, told where sprints are planned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    MakePlan = Callable[..., Path]
    Run = Callable[..., Ran]

HEAD = "revplan: {format: 1, company: Quay, currency: USD, today: 2026-12-01}\n"
PLAN = """team:
  ana: {name: Ana Ruiz, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
tactics:
  guide: {title: Guide, function: marketing, impact: 5, tasks: {write: {skill: writing, hours: 20}}}
  old: {title: Old, function: marketing, impact: 1, done_when: It is read, tasks: {t0: {skill: writing, hours: 5}}}
"""


def sprint(month: str, *rows: str, status: str = "closed") -> str:
    tasks = "".join(f"          t{number}: {{owner: ana, {row}}}\n" for number, row in enumerate(rows))
    return (
        f"  2026-{month}:\n    start: 2026-{month}-01\n    end: 2026-{month}-28\n    status: {status}\n"
        f"    tactics:\n      old:\n        tasks:\n{tasks}"
    )


JULY = sprint("07", "hours: 500, status: done")
# done: 10 h, and of 30 h that go on with 10 h the 14 h that were worked; what was not done counts nothing: 24 h
AUGUST = sprint("08", "hours: 10, status: done", "hours: 30, continues: 10, status: started, spent: 14", "hours: 8")
# all of 25 h, and at most the 20 h of its own part, however long it took: 45 h
SEPTEMBER = sprint("09", "hours: 25, status: done, spent: 40", "hours: 30, continues: 10, status: started, spent: 29")
# what was dropped counts nothing: 40 h
OCTOBER = sprint("10", "hours: 40, status: done", "hours: 5, dropped: 2026-10-05, status: started, spent: 2")


@pytest.mark.parametrize(
    ("sprints", "hours"),
    [
        ("", None),
        (AUGUST, 24),
        (AUGUST + SEPTEMBER, 34.5),
        (JULY + AUGUST + SEPTEMBER + OCTOBER, 40),
        (AUGUST + SEPTEMBER + sprint("10", "hours: 5, status: done", status="active"), 34.5),
    ],
)
def test_it_is_the_median_of_the_last_three(run: Run, make_plan: MakePlan, sprints: str, hours: float | None) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN + (f"sprints:\n{sprints}" if sprints else "")})

    def told(*command: str) -> float | None:
        data = json.loads(run(*command, "-C", root, "--format", "json").out)
        found = data.get("data", data)["velocity"]
        return found if found is None else found["hours"]

    assert told("report", "capacity") == hours
    assert told("sprint", "plan", "2026-12") == hours


def test_screens_where_sprints_are_planned_say_it(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN + "sprints:\n" + JULY + AUGUST + SEPTEMBER + OCTOBER})
    line = "Velocity: 40 h of planned work done in a sprint, the median of 2026-08 24 h, 2026-09 45 h and 2026-10 40 h."
    for command in (("sprint", "plan", "2026-12"), ("agenda", "sprint"), ("report", "capacity")):
        assert line in " ".join(run(*command, "-C", root).out.split()), command
    only = make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN + "sprints:\n" + AUGUST})
    told = " ".join(run("sprint", "plan", "2026-12", "-C", only).out.split())
    assert "Velocity: 24 h of planned work done in 2026-08, the one sprint that is closed." in told
