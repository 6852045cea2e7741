"""Jira: the CSV export of issues, of the cloud and of servers, and worklogs.

Estimates are seconds. A parent is named by its inner number or its key; only sub-tasks are parts of it, for an epic is
a parent too.
"""

from __future__ import annotations

from dataclasses import replace

from revplan.app.exchange.source import Export, Source, signs

JIRA = Source(
    "jira",
    "Jira",
    (signs("Issue key", "Summary"),),
    {
        "key": ("Issue key",),
        "inner_key": ("Issue id",),
        "title": ("Summary",),
        "notes": ("Description",),
        "kind": ("Issue Type",),
        "state": ("Status",),
        "category": ("Status Category",),
        "resolution": ("Resolution",),
        "deadline": ("Due Date",),
        "hours": ("Original Estimate",),
        "remaining": ("Remaining Estimate",),
        "owner": ("Assignee",),
        "tags": ("Labels",),
        "parent": ("Parent key", "Parent id", "Parent"),
        "requires": ("Inward issue link (Blocks)",),
    },
    {"hours": "s", "remaining": "s"},
    sub_tasks=frozenset(("subtask", "unteraufgabe", "soustâche", "subtarea")),
)

JIRA_TIME = Export(
    "jira",
    "Jira worklogs",
    (signs("Issue Key", "Work date"), signs("Issue Key", "Time Spent"), signs("Issue Key", "Time Spent (seconds)")),
    {
        "date": ("Work date", "Started", "Start Date", "Date"),
        "hours": ("Time Spent (seconds)", "Time Spent", "Hours", "Logged"),
        "user": ("Full name", "Author", "User", "Username"),
        "email": ("Email", "Author email"),
        "key": ("Issue Key",),
        "project": ("Issue summary", "Summary"),
        "description": ("Work Description", "Comment"),
    },
)
JIRA_TIME_SECONDS = replace(JIRA_TIME, signs=(signs("Issue Key", "Time Spent (seconds)"),), units={"hours": "s"})
"""The same where durations are seconds."""
