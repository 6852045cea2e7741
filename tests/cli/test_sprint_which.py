"""The screens say which sprint is due, and why where it is not obvious."""

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

SETTINGS = "revplan: {format: 1, company: Test, currency: USD, holidays: {2027-01-01: New Year}}\n"
PLAN = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  page: {title: A page, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 8}}}
"""
UNCLOSED = """sprints:
  2026-12: {start: 2026-12-01, end: 2026-12-31, status: active, tactics: {}}
"""


@pytest.mark.parametrize(
    ("day", "sprint", "said"),
    [
        ("2027-01-04", "2027-01", "2027-01 is under way and has no sprint yet: it is due before the next, with 20"),
        ("2027-01-29", "2027-01", "with 1 workday left. `revplan sprint plan 2027-02` plans the one after it"),
        ("2027-01-30", "2027-02", "2027-01 had its last workday on 29 January 2027, so the next sprint is due"),
    ],
)
def test_a_plan_just_begun(run: Run, make_plan: MakePlan, day: str, sprint: str, said: str) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})
    shown = run("sprint", "plan", "-C", root, "--today", day).out
    assert (f"sprint {sprint} " in shown, said in " ".join(shown.split())) == (True, True), shown
    for command in (("report", "capacity"), ("report", "roadmap")):
        assert said in " ".join(run(*command, "-C", root, "--today", day).out.split()), command
    assert f"planning of sprint {sprint}" in run("agenda", "sprint", "-C", root, "--today", day).out


def test_nothing_is_said_where_it_is_obvious(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})
    shown = run("sprint", "plan", "-C", root, "--today", "2026-12-01", "--write").out
    assert ("2026-12" in shown, "due" in shown.splitlines()[1]) == (True, False)
    assert "no sprint yet" not in run("sprint", "plan", "-C", root, "--today", "2026-12-10").out
    assert "no sprint yet" not in run("sprint", "plan", "2027-01", "-C", root, "--today", "2026-12-10").out


@pytest.mark.parametrize(
    "command",
    [("sprint", "plan"), ("report", "sprint"), ("report", "capacity"), ("report", "roadmap"), ("agenda", "weekly"),
     ("sprint", "status"), ("sprint", "brief", "ana"), ("agenda", "sprint")],
)  # fmt: skip
def test_what_ended_and_is_not_closed_is_named_first(run: Run, make_plan: MakePlan, command: tuple[str, ...]) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN + UNCLOSED})
    shown = run(*command, "-C", root, "--today", "2027-01-04").out
    said = "Sprint 2026-12 ended on 31 December 2026 and is not closed: `revplan sprint close 2026-12`."
    assert said in " ".join(shown.split()), shown


def test_programs_are_told_too(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN + UNCLOSED})
    found = json.loads(run("sprint", "plan", "-C", root, "--today", "2027-01-04", "--format", "json").out)
    assert found["due"] == {"why": "running", "instead_of": None, "unclosed": ["2026-12"]}


def test_a_sprint_that_is_written_ahead_is_due_and_the_way_back_is_said(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})
    run("sprint", "plan", "2026-12", "-C", root, "--today", "2026-11-20", "--write")
    shown = " ".join(run("sprint", "plan", "-C", root, "--today", "2026-11-23").out.split())
    assert "2026-11 runs until 30 November 2026 without a sprint; 2026-12 is written, so it is due." in shown
    assert "`revplan sprint plan 2026-11` plans what is left of it." in shown
