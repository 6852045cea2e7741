"""Playbooks and results from the terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import HARBOURLINE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

GOLDEN = Path(__file__).parent / "golden"
SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-14}\n"
TEAM = """team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3, web: 2, calls: 2}}
  ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 2, web: 3, calls: 3}}
"""
PLAYBOOKS = """# Ours.
playbooks:
  talk:
    title: A talk with a customer
    function: marketing
    stage: lead
    confidence: 40%
    cost: 500
    tasks:
      hold: {title: Prepare and hold it, skill: writing, hours: 6, least: 4, most: 9}
      follow-up: {skill: calls, hours: 90m, after: [hold], waits: The recording takes a day}
"""
MADE = """tactics:
  talk:
    title: A talk with an auditor
    function: marketing
    impact: 7
    confidence: 0.4
    playbook: talk
    cost: 500
    tasks:
      hold: {skill: writing, hours: 8, title: Prepare and hold it}
      follow-up: {skill: calls, hours: 1.5, after: [hold], notes: "Waits: The recording takes a day"}
"""
DONE = """tactics:
  talk-one:
    title: The talk in November
    function: marketing
    impact: 6
    confidence: 60%
    metric: leads
    playbook: talk
    done_when: It was held
    tasks:
      hold: {skill: writing, hours: 6}
      call: {skill: calls, hours: 3, level: 3, after: [hold]}
metrics:
  leads:
    name: New leads
    unit: leads
    direction: up
    owner: ana
    cadence: weekly
    target: 30
    readings: {2026-10-27: 20, 2026-11-03: 21, 2026-11-10: 22, 2026-11-17: 27, 2026-11-24: 28, 2026-12-01: 29, \
2026-12-08: 30}
sprints:
  2026-11:
    start: 2026-11-01
    end: 2026-11-30
    tactics:
      talk-one:
        tasks:
          hold: {owner: ana, hours: 6, spent: 7.5, status: done, done: 2026-11-10}
          call: {owner: ben, hours: 3, spent: 2, status: done, done: 2026-11-12}
"""


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM, "playbooks.yaml": PLAYBOOKS, "done.yaml": DONE})


def text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def test_a_tactic_of_a_playbook_has_its_tasks(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM, "playbooks.yaml": PLAYBOOKS})
    add = ("tactic", "add", "A talk with an auditor", "--id", "talk", "--playbook", "talk", "--impact", "7")
    result = run("-C", root, *add, "--set", "tasks.hold.hours=8")
    assert result.code == 0, result.err
    assert text(root, "tactics/marketing.yaml") == MADE


def test_waits_of_a_playbook_stay_in_tactics_made_of_it_and_in_playbooks_made_of_those(run: Run, root: Path) -> None:
    """An editor's reader sees the same waits in all three; what has none beside one that has is said to have none."""
    mould = """playbooks:
  mailing:
    title: A printed mailing
    function: marketing
    stage: lead
    tasks:
      write: {skill: writing, hours: 4}
      draw: {skill: writing, hours: 4}
      print: {skill: writing, hours: 1, after: [write, draw], wait: 2w}
      send: {skill: writing, hours: 2, after: {print: 5w, draw: }}
"""
    (root / "mould.yaml").write_text(mould, encoding="utf-8")
    assert run("-C", root, "tactic", "add", "--playbook", "mailing").code == 0
    made = run("-C", root, "tactic", "show", "mailing").out
    assert "print: {skill: writing, hours: 1, after: [write, draw], wait: 2w}" in made
    assert "send: {skill: writing, hours: 2, after: {print: 5w, draw: 0d}}" in made
    done = ("--status", "done", "--done-when", "It is sent")
    assert run("-C", root, "tactic", "edit", "mailing", *done).code == 0
    assert run("-C", root, "playbook", "add", "--from-tactic", "mailing", "--id", "post").code == 0
    shown = run("-C", root, "playbook", "show", "post", "--format", "json").out
    waits = {each["task"]: each["wait"] for each in json.loads(shown)["data"]["tasks"]}
    assert waits == {"write": {}, "draw": {}, "print": {"write": "2w", "draw": "2w"}, "send": {"print": "5w"}}
    page = run("-C", root, "playbook", "show", "mailing").out
    assert "2 workdays" in page
    assert "5 workdays after print" in page


