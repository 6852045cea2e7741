"""Exports with the headers that the real programs write, and contents of our own."""

# ruff: noqa: E501 - exports have long lines

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.files import parse_table
from revplan.app.exchange.sources import SOURCES, find_source
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]

USUAL = ("--function", "marketing", "--impact", "5", "--skill", "writing", "--hours", "4")
JIRA_CLOUD = """\
Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Assignee Id,Reporter,Created,Updated,\
Due date,Labels,Labels,Description,Original estimate,Remaining Estimate,Time Spent,Inward issue link (Blocks),Parent,\
Parent key,Status Category
Pricing page,MK-4,10004,Story,In Review,MK,High,,Sam,5f1,Kim,01/Nov/26 9:12 AM,20/Nov/26 4:01 PM,10/Dec/26 12:00 AM,web,\
q4,Three plans,28800,14400,14400,MK-9,10001,MK-1,In Progress
Draft the table,MK-5,10005,Sub-task,To Do,MK,High,,Noor,5f2,Kim,01/Nov/26 9:12 AM,20/Nov/26 4:01 PM,08/Dec/26 12:00 AM,,,,\
7200,7200,,,10004,MK-4,To Do
Proofread it,MK-6,10006,Sub-task,To Do,MK,High,,,,Kim,01/Nov/26 9:12 AM,20/Nov/26 4:01 PM,,,,,3600,3600,,MK-5,10004,MK-4,To Do
Legal review,MK-9,10009,Task,To Do,MK,Low,,Alex Outside,5f9,Kim,01/Nov/26 9:12 AM,20/Nov/26 4:01 PM,,,,,,,,,,,To Do
Old banner,MK-7,10007,Task,Closed,MK,Low,Won't Do,,,Kim,01/Nov/26 9:12 AM,20/Nov/26 4:01 PM,,,,,,,,,,,Done
"""
LINEAR = """\
ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,\
Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue,Blocked by,UUID
GRO-1,Growth,Pricing page,Three plans,In Progress,3,High,p1,Site,kim@example.org,sam@example.org,"web, q4",,,\
2026-11-01T09:12:00.000Z,2026-11-20T16:01:00.000Z,2026-11-10T09:00:00.000Z,,,,,2026-12-10,,GRO-4,u1
GRO-2,Growth,Draft the table,,Todo,1,High,p1,Site,kim@example.org,noor,,,,2026-11-01T09:12:00.000Z,\
2026-11-20T16:01:00.000Z,,,,,,,GRO-1,,u2
GRO-3,Growth,Old banner,,Canceled,1,Low,p1,Site,kim@example.org,,,,,2026-11-01T09:12:00.000Z,2026-11-20T16:01:00.000Z,,,,\
2026-11-19T08:00:00.000Z,,,,,u3
GRO-4,Growth,Legal review,,Backlog,,Low,p1,Site,kim@example.org,,,,,2026-11-01T09:12:00.000Z,2026-11-20T16:01:00.000Z,\
,,,,,,,,u4
"""
ASANA = """\
Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,Tags,Notes,\
Projects,Parent task,Blocked By (Dependencies),Blocking (Dependencies)
1201,2026-09-01,2026-10-03,2026-10-03,Old banner,To do,Sam,sam@example.org,,2026-10-02,,,Growth,,,
1202,2026-09-01,,2026-11-20,Pricing page,To do,Sam W.,sam@example.org,,2026-12-10,"web,q4",Three plans,Growth,,Legal review,
1203,2026-09-01,,2026-11-20,Draft the table,,Noor,,,2026-12-09,,,,Pricing page,,Proofread it
1204,2026-09-01,,2026-11-20,Proofread it,,,,,,,,,Pricing page,Draft the table,
1205,2026-09-01,,2026-11-20,Legal review,To do,,,,,,,Growth,,,Pricing page
"""
TRELLO = """\
Card ID,Card Name,Card URL,Card Description,Points,Labels,Members,Due Date,Attachment Count,Attachment Links,\
Checklist Item Total Count,Checklist Item Completed Count,Vote Count,Comment Count,Last Activity Date,List ID,List Name,\
Board ID,Board Name,Archived,Start Date,Due Complete
c1,Pricing page,https://trello.example/c1,Three plans,,"web, q4",sam,2026-12-10T11:00:00.000Z,0,,0,0,0,0,\
2026-11-20T16:01:00.000Z,l1,Doing,b1,Growth,false,,false
c2,Old banner,https://trello.example/c2,,,,,2026-10-02T11:00:00.000Z,0,,0,0,0,0,2026-11-20T16:01:00.000Z,l1,Doing,b1,\
Growth,false,,true
c3,Older banner,https://trello.example/c3,,,,,,0,,0,0,0,0,2026-11-20T16:01:00.000Z,l1,Doing,b1,Growth,true,,false
"""
CLICKUP = """\
Task Type,Task ID,Task Custom ID,Task Name,Task Content,Status,Date Created,Date Created Text,Due Date,Due Date Text,\
Start Date,Start Date Text,Parent ID,Attachments,Assignees,Tags,Priority,List Name,Folder Name/Path,Space Name,\
Time Estimated,Time Estimated Text,Time Spent,Time Spent Text
Task,8a1,,Pricing page,Three plans,in progress,1793523600000,"11/1/2026, 9:00:00 AM",1796860800000,"12/10/2026",,,null,[],\
"[Sam]","[web,q4]",2,Site,hidden,Growth,28800000,8h,,
Task,8a2,,Draft the table,,to do,1793523600000,"11/1/2026, 9:00:00 AM",,,,,8a1,[],[],[],2,Site,hidden,Growth,7200000,2h,,
Task,8a3,,Old banner,,Closed,1793523600000,"11/1/2026, 9:00:00 AM",,,,,null,[],[],[],2,Site,hidden,Growth,,,,
"""
MONDAY = """\
Growth board;;;;;;
This month;;;;;;
Name;Subitems;Person;Status;Due date;Hours;Item ID (auto generated)
Pricing page;;Sam;Working on it;10.12.2026;8,5;7001
Old banner;;;Done;02.10.2026;;7002
Next month;;;;;;
Name;Subitems;Person;Status;Due date;Hours;Item ID (auto generated)
Legal review;;Alex Outside;;;;7003
"""
NOTION = """\
Task name,Status,Assignee,Due,Priority,Tags,Parent item,Sub-item,Blocked by,Blocking
Pricing page,In progress,Sam,"December 10, 2026",High,"web, q4",,Draft the table (https://www.notion.so/d1),\
Legal review (https://www.notion.so/l1),
Draft the table,Not started,Noor,,,,Pricing page (https://www.notion.so/p1),,,
Legal review,Not started,,,,,,,,Pricing page (https://www.notion.so/p1)
Old banner,Done,,"October 2, 2026",,,,,,
"""
GITHUB = """\
number,title,state,stateReason,labels,assignees,milestone,createdAt,closedAt,url
12,Pricing page,OPEN,,"web,q4",sam,,2026-11-01T09:12:00Z,,https://git.example/acme/site/issues/12
13,Old banner,CLOSED,NOT_PLANNED,,,,2026-11-01T09:12:00Z,2026-11-19T08:00:00Z,https://git.example/acme/site/issues/13
"""
GITHUB_PROJECT = (
    "Title\tURL\tAssignees\tStatus\tLabels\tParent issue\n"
    "Pricing page\thttps://git.example/acme/site/issues/12\tsam\tIn Progress\tweb, q4\t\n"
    "Old banner\thttps://git.example/acme/site/issues/13\t\tDone\t\t\n"
)
GITLAB = """\
Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,Due Date,\
Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent,Epic ID,Epic Title
Pricing page,Three plans,12,https://git.example/acme/site/-/issues/12,Open,Kim,kim,Sam,sam,No,No,2026-12-10,\
2026-11-01 09:12:00,2026-11-20 16:01:00,,,,"web,q4",28800,14400,,
Old banner,,13,https://git.example/acme/site/-/issues/13,Closed,Kim,kim,,,No,No,,2026-11-01 09:12:00,2026-11-20 16:01:00,\
2026-11-19 08:00:00,,,,0,0,,
"""
HUBSPOT = """\
Record ID,Task Title,Task Status,Task Type,Priority,Due Date,Task Notes,Assigned to,Completed At
501,Pricing page,NOT_STARTED,TODO,HIGH,2026-12-10 09:00,Three plans,Sam,
502,Old banner,COMPLETED,TODO,NONE,2026-10-02 09:00,,,2026-10-03 10:00
"""
PLANNER = """\
Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Start date,Due date,Is Recurring,Late,\
Completed Date,Completed By,Completed Checklist Items,Checklist Items,Labels,Description
p1,Pricing page,Doing,In progress,Medium,Sam,Kim,11/01/2026,,12/10/2026,false,false,,,,,web;q4,Three plans
p2,Old banner,Doing,Completed,Medium,,Kim,11/01/2026,,11/16/2026,false,false,10/03/2026,Sam,,,,
"""
TODOIST = """\
TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT
section,This month,,,,,,,,,,
task,Pricing page,Three plans,1,1,Kim (14),Sam (15),2026-12-10,en,UTC,480,minute
task,Draft the table,,4,2,Kim (14),Noor (16),,en,UTC,120,minute
note,Remember the old one,,,,,,,,,,
task,Legal review,,4,1,Kim (14),,,en,UTC,,
"""
EXPORTS: Mapping[str, tuple[str, str, str]] = {
    "jira": ("jira", JIRA_CLOUD, "jira:MK-4"),
    "linear": ("linear", LINEAR, "linear:GRO-1"),
    "asana": ("asana", ASANA, "asana:1202"),
    "trello": ("trello", TRELLO, "trello:c1"),
    "clickup": ("clickup", CLICKUP, "clickup:8a1"),
    "monday": ("monday", MONDAY, "monday:7001"),
    "notion": ("notion", NOTION, "notion:Pricing page"),
    "github": ("github", GITHUB, "github:12"),
    "github project": ("github", GITHUB_PROJECT, "github:acme/site#12"),
    "gitlab": ("gitlab", GITLAB, "gitlab:12"),
    "hubspot": ("hubspot", HUBSPOT, "hubspot:501"),
    "planner": ("planner", PLANNER, "planner:p1"),
    "todoist": ("todoist", TODOIST, "todoist:Pricing page"),
}
"""By name: the source, an export, and the key of its pricing page."""


