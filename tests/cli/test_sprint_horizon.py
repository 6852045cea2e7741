from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]
    Golden = Callable[[Path, str], None]

GOLDEN = EXAMPLES.parent / "tests" / "golden"
PLAN = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
  bo: {name: Bo, kind: employee, function: sales, hours_per_week: 10, skills: {design: 3}}
tactics:
  first: {title: First, function: sales, impact: 9, tasks: {write: {skill: copy, hours: 80}}}
  second: {title: Second, function: sales, impact: 8, requires: [first], tasks: {write: {skill: copy, hours: 90}}}
  third: {title: Third, function: sales, impact: 7, not_before: 2027-02-01, tasks: {write: {skill: copy, hours: 60}}}
  huge: {title: Huge, function: sales, impact: 6, tasks: {write: {skill: copy, hours: 500}}}
  wide: {title: Wide, function: sales, impact: 1, tasks: {a: {skill: design, hours: 30}, b: {skill: design, hours: 30}}}
  late: {title: Late, function: sales, impact: 1, deadline: 2026-12-04, tasks: {write: {skill: copy, hours: 60}}}
  film: {title: Film, function: sales, impact: 1, tasks: {shoot: {skill: video, hours: 6}}}
"""


def ahead(run: Run, root: Path, count: int) -> dict[str, Any]:
    result = run("sprint", "plan", "-C", root, "--horizon", str(count), "--format", "json")
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    return document


def test_each_sprint_comes_after_the_one_before(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    before = sorted(root.rglob("*"))
    document = ahead(run, root, 3)
    placed = {sprint["id"]: [entry["tactic"] for entry in sprint["placed"]] for sprint in document["sprints"]}
    assert document["schema"] == "revplan/horizon/2"
    assert placed == {"2026-12": ["first"], "2027-01": ["second"], "2027-02": ["third"]}
    assert document["later"] == [{"tactic": "second", "sprint": "2027-01"}]
    assert sorted(root.rglob("*")) == before


def test_what_never_fits_says_what_to_split(run: Run, december_plan: MakePlan) -> None:
    waiting = {entry["tactic"]: entry for entry in ahead(run, december_plan(PLAN), 3)["waiting"]}
    assert {name: entry["verdict"] for name, entry in waiting.items()} == {
        "huge": "too-large", "wide": "too-large", "late": "cannot", "film": "cannot",
    }  # fmt: skip
    assert [(each["task"], each["member"]) for each in waiting["huge"]["split"]] == [("write", "ana")]
    assert waiting["wide"]["split"] == []
    assert [each["of"] for each in waiting["wide"]["short"]] == ["design"]


def test_a_horizon_of_one_is_the_sprint_itself(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(PLAN)
    planned = json.loads(run("sprint", "plan", "-C", root, "--format", "json").out)
    (sprint,) = ahead(run, root, 1)["sprints"]
    assert [entry["tactic"] for entry in sprint["placed"]] == [entry["tactic"] for entry in planned["placed"]]
    assert sprint["value"] == planned["value"]


@pytest.mark.parametrize("more", [("--write",), ("--pin", "huge"), ("--what-if", "tactics.-huge")])
def test_it_only_looks_ahead(run: Run, december_plan: MakePlan, more: tuple[str, ...]) -> None:
    result = run("sprint", "plan", "-C", december_plan(PLAN), "--horizon", "2", *more)
    assert (result.code, "only looks ahead" in result.err) == (2, True)


def test_the_agencys_next_fortnights_on_a_screen(run: Run, golden: Golden) -> None:
    result = run("sprint", "plan", "-C", EXAMPLES / "agency", "--horizon", "3")
    assert result.code == 0, result.err
    golden(GOLDEN / "agency-horizon.txt", result.out)


def test_the_agencys_fortnight_on_a_screen(run: Run, golden: Golden) -> None:
    result = run("sprint", "plan", "-C", EXAMPLES / "agency")
    assert "proven best" in result.out
    golden(GOLDEN / "agency-sprint-plan.txt", result.out)


RUNNING_OVER = """revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28, sprint: {budget: 1000}}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
budget:
  ads: {category: programs, function: marketing, monthly: 1000}
tactics:
  guide:
    title: Guide
    function: marketing
    impact: 9
    over: 2
    cost: {2026-12: 500, 2027-01: 800, 2027-02: 800}
    budget: ads
    done_when: It is out.
    tasks:
      write: {skill: writing, hours: 100}
      draw: {skill: writing, hours: 60, after: [write]}
      print: {skill: writing, hours: 20, after: [draw]}
  film: {title: Film, function: marketing, impact: 5, cost: 900, budget: ads, tasks: {cut: {skill: writing, hours: 30}}}
  talk: {title: Talk, function: marketing, impact: 4, cost: 200, budget: ads, tasks: {do: {skill: writing, hours: 30}}}
"""


def test_a_tactic_that_runs_over_counts_once_and_keeps_its_money(run: Run, make_plan: MakePlan) -> None:
    """January has what is left of the guide, February only its instalment: 200 of 1,000 are left in each of them."""
    root = make_plan({"revplan.yaml": RUNNING_OVER})
    found = json.loads(run("-C", root, "sprint", "plan", "2026-12", "--horizon", "3", "--format", "json").out)
    placed = [{each["tactic"]: each["goes_on"] for each in sprint["placed"]} for sprint in found["sprints"]]
    assert placed == [{"guide": False, "talk": False}, {"guide": True}, {}]
    hours = [each["hours"] for sprint in found["sprints"] for each in sprint["placed"] if each["tactic"] == "guide"]
    assert sum(hours) == 180
    assert (found["value"], found["later"]) == (13, [])
    assert [{each["tactic"]: each["reason"] for each in sprint["parked"]} for sprint in found["sprints"]] == [
        {"film": "budget"}
    ] * 3
    page = run("-C", root, "sprint", "plan", "2026-12", "--horizon", "3").out
    assert "Guide (goes on)" in page
    assert "Value in all: 13" in page


def test_sprints_that_a_tactic_runs_over_can_be_written_one_after_the_other(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": RUNNING_OVER})
    for sprint in ("2026-12", "2027-01", "2027-02"):
        assert run("-C", root, "sprint", "plan", sprint, "--write").code == 0
    result = run("-C", root, "validate")
    assert "error" not in result.out + result.err
    assert "guide" not in (root / "sprints" / "2027-02.yaml").read_text(encoding="utf-8").partition("parked")[0]
