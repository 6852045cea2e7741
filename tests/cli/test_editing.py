from __future__ import annotations

import errno
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

TEAM = "team:\n  dana: {name: Dana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}\n"
TACTICS = """# What we could do.
tactics:

  page:            # ours since spring
    title:   'New page'
    function: sales
    impact: 5
    tasks: {do: {skill: copy, hours: 4}}   # half a day
"""
NEW = """  call-dons-lead:
    title: Call Don's lead
    function: sales
    impact: 7
    tasks:
      call: {skill: copy, hours: 2h, owner: dana}
"""
ADD = ("tactic", "add", "Call Don's lead", "--function", "sales", "--impact", "7", "--task", "call=copy:2h:dana")


@pytest.fixture
def root(make_plan: MakePlan) -> Path:
    return make_plan({"tactics.yaml": TACTICS, "team.yaml": TEAM})


def test_add_writes_the_new_lines_and_no_others(run: Run, root: Path) -> None:
    result = run("-C", root, *ADD)
    assert (result.code, result.out) == (0, "")
    assert "added tactic call-dons-lead (tactics.yaml)" in result.err
    assert (root / "tactics.yaml").read_text() == TACTICS + NEW


@pytest.mark.parametrize("turn", [lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n")])
def test_line_ends_and_the_end_of_the_file_stay(run: Run, make_plan: MakePlan, turn: Callable[[str], str]) -> None:
    root = make_plan({"tactics.yaml": turn(TACTICS), "team.yaml": TEAM})
    assert run("-C", root, *ADD).code == 0
    assert (root / "tactics.yaml").read_bytes() == turn(TACTICS + NEW).encode()
    assert run("-C", root, "tactic", "drop", "call-dons-lead").code == 0
    assert (root / "tactics.yaml").read_bytes() == turn(TACTICS).encode()


def test_edit_touches_the_value_alone(run: Run, root: Path) -> None:
    edit = ("tactic", "edit", "page", "--title", "Old page", "--set", "tasks.do.hours=90m", "--set", "impact=9")
    assert run("-C", root, *edit).code == 0
    expected = TACTICS.replace("New", "Old").replace("hours: 4", "hours: 90m").replace("impact: 5", "impact: 9")
    assert (root / "tactics.yaml").read_text() == expected


def test_instalments_are_given_in_braces(run: Run, root: Path) -> None:
    assert run("-C", root, "tactic", "edit", "page", "--cost", "{2027-01: 4000, 2027-02: 4k}").code == 0
    assert "cost: {2027-01: 4000, 2027-02: 4k}\n" in (root / "tactics.yaml").read_text()
    assert "Cost $8,000: $4,000 in 2027-01, $4,000 in 2027-02\n" in run("-C", root, "explain", "page").out
    refused = run("-C", root, "tactic", "edit", "page", "--cost", "{2027-01: 4000, 2027-13: 4k}")
    assert (refused.code, "RP103" in refused.err) == (1, True)
    title = run("-C", root, "tactic", "edit", "page", "--done-when", "{it: is up}", "--dry-run")
    assert 'done_when: "{it: is up}"' in title.out


def test_a_metric_has_a_target_or_a_range_and_may_be_a_ratio(run: Run, root: Path) -> None:
    add = (
        "-C",
        root,
        "metric",
        "add",
        "--unit",
        "deals",
        "--direction",
        "up",
        "--owner",
        "dana",
        "--cadence",
        "weekly",
    )
    neither = run(*add, "Won")
    assert (neither.code, "--target" in neither.err) == (2, True)
    assert run(*add, "Won", "--target", "4", "--baseline", "1").code == 0
    assert run(*add, "Decided", "--keep", "15..25").code == 0
    assert run(*add, "Close rate", "--target", "20", "--ratio", "{of: won, to: decided}").code == 0
    text = "".join(path.read_text() for path in sorted(root.rglob("*.yaml")))
    assert "ratio: {of: won, to: decided}" in text
    assert "keep: 15..25" in text
    assert run(*add, "Odd", "--target", "4", "--ratio", "{of: wonn, to: decided}").code == 1
    for own, value in (("won", "3"), ("decided", "12")):
        assert run("-C", root, "metric", "record", own, value, "--date", "2026-11-27").code == 0
    refused = run("-C", root, "metric", "record", "close-rate", "25")
    assert (refused.code, "close-rate is won / decided, and has no readings of its own" in refused.err) == (2, True)
    table = root / "readings.csv"
    table.write_text("date,won,close-rate\n2026-11-20,2,25\n", encoding="utf-8")
    taken = run("-C", root, "metric", "import", table, "--write")
    assert (taken.code, "close-rate follows from won / decided" in taken.err) == (1, True)
    board = run("-C", root, "report", "scoreboard").out
    assert "0.25" in board  # 3 / 12
    assert "15 to 25" in board
    assert "amber, 67%" in board  # from 1 to 4, 3 is two thirds of the way


def test_an_empty_value_removes_a_field(run: Run, root: Path) -> None:
    assert run("-C", root, "tactic", "edit", "page", "--notes", "Ask Don").code == 0
    assert run("-C", root, "tactic", "edit", "page", "--set", "notes=").code == 0
    assert run("-C", root, "tactic", "edit", "page", "--tag", "web", "--tag", "price").code == 0
    assert run("-C", root, "tactic", "edit", "page", "--tag", "").code == 0
    assert (root / "tactics.yaml").read_text() == TACTICS


def test_a_dry_run_shows_the_difference_and_writes_nothing(run: Run, root: Path) -> None:
    result = run("-C", root, "tactic", "edit", "page", "--impact", "9", "--dry-run")
    assert "-    impact: 5\n+    impact: 9\n" in result.out
    assert (root / "tactics.yaml").read_text() == TACTICS


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (("--objective", "nope"), "RP205"),
        (("--impact", "11"), "RP104"),
        (("--set", "titel=x"), "RP101"),
        (("--title", " "), "RP102"),
        (("--set", "tasks.do.after=[do]"), "RP231"),
    ],
)
def test_what_validate_would_refuse_is_refused(run: Run, root: Path, edit: tuple[str, ...], code: str) -> None:
    result = run("-C", root, "tactic", "edit", "page", *edit)
    assert result.code == 1
    assert f"error[{code}]" in result.err
    assert "nothing was written" in result.err
    assert (root / "tactics.yaml").read_text() == TACTICS


