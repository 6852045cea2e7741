"""Every tracker's export comes again, changed on both sides: what moved there, what moved here, and what differs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from revplan.model.tactics import Tactic
    from tests.support.shell import Ran

USUAL = ("--function", "marketing", "--impact", "5", "--skill", "writing", "--hours", "4")


@dataclass(frozen=True)
class Item:
    """What is in a tracker, whatever the tracker."""

    key: int
    title: str
    due: dt.date
    hours: int
    notes: str = ""
    owner: str = ""
    is_done: bool = False

    def cell(self, template: str) -> str:
        moment = dt.datetime.combine(self.due, dt.time(4), dt.UTC)
        said = {**vars(self), "person": self.owner.title(), "seconds": self.hours * 3600, "minutes": self.hours * 60}
        return template.format(**said, moment=int(moment.timestamp() * 1000), milliseconds=self.hours * 3_600_000)


@dataclass(frozen=True)
class Tracker:
    """How a tracker writes an item.

    Attributes:
        header: as the program writes it.
        cells: by column, what it says of an item.
        done: the cells of an item that is over; empty where these are not in an export.
        key: the key as it stands in a tactic's `source`.
        above: what stands above the header.
        separator: what parts the cells.
        has_keys: whether it has keys besides titles.
    """

    header: str
    cells: Mapping[str, str]
    done: Mapping[str, str]
    key: str
    above: str = ""
    separator: str = ","
    has_keys: bool = True

    def says(self, name: str) -> bool:
        """Tell whether an export says something of a field of an item."""
        words = {"due": ("{due", "{moment"), "hours": ("{hours", "{seconds", "{minutes", "{milliseconds")}
        return any(word in cell for cell in self.cells.values() for word in words.get(name, (f"{{{name}",)))

    def export(self, items: Sequence[Item]) -> str:
        names = self.header.split(self.separator)
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator="\r\n")
        writer.writerow(names)
        for item in items:
            if item.is_done and not self.done:
                continue
            said = {**self.cells, **(self.done if item.is_done else {})}
            assert said.keys() <= {*names}, said.keys() - {*names}
            writer.writerow([item.cell(said.get(name, "")) for name in names])
        return self.above + out.getvalue()


TRACKERS: Mapping[str, Tracker] = {
    "jira": Tracker(
        "Summary,Issue key,Issue id,Issue Type,Status,Project key,Project name,Priority,Resolution,Assignee,"
        "Assignee Id,Reporter,Created,Updated,Resolved,Due date,Labels,Description,Original estimate,"
        "Remaining Estimate,Parent,Parent key,Status Category",
        {
            "Summary": "{title}",
            "Issue key": "MK-{key}",
            "Issue id": "1000{key}",
            "Issue Type": "Task",
            "Status": "To Do",
            "Status Category": "To Do",
            "Assignee": "{owner}",
            "Created": "01/Nov/26 9:12 AM",
            "Due date": "{due:%d/%b/%y} 12:00 AM",
            "Description": "{notes}",
            "Original estimate": "{seconds}",
        },
        {"Status": "Done", "Status Category": "Done", "Resolution": "Done", "Resolved": "20/Nov/26 4:01 PM"},
        "jira:MK-{key}",
    ),
    "linear": Tracker(
        "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,"
        "Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,"
        "Parent issue,Initiatives,Project Milestone ID,Project Milestone,SLA Status,UUID,Time in status (minutes),"
        "Related to,Blocked by,Duplicate of",
        {
            "ID": "GRO-{key}",
            "Team": "Growth",
            "Title": "{title}",
            "Description": "{notes}",
            "Status": "Todo",
            "Estimate": "3",
            "Assignee": "{owner}",
            "Created": "2026-11-01T09:12:00.000Z",
            "Due Date": "{due:%Y-%m-%d}",
        },
        {"Status": "Done", "Completed": "2026-11-20T16:01:00.000Z"},
        "linear:GRO-{key}",
    ),
    "asana": Tracker(
        "Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email,Start Date,Due Date,"
        "Tags,Notes,Projects,Parent task,Blocked By (Dependencies),Blocking (Dependencies),Estimated time",
        {
            "Task ID": "120990000000000{key}",
            "Created At": "2026-11-01",
            "Name": "{title}",
            "Section/Column": "To do",
            "Assignee": "{person}",
            "Due Date": "{due:%Y-%m-%d}",
            "Notes": "{notes}",
            "Estimated time": "{hours}h",
        },
        {"Completed At": "2026-11-20"},
        "asana:120990000000000{key}",
    ),
    "trello": Tracker(
        "Card ID,Card Name,Card URL,Card Description,Points,Labels,Members,Due Date,Attachment Count,Attachment Links,"
        "Checklist Item Total Count,Checklist Item Completed Count,Vote Count,Comment Count,Last Activity Date,List ID,"
        "List Name,Board ID,Board Name,Archived,Start Date,Due Complete",
        {
            "Card ID": "66f00000000000000000000{key}",
            "Card Name": "{title}",
            "Card Description": "{notes}",
            "Members": "{owner}",
            "Due Date": "{due:%Y-%m-%d}T11:00:00.000Z",
            "List Name": "Doing",
            "Archived": "false",
            "Due Complete": "false",
        },
        {"Due Complete": "true"},
        "trello:66f00000000000000000000{key}",
    ),
    "clickup": Tracker(
        "Task ID,Task Link,Task Type,Task Name,Task Content,Status,Date Created,Date Created Text,Due Date,"
        "Due Date Text,Start Date,Start Date Text,Parent ID,Subtasks IDs,Attachments,Assignees,Tags,Priority,List Name,"
        "Folder Name/Path,Space Name,Time Estimated,Time Estimated Text,Checklists,Comments,Assigned Comments,"
        "Time Spent,Time Spent Text,Rolled Up Time,Rolled Up Time Text",
        {
            "Task ID": "86b{key}x",
            "Task Name": "{title}",
            "Task Content": "{notes}",
            "Status": "to do",
            "Date Created": "1793523600000",
            "Due Date": "{moment}",
            "Parent ID": "null",
            "Assignees": "[{person}]",
            "Tags": "[]",
            "Priority": "2",
            "Time Estimated": "{milliseconds}",
        },
        {"Status": "complete"},
        "clickup:86b{key}x",
    ),
    "monday": Tracker(
        "Name,Subitems,Person,Status,Due date,Hours,Notes,Item ID (auto generated)",
        {
            "Name": "{title}",
            "Person": "{person}",
            "Status": "Working on it",
            "Due date": "{due:%Y-%m-%d}",
            "Hours": "{hours}",
            "Notes": "{notes}",
            "Item ID (auto generated)": "700000000{key}",
        },
        {"Status": "Done"},
        "monday:700000000{key}",
        above="Growth board\r\nThis month\r\n",
    ),
    "notion": Tracker(
        "Task name,Status,Assignee,Due,Priority,Tags,Parent item,Sub-item,Blocked by,Blocking,Estimate (hours),"
        "Description",
        {
            "Task name": "{title}",
            "Status": "Not started",
            "Assignee": "{person}",
            "Due": "{due:%B %d, %Y}",
            "Estimate (hours)": "{hours}",
            "Description": "{notes}",
        },
        {"Status": "Done"},
        "notion:{title}",
        has_keys=False,
    ),
    "github": Tracker(
        "number,title,body,state,stateReason,labels,assignees,milestone,createdAt,closedAt,url",
        {
            "number": "{key}",
            "title": "{title}",
            "body": "{notes}",
            "state": "OPEN",
            "assignees": "{owner}",
            "createdAt": "2026-11-01T09:12:00Z",
        },
        {"state": "CLOSED", "stateReason": "COMPLETED", "closedAt": "2026-11-20T09:12:00Z"},
        "github:{key}",
    ),
    "github project": Tracker(
        "Title\tURL\tAssignees\tStatus\tLabels\tLinked pull requests\tMilestone\tRepository\tTarget date\tHours",
        {
            "Title": "{title}",
            "URL": "https://git.example/acme/site/issues/{key}",
            "Assignees": "{owner}",
            "Status": "Todo",
            "Repository": "acme/site",
            "Target date": "{due:%b %d, %Y}",
            "Hours": "{hours}",
        },
        {"Status": "Done"},
        "github:acme/site#{key}",
        separator="\t",
    ),
    "gitlab": Tracker(
        "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,"
        "Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent,"
        "Epic ID,Epic Title",
        {
            "Title": "{title}",
            "Description": "{notes}",
            "Issue ID": "{key}",
            "URL": "https://git.example/acme/site/-/issues/{key}",
            "State": "Open",
            "Assignee": "{person}",
            "Due Date": "{due:%Y-%m-%d}",
            "Created At (UTC)": "2026-11-01 09:12:00",
            "Time Estimate": "{seconds}",
            "Time Spent": "0",
        },
        {"State": "Closed", "Closed At (UTC)": "2026-11-20 09:12:00"},
        "gitlab:{key}",
    ),
    "hubspot": Tracker(
        "Record ID,Task Title,Task Status,Task Type,Priority,Due Date,Task Notes,Assigned to,Completed At",
        {
            "Record ID": "5010000{key}",
            "Task Title": "{title}",
            "Task Status": "NOT_STARTED",
            "Due Date": "{due:%Y-%m-%d} 09:00",
            "Task Notes": "{notes}",
            "Assigned to": "{person}",
        },
        {"Task Status": "COMPLETED", "Completed At": "2026-11-20 10:00"},
        "hubspot:5010000{key}",
    ),
    "planner": Tracker(
        "Task ID,Task Name,Bucket Name,Progress,Priority,Assigned To,Created By,Created Date,Start date,Due date,"
        "Is Recurring,Late,Completed Date,Completed By,Completed Checklist Items,Checklist Items,Labels,Description",
        {
            "Task ID": "Xk{key}",
            "Task Name": "{title}",
            "Bucket Name": "Doing",
            "Progress": "Not started",
            "Assigned To": "{person}",
            "Created Date": "11/21/2026",
            "Due date": "{due:%m/%d/%Y}",
            "Description": "{notes}",
        },
        {"Progress": "Completed", "Completed Date": "11/20/2026"},
        "planner:Xk{key}",
        above="Plan name,Growth\r\nPlan ID,abc\r\nDate of export,11/28/2026\r\n\r\n",
    ),
    "todoist": Tracker(
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,"
        "DEADLINE,DEADLINE_LANG",
        {
            "TYPE": "task",
            "CONTENT": "{title}",
            "DESCRIPTION": "{notes}",
            "PRIORITY": "4",
            "INDENT": "1",
            "RESPONSIBLE": "{person} (15)",
            "DATE": "{due:%Y-%m-%d}",
            "DURATION": "{minutes}",
            "DURATION_UNIT": "minute",
        },
        {},
        "todoist:{title}",
        has_keys=False,
    ),
    "ms-project": Tracker(
        "Unique ID,ID,Name,Duration,Start,Finish,Deadline,% Complete,Work,Predecessors,Outline Level,Notes,"
        "Resource Names",
        {
            "Unique ID": "{key}",
            "ID": "{key}",
            "Name": "{title}",
            "Duration": "1 day",
            "Start": "Tue 12/1/26",
            "Deadline": "{due:%a %m/%d/%y}",
            "% Complete": "0%",
            "Work": "{hours} hrs",
            "Outline Level": "1",
            "Notes": "{notes}",
            "Resource Names": "{person}",
        },
        {"% Complete": "100%"},
        "ms-project:{key}",
    ),
    "any table": Tracker(
        "Id;Task;Status;Owner;Due date;Effort;Description",
        {
            "Id": "T{key}",
            "Task": "{title}",
            "Status": "open",
            "Owner": "{owner}",
            "Due date": "{due:%d.%m.%Y}",
            "Effort": "{hours}h",
            "Description": "{notes}",
        },
        {"Status": "done"},
        "csv:T{key}",
        separator=";",
    ),
}
"""With the headers that the programs write."""
PAGE = Item(1, "Pricing page", dt.date(2026, 12, 10), 8, "Three plans", "sam")
REVIEW = Item(2, "Legal review", dt.date(2026, 12, 11), 2)
MAILS = Item(3, "Win-back mails", dt.date(2026, 12, 17), 6, "", "noor")
POST = Item(4, "Launch post", dt.date(2026, 12, 18), 3, "Short")
SHOW = Item(5, "Trade show", dt.date(2027, 1, 20), 10)
GUIDE = Item(6, "Buyer guide", dt.date(2027, 1, 22), 10)
BANNER = Item(7, "Old banner", dt.date(2026, 10, 2), 1, is_done=True)
FIRST = (PAGE, REVIEW, MAILS, POST, SHOW, GUIDE, BANNER)
SECOND = (
    replace(PAGE, notes="Four plans"),
    replace(REVIEW, due=dt.date(2026, 12, 14)),
    replace(MAILS, is_done=True),
    replace(POST, due=dt.date(2026, 12, 22), notes="Shorter"),
    GUIDE,
    BANNER,
    Item(8, "Webinar", dt.date(2027, 1, 28), 5, "", "sam"),
)
"""A week later: one moved there alone, one there and here, one is over, one is gone, one is new."""


@dataclass
class Weeks:
    """A plan, and a tracker that it is imported from again and again."""

    run: Callable[..., Ran]
    root: Path
    tracker: Tracker

    def take(self, items: Sequence[Item], *words: str) -> dict[str, Any]:
        """Import and write; return the rows of the preview by id or title, and the notes."""
        table = self.root.parent / "export.csv"
        table.write_bytes(self.tracker.export(items).encode())
        words = ("--write", "--format", "json", *words)
        ran = self.run("-C", self.root, "import", "tactics", table, *USUAL, *words)
        assert ran.code == 0, ran.err
        data = json.loads(ran.out)["data"]
        return {"notes": data["notes"], **{row["id"] or row["title"]: row for row in data["rows"]}}

    def edit(self, *words: str) -> None:
        ran = self.run("-C", self.root, *words)
        assert ran.code == 0, ran.err

    @property
    def tactics(self) -> Mapping[str, Tactic]:
        return read(self.root).plan.tactics

    def texts(self) -> dict[str, str]:
        files = (file for file in sorted(self.root.rglob("*")) if file.is_file())
        return {str(file.relative_to(self.root)): file.read_text(encoding="utf-8") for file in files}


@pytest.fixture(params=sorted(TRACKERS))
def weeks(request: pytest.FixtureRequest, run: Callable[..., Ran], root: Path) -> Weeks:
    found = Weeks(run, root, TRACKERS[request.param])
    found.take(FIRST)
    return found


def decide_here(weeks: Weeks) -> None:
    """Change what a team changes: a title, hours, an owner, a tactic dropped, and what moves there too."""
    weeks.edit("task", "edit", "pricing-page/do", "--hours", "12", "--owner", "noor")
    weeks.edit("tactic", "edit", "pricing-page", "--title", "Pricing page, all plans")
    weeks.edit("tactic", "edit", "legal-review", "--status", "dropped")
    due = ("--deadline", "2026-12-20") if weeks.tracker.says("due") else ()
    weeks.edit("tactic", "edit", "launch-post", "--notes", "Long", *due)


def test_the_first_week_is_read_as_it_stands_and_once_more_changes_nothing(weeks: Weeks) -> None:
    tracker, tactics = weeks.tracker, weeks.tactics
    open_ids = ["buyer-guide", "launch-post", "legal-review", "pricing-page", "trade-show", "win-back-mails"]
    assert sorted(tactics) == open_ids
    page = tactics["pricing-page"]
    assert page.source == PAGE.cell(tracker.key)
    assert str(page.deadline) == ("2026-12-10" if tracker.says("due") else "None")
    assert page.notes == ("Three plans" if tracker.says("notes") else None)
    assert (page.tasks["do"].minutes, page.tasks["do"].owner) == (480 if tracker.says("hours") else 240, "sam")
    once = weeks.texts()
    rows = weeks.take(FIRST)
    assert weeks.texts() == once
    assert {rows[own_id]["how"] for own_id in open_ids} == {"same"}


def test_what_was_decided_here_stays_and_is_told(weeks: Weeks) -> None:
    decide_here(weeks)
    here = weeks.texts()
    rows = weeks.take(FIRST)
    assert weeks.texts() == here
    kept = {own_id: sorted(row["kept"]) for own_id, row in rows.items() if own_id != "notes" and row["kept"]}
    tracker = weeks.tracker
    assert kept["pricing-page"] == sorted(["owner", "title", *(["hours"] if tracker.says("hours") else [])])
    posted = [name for name, said in (("deadline", "due"), ("notes", "notes")) if tracker.says(said)]
    assert kept.get("launch-post", []) == posted
    if tracker.done:
        assert kept["legal-review"] == ["status"]


def test_a_second_week_takes_what_moved_there_and_lists_what_differs(weeks: Weeks) -> None:
    decide_here(weeks)
    rows = weeks.take(SECOND)
    tracker, tactics = weeks.tracker, weeks.tactics
    page, post = tactics["pricing-page"], tactics["launch-post"]
    assert (page.title, page.tasks["do"].minutes, page.tasks["do"].owner) == ("Pricing page, all plans", 720, "noor")
    if tracker.says("notes"):
        assert (rows["pricing-page"]["how"], page.notes) == ("changed", "Four plans")
    assert tactics["legal-review"].status == "dropped"
    if tracker.done:
        assert (rows["win-back-mails"]["how"], tactics["win-back-mails"].status) == ("over", "done")
    differing = [name for name, said in (("deadline", "due"), ("notes", "notes")) if tracker.says(said)]
    assert sorted(rows["launch-post"]["differing"]) == differing
    assert post.notes == "Long"
    assert str(post.deadline) == ("2026-12-20" if tracker.says("due") else "None")
    assert rows["webinar"]["how"] == "new"
    assert "old-banner" not in tactics
    gone = [note for note in rows["notes"] if "not in the table" in note]
    assert "trade-show" in tactics
    assert len(gone) == 1
    assert "trade-show" in gone[0]
    left = weeks.texts()
    weeks.take(SECOND)
    assert weeks.texts() == left


def test_what_was_taken_out_here_does_not_come_back_unasked(weeks: Weeks) -> None:
    weeks.edit("tactic", "drop", "buyer-guide")
    here = weeks.texts()
    for items in (FIRST, SECOND):
        rows = weeks.take(items)
        assert rows["Buyer guide"]["how"] == "out"
        assert "buyer-guide" not in weeks.tactics
        assert items is SECOND or weeks.texts() == here
    weeks.take(SECOND, "--theirs")
    assert "buyer-guide" in weeks.tactics