@pytest.fixture
def take(run: Run, root: Path, tmp_path: Path) -> Callable[..., Ran]:
    def taken(text: str, *words: str) -> Ran:
        (tmp_path / "export.csv").write_bytes(text.encode())
        return run("-C", root, "import", "tactics", tmp_path / "export.csv", *USUAL, *words)

    return taken


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_an_export_is_recognised_and_taken(name: str, take: Callable[..., Ran], root: Path) -> None:
    source, text, key = EXPORTS[name]
    assert find_source(parse_table(text, "t.csv"), None).name == source
    ran = take(text, "--write")
    assert ran.code == 0, ran.err
    tactics = read(root).plan.tactics
    page = tactics["pricing-page"]
    assert (page.source, page.title) == (key, "Pricing page")
    assert "old-banner" not in tactics
    assert "older-banner" not in tactics
    tasks = page.tasks.values()
    assert "sam" in {task.owner for task in tasks} or source in ("linear", "asana", "notion")
    if source != "github":
        assert str(page.deadline) == "2026-12-10"
    if source not in ("monday", "hubspot", "todoist"):
        assert page.tags == ("web", "q4")
    again = take(text, "--write")
    assert (again.code, "nothing to change" in again.err) == (0, True), again.out


def test_every_source_but_the_last_has_signs_that_no_other_has() -> None:
    """A header that has a source's signs is not taken for an export of another one."""
    for source in SOURCES[:-1]:
        for signs in source.signs:
            assert find_source(parse_table(",".join(sorted(signs)) + "\n", "t.csv"), None) is source