def test_errors_that_were_there_before_are_no_reason_to_refuse(run: Run, make_plan: MakePlan) -> None:
    broken = (
        TACTICS
        + "  worse: {title: W, function: sales, impact: 5, objective: nope, tasks: {do: {skill: a, hours: 1}}}\n"
    )
    root = make_plan({"tactics.yaml": broken, "team.yaml": TEAM})
    assert run("-C", root, "tactic", "edit", "page", "--impact", "9").code == 0
    second = run("-C", root, "tactic", "edit", "page", "--objective", "nope")
    assert (second.code, second.err.count("error[RP205]")) == (1, 1)


def test_drop_is_refused_while_something_refers_to_it(run: Run, root: Path) -> None:
    run("-C", root, *ADD, "--requires", "page")
    before = (root / "tactics.yaml").read_text()
    result = run("-C", root, "tactic", "drop", "page")
    assert (result.code, "error[RP208]" in result.err) == (1, True)
    assert (root / "tactics.yaml").read_text() == before


def test_what_is_missing_is_named_where_nobody_can_be_asked(run: Run, root: Path) -> None:
    result = run("-C", root, "tactic", "add", "Call", "--impact", "7")
    assert result.code == 2
    assert "a tactic needs --function, --task\n" in result.err
    assert run("-C", root, "persona", "add").code == 2


