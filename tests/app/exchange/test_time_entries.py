# ruff: noqa: E501 - headers of real exports
"""Hours of a time tracker in the active sprint: by task, day and person, and once."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.analysis.workload import assignments
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from revplan.analysis.workload import Assignment
    from revplan.model.sprints import Sprint, SprintTask
    from tests.support.shell import Ran

FILES = {
    "revplan.yaml": "revplan: {format: 1, company: Test, currency: EUR, today: 2026-12-05}\n",
    "team.yaml": """team:
  sam: {name: Sam Lee, email: sam@example.org, kind: employee, function: marketing, hours_per_week: 40,
    skills: {writing: 3, web: 3}}
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 3, web: 2}}
""",
    "tactics.yaml": """tactics:
  a: {title: Landing page, function: marketing, impact: 7, source: jira:MK-4,
    tasks: {write: {skill: writing, hours: 8}, build: {skill: web, hours: 6, after: [write]}}}
  news: {title: Newsletter, function: marketing, impact: 3, recurring: weekly,
    tasks: {do: {skill: writing, hours: 1, owner: sam}}}
""",
    "sprints/2026-12.yaml": """sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    status: active
    recurring: {news: {sam: 4}}
    tactics:
      a:
        tasks:
          write: {owner: noor, hours: 8, left: 8, start: 2026-12-01, due: 2026-12-02}
          build: {owner: sam, hours: 6, start: 2026-12-03, due: 2026-12-09}
""",
}
TOGGL = """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags
Sam Lee,sam@example.org,,Landing page,write,draft,No,2026-12-01,09:00:00,2026-12-01,11:30:00,02:30:00,
Sam Lee,sam@example.org,,Landing page,write,draft,No,2026-12-01,13:00:00,2026-12-01,13:20:00,00:20:00,
Sam Lee,sam@example.org,,Landing page,,web shop,No,2026-12-02,09:00:00,2026-12-02,10:15:00,01:15:00,web
Noor,noor@example.org,,Newsletter,,,No,2026-12-02,09:00:00,2026-12-02,10:00:00,01:00:00,
Sam Lee,sam@example.org,,Office,,mails,No,2026-12-02,11:00:00,2026-12-02,11:30:00,00:30:00,
Guest,guest@example.org,,Landing page,write,,No,2026-12-02,11:00:00,2026-12-02,12:00:00,01:00:00,
Sam Lee,sam@example.org,,Landing page,write,draft,No,2026-11-30,09:00:00,2026-11-30,10:00:00,01:00:00,
"""
CLOCKIFY = """\
Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal)
Landing page,,draft,write,Sam Lee,,sam@example.org,,No,01/12/2026,09:00:00,01/12/2026,11:50:00,02:50:00,2.83
Landing page,,,build,Sam Lee,,sam@example.org,,No,02/12/2026,09:00:00,02/12/2026,10:15:00,01:15:00,1.25
Landing page,,,build,Sam Lee,,sam@example.org,,No,30/11/2026,09:00:00,30/11/2026,10:15:00,01:15:00,1.25
Newsletter,,,,Noor,,noor@example.org,,No,02/12/2026,09:00:00,02/12/2026,10:00:00,01:00:00,1.00
"""
HARVEST = """\
Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name,Roles
2026-12-01,,Landing page,LP,Writing,draft,2.5,No,No,Sam,Lee,
2026-12-01,,Landing page,LP,Writing,draft,0.33,No,No,Sam,Lee,
2026-12-02,,Landing page,LP,Web,shop,1.25,No,No,Sam,Lee,
2026-12-02,,Newsletter,N,Mail,,1,No,No,Noor,,
"""
JIRA = """\
Issue Key,Issue summary,Work date,Full name,Time Spent (seconds),Work Description
MK-4,Landing page,2026-12-01 09:00,Sam Lee,10200,a/write draft
MK-4,Landing page,2026-12-02 09:00,Sam Lee,4500,[a/build] shop
XX-1,Newsletter,2026-12-02 09:00,Noor,3600,news
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    return make_plan(FILES)


