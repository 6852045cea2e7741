from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.progress import progress
from revplan.analysis.workload import content_digest
from tests.support.quay import BOOK, COMPANY, GUIDE, TEAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.quay import Company

    Found = Callable[..., Company]

GOLDEN = Path(__file__).parents[2] / "golden"


# --- start -------------------------------------------------------------------------------------------------------


def test_a_planned_sprint_is_started_once(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    assert "started sprint 2026-12" in quay.done("start").err
    assert quay.sprint().status == "active"
    assert "sprint 2026-12 is active" in quay.refused("start")


def test_only_one_sprint_is_active(company: Found) -> None:
    quay = company().started().on("2026-12-01")
    quay.done("plan", "2027-01", "--write")
    assert "close it first: `revplan sprint close 2026-12`" in quay.refused("start", "2027-01")


def test_what_is_not_written_or_is_over_is_not_started(company: Found) -> None:
    quay = company()
    assert "no planned sprint is written" in quay.refused("start")
    assert "`revplan sprint plan 2026-12 --write`" in quay.refused("start", "2026-12")
    quay.done("plan", "--write")
    assert "ended on 2026-12-31" in quay.on("2027-01-04").refused("start", "2026-12")


def test_a_sprint_with_unsound_work_is_not_started(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    file = quay.root / "sprints" / "2026-12.yaml"
    file.write_text(file.read_text().replace("hours: 20,", "hours: 200,"))
    ran = quay.do("start")
    assert (ran.code, "RP301" in ran.err, quay.sprint().status) == (1, True, "planned")


# --- log ---------------------------------------------------------------------------------------------------------


def test_hours_add_up_and_touch_their_line_alone(company: Found) -> None:
    quay = company().started().on("2026-12-02")
    before = quay.bytes()["2026-12.yaml"].splitlines()
    assert "6.5 h spent of 20 h planned, 13.5 h left" in quay.done("log", "guide/write", "--hours", "6.5").out
    after = quay.bytes()["2026-12.yaml"].splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        next(line for line in after if b"log: {2026-12-02: {ana: 6.5}}" in line)
    ]
    quay.done("log", "guide/write", "--hours", "90m")
    row = quay.row("guide", "write")
    assert (row.spent, row.left, row.status) == (8 * 60, None, "started")


def test_what_is_left_is_as_said_and_shrinks_with_work(company: Found) -> None:
    quay = company().started().on("2026-12-01")
    assert "30 h left" in quay.done("log", "guide/write", "--hours", "5", "--left", "30").out
    assert "26 h left" in quay.done("log", "guide/write", "--hours", "4").out
    assert "is it done?" in quay.done("log", "guide/write", "--left", "0").out


def test_hours_can_be_taken_back_but_no_more_than_there_are(company: Found) -> None:
    quay = company().started().on("2026-12-01")
    quay.done("log", "guide/write", "--hours", "3")
    quay.done("log", "guide/write", "--hours", "-1")
    assert quay.row("guide", "write").spent == 2 * 60
    assert "only 2 h are logged" in quay.refused("log", "guide/write", "--hours", "-3")


def test_done_has_a_day_and_hours_left_open_it_again(company: Found) -> None:
    quay = company().started().on("2026-12-03")
    quay.done("log", "guide/write", "--hours", "18", "--left", "1")
    assert "18 h spent of 20 h planned, done" in quay.done("log", "guide/write", "--done").out
    row = quay.row("guide", "write")
    assert (row.status, str(row.done), row.left) == ("done", "2026-12-03", None)
    quay.done("log", "guide/write", "--hours", "1")
    assert quay.row("guide", "write").status == "done"
    quay.done("log", "guide/write", "--left", "2")
    row = quay.row("guide", "write")
    assert (row.status, row.done, row.left, row.spent) == ("started", None, 120, 19 * 60)


def test_nothing_is_done_without_a_definition(company: Found) -> None:
    quay = company(TEAM + "tactics:\n" + BOOK).started()
    said = quay.refused("log", "book/write", "--done")
    assert "nothing says what done means" in said
    assert "`done_when: …`" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["guide/wirte", "--done"], 'did you mean "guide/write"?'),
        (["guide", "--done"], 'has no task "guide"'),
        (["guide/write"], "there is nothing to log"),
        (["guide/write", "--done", "--left", "1"], "a task with hours left is not done"),
        (["guide/write", "--hours", "lots"], "is not hours"),
        (["guide/write", "--hours", "999999"], "more than 100,000 hours"),
        (["guide/write", "--left", "6000001m"], "more than 100,000 hours"),
        (["guide/write", "--done", "--sprint", "2026-13"], 'no written sprint "2026-13"'),
    ],
)
def test_what_cannot_be_logged(company: Found, arguments: list[str], said: str) -> None:
    assert said in company().started().refused("log", *arguments)