def test_what_is_missing_is_asked_for_on_a_terminal(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"title": "Call Don's lead", "function": "sales", "impact": "7", "tasks": "call=copy:2h:dana"}
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda text, **_: answers[text.partition(":")[0]])
    assert run("-C", root, "tactic", "add").code == 0
    assert (root / "tactics.yaml").read_text() == TACTICS + NEW


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tactic", "edit", "pgae", "--impact", "1"), 'did you mean "page"?'),
        (("tactic", "edit", "page"), "nothing is to be changed"),
        (("tactic", "edit", "page", "--set", "impact"), "--set owner=dana"),
        (("tactic", "edit", "page", "--set", "title=[a"), "cannot be read"),
        (("team", "edit", "dana", "--set", "skills={calls:3}"), "a space stands after every colon"),
        (("tactic", "add", "x", "--function", "sales", "--impact", "1", "--task", "call"), "write=copy:6"),
        (("team", "edit", "dana", "--skill", "calls"), "write it like copy:3"),
        ((*ADD, "--id", "page"), "already"),
        ((*ADD, "--file", "../out.yaml"), "no name for a plan file"),
        (("task", "add", "call", "--skill", "copy", "--hours", "1"), "tactic/task"),
        (("task", "add", "none/call", "--skill", "copy", "--hours", "1"), 'no tactic "none"'),
        (("tactic", "list", "--where", "function"), "FIELD=VALUE"),
        (("issue", "solve", "x", "--solution", "y", "--todo", "z"), "--owner"),
        (("campaign", "checklist", "none"), 'no campaign "none"'),
        (("team", "time-off", "dana", "2026-12-01", "--remove"), "no time off"),
        (("metric", "record", "none", "1"), 'no metric "none"'),
        (("metric", "import", "none.csv"), "cannot be read"),
    ],
)
def test_usage_that_cannot_be_followed_writes_nothing(run: Run, root: Path, words: tuple[str, ...], said: str) -> None:
    result = run("-C", root, *words)
    assert (result.code, said in result.err) == (2, True), result.err
    assert (root / "tactics.yaml").read_text() == TACTICS


def test_skills_are_given_with_their_levels(run: Run, root: Path) -> None:
    member = ("team", "add", "Noor Said", "--kind", "employee", "--function", "sales", "--hours-per-week", "32")
    result = run("-C", root, *member, "--skill", "calls:3", "--skill", " writing : 2", "--dry-run")
    assert (result.code, "+    skills: {calls: 3, writing: 2}\n" in result.out) == (0, True), result.err


def test_lists_hide_what_is_over(run: Run, root: Path) -> None:
    run("-C", root, *ADD, "--status", "dropped")
    assert "page" in run("-C", root, "tactic", "list").out
    assert "call-dons-lead" not in run("-C", root, "tactic", "list").out
    listed = json.loads(run("-C", root, "tactic", "list", "--all", "--format", "json").out)["data"]
    assert [entry["id"] for entry in listed["entries"]] == ["call-dons-lead", "page"]
    assert listed["entries"][1] | {"title": ""} == {
        "id": "page", "title": "", "function": "sales", "objective": None, "impact": 5, "hours": 4,
        "status": "ready", "stands": "ready",
    }  # fmt: skip
    assert "1 shown" in run("-C", root, "tactic", "list", "--where", "status=dropped").out


def test_show_is_the_text_itself(run: Run, root: Path) -> None:
    assert run("-C", root, "tactic", "show", "page").out == "# tactics.yaml:4\n" + TACTICS.split("\n\n")[1]


def test_todos_from_promise_to_done(run: Run, root: Path) -> None:
    assert run("-C", root, "todo", "add", "Call Don", "--owner", "dana").code == 0
    text = "todos:\n  call-don:\n    title: Call Don\n    owner: dana\n    due: 2026-12-05\n"
    assert (root / "company.yaml").read_text() == text
    assert run("-C", root, "todo", "done", "call-don").code == 0
    assert (root / "company.yaml").read_text() == text + "    status: done\n    done: 2026-11-28\n"


def test_issues_from_raised_to_solved(run: Run, root: Path) -> None:
    assert run("-C", root, "issue", "raise", "Leads wait", "--owner", "dana").code == 0
    solve = (
        "issue",
        "solve",
        "leads-wait",
        "--solution",
        "Whoever is free calls",
        "--todo",
        "Set it",
        "--owner",
        "dana",
    )
    assert run("-C", root, *solve).code == 0
    assert (root / "company.yaml").read_text() == (
        "issues:\n  leads-wait:\n    title: Leads wait\n    raised: 2026-11-28\n    owner: dana\n    status: solved\n"
        "    solved: 2026-11-28\n    solution: Whoever is free calls\n"
        "todos:\n  set-it:\n    title: Set it\n    owner: dana\n    due: 2026-12-05\n    issue: leads-wait\n"
    )


