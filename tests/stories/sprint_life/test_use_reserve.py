"""The reserve is for the unforeseen; where planned work may take it, the sprint says so, and how much of it is left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

HEAD = "revplan: {format: 1, company: Test, currency: USD, sprint: {focus_factor: 1, reserve: 20%}}\n"
PLAN = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 20, skills: {art: 3}}
tactics:
  book: {title: Book, function: sales, impact: 5, tasks: {write: {skill: copy, hours: 150}}}
  pics: {title: Pictures, function: sales, impact: 3, tasks: {draw: {skill: art, hours: 10}}}
"""
# January 2027 has 21 workdays: Ana 168 h and Ben 84, of which 134.25 and 67 are planned with, in whole quarters of an
# hour, and the rest is kept: 33.75 + 17 = 50.75. The book's 150 h are more than Ana's 134.25, and take 15.75 of her
# 33.75; of Ben's 17 nothing is taken: 35 are left.
WHOLE, LEFT = 50.75, 35


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan({"revplan.yaml": HEAD, "plan.yaml": PLAN})


def test_planned_work_takes_it_only_where_somebody_says_so(run: Run, root: Path) -> None:
    def planned(*options: str) -> tuple[list[str], dict[str, object]]:
        given = ("-C", root, "--today", "2027-01-01", "--format", "json")
        found = json.loads(run("sprint", "plan", *options, *given).out)
        return sorted(entry["tactic"] for entry in found["placed"]), found["reserve"]

    assert planned() == (["pics"], {"hours": WHOLE, "left": WHOLE, "used": False, "unforeseen": 0})
    assert planned("--use-reserve") == (["book", "pics"], {"hours": WHOLE, "left": LEFT, "used": True, "unforeseen": 0})
    assert planned("--keep-reserve") == planned()


def test_the_written_sprint_says_so_to_every_command(run: Run, root: Path) -> None:
    def done(*words: str, day: str = "2027-01-01") -> str:
        ran = run(*words, "-C", root, "--today", day)
        assert ran.code == 0, ran.out + ran.err
        return " ".join(ran.out.split())

    said = "Reserve: 50.75 h, which planned work may take; 35 h of it are left."
    assert said in done("sprint", "plan", "--use-reserve", "--write")
    assert "use_reserve: true" in (root / "sprints" / "2027-01.yaml").read_text(encoding="utf-8")
    assert "error" not in done("validate")
    assert "follows from the plan" in done("sprint", "plan", "--check")
    done("sprint", "start")
    assert said in done("sprint", "status")
    assert said in done("report", "capacity")
    for command in (("sprint", "status"), ("report", "capacity")):
        found = json.loads(done(*command, "--format", "json"))["data"]
        assert found["reserve"] == {"hours": WHOLE, "left": LEFT, "used": True, "unforeseen": 0}
    again = json.loads(done("sprint", "plan", "--format", "json", day="2027-01-04"))
    assert {entry["tactic"] for entry in again["placed"]} == {"book", "pics"}, "a replan goes by what is written"


def test_it_can_be_given_back(run: Run, root: Path) -> None:
    day = ("-C", root, "--today", "2027-01-01")
    assert run("sprint", "plan", "--use-reserve", "--write", *day).code == 0
    assert run("sprint", "plan", "--keep-reserve", "--write", *day).code == 0
    text = (root / "sprints" / "2027-01.yaml").read_text(encoding="utf-8")
    assert "use_reserve" not in text
    assert "book: {reason: capacity" in text
    assert "error" not in run("validate", *day).out


def test_the_sprint_after_keeps_its_own(run: Run, root: Path) -> None:
    assert run("sprint", "plan", "--use-reserve", "--write", "-C", root, "--today", "2027-01-01").code == 0
    ahead = run("sprint", "plan", "2027-02", "-C", root, "--today", "2027-01-01", "--format", "json").out
    assert json.loads(ahead)["reserve"] == {"hours": 48, "left": 48, "used": False, "unforeseen": 0}, (
        "20 workdays × (8 + 4) h × 20%"
    )