@pytest.fixture
def take(run: Callable[..., Ran], root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "time.csv").write_text(text, encoding="utf-8")
        return run("-C", root, "import", "time", tmp_path / "time.csv", *words)

    return taken


def task(root: Path, name: str) -> SprintTask:
    return read(root).plan.sprints["2026-12"].tactics["a"].tasks[name]


def logged(root: Path) -> dict[str, dict[str, int]]:
    """Return the minutes of write, build and the newsletter, by day and person."""
    sprint = read(root).plan.sprints["2026-12"]
    logs = {**{name: own.log for name, own in sprint.tactics["a"].tasks.items()}, **sprint.recurring_log}
    return {
        name: {f"{day:%d} {member}": minutes for day, by in log.items() for member, minutes in by.items()}
        for name, log in logs.items()
    }


@pytest.mark.parametrize("text", [TOGGL, CLOCKIFY, HARVEST, JIRA], ids=["toggl", "clockify", "harvest", "jira"])
def test_each_tracker_says_the_same_of_the_same_work(take: Callable[..., Ran], root: Path, text: str) -> None:
    ran = take(text, "--write")
    assert ran.code == 0, ran.err
    assert logged(root) == {"write": {"01 sam": 170}, "build": {"02 sam": 75}, "news": {"02 noor": 60}}
    assert (task(root, "write").left, task(root, "write").status) == (480 - 170, "started")


def test_what_means_no_task_is_listed(take: Callable[..., Ran]) -> None:
    notes = json.loads(take(TOGGL, "--format", "json").out)["data"]["notes"]
    assert [note for note in notes if note.startswith("no task")] == [
        "no task: 2026-11, in no active sprint, 1 row, 1 h",
        "no task: by Guest, who is nobody of the team, 1 row, 1 h",
        "no task: Office / mails, 1 row, 0.5 h",
    ]


def test_more_than_a_day_has_is_refused_whole(take: Callable[..., Ran], root: Path) -> None:
    before = (root / "sprints" / "2026-12.yaml").read_bytes()
    told = take(TOGGL.replace("2026-12-01,11:30:00,02:30:00", "2026-12-02,08:50:00,23:50:00"))
    assert told.code != 0
    assert "sam would have 24.17 h on 2026-12-01, and a day has 24" in told.err
    assert (root / "sprints" / "2026-12.yaml").read_bytes() == before


def test_a_second_time_it_adds_nothing_and_later_what_is_new(take: Callable[..., Ran], root: Path) -> None:
    take(TOGGL, "--write")
    before = (root / "sprints" / "2026-12.yaml").read_text()
    assert "nothing to change" in take(TOGGL, "--write").err
    assert (root / "sprints" / "2026-12.yaml").read_text() == before
    more = TOGGL + "Sam Lee,sam@example.org,,Landing page,write,,No,2026-12-01,15:00:00,,,00:10:00,\n"
    take(more, "--write")
    assert logged(root)["write"] == {"01 sam": 180}
    assert task(root, "write").left == 300


def test_an_entry_that_moved_to_another_day_there_counts_once(take: Callable[..., Ran], root: Path) -> None:
    table = "User,Project,Task,Start date,Duration\n{}Sam Lee,Newsletter,,2026-12-04,01:00:00\n"
    row = "Sam Lee,Landing page,write,{},02:30:00\nSam Lee,Newsletter,,2026-12-01,00:30:00\n"
    take(table.format(row.format("2026-12-02")), "--write")
    take(table.format(row.format("2026-12-03")), "--write")
    assert {str(day): by for day, by in task(root, "write").log.items()} == {"2026-12-03": {"sam": 150}}
    gone = take(table.format("Sam Lee,Newsletter,,2026-12-01,00:30:00\n"), "--write")
    assert "2026-12-03 sam: 2.5 h here, – there" in " ".join(gone.out.split()), "nobody can tell a filter from an end"
    assert task(root, "write").spent == 150
    take(table.format("Sam Lee,Newsletter,,2026-12-01,00:30:00\n"), "--write", "--theirs")
    assert not task(root, "write").log


