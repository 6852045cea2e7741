"""Sprints that overlap, as they do where the length is changed, do not use the same hours twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

HEAD = """revplan:
  format: 1
  company: Copper Kettle
  currency: EUR
  today: 2026-12-14
  sprint: {length: 14, starts: 2026-12-14}
"""
PLAN = """team:
  sam: {name: Sam, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
tactics:
  a: {title: A, function: marketing, impact: 7, tasks: {do: {skill: writing, hours: 30}}}
  b: {title: B, function: marketing, impact: 6, tasks: {do: {skill: writing, hours: 30}}}
  d:
    title: D
    function: marketing
    impact: 9
    deadline: 2026-12-25
    tasks: {do: {skill: writing, hours: 50, owner: noor}}
  e: {title: E, function: marketing, impact: 8, tasks: {do: {skill: writing, hours: 20}}}
sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    tactics:
      a: {tasks: {do: {owner: noor, hours: 30, start: 2026-12-14, due: 2026-12-21}}}
      b: {tasks: {do: {owner: sam, hours: 30, start: 2026-12-14, due: 2026-12-21}}}
"""
OWN = """  2026-12-14:
    start: 2026-12-14
    end: 2026-12-27
    tactics:
      d: {tasks: {do: {owner: noor, hours: 50, start: 2026-12-14, due: 2026-12-24}}}
"""


def test_hours_of_other_open_sprints_come_off_first(run: Run, make_plan: MakePlan) -> None:
    # Two weeks of 40 h × 0.8 × 0.9 are 57.5 h in quarters of an hour; A and B leave 27.5 h of each: D's 50 h do not
    # fit, E's 20 h do.
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN})
    found = json.loads(run("sprint", "plan", "2026-12-14", "-C", root, "--format", "json").out)
    assert [own["plannable"] for own in found["members"]] == [27.5, 27.5]
    assert {"step": "other sprints", "hours": -30} in found["members"][0]["gross_to_plannable"]
    assert [entry["tactic"] for entry in found["placed"]] == ["e"]
    assert [(entry["tactic"], entry["reason"]) for entry in found["parked"]] == [("d", "capacity")]
    assert run("sprint", "plan", "2026-12-14", "-C", root, "--write").code == 0
    assert "error" not in run("validate", "-C", root).out


def test_days_that_are_booked_twice_are_an_error(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN + OWN})
    told = run("validate", "-C", root)
    assert (told.code, "error[RP309] overbooked-days: noor has" in told.out) == (1, True), told.out
    assert "RP301" not in told.out, "each sprint is right by itself"
    assert "sam has" not in told.out
    checked = run("sprint", "plan", "2026-12-14", "--check", "-C", root)
    assert (checked.code, "noor has" in checked.out) == (1, True)


@pytest.mark.parametrize("status", ["done", "planned"])
def test_what_is_done_takes_no_hours(run: Run, make_plan: MakePlan, status: str) -> None:
    text = PLAN.replace("owner: noor, hours: 30", f"owner: noor, status: {status}, hours: 30") + OWN
    told = run("validate", "-C", make_plan({"revplan.yaml": HEAD, "plan.yaml": text}))
    assert ("RP309" in told.out) == (status == "planned"), told.out
