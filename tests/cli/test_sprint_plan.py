from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from revplan.planning.solve import best
from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.planning.problem import Allocation, SprintProblem
    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

TEAM = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3, outreach: 2}}
  bo: {name: Bo, kind: contractor, function: marketing, hours_per_week: 20, rate: 80, skills: {design: 3}}
"""
TACTICS = """tactics:
  page:
    title: New page
    function: marketing
    impact: 8
    tasks: {write: {skill: copy, hours: 12}, draw: {skill: design, hours: 10, after: [write]}}
  calls: {title: Call the list, function: sales, impact: 6, tasks: {call: {skill: outreach, hours: 30}}}
  book: {title: Write a book, function: marketing, impact: 9, tasks: {write: {skill: copy, hours: 200}}}
  film: {title: Film it, function: marketing, impact: 4, tasks: {shoot: {skill: video, hours: 6}}}
"""


def planned(run: Run, root: Path, *more: str) -> dict[str, Any]:
    result = run("sprint", "plan", "-C", root, "--format", "json", *more)
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    return document


def test_every_tactic_is_somewhere_and_every_task_has_an_owner_and_dates(run: Run, december_plan: MakePlan) -> None:
    document = planned(run, december_plan(TEAM + TACTICS))
    assert document["schema"] == "revplan/sprint-plan/1"
    assert (document["value"], document["bound"], document["proven"]) == (14, 14, True)
    assert [tactic["tactic"] for tactic in document["placed"]] == ["page", "calls"]
    assert [(tactic["tactic"], tactic["reason"]) for tactic in document["parked"]] == [
        ("film", "no-skill"),
        ("book", "capacity"),
    ]
    for tactic in document["placed"]:
        for task in tactic["tasks"]:
            assert "2026-12-01" <= task["start"] <= task["due"] <= "2026-12-31"
            assert sum(task["days"].values()) == pytest.approx(task["hours"], abs=0.01)


def test_a_follower_never_starts_before_what_it_follows_is_due(run: Run, december_plan: MakePlan) -> None:
    document = planned(run, december_plan(TEAM + TACTICS))
    tasks = {task["task"]: task for task in document["placed"][0]["tasks"]}
    assert tasks["draw"]["start"] >= tasks["write"]["due"]


def test_writing_twice_changes_nothing(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(TEAM + TACTICS)
    assert "wrote sprints/2026-12.yaml" in run("sprint", "plan", "-C", root, "--write").err
    first = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    result = run("sprint", "plan", "-C", root, "--write")
    assert "up to date" in result.err
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == first
    assert run("validate", "-C", root).code == 0


def test_nothing_is_written_unasked(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(TEAM + TACTICS)
    before = sorted(root.rglob("*"))
    planned(run, root)
    assert sorted(root.rglob("*")) == before


def test_a_goal_is_kept_when_the_plan_is_written_again(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(TEAM + TACTICS)
    run("sprint", "plan", "-C", root, "--write", "--goal", "Get: found #1")
    (root / "plan.yaml").write_text(TEAM + TACTICS.replace("hours: 30", "hours: 31"), encoding="utf-8")
    assert run("sprint", "plan", "-C", root, "--write").code == 0
    assert planned(run, root)["sprint"]["goal"] == "Get: found #1"


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every search for the best plan adds its sprint, those for suggestions aside."""
    asked: list[str] = []

    def count(problem: SprintProblem, *_: object) -> Allocation:
        asked.append(problem.id)
        return best(problem)

    monkeypatch.setattr("revplan.app.sprint.plan._best", count)
    return asked


def without_days(document: Any) -> Any:
    """Return a planned sprint without the hours of each day, which a written sprint does not hold."""
    if isinstance(document, dict):
        return {key: without_days(value) for key, value in document.items() if key not in {"days", "since"}}
    return [without_days(each) for each in document] if isinstance(document, list) else document