def test_work_is_logged_in_a_sprint_that_is_started(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    assert "no sprint is active" in quay.refused("log", "guide/write", "--done")
    assert "sprint 2026-12 is not started" in quay.refused("log", "guide/write", "--done", "--sprint", "2026-12")


@pytest.mark.parametrize("arguments", [("log", "guide/write", "--done"), ("status",), ("close",), ("start",)])
def test_a_sprint_that_cannot_be_read_is_not_called_missing(company: Found, arguments: tuple[str, ...]) -> None:
    quay = company().started().on("2026-12-01")
    (quay.root / "sprints" / "2026-12.yaml").write_text("sprints: {\n", encoding="utf-8")
    ran = quay.do(*arguments)
    assert (ran.code, "as far as the plan can be read" in ran.err, "revplan validate" in ran.err) == (1, True, True)


def test_somebody_who_falls_ill_is_written_down_and_the_sprint_planned_anew(company: Found) -> None:
    quay = company().started().on("2026-12-02")
    away = ("team", "time-off", "ana", "2026-12-01..2026-12-04", "--reason", "Flu", "-C", str(quay.root))
    ran = quay.invoke(*away, "--today", quay.today)
    assert (ran.code, "error[RP302]" in ran.err) == (0, True)
    assert "sprint 2026-12 no longer fits; `revplan sprint plan 2026-12 --write` plans it anew" in ran.err
    assert quay.invoke("validate", "-C", str(quay.root), "--today", quay.today).code == 1
    quay.done("plan", "--write")
    assert quay.invoke("validate", "-C", str(quay.root), "--today", quay.today).code == 0


# --- status and brief --------------------------------------------------------------------------------------------


def figures(quay: Company, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(quay.done(*arguments, "--format", "json").out)["data"]
    return document


def test_status_goes_by_working_time(company: Found) -> None:
    quay = company(TEAM + "tactics:\n" + GUIDE).started()
    row = quay.row("guide", "write")
    assert (str(row.start), str(row.due)) == ("2026-12-01", "2026-12-04")
    begun = figures(quay.on("2026-12-01"), "status")
    assert (begun["ahead_hours"], begun["tasks"][0]["expected_hours"]) == (0, 0)
    second = figures(quay.on("2026-12-02"), "status")
    assert (second["tasks"][0]["expected_hours"], second["ahead_hours"]) == (5, -5)
    quay.on("2026-12-02").done("log", "guide/write", "--hours", "10", "--left", "10")
    assert figures(quay.on("2026-12-02"), "status")["ahead_hours"] == 5
    late = figures(quay.on("2026-12-07"), "status")
    assert (late["tasks"][0]["task"], late["tasks"][0]["late"]) == ("guide/write", True)
    assert late["ahead_hours"] < 0


def test_whoever_has_more_left_than_hours_is_over(company: Found) -> None:
    quay = company().started().on("2026-12-28")
    quay.done("log", "guide/write", "--left", "100")
    ana = next(own for own in figures(quay, "status")["members"] if own["member"] == "ana")
    assert ana["over_hours"] == pytest.approx(ana["left_hours"] - ana["free_hours"], abs=0.01)
    assert ana["over_hours"] > 70


def test_a_brief_says_who_waits_for_whom(company: Found) -> None:
    quay = company().started().on("2026-12-01")
    ana, ben = figures(quay, "brief", "ana"), figures(quay, "brief", "ben")
    tasks = {task["task"]: task for task in (*ana["tasks"], *ben["tasks"])}
    assert tasks["guide/write"]["waited_for_by"] == ["guide/draw"]
    assert tasks["guide/draw"]["waits_for"] == ["guide/write"]
    assert tasks["page/build"]["waits_for"] == ["guide/draw"]
    assert 'did you mean "ana"?' in quay.refused("brief", "anna")


# --- planning it again -------------------------------------------------------------------------------------------


def plan(quay: Company, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(quay.done("plan", *arguments, "--format", "json").out)
    return document


def test_a_first_plan_moves_nothing(company: Found) -> None:
    assert plan(company())["moves"] == []


def test_a_running_sprint_keeps_what_is_done_and_started(company: Found) -> None:
    quay = company().started().on("2026-12-09")
    quay.done("log", "guide/write", "--hours", "22", "--done")
    quay.done("log", "guide/draw", "--hours", "2", "--left", "12")
    before = quay.row("guide", "write"), quay.row("guide", "draw")
    again = plan(quay, "--write")
    guide = next(tactic for tactic in again["placed"] if tactic["tactic"] == "guide")
    assert [(task["task"], task["owner"], task["hours"]) for task in guide["tasks"]] == [("draw", "ben", 12)]
    after = quay.row("guide", "write"), quay.row("guide", "draw")
    assert after[0] == before[0]
    assert (after[1].owner, after[1].spent, after[1].left) == ("ben", 120, 720)
    moved = next(move for move in again["moves"] if move.get("task") == "draw")
    assert moved["to"]["due"] > moved["from"]["due"]
    assert "wrote nothing" in quay.done("plan", "--write").err
    assert plan(quay)["moves"] == []


def test_what_comes_in_and_goes_out_is_told_and_written(company: Found) -> None:
    quay = company().started().on("2026-12-16")
    tactics = (quay.root / "plan.yaml").read_text()
    rush = "  rush: {title: Rush, function: marketing, impact: 10, tasks: {write: {skill: writing, hours: 50}}}\n"
    (quay.root / "plan.yaml").write_text(tactics + rush)
    again = plan(quay, "--write")
    changes = {(move["change"], move["tactic"]) for move in again["moves"]}
    assert {move for move in changes if move[0] in ("in", "out")} == {("in", "rush"), ("out", "book")}
    rows = quay.sprint().tactics
    assert (rows["rush"].origin, str(rows["book"].dropped)) == ("added", "2026-12-16")


def test_what_is_finished_has_not_gone_out(company: Found) -> None:
    quay = company().started().on("2026-12-09")
    quay.done("log", "guide/write", "--hours", "20", "--done")
    quay.done("log", "guide/draw", "--hours", "10", "--done")
    again = plan(quay.on("2026-12-10"))
    assert "guide" not in {tactic["tactic"] for tactic in again["placed"]}
    assert [move["tactic"] for move in again["moves"] if move["change"] == "out"] == []


def test_the_moves_are_on_the_screen(company: Found) -> None:
    quay = company().started().on("2026-12-09")
    out = quay.done("plan").out
    assert "Against the written sprint" in out
    assert "instead of" in out


def test_a_started_tactic_is_let_go_when_somebody_says_so(company: Found) -> None:
    quay = company().started().on("2026-12-09")
    quay.done("log", "book/write", "--hours", "4")
    assert "book" in {tactic["tactic"] for tactic in plan(quay)["placed"]}
    quay.done("plan", "--drop", "book", "--write")
    row = quay.sprint().tactics["book"]
    assert (str(row.dropped), row.tasks["write"].spent) == ("2026-12-09", 240)
    assert "book" not in {tactic["tactic"] for tactic in plan(quay)["placed"]}
    assert "was dropped" in quay.refused("log", "book/write", "--hours", "1")
    assert 'no tactic "book" to drop' in quay.refused("plan", "--drop", "book")


AWAY = COMPANY.replace("writing: 3, web: 2}}", "writing: 3, web: 2}, time_off: {2027-01-01..2027-01-31: away}}")


@pytest.mark.parametrize(("form", "ending"), [("terminal", "txt"), ("markdown", "md"), ("html", "html")])
def test_what_was_begun_and_let_go_is_parked_with_its_hours(
    company: Found, golden: Callable[[Path, str], None], form: str, ending: str
) -> None:
    quay = company(AWAY).started().on("2026-12-09")
    quay.done("log", "book/write", "--hours", "4.5")
    let_go = quay.done("plan", "--drop", "book", "--write").out
    assert "out: A book (begun, 4.5 h spent)" in let_go
    parked = {entry["tactic"]: entry for entry in plan(quay, "2027-01")["parked"]}
    assert (parked["book"]["begun"], parked["book"]["spent"], parked["book"]["hours"]) == (True, 4.5, 55.5)
    golden(GOLDEN / f"begun-and-parked.{ending}", quay.done("plan", "2027-01", "--format", form).out)
    quay.done("plan", "2027-01", "--write")
    assert (
        "A book (begun, 4.5 h spent)"
        in quay.invoke("report", "parking-lot", "--format", "markdown", "-C", str(quay.root)).out
    )


def test_what_is_parked_untouched_is_not_said_to_have_begun(company: Found) -> None:
    quay = company(AWAY)
    parked = {entry["tactic"]: entry for entry in plan(quay, "2027-01")["parked"]}
    assert (parked["book"]["begun"], parked["book"]["spent"]) == (False, 0)
    assert "begun" not in quay.done("plan", "2027-01").out


def test_a_planned_tactic_that_is_let_go_stays_out(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    quay.done("plan", "--drop", "book", "--write")
    assert "book" not in {tactic["tactic"] for tactic in plan(quay)["placed"]}
    assert "wrote nothing" in quay.done("plan", "--write").err


# --- check -------------------------------------------------------------------------------------------------------


def test_a_written_sprint_follows_until_the_plan_changes(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    assert "follows from the plan" in quay.done("plan", "--check").out
    (quay.root / "plan.yaml").write_text(COMPANY.replace("hours_per_week: 30", "hours_per_week: 16"))
    ran = quay.do("plan", "--check")
    assert (ran.code, "no longer follows" in ran.out, "Ana: " in ran.out) == (1, True, True)
    quay.done("plan", "--write")
    quay.done("plan", "--check")


def test_a_running_sprint_follows_as_long_as_nothing_has_to_move(company: Found) -> None:
    quay = company().started().on("2026-12-01")
    quay.on("2026-12-01").done("plan", "--check")
    ran = quay.on("2026-12-21").do("plan", "--check")
    assert (ran.code, "Against the written sprint" in ran.out) == (1, True)


def test_what_is_not_written_cannot_be_checked(company: Found) -> None:
    assert "--write` writes one" in company().refused("plan", "--check")


# --- close -------------------------------------------------------------------------------------------------------


def test_a_closed_sprint_is_sealed_and_refuses_everything(company: Found) -> None:
    quay = company().started().on("2026-12-31")
    quay.done("log", "guide/write", "--hours", "24", "--done")
    quay.done("log", "guide/draw", "--hours", "2")
    out = quay.done("close").out
    assert "0 of 3 tactics done (3 committed" in out
    december = quay.sprint()
    assert december.closed is not None
    assert (december.status, str(december.closed.on)) == ("closed", "2026-12-31")
    assert december.closed.of == content_digest(december)
    assert "sprint 2026-12 is closed since 2026-12-31" in quay.refused("close", "2026-12")
    assert "no sprint is active" in quay.refused("close")
    for command in (["start", "2026-12"], ["log", "guide/draw", "--done", "--sprint", "2026-12"], ["plan", "2026-12"]):
        assert "is closed" in quay.refused(*command)
    assert quay.invoke("validate", "-C", str(quay.root), "--today", "2026-12-31").code == 0


def test_what_is_unfinished_competes_again_with_what_is_left(company: Found) -> None:
    quay = company().started().on("2026-12-31")
    quay.done("log", "guide/write", "--hours", "24", "--done")
    quay.done("log", "guide/draw", "--hours", "2", "--left", "5")
    before = progress(quay.read()[1].plan, "2027-01", quay.read()[1].today)
    quay.done("close")
    after = progress(quay.read()[1].plan, "2027-01", quay.read()[1].today)
    assert {name: dict(one.left) for name, one in before.items()} == {
        name: dict(one.left) for name, one in after.items()
    }
    january = plan(quay)
    guide = next(tactic for tactic in january["placed"] if tactic["tactic"] == "guide")
    assert (guide["carried"], [(task["task"], task["hours"]) for task in guide["tasks"]]) == (True, [("draw", 5)])


def test_carried_first_beats_what_is_worth_more(company: Found) -> None:
    tiny = TEAM.replace("hours_per_week: 30", "hours_per_week: 15") + "tactics:\n" + BOOK
    rush = "  rush: {title: Rush, function: marketing, impact: 9, tasks: {write: {skill: writing, hours: 60}}}\n"
    placed = {}
    for flag in ((), ("--carry",)):
        quay = company(tiny).started()
        (quay.root / "plan.yaml").write_text(tiny + rush)
        quay.on("2026-12-31").done("close", *flag)
        january = quay.on("2026-12-31")
        placed[flag] = [tactic["tactic"] for tactic in plan(january)["placed"]]
        january.done("plan", "--write")
        assert "wrote nothing" in january.done("plan", "--write").err
        (quay.root / "sprints" / "2027-01.yaml").unlink()
        (quay.root / "sprints" / "2026-12.yaml").unlink()
    assert placed == {(): ["rush"], ("--carry",): ["book"]}


def test_a_sprint_that_never_began_is_closed_only_when_it_is_over(company: Found) -> None:
    quay = company()
    quay.done("plan", "--write")
    assert "is not started" in quay.refused("close", "2026-12")
    quay.on("2027-01-04").done("close")
    assert quay.sprint().status == "closed"


# --- list and show -----------------------------------------------------------------------------------------------


def test_sprints_are_listed_and_shown(company: Found) -> None:
    quay = company()
    assert "No sprint is written yet" in quay.invoke("sprint", "list", "-C", str(quay.root)).out
    assert "no sprint is written yet" in quay.refused("show")
    quay.started().on("2026-12-01").done("log", "guide/write", "--hours", "4")
    listed = json.loads(quay.invoke("sprint", "list", "-C", str(quay.root), "--format", "json").out)["data"]
    assert [(one["sprint"], one["status"], one["spent_hours"]) for one in listed["sprints"]] == [
        ("2026-12", "active", 4)
    ]
    shown = figures(quay, "show")
    assert shown["total"] == {
        "committed_hours": 98,
        "planned_hours": 98,
        "spent_hours": 4,
        "left_hours": 94,
        "continues_hours": 0,
    }
    assert [(one["skill"], one["spent_hours"]) for one in shown["skills"]] == [
        ("design", None),
        ("web", None),
        ("writing", 4),
    ]


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_every_screen_has_every_format(company: Found, form: str) -> None:
    quay = company().started().on("2026-12-07")
    for screen in (["status"], ["show"], ["brief", "ana"], ["plan", "--check"], ["close", "--yes"]):
        assert quay.do(*screen, "--format", form).out