@pytest.mark.parametrize("name", ["jira", "asana"])
def test_structure_is_taken(name: str, take: Callable[..., Ran], root: Path) -> None:
    take(EXPORTS[name][1], "--write")
    page = read(root).plan.tactics["pricing-page"]
    assert page.requires == ("legal-review",)
    assert (page.tasks["draft-the-table"].owner, page.tasks["draft-the-table"].after) == ("noor", ())
    assert page.tasks["proofread-it"].after == ("draft-the-table",)
    hours = {own_id: task.minutes for own_id, task in page.tasks.items()}
    expected = {"do": 480, "draft-the-table": 120, "proofread-it": 60}
    assert hours == (expected if name == "jira" else {"draft-the-table": 240, "proofread-it": 240})


def test_what_is_left_and_who_is_outside_is_told(take: Callable[..., Ran], root: Path) -> None:
    ran = take(JIRA_CLOUD, "--write", "--format", "json")
    data = json.loads(ran.out)["data"]
    assert [row["hint"] for row in data["rows"] if row["id"] == "pricing-page"] == [
        "4 h are left there of 8; --map hours=… takes what is left"
    ]
    assert "1 row assigned to people who are not in the team: without an owner" in data["notes"]
    text = "".join(path.read_text() for path in root.rglob("*") if path.is_file())
    assert "Outside" not in text


