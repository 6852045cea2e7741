"""Jira: the CSV export of issues, of the cloud and of servers.

Estimates are seconds. A parent is named by its inner number or its key; only sub-tasks are parts of it, for an epic is
a parent too.
"""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

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
