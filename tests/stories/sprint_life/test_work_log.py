"""Hours have a day and a person: what `sprint log` writes, what it refuses, and that nothing is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.outcome import outcome
from revplan.analysis.workload import content_digest, minutes_by_member, spent_minutes
from revplan.app.sprint.log import add, take_back, take_back_on
from revplan.errors import LogError
from tests.support.plans import plan
from tests.support.quay import BACKLOG, TEAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.sprints import WorkLog
    from tests.support.quay import Company

    Found = Callable[..., Company]

GOLDEN = Path(__file__).parents[2] / "golden"
LETTER = """  letter:
    title: Letter to the buyers
    function: marketing
    impact: 5
    recurring: weekly
    tasks: {write: {skill: writing, hours: 1, owner: ana}, set: {skill: web, hours: 1, owner: ben}}
"""
WITH_LETTER = TEAM + BACKLOG + LETTER


def data(quay: Company, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(quay.done(*arguments, "--format", "json").out)["data"]
    return document


def logs(quay: Company, task: str, hours: str, *more: str) -> str:
    return quay.done("log", task, "--hours", hours, *more).out


def test_an_entry_has_a_day_and_a_person(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    assert logs(quay, "guide/write", "4") == (
        "guide/write: 4 h logged for Ana on 4 Dec; 4 h spent of 20 h planned, 16 h left\n"
    )
    logs(quay, "guide/write", "90m", "--by", "ben", "--date", "2026-12-02")
    logs(quay, "guide/write", "0.5")
    row = quay.row("guide", "write")
    assert row.log == {date(2026, 12, 4): {"ana": 270}, date(2026, 12, 2): {"ben": 90}}
    assert (row.spent, row.undated) == (360, None)
    assert minutes_by_member(row) == {"ana": 270, "ben": 90}
    assert quay.invoke("validate", "-C", str(quay.root), "--today", "2026-12-04").code == 0


def test_hours_without_a_day_stay_and_count(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    file = quay.root / "sprints" / "2026-12.yaml"
    file.write_text(
        file.read_text().replace("write: {owner: ana, hours: 20,", "write: {owner: ana, spent: 6, hours: 20,")
    )
    logs(quay, "guide/write", "2")
    row = quay.row("guide", "write")
    assert (row.undated, row.spent) == (360, 480)
    logs(quay, "guide/write", "-3")
    row = quay.row("guide", "write")
    assert (row.undated, row.log, row.spent) == (300, {}, 300)


def test_hours_are_taken_back_from_the_latest_day_or_from_one(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    empty = quay.bytes()
    for day, hours in (("2026-12-01", "3"), ("2026-12-02", "4"), ("2026-12-03", "1")):
        logs(quay, "guide/write", hours, "--date", day)
    logs(quay, "guide/write", "-2")
    assert quay.row("guide", "write").log == {date(2026, 12, 1): {"ana": 180}, date(2026, 12, 2): {"ana": 180}}
    logs(quay, "guide/write", "-3", "--date", "2026-12-01")
    assert quay.row("guide", "write").log == {date(2026, 12, 2): {"ana": 180}}
    assert "only 3 h of ana are logged on 2026-12-02" in quay.refused(
        "log", "guide/write", "--hours", "-4", "--date", "2026-12-02"
    )
    assert "only 0 h are logged" in quay.refused("log", "guide/write", "--hours", "-1", "--by", "ben")
    logs(quay, "guide/write", "-3")
    assert quay.row("guide", "write").log == {}
    emptied = quay.bytes()["2026-12.yaml"].replace(b", status: started", b"")
    assert emptied == empty["2026-12.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--date", "2099-12-01"], "2099-12-01 has not come yet; today is 2026-12-04"),
        (["--date", "2026-11-30"], "belongs to the sprint that holds them"),
        (["--by", "anna"], 'did you mean "ana"?'),
        (["--by", "zoe"], 'there is no member "zoe"'),
    ],
)
def test_what_nobody_can_have_worked_is_refused(company: Found, arguments: list[str], said: str) -> None:
    assert said in company().started().on("2026-12-04").refused("log", "guide/write", "--hours", "1", *arguments)


def test_after_the_end_the_day_of_the_work_has_to_be_said(company: Found) -> None:
    quay = company().started().on("2027-01-02")
    assert "say the day of the work, --date 2026-12-31 or before" in quay.refused("log", "guide/write", "--hours", "1")
    logs(quay, "guide/write", "1", "--date", "2026-12-31", "--done")
    assert str(quay.row("guide", "write").done) == "2026-12-31"


def test_before_the_first_day_nothing_is_worked(company: Found) -> None:
    said = company().started().on("2026-11-28").refused("log", "guide/write", "--hours", "1")
    assert "log its hours from 2026-12-01 on" in said


def test_hours_on_what_several_share_are_somebodys(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    file = quay.root / "sprints" / "2026-12.yaml"
    file.write_text(
        file.read_text().replace("write: {owner: ana, hours: 20", "write: {owners: {ana: 12, ben: 8}, hours: 20")
    )
    assert "say whose hours they are: --by ana" in quay.refused("log", "guide/write", "--hours", "1")
    logs(quay, "guide/write", "1", "--by", "ben")
    quay.done("log", "guide/write", "--left", "3")
    members = {own["member"]: own["spent_hours"] for own in data(quay, "show")["members"]}
    assert members == {"ana": None, "ben": 1}


def test_work_on_what_is_not_its_turn_yet_is_warned_of(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    ran = quay.done("log", "guide/draw", "--hours", "1")
    assert "warning: guide/draw follows guide/write, which is not done" in ran.err
    logs(quay, "guide/write", "20", "--done")
    assert "warning" not in quay.done("log", "guide/draw", "--hours", "1").err


def test_recurring_work_is_logged_and_never_done(company: Found) -> None:
    quay = company(WITH_LETTER).started().on("2026-12-04")
    before = quay.bytes()
    assert "letter: 1.5 h logged for Ana on 4 Dec; 1.5 h spent of" in logs(quay, "letter", "1.5", "--by", "ana")
    logs(quay, "letter/set", "2", "--by", "ben", "--date", "2026-12-01")
    assert quay.sprint().recurring_log["letter"] == {date(2026, 12, 4): {"ana": 90}, date(2026, 12, 1): {"ben": 120}}
    assert spent_minutes(quay.sprint())["ben"] == 120
    assert [one["spent_hours"] for one in data(quay, "show")["recurring"]] == [3.5]
    assert "it is never done" in quay.refused("log", "letter", "--done")
    assert "shared by ana and ben" in quay.refused("log", "letter", "--hours", "1")
    logs(quay, "letter", "-1.5", "--by", "ana")
    logs(quay, "letter", "-2", "--by", "ben")
    assert quay.bytes() == before


def test_recurring_work_is_whose_the_task_is_and_nobody_is_guessed(company: Found) -> None:
    quay = company(WITH_LETTER).started().on("2026-12-04")
    assert "logged for Ben" in logs(quay, "letter/set", "1")
    assert "logged for Ana" in logs(quay, "letter/write", "1")
    assert 'letter has no task "sett"' in quay.refused("log", "letter/sett", "--hours", "1", "--by", "ben")
    text = (quay.root / "plan.yaml").read_text(encoding="utf-8")
    only = text.replace("owner: ana}, set: {skill: web, hours: 1, owner: ben}", "owner: ben}")
    (quay.root / "plan.yaml").write_text(only, encoding="utf-8")
    assert "shared by ana and ben" in quay.refused("log", "letter", "--hours", "1")
    assert "logged for Ben" in logs(quay, "letter/write", "1")


def test_nobody_logs_more_than_a_day_has(company: Found) -> None:
    """20 h on the guide and 4 on the letter are a whole day; half an hour goes back, and may be worked again."""
    quay = company(WITH_LETTER).started().on("2026-12-04")
    assert "ana would have 25 h on 2026-12-04, and a day has 24" in quay.refused("log", "guide/write", "--hours", "25")
    logs(quay, "guide/write", "20")
    told = quay.refused("log", "letter/write", "--hours", "5")
    assert "ana would have 25 h on 2026-12-04 (20 h on guide/write, and 5 h more), and a day has 24" in told
    assert "take back those of a mistake" in told
    logs(quay, "letter/write", "4")
    logs(quay, "guide/write", "8", "--date", "2026-12-03")
    logs(quay, "guide/write", "-0.5", "--date", "2026-12-04")
    assert "would have 24.25 h" in quay.refused("log", "letter/write", "--hours", "0.75")
    logs(quay, "letter/write", "0.5")
    logs(quay, "guide/write", "20", "--by", "ben")
    before = quay.bytes()
    assert "RP324" not in quay.invoke("validate", "-C", str(quay.root), "--today", "2026-12-04").out
    text = (quay.root / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")
    (quay.root / "sprints" / "2026-12.yaml").write_text(text.replace("ana: 19.5", "ana: 20.5"), encoding="utf-8")
    assert quay.bytes() != before
    assert "25 h are logged for ana" in quay.invoke("validate", "-C", str(quay.root), "--today", "2026-12-04").out


def test_a_replan_keeps_every_entry(company: Found) -> None:
    quay = company(WITH_LETTER).started().on("2026-12-09")
    logs(quay, "guide/write", "6", "--date", "2026-12-02")
    logs(quay, "book/write", "4", "--by", "ben")
    logs(quay, "letter", "1", "--by", "ana")
    backlog = quay.root / "plan.yaml"
    backlog.write_text(backlog.read_text().replace("impact: 9", "impact: 3"))
    quay.done("plan", "--drop", "book", "--write")
    sprint = quay.sprint()
    assert sprint.tactics["guide"].tasks["write"].log == {date(2026, 12, 2): {"ana": 360}}
    assert sprint.tactics["book"].tasks["write"].log == {date(2026, 12, 9): {"ben": 240}}
    assert sprint.recurring_log == {"letter": {date(2026, 12, 9): {"ana": 60}}}


def test_a_dry_run_shows_the_change_and_writes_nothing(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    before = quay.bytes()
    out = quay.done("log", "guide/write", "--hours", "2", "--dry-run").out
    assert "log: {2026-12-04: {ana: 2}}" in out
    assert quay.bytes() == before


def test_an_entry_for_programs(company: Found) -> None:
    quay = company().started().on("2026-12-04")
    assert data(quay, "log", "guide/draw", "--hours", "2", "--left", "7") == {
        "schema": "revplan/sprint-log/2",
        "sprint": "2026-12",
        "task": "guide/draw",
        "day": "2026-12-04",
        "member": "ben",
        "hours": 2,
        "planned_hours": 10,
        "spent_hours": 2,
        "left_hours": 7,
        "status": "started",
        "waits_for": ["guide/write"],
    }
    entry = {"task": "guide/draw", "member": "ben", "day": "2026-12-04", "hours": 2}
    assert data(quay, "status")["log"] == data(quay, "brief", "ben")["log"] == data(quay, "show")["log"] == [entry]
    assert data(quay, "brief", "ana")["log"] == []


def test_what_was_logged_is_on_the_screens(company: Found, golden: Callable[[Path, str], None]) -> None:
    quay = company(WITH_LETTER).started().on("2026-12-09")
    logs(quay, "guide/write", "6", "--date", "2026-12-01")
    logs(quay, "guide/write", "5", "--date", "2026-12-07", "--left", "8")
    logs(quay, "guide/write", "2", "--by", "ben")
    logs(quay, "letter", "1", "--by", "ana", "--date", "2026-12-07")
    golden(GOLDEN / "work-log-status.txt", quay.done("status").out)
    golden(GOLDEN / "work-log-brief.txt", quay.done("brief", "ana").out)
    golden(GOLDEN / "work-log-show.txt", quay.done("show").out)


def test_the_seal_covers_the_log(company: Found) -> None:
    quay = company().started().on("2026-12-31")
    logs(quay, "guide/write", "4", "--date", "2026-12-03")
    unsealed = content_digest(quay.sprint())
    logs(quay, "guide/write", "1", "--date", "2026-12-04")
    assert content_digest(quay.sprint()) != unsealed


DAYS = st.dates(date(2026, 12, 1), date(2026, 12, 31))
ENTRIES = st.lists(st.tuples(st.sampled_from(["ann", "bob"]), DAYS, st.integers(1, 600)), max_size=12)


@given(ENTRIES, st.integers(0, 600))
def test_what_is_spent_is_the_sum_of_the_entries(entries: list[tuple[str, date, int]], undated: int) -> None:
    log: WorkLog = {}
    for member, day, minutes in entries:
        log = add(log, member, day, minutes)
    written = {str(day): {name: f"{minutes}m" for name, minutes in own.items()} for day, own in log.items()}
    row = {"hours": "8", "owner": "ann", "log": written, "spent": f"{undated}m"}
    sprint = {"start": "2026-12-01", "end": "2026-12-31", "tactics": {"seo": {"tasks": {"write": row}}}}
    what = plan(sprints={"2026-12": sprint}).sprints["2026-12"]
    total = sum(minutes for _, _, minutes in entries) + undated
    assert what.tactics["seo"].tasks["write"].spent == total
    assert sum(spent_minutes(what).values()) == total
    assert outcome(plan(sprints={"2026-12": sprint}), what).total.spent == total


@given(ENTRIES, st.integers(0, 600), st.integers(1, 4000))
def test_taking_back_takes_exactly_that(entries: list[tuple[str, date, int]], undated: int, minutes: int) -> None:
    log: WorkLog = {}
    for member, day, own in entries:
        log = add(log, member, day, own)
    held = sum(own for member, _, own in entries if member == "ann")
    if minutes > held + undated:
        with pytest.raises(LogError):
            take_back(log, undated, "ann", minutes)
        return
    after, rest = take_back(log, undated, "ann", minutes)
    left = sum(own.get("ann", 0) for own in after.values())
    assert left + rest == held + undated - minutes
    assert rest == undated or left == 0
    assert {day: own["bob"] for day, own in after.items() if "bob" in own} == {
        day: own["bob"] for day, own in log.items() if "bob" in own
    }
    assert all(own > 0 for by_member in after.values() for own in by_member.values())


def test_an_entry_that_is_taken_back_whole_is_gone() -> None:
    day = date(2026, 12, 1)
    assert take_back_on(add({}, "ann", day, 60), "ann", day, 60) == {}