def test_a_sub_task_that_comes_later_is_a_new_task(take: Callable[..., Ran], root: Path) -> None:
    lines = LINEAR.splitlines(keepends=True)
    take("".join(lines[:2] + lines[3:]), "--write")
    assert list(read(root).plan.tactics["pricing-page"].tasks) == ["do"]
    take(LINEAR, "--write")
    assert list(read(root).plan.tactics["pricing-page"].tasks) == ["do", "draft-the-table"]


def test_jira_servers_and_german_headers(take: Callable[..., Ran], root: Path) -> None:
    """Servers write their headers in capitals and a parent's inner number; German ones are mapped."""
    server = (
        "Summary,Issue key,Issue id,Parent id,Issue Type,Status,Status Category,Assignee,Due Date,Original Estimate\n"
        "Pricing page,MK-4,5001,,Story,Live,Done,Sam,2026-12-10,28800\n"
        "Case study,MK-6,5002,,Story,Briefed,To Do,Noor,2026-12-18,57600\n"
        "Interview customer,MK-7,5003,5002,Sub-task,Briefed,To Do,Noor,2026-12-11,14400\n"
    )
    take(server, "--write")
    plan = read(root).plan
    assert list(plan.tactics) == ["case-study"]
    assert {own_id: task.minutes for own_id, task in plan.tactics["case-study"].tasks.items()} == {
        "do": 960,
        "interview-customer": 240,
    }
    german = (
        "Schlüssel,Vorgangstyp,Zusammenfassung,Status,Ursprüngliche Schätzung,Fälligkeitsdatum\n"
        "MK-4,Story,Preisseite,Fertig,28800,10.12.26\nMK-8,Story,Fallstudie,Zu erledigen,57600,18.12.26\n"
    )
    maps = ("key=Schlüssel", "title=Zusammenfassung", "hours=Ursprüngliche Schätzung:s", "deadline=Fälligkeitsdatum")
    ran = take(german, "--write", "--done", "Fertig", *(word for each in maps for word in ("--map", each)))
    assert ran.code == 0, ran.err
    study = read(root).plan.tactics["fallstudie"]
    assert (study.tasks["do"].minutes, str(study.deadline)) == (960, "2026-12-18")
    assert "preisseite" not in read(root).plan.tactics