def test_time_off(run: Run, root: Path) -> None:
    assert run("-C", root, "team", "time-off", "dana", "2026-12-21..2026-12-23", "--reason", "Skiing").code == 0
    assert run("-C", root, "team", "time-off", "dana", "2026-12-02", "--hours", "4").code == 0
    off = "time_off: {2026-12-21..2026-12-23: Skiing, 2026-12-02: {hours: 4, reason: Off}}"
    assert (root / "team.yaml").read_text() == TEAM.replace("{copy: 3}}", f"{{copy: 3}}, {off}}}")
    assert run("-C", root, "team", "time-off", "dana", "2026-12-02", "--remove").code == 0
    assert run("-C", root, "team", "time-off", "dana", "2026-13-02").code == 1
    assert run("-C", root, "team", "time-off", "dana", "2026-12-03", "--hours", "half", "--reason", "School").code == 0
    assert "2026-12-03: {hours: half, reason: School}" in (root / "team.yaml").read_text()
    refused = run("-C", root, "team", "time-off", "dana", "2026-12-21..2026-12-23", "--hours", "2")
    assert (refused.code, "has all of 2026-12-21..2026-12-23 off already" in refused.err) == (2, True)


OF_LEADS = ["--metric", "leads"]
METRIC = """metrics:
  leads: {name: Leads, unit: leads, direction: up, owner: dana, cadence: weekly, target: 5, revenue: true}
"""


@pytest.mark.parametrize(
    ("table", "options", "readings"),
    [
        ('date,value\n2026-11-20,4\n2026-11-27,"1,200.5"\n', OF_LEADS, "2026-11-20: 4, 2026-11-27: 1200.5"),
        ("Date;metric;Value\n2026-11-20;leads;1.200,5\n", [], "2026-11-20: 1200.5"),
        ("date\tleads\n2026-11-20T10:00\t4\n2026-11-27\t\n", [], "2026-11-20: 4"),
        ("date,value\n11/20/2026,$4\n", ["--metric", "leads", "--date-format", "%m/%d/%Y"], "2026-11-20: 4"),
    ],
)  # fmt: skip
def test_readings_come_from_tables(
    run: Run, make_plan: MakePlan, tmp_path: Path, table: str, options: list[str], readings: str
) -> None:
    root = make_plan({"m.yaml": METRIC, "team.yaml": TEAM})
    (tmp_path / "t.csv").write_text("\ufeff" + table, encoding="utf-8")
    assert run("-C", root, "metric", "import", tmp_path / "t.csv", *options, "--write").code == 0
    expected = METRIC.replace("revenue: true}", f"revenue: true, readings: {{{readings}}}}}")
    assert (root / "m.yaml").read_text() == expected


def test_rows_that_say_nothing_are_told_and_skipped_only_if_asked(
    run: Run, make_plan: MakePlan, tmp_path: Path
) -> None:
    root = make_plan({"m.yaml": METRIC, "team.yaml": TEAM})
    (tmp_path / "t.csv").write_text("date,leads\n2026-11-20,4\nsoon,5\n2026-11-27,many\n")
    result = run("-C", root, "metric", "import", tmp_path / "t.csv", "--write")
    assert (result.code, (root / "m.yaml").read_text()) == (1, METRIC)
    assert 'row 3, date: "soon" is no date\nrow 4, leads: "many" is no number\n' in result.err
    assert run("-C", root, "metric", "import", tmp_path / "t.csv", "--skip-bad", "--write").code == 0
    assert "readings: {2026-11-20: 4}" in (root / "m.yaml").read_text()