@pytest.mark.parametrize("name", ["harbourline", "agency", "minimal"])
def test_a_written_sprint_whose_plan_has_not_changed_is_not_searched_again(
    run: Run, tmp_path: Path, searches: list[str], name: str
) -> None:
    root = tmp_path / name
    shutil.copytree(EXAMPLES / name, root)
    new = planned(run, root)
    assert len(searches) == 1
    assert run("sprint", "plan", "-C", root, "--write").code == 0
    assert len(searches) == 2
    again = planned(run, root)
    assert without_days(again) == without_days(new)
    assert run("explain", new["placed"][0]["tactic"], "-C", root).code == 0
    assert len(searches) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("owner: ana, hours: 30", "owner: bo, hours: 30"),  # who has not the skill
        ("status: planned\n    plan", "status: planned\n    pins: [book]\n    plan"),
        ("engine: ", "policy: rank\n      engine: "),
        ("value: 14", "value: 13"),
    ],
)
def test_a_sprint_that_was_edited_since_is_searched_again(
    run: Run, december_plan: MakePlan, searches: list[str], old: str, new: str
) -> None:
    root = december_plan(TEAM + TACTICS)
    run("sprint", "plan", "-C", root, "--write")
    file = root / "sprints" / "2026-12.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    searches.clear()
    assert planned(run, root)["value"] == 14
    assert searches == ["2026-12"]


def test_what_a_written_sprint_may_lack_is_what_it_says(run: Run, december_plan: MakePlan, searches: list[str]) -> None:
    root = december_plan(TEAM + TACTICS)
    run("sprint", "plan", "-C", root, "--write")
    file = root / "sprints" / "2026-12.yaml"
    text = file.read_text(encoding="utf-8")
    unproven = text.replace("bound: 14", "bound: 15.5").replace("proven: true", "proven: false")
    searches.clear()

    file.write_text(
        unproven.replace("proven: false", "proven: false\n      tier_gap: {should: 1.25}"), encoding="utf-8"
    )
    document = planned(run, root)
    assert (document["bound"], document["proven"]) == (15.5, False)
    assert document["tier_gap"] == {"tier": "should", "value": 1.25}
    assert searches == []
    assert "up to date" in run("sprint", "plan", "-C", root, "--write").err

    file.write_text(unproven, encoding="utf-8")  # as where Ctrl-C ended the search
    assert planned(run, root)["proven"]
    assert searches == ["2026-12"]
    assert "wrote sprints/2026-12.yaml" in run("sprint", "plan", "-C", root, "--write").err
    assert file.read_text(encoding="utf-8") == text


def test_down_the_list_is_a_policy(run: Run, december_plan: MakePlan) -> None:
    assert planned(run, december_plan(TEAM + TACTICS), "--policy", "rank")["policy"] == "rank"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2026-10"], "ended on 2026-10-31"),
        (["next"], 'no sprint "next"'),
        (["2026-13"], 'no sprint "2026-13"'),
        (["--today", "tomorrow"], "tomorrow"),
    ],
)
def test_sprints_that_cannot_be_planned(run: Run, december_plan: MakePlan, arguments: list[str], said: str) -> None:
    result = run("sprint", "plan", "-C", december_plan(TEAM + TACTICS), *arguments)
    assert (result.code, said in result.err) == (2, True), result.err


def test_a_closed_sprint_cannot_be_planned(run: Run) -> None:
    result = run("sprint", "plan", "2026-11", "-C", EXAMPLES / "harbourline")
    assert result.code == 2
    assert "2026-11" in result.err


def test_without_members_all_is_parked(run: Run, december_plan: MakePlan) -> None:
    document = planned(run, december_plan(TACTICS))
    assert (document["placed"], {tactic["reason"] for tactic in document["parked"]}) == ([], {"no-skill"})
    assert "no team yet" in run("sprint", "plan", "-C", december_plan(TACTICS)).out