def test_titles_in_other_letters_give_ids(take: Callable[..., Ran], root: Path) -> None:
    take("Issue key,Summary\nA-1,新しい価格ページ\nA-2,Größe\nA-3,Łódź\nA-4,Новая страница\nA-5,🚀\n", "--write")
    assert sorted(read(root).plan.tactics) == ["a-1", "a-5", "groesse", "lodz", "novaya-stranitsa"]


MONDAY_SUB_ITEMS = """\
Growth board;;;;;;
This month;;;;;;
Name;Subitems;Person;Status;Due date;Hours;Item ID (auto generated)
Pricing page;Draft, Build;Sam;Working on it;10.12.2026;;7001
Subitems;Name;Owner;Status;Date;Hours;Item ID (auto generated)
;Draft;Noor;Done;03.12.2026;2;7011
;Build;Sam;Working on it;09.12.2026;6;
Win-back mails;;Sam;;18.12.2026;4;7002
"""


def test_sub_items_of_a_monday_board_are_tasks_of_their_item(take: Callable[..., Ran], root: Path) -> None:
    ran = take(MONDAY_SUB_ITEMS, "--write")
    assert ran.code == 0, ran.err
    tactics = read(root).plan.tactics
    assert sorted(tactics) == ["pricing-page", "win-back-mails"]
    tasks = {name: (task.minutes, task.owner) for name, task in tactics["pricing-page"].tasks.items()}
    assert tasks["build"] == (360, "sam")
    assert "do" not in tasks
    assert tactics["win-back-mails"].minutes == 240
    again = take(MONDAY_SUB_ITEMS, "--write")
    assert (again.code, "nothing to change" in again.err) == (0, True), again.out


@pytest.mark.parametrize(
    ("own", "hours", "note"),
    [
        ("57600", {"write-it": 480, "build-it": 480}, "row 2: its 16 h are those of its sub-tasks, and count once"),
        (
            "7200",
            {"do": 120, "write-it": 480, "build-it": 480},
            "row 2: its 2 h count beside the 16 h of its sub-tasks",
        ),
    ],
)
def test_an_estimate_of_the_whole_does_not_count_twice(
    run: Callable[..., Ran], root: Path, tmp_path: Path, own: str, hours: dict[str, int], note: str
) -> None:
    (tmp_path / "jira.csv").write_text(
        "Summary,Issue key,Issue id,Status,Parent,Original estimate\n"
        f"Partner page,MK-1,101,To Do,,{own}\nWrite it,MK-2,102,To Do,101,28800\nBuild it,MK-3,103,To Do,101,28800\n"
    )
    for _ in range(2):
        ran = run("-C", root, "import", "tactics", tmp_path / "jira.csv", *USUAL, "--write")
        assert note in " ".join(ran.out.split())
        tasks = read(root).plan.tactics["partner-page"].tasks
        assert {name: task.minutes for name, task in tasks.items()} == hours


def test_a_title_that_several_rows_have_names_none(take: Callable[..., Ran], root: Path) -> None:
    """Asana names parents and what blocks a task by their titles."""
    text = ASANA.replace("1205,", "1206,2026-09-01,,2026-11-20,Pricing page,To do,,,,,,,Growth,,,\n1205,")
    ran = take(text, "--write")
    assert (ran.code, "pricing-page" in read(root).plan.tactics) == (1, False)
    reason = 'several rows are called "Pricing page", and nothing says which is meant'
    assert [line for line in ran.err.splitlines() if line.startswith("row")] == [
        f"row 4, Parent task: {reason}",
        f"row 5, Parent task: {reason}",
    ]
    twice = ASANA.replace("1204,", "1207,2026-09-01,,2026-11-20,Legal review,To do,,,,,,,Growth,,,\n1204,")
    ran = take(twice, "--write")
    assert ran.code == 0, ran.err
    assert "row 3: what blocks it, Legal review, is what several rows are called" in " ".join(ran.out.split())
    assert read(root).plan.tactics["pricing-page"].requires == ()
