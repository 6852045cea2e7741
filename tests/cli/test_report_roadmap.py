from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.open import context_of, open_plan
from revplan.app.reporting.report import MOST_READY, all_reports, report
from revplan.app.sprint.horizon import MOST_SEARCHED, SPRINTS
from revplan.formats.text import width as columns
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

GOLDEN = EXAMPLES.parent / "tests" / "golden" / "reports"
TEAM = "team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}\n"
TACTICS = """tactics:
  first: {title: First, function: sales, impact: 9, tasks: {write: {skill: copy, hours: 80}}}
  second: {title: Second, function: sales, impact: 8, tasks: {write: {skill: copy, hours: 90}}}
  huge: {title: Huge, function: sales, impact: 6, tasks: {write: {skill: copy, hours: 500}}}
  late: {title: Late, function: sales, impact: 1, deadline: 2026-12-04, tasks: {write: {skill: copy, hours: 60}}}
  film: {title: Film, function: sales, impact: 1, tasks: {shoot: {skill: video, hours: 6}}}
"""
DATES = """campaigns:
  thaw: {title: Thaw, target: {segment: plants}, message: Melt, start: 2027-01-11, end: 2027-06-30}
strategy:
  segments: {plants: {name: Plants}}
  inputs: {rules: {kind: industry, title: New rules begin, date: 2026-12-15}}
"""


def turns(out: str) -> dict[str, str]:
    """Return what is said of each parked tactic, by its title."""
    rows = out[out.index("Parked, and when it is their turn") : out.index("Who is how full")].splitlines()[2:]
    return {row.split()[0]: " ".join(row.split()[2:]) for row in rows if row.startswith("  ") and row[2] != " "}


def test_each_parked_tactic_has_its_turn_or_a_reason(run: Run, make_plan: MakePlan) -> None:
    found = turns(run("report", "roadmap", "-C", make_plan(TEAM + TACTICS), environment={"COLUMNS": "140"}).out)
    assert found["Second"].startswith("2027-01 at least ")
    assert found["Huge"].startswith("never too large for any of these 3 sprints, even alone; split write (500 h copy;")
    assert found["Late"] == "not as it is cannot end by its deadline, 4 December 2026"
    assert found["Film"] == "not as it is nobody can do it: 6 h video to hire or buy"


def test_launches_and_what_comes_from_outside_are_on_it(run: Run, make_plan: MakePlan) -> None:
    out = run("report", "roadmap", "-C", make_plan(TEAM + TACTICS + DATES)).out
    assert out.endswith(
        "Launches, and what comes from outside\n  - 15 Dec: New rules begin\n  - 11 Jan: Thaw launches\n"
    )


def test_it_has_the_same_sprints_as_a_horizon_of_three(run: Run) -> None:
    plan = ("-C", EXAMPLES / "harbourline", "--format", "json")
    report = json.loads(run("report", "roadmap", *plan).out)["data"]
    ahead = json.loads(run("sprint", "plan", "--horizon", "3", *plan).out)
    assert report["policy"] == "value"
    assert {name: report[name] for name in ("sprints", "later", "waiting")} == {
        name: ahead[name] for name in ("sprints", "later", "waiting")
    }


def test_a_large_backlog_is_filled_by_rank_and_says_so(run: Run, make_plan: MakePlan) -> None:
    small = "  t{n}: {{title: Small {n}, function: sales, impact: 2, tasks: {{w: {{skill: copy, hours: 10}}}}}}\n"
    many = "".join(small.format(n=number) for number in range(MOST_SEARCHED))
    out = run("report", "roadmap", "-C", make_plan(TEAM + TACTICS + many), environment={"COLUMNS": "140"}).out
    assert "So large a backlog is filled down the ranked list; `revplan sprint plan --horizon 3` searches" in out
    assert "more that wait" in out
    found = turns(out)
    assert found["Huge"].startswith("never too large")
    assert found["Late"] == "not as it is cannot end by its deadline, 4 December 2026"
    assert found["Film"].startswith("not as it is nobody can do it")
    assert "what ranks higher has the hours" in out


def test_a_plan_with_errors_says_that_it_cannot_be_planned_with(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(TEAM + TACTICS.replace("skill: copy, hours: 80", "skill: copy, hours: 80, owner: nobody"))
    ran = run("report", "roadmap", "-C", root)
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing can be planned yet\n  The plan has 1 error" in ran.out
    assert run("report", "--all", "-C", root).code == 0


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_example_at_any_width(run: Run, golden: Callable[[Path, str], None], width: int) -> None:
    result = run("report", "roadmap", "-C", EXAMPLES / "harbourline", environment={"COLUMNS": str(width)})
    assert result.code == 0, result.err
    assert max(map(columns, result.out.splitlines())) <= width
    golden(GOLDEN / f"roadmap-{width}.txt", result.out)


def test_fortnights_are_sprints_too(run: Run, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "agency-roadmap.txt", run("report", "roadmap", "-C", EXAMPLES / "agency", "--explain").out)


def test_a_site_plans_no_sprint_twice(make_plan: MakePlan) -> None:
    root = make_plan(TEAM + TACTICS)
    loaded = open_plan(root, root)
    context = context_of(loaded, None, date(2026, 11, 28))
    told: list[str] = []
    pages = all_reports(loaded, context, told.append)
    data = pages["roadmap"].data
    assert data is not None
    assert sum("round 1" in each for each in told) == len(data["sprints"]) == SPRINTS
    alone = report(loaded, context, "roadmap", told.append)
    assert (alone.data, alone.sections) == (pages["roadmap"].data, pages["roadmap"].sections)


def test_a_site_of_a_large_backlog_says_who_plans_it(run: Run, make_plan: MakePlan, tmp_path: Path) -> None:
    small = "  t{n}: {{title: Small {n}, function: sales, impact: 2, tasks: {{w: {{skill: copy, hours: 1}}}}}}\n"
    many = "".join(small.format(n=number) for number in range(MOST_READY))
    root = make_plan(TEAM + TACTICS + many)
    assert run("report", "--all", "-C", root, "--format", "terminal", "-o", tmp_path / "out").code == 0
    hint = "Many tactics compete for the sprint: `revplan report capacity`"
    assert hint in (tmp_path / "out" / "capacity.txt").read_text(encoding="utf-8")
    assert hint not in run("report", "capacity", "-C", root).out