def test_a_reading(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"m.yaml": METRIC, "team.yaml": TEAM})
    assert run("-C", root, "metric", "record", "leads", "7", "--date", "2026-11-27").code == 0
    assert "readings: {2026-11-27: 7}" in (root / "m.yaml").read_text()
    assert "error[RP703]" in run("-C", root, "metric", "record", "leads", "7", "--date", "2027-01-01").err


CAMPAIGN = """campaigns:
  any-tuesday: {title: Any, message: M, start: 2027-01-11, end: 2027-02-26, pillar: p, target: {segment: s},
    checklist: {proofread: open}}
strategy: {big_story: {narrative: N, pillars: {p: {claim: C, proof: P}}}, segments: {s: {name: S}}}
"""


def test_the_launch_list(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"c.yaml": CAMPAIGN})
    assert run("-C", root, "campaign", "checklist", "any-tuesday", "proofread", "approved=not-applicable").code == 0
    checked = CAMPAIGN.replace("{proofread: open}", "{proofread: done, approved: not-applicable}")
    assert (root / "c.yaml").read_text() == checked
    shown = json.loads(run("-C", root, "campaign", "checklist", "any-tuesday", "--format", "json").out)["data"]
    assert (shown["items"]["proofread"], len(shown["open"])) == ("done", 6)
    planned = json.loads(run("-C", root, "campaign", "plan", "any-tuesday", "--format", "json").out)["data"]
    last_days = {task["task"]: task["done_by"] for group in planned["groups"] for task in group["tasks"]}
    assert shown["by"] == last_days, "the days are those of the work before the launch"
    assert "6 open items before the launch on 2027-01-11" in run("-C", root, "campaign", "checklist", "any-tuesday").out
    assert run("-C", root, "campaign", "checklist", "any-tuesday", "proofraed").code == 2
    assert run("-C", root, "campaign", "checklist", "any-tuesday", "proofread=so-so").code == 2


@pytest.mark.parametrize(
    ("title", "own_id"),
    [
        ("X-ray it", "tactic-x-ray-it"),
        ("X", "tactic-x"),
        ("新しい", "tactic"),
        ("Page", "page-2"),
        ("A  b--C!", "a-b-c"),
    ],
)
def test_ids_are_made_of_titles(run: Run, root: Path, title: str, own_id: str) -> None:
    assert f"added tactic {own_id} " in run("-C", root, "tactic", "add", title, *ADD[3:]).err
    assert run("-C", root, "tactic", "show", own_id).code == 0
    assert run("-C", root, *ADD, "--id", "x-mine").code == 2


@pytest.mark.parametrize(
    ("today", "said", "due"),
    [
        ("2026-12-01", "friday", "2026-12-04"),
        ("2026-12-01", "+7d", "2026-12-08"),
        ("2026-12-01", "eow", "2026-12-04"),
        ("2026-12-05", "friday", "2026-12-11"),
    ],
)
def test_days_may_be_said_and_count_from_today(run: Run, root: Path, today: str, said: str, due: str) -> None:
    add = ("todo", "add", "Call back", "--owner", "dana", "--due", said, "--today", today)
    assert run("-C", root, *add).code == 0
    assert f"due: {due}" in run("-C", root, "todo", "show", "call-back").out
    assert run("-C", root, "todo", "edit", "call-back", "--set", "due=tomorrow", "--today", due).code == 0
    assert "due: " in run("-C", root, "todo", "show", "call-back").out
    assert f"due: {due}" not in run("-C", root, "todo", "show", "call-back").out