def test_people_of_a_playbook_stay_in_tactics_made_of_it_and_in_playbooks_made_of_those(run: Run, root: Path) -> None:
    plan = root / "plan.yaml"
    with plan.open("a", encoding="utf-8") as opened:
        opened.write(
            "playbooks:\n"
            "  pairs:\n"
            "    title: Talks in pairs\n"
            "    function: sales\n"
            "    stage: lead\n"
            "    tasks:\n"
            "      talk: {skill: sales-process, hours: 4, least: 3, people: 2}\n"
            "      write: {skill: writing, hours: 3, after: [talk]}\n"
        )
    assert run("playbook", "show", "pairs", "-C", root, "--today", "2026-12-14").out.count("11 h, 9 to 11") == 1
    assert run("playbook", "add", "--from-playbook", "pairs", "--id", "copied", "-C", root).code == 0
    assert run("tactic", "add", "--playbook", "pairs", "--id", "pairs-now", "-C", root).code == 0
    assert run("tactic", "edit", "pairs-now", "--status", "done", "--done-when", "Held", "-C", root).code == 0
    made = ("playbook", "add", "--from-tactic", "pairs-now", "--id", "made", "--stage", "lead", "-C", root)
    assert run(*made, "--today", "2026-12-14").code == 0
    written = "\n".join(path.read_text(encoding="utf-8") for path in root.rglob("*.yaml"))
    assert written.count("talk: {skill: sales-process, hours: 4, people: 2, least: 3}") == 1
    assert written.count("talk: {skill: sales-process, hours: 4, people: 2}") == 2


def test_its_title_and_id_are_the_playbooks_where_none_are_given(run: Run, root: Path) -> None:
    assert run("-C", root, "tactic", "add", "--playbook", "webinar").code == 0
    assert run("-C", root, "tactic", "add", "--playbook", "webinar").code == 0
    found = run("-C", root, "tactic", "list", "--where", "function=marketing", "--format", "json").out
    assert [each["id"] for each in json.loads(found)["data"]["entries"] if "webinar" in each["id"]] == [
        "webinar",
        "webinar-2",
    ]


def test_a_playbook_that_is_not_there_is_refused(run: Run, root: Path) -> None:
    result = run("-C", root, "tactic", "add", "--playbook", "webniar")
    assert result.code == 2
    assert 'no playbook "webniar"' in result.err
    assert "webinar" in result.err


def test_of_a_done_tactic_with_the_hours_it_took(run: Run, root: Path) -> None:
    result = run("-C", root, "playbook", "add", "--from-tactic", "talk-one", "--id", "short-talk")
    assert result.code == 0, result.err
    assert (
        text(root, "playbooks.yaml").removeprefix(PLAYBOOKS)
        == """  short-talk:
    title: The talk in November
    function: marketing
    stage: lead
    metrics: [New leads]
    impact: 6
    confidence: 0.6
    done_when: It was held
    basis: measured
    measured: 1
    tasks:
      hold: {skill: writing, hours: 7.5, least: 6}
      call: {skill: calls, level: 3, hours: 2, most: 3, after: [hold]}
    notes: Made of talk-one on 2026-12-14.
"""
    )


def test_of_one_that_is_not_done_it_is_refused(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "team.yaml": TEAM, "p.yaml": PLAYBOOKS, "t.yaml": MADE})
    result = run("-C", root, "playbook", "add", "--from-tactic", "talk")
    assert (result.code, "talk is not done" in result.err) == (2, True)
    result = run("-C", root, "tactic", "result", "talk", "--moved", "yes")
    assert (result.code, "talk is not done" in result.err) == (2, True)


def test_a_copy_says_what_the_catalogue_says_and_counts_before_it(run: Run, root: Path) -> None:
    assert run("-C", root, "playbook", "add", "--from-playbook", "webinar", "--id", "webinar").code == 0
    shown = json.loads(run("-C", root, "playbook", "show", "webinar", "--format", "json").out)["data"]
    bare = json.loads(run("-C", HARBOURLINE, "playbook", "show", "webinar", "--format", "json").out)["data"]
    assert shown.pop("from") == "plan"
    assert bare.pop("from") == "catalogue"
    assert shown == bare
    assert run("-C", root, "playbook", "edit", "webinar", "--title", "Ours").code == 0
    assert "Ours (webinar)" in run("-C", root, "playbook", "show", "webinar").out


def test_a_result_is_one_line(run: Run, root: Path) -> None:
    before = text(root, "done.yaml")
    given = ("--moved", "yes", "--by", "5", "--learnt", "Call: the same day")
    result = run("-C", root, "tactic", "result", "talk-one", *given)
    assert (result.code, result.err) == (0, "talk-one moved its metric: yes (done.yaml)\n")
    added = [line for line in text(root, "done.yaml").splitlines() if line not in before.splitlines()]
    assert added == ['    result: {moved: yes, by: 5, learnt: "Call: the same day", on: 2026-12-14}']


def test_moved_is_yes_no_or_unclear(run: Run, root: Path) -> None:
    assert run("-C", root, "tactic", "result", "talk-one", "--moved", "maybe").code == 2


def test_the_weekly_agenda_asks_once_enough_was_read(run: Run, root: Path) -> None:
    asked = " ".join(run("-C", root, "agenda", "weekly").out.split())
    assert "Did it work?" in asked
    # 20, 21, 22 goes on as 23, 24, 25, 26: 24.5 on average; 27 to 30 are 28.5.
    assert "Before: 20, 21, 22. After: 27, 28, 29, 30; the trend before, carried on, would be 24.5" in asked
    assert "so it is 4 better" in asked
    assert run("-C", root, "tactic", "result", "talk-one", "--moved", "yes").code == 0
    assert "Did it work?" not in run("-C", root, "agenda", "weekly").out