def test_without_tactics_the_plan_is_empty_and_says_what_next(run: Run, december_plan: MakePlan) -> None:
    result = run("sprint", "plan", "-C", december_plan(TEAM))
    assert (result.code, "`revplan tactic add` adds one" in result.out) == (0, True)


def test_a_plan_with_errors_shows_them_and_stops(run: Run, make_plan: MakePlan) -> None:
    result = run("sprint", "plan", "-C", make_plan(TEAM + TACTICS.replace("impact: 8", "impact: 80")))
    assert (result.code, result.out) == (1, "")
    assert "error[RP104]" in result.err
    assert "plan.yaml:8:13" in result.err


def test_an_empty_plan_is_a_finding(run: Run, make_plan: MakePlan) -> None:
    result = run("sprint", "plan", "-C", make_plan({"revplan.yaml": ""}))
    assert (result.code, "RP102" in result.err) == (1, True)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_example_on_a_screen(run: Run, golden: Callable[[Path, str], None], width: int) -> None:
    result = run("sprint", "plan", "-C", EXAMPLES / "harbourline", environment={"COLUMNS": str(width)})
    assert max(map(len, result.out.splitlines())) <= width
    golden(EXAMPLES.parent / "tests" / "golden" / f"harbourline-sprint-plan-{width}.txt", result.out)


def test_the_example_as_json(run: Run, golden: Callable[[Path, str], None]) -> None:
    result = run("sprint", "plan", "-C", EXAMPLES / "harbourline", "--format", "json")
    golden(EXAMPLES.parent / "tests" / "golden" / "harbourline-sprint-plan.json", result.out)


def test_a_sprint_that_is_written_first_says_how_it_begins(run: Run, december_plan: MakePlan) -> None:
    root, way = december_plan(TEAM + TACTICS), "`revplan sprint start 2026-12` begins it"
    assert way in run("sprint", "plan", "-C", root, "--write").err
    assert way not in run("sprint", "plan", "-C", root, "--write", "--goal", "Ten").err


def test_nothing_brings_in_what_something_done_excludes(run: Run, december_plan: MakePlan) -> None:
    tactics = """tactics:
  phone: {title: Phone, function: sales, impact: 7, status: done, done_when: said, excludes: [mail],
    tasks: {call: {skill: outreach, hours: 10}}}
  mail: {title: Mail, function: sales, impact: 6, tasks: {write: {skill: copy, hours: 10}}}
"""
    root = december_plan(TEAM + tactics)
    (parked,) = planned(run, root)["parked"]
    assert (parked["tactic"], parked["reason"], parked["brings_in"]) == ("mail", "excludes", None)
    told = run("explain", "mail", "-C", root).out
    assert ("fits" in told, "Nothing: Phone is done in its place." in told) == (False, True)


def test_what_is_finished_here_is_paid_for_by_the_sprint(run: Run, december_plan: MakePlan) -> None:
    tactics = """tactics:
  one: {title: One, function: sales, impact: 8, cost: {2026-12: 1000, 2027-02: 300},
    tasks: {write: {skill: copy, hours: 8}}}
  two: {title: Two, function: sales, impact: 6, cost: 1200, done_when: x, tasks: {write: {skill: copy, hours: 4}}}
"""
    root = december_plan(TEAM + tactics)
    run("sprint", "plan", "-C", root, "--write")
    assert "2,200" in run("sprint", "plan", "-C", root).out
    run("sprint", "start", "-C", root)
    assert run("sprint", "log", "two/write", "--hours", "4", "--done", "-C", root).code == 0
    assert "Cash: $2,200" in run("sprint", "plan", "-C", root).out.replace("USD ", "$")


def test_a_workbook_can_be_opened_by_others(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert run("export", "xlsx", "-C", EXAMPLES / "harbourline", "-o", tmp_path / "o.xlsx").code == 0
    assert openpyxl.load_workbook(tmp_path / "o.xlsx").active.max_row > 10