def test_days_of_tasks_and_absences_may_be_said(run: Run, root: Path) -> None:
    task = "send=copy:2 after=write:3d deadline=+10d"
    new = ("tactic", "add", "Poll", "--function", "sales", "--impact", "3", "--task", "write=copy:2", "--task", task)
    assert run("-C", root, *new, "--not-before", "tomorrow", "--today", "2026-12-01").code == 0
    shown = run("-C", root, "tactic", "show", "poll").out
    assert "not_before: 2026-12-02" in shown
    assert "send: {skill: copy, hours: 2, after: {write: 3d}, deadline: 2026-12-11}" in shown
    assert run("-C", root, "team", "time-off", "dana", "monday..friday", "--today", "2026-12-05").code == 0
    assert "2026-12-07..2026-12-11" in (root / "team.yaml").read_text()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (("write:3d",), "after: {write: 3d}"),
        (("write:3d+draw",), "after: {write: 3d, draw: 0d}"),
        (("write: 2w, draw:1d",), "after: {write: 2w, draw: 1d}"),
        (("write", "draw"), "after: [write, draw]"),
        (("{write: 3d}",), "after: {write: 3d}"),
    ],
)
def test_a_wait_is_said_behind_the_task_that_is_waited_for(
    run: Run, root: Path, said: tuple[str, ...], written: str
) -> None:
    new = ("tactic", "add", "Poll", "--function", "sales", "--impact", "3", "--task", "write=copy:2")
    assert run("-C", root, *new, "--task", "draw=copy:2", "--task", "send=copy:2").code == 0
    after = [word for each in said for word in ("--after", each)]
    assert run("-C", root, "task", "edit", "poll/send", *after).code == 0
    assert f"send: {{skill: copy, hours: 2, {written}}}" in run("-C", root, "tactic", "show", "poll").out
    assert run("-C", root, "task", "add", "poll/post", "--skill", "copy", "--hours", "1", *after).code == 0
    assert f"post: {{skill: copy, hours: 1, {written}}}" in run("-C", root, "tactic", "show", "poll").out


def test_a_wait_of_a_few_workdays_is_said_beside_as_many_weeks(run: Run, root: Path) -> None:
    new = ("tactic", "add", "Poll", "--function", "sales", "--impact", "3", "--task", "write=copy:2")
    told = run("-C", root, *new, "--task", "send=copy:2 after=write:2w")
    assert "2w waits 2 workdays; 2 weeks would be 14d, or 10w" in told.err
    edit = ("-C", root, "task", "edit", "poll/send")
    assert "1w waits 1 workday; 1 week would be 7d, or 5w" in run(*edit, "--after", "write", "--wait", "1w").err
    for said in (("--wait", "2d"), ("--wait", "5w"), ("--title", "2w"), ("--after", "write:10w")):
        assert "would be" not in run(*edit, *said).err


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (("write:3",), '"3" is no wait; write 3d for days, or 3w for workdays'),
        (("write:soon",), '"soon" is no wait'),
        (("write:400d",), "a year at most"),
        (("wrte:3d",), 'did you mean "write"?'),
        (("{write: 3d}", "draw"), "what stands in braces is all that a task follows"),
    ],
)
def test_a_wait_that_is_none_is_refused_and_nothing_written(
    run: Run, root: Path, said: tuple[str, ...], message: str
) -> None:
    new = ("tactic", "add", "Poll", "--function", "sales", "--impact", "3", "--task", "write=copy:2")
    assert run("-C", root, *new, "--task", "draw=copy:2", "--task", "send=copy:2").code == 0
    before = run("-C", root, "tactic", "show", "poll").out
    result = run("-C", root, "task", "edit", "poll/send", *[word for each in said for word in ("--after", each)])
    assert result.code != 0
    assert message in result.err
    assert run("-C", root, "tactic", "show", "poll").out == before


def test_a_day_with_two_readings_is_refused_and_nothing_written(run: Run, root: Path) -> None:
    before = (root / "team.yaml").read_text()
    result = run("-C", root, "team", "time-off", "dana", "friday", "--today", "2026-12-04")
    assert result.code == 2
    assert '"friday" may be 2026-12-04 or 2026-12-11' in result.err
    assert (root / "team.yaml").read_text() == before


def test_what_is_saved_ends_well_where_the_lock_cannot_be_removed(
    run: Run, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    root = make_plan(TEAM)
    monkeypatch.setattr("revplan.store.disk.lock._give_back", refuse)
    ran = run("todo", "add", "Call", "--owner", "dana", "--due", "2026-12-04", "-C", root)
    assert (ran.code, "warning: " in ran.err, "cannot be removed: Input/output error" in ran.err) == (0, True, True)
    assert run("todo", "show", "call", "-C", root).code == 0