def test_the_report_holds_hits_against_confidence(run: Run, root: Path) -> None:
    assert run("-C", root, "tactic", "result", "talk-one", "--moved", "yes", "--by", "4").code == 0
    data = json.loads(run("-C", root, "report", "results", "--format", "json").out)["data"]
    assert data["all"] == {
        "done": 1, "moved": 1, "not_moved": 0, "unclear": 0, "hit_rate": 1, "stated_confidence": 0.6, "hours": 9.5,
        "cost": 0,
    }  # fmt: skip
    assert [(each["by"], each["id"]) for each in data["groups"]] == [("function", "marketing"), ("playbook", "talk")]
    assert data["playbooks"] == [
        # 9.5 h for 7.5 h, of one: (9.5 / 7.5 × 1 + 3) / 4
        {"playbook": "talk", "timed": 1, "usual_hours": 7.5, "actual_hours": 9.5, "hours_factor": 1.0667}
    ]
    assert data["tactics"][0]["difference"] == 4


@pytest.mark.parametrize("output_format", ["terminal", "markdown", "html", "json", "csv"])
def test_every_format_draws_the_report(run: Run, root: Path, tmp_path: Path, output_format: str) -> None:
    run("-C", root, "tactic", "result", "talk-one", "--moved", "yes", "--learnt", "<b>=SUM(A1)</b> | *x*")
    result = run("-C", root, "report", "results", "--format", output_format, "-o", tmp_path / "out")
    assert result.code == 0, result.err
    drawn = (tmp_path / "out").read_text(encoding="utf-8")
    assert ("November" if output_format != "csv" else "marketing,1,1,0,0,1,0.6,9.5") in drawn
    assert output_format != "html" or "<b>=SUM" not in drawn
    assert output_format != "markdown" or "| *x*" not in drawn


def test_lists_by_stage_and_function(run: Run, root: Path) -> None:
    listed = json.loads(run("-C", root, "playbook", "list", "--stage", "lead", "--format", "json").out)["data"][
        "playbooks"
    ]
    assert {each["stage"] for each in listed} == {"lead"}
    assert ("talk", "plan") in {(each["playbook"], each["from"]) for each in listed}
    own = json.loads(run("-C", root, "playbook", "list", "--own", "--format", "json").out)["data"]["playbooks"]
    assert [each["playbook"] for each in own] == ["talk"]
    sales = json.loads(run("-C", root, "playbook", "list", "--function", "sales", "--format", "json").out)["data"][
        "playbooks"
    ]
    assert len(sales) >= 15
    assert {each["function"] for each in sales} == {"sales"}


@pytest.mark.parametrize(
    ("option", "message"),
    [(("--stage", "leads"), 'no stage "leads"'), (("--function", "sails"), 'no function "sails"')],
)
def test_what_there_is_none_of_is_told(run: Run, root: Path, option: tuple[str, str], message: str) -> None:
    result = run("-C", root, "playbook", "list", *option)
    assert result.code == 2
    assert message in result.err
    assert "did you mean" in result.err


def test_those_that_fit_come_first(run: Run) -> None:
    data = json.loads(run("-C", HARBOURLINE, "playbook", "list", "--fits", "--format", "json").out)["data"]
    assert data["short"][0]["part"] <= 1
    can = [not each["lacking_skills"] and not each["lacking_stack"] for each in data["playbooks"]]
    assert can == sorted(can, reverse=True)
    scores = [each["score"] for each in data["playbooks"] if not each["lacking_stack"]]
    assert scores == sorted(scores, reverse=True)


def test_rename_and_refs_know_playbooks(run: Run, root: Path) -> None:
    assert "talk-one" in run("-C", root, "refs", "playbook", "talk").out
    assert run("-C", root, "rename", "playbook", "talk", "customer-talk").code == 0
    assert "playbook: customer-talk" in text(root, "done.yaml")
    assert "  customer-talk:" in text(root, "playbooks.yaml")


@pytest.mark.parametrize(
    ("page", "command"),
    [
        ("list-sql.txt", ("playbook", "list", "--stage", "sql")),
        ("fits-sales.txt", ("playbook", "list", "--fits", "--function", "sales")),
        ("show-guest-webinar.txt", ("playbook", "show", "guest-webinar")),
        ("show-webinar.md", ("playbook", "show", "webinar", "--format", "markdown")),
        ("results.txt", ("report", "results", "--explain")),
        ("results.md", ("report", "results", "--format", "markdown")),
    ],
)
def test_the_example(run: Run, golden: Callable[[Path, str], None], page: str, command: tuple[str, ...]) -> None:
    result = run("-C", HARBOURLINE, *command)
    assert result.code == 0, result.err
    golden(GOLDEN / page, result.out)