def test_hours_that_were_logged_here_stay(take: Callable[..., Ran], run: Callable[..., Ran], root: Path) -> None:
    take(TOGGL, "--write")
    log = ("-C", root, "sprint", "log", "a/write", "--hours", "1", "--by", "sam", "--date", "2026-12-01")
    assert run(*log).code == 0
    more = TOGGL.replace("00:20:00", "00:50:00")
    take(more, "--write")
    assert logged(root)["write"] == {"01 sam": 170 + 60 + 30}
    rows = json.loads(take(TOGGL, "--write", "--format", "json").out)["data"]["rows"]
    assert [(row["id"], row["how"]) for row in rows if row["how"] != "same"] == [("a/write", "differing")]
    assert logged(root)["write"] == {"01 sam": 260}
    take(TOGGL, "--write", "--theirs")
    assert logged(root)["write"] == {"01 sam": 230}


def test_without_the_memory_hours_that_are_here_are_not_counted_twice(take: Callable[..., Ran], root: Path) -> None:
    take(TOGGL, "--write")
    (root / ".revplan" / "imports.tsv").unlink()
    assert "nothing to change" in take(TOGGL, "--write").err
    (root / ".revplan" / "imports.tsv").unlink()
    rows = json.loads(take(TOGGL.replace("00:20:00", "00:50:00"), "--write", "--format", "json").out)["data"]["rows"]
    assert {row["id"]: row["how"] for row in rows} == {"a/write": "differing", "a/build": "same", "news": "same"}
    assert logged(root)["write"] == {"01 sam": 170}


def test_a_project_of_another_name_is_said(take: Callable[..., Ran], root: Path) -> None:
    text = "Date,User,Project,Hours\n2026-12-03,sam,Website,1:30\n2026-12-03,sam,Mails,0.5\n"
    take(text, "--task", "Website=a/build", "--task", "Mails=news", "--write")
    assert logged(root) == {"write": {}, "build": {"03 sam": 90}, "news": {"03 sam": 30}}


def test_whose_hours_they_are_where_the_table_names_nobody(take: Callable[..., Ran], root: Path) -> None:
    text = "Date,Task,Hours\n2026-12-03,a/build,2\n"
    take(text, "--write")
    assert logged(root)["build"] == {"03 sam": 120}
    take(text.replace("-03", "-04"), "--member", "noor", "--write")
    assert logged(root)["build"] == {"03 sam": 120, "04 noor": 120}


def test_a_day_that_has_not_come_is_refused(take: Callable[..., Ran], root: Path) -> None:
    ran = take("Date,User,Task,Hours\n2026-12-09,sam,a/build,2\n2026-12-03,sam,a/build,two\n", "--write")
    assert [line for line in ran.err.splitlines() if line.startswith("row")] == [
        "row 2, Date: 2026-12-09 has not come yet; today is 2026-12-05",
        'row 3, Hours: "two" is no duration, such as 2.5, 2h 30m or 1:30',
    ]
    assert task(root, "build").log == {}


def test_what_is_written_validates(take: Callable[..., Ran], run: Callable[..., Ran], root: Path) -> None:
    take(TOGGL, "--write")
    assert "error" not in run("-C", root, "validate").out
    assert date(2026, 12, 1) in task(root, "write").log


def test_tasks_are_looked_up_once_for_a_sprint_and_not_for_each_row(
    take: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(sprint: Sprint) -> Iterator[Assignment]:
        asked.append(sprint.id)
        return assignments(sprint)

    monkeypatch.setattr("revplan.app.exchange.time_entries.assignments", counted)
    assert take(TOGGL).code == 0
    assert asked == ["2026-12"]
