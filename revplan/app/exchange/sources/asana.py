"""Asana: the CSV export of a project. Tasks name their parents and what blocks them by title."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

ASANA = Source(
    "asana",
    "Asana",
    (signs("Task ID", "Name"),),
    {
        "key": ("Task ID",),
        "title": ("Name",),
        "notes": ("Notes",),
        "state": ("Section/Column",),
        "completed": ("Completed At",),
        "not_before": ("Start Date",),
        "deadline": ("Due Date",),
        "hours": ("Estimated time", "Estimated hours"),
        "owner": ("Assignee",),
        "owner_email": ("Assignee Email",),
        "tags": ("Tags",),
        "parent": ("Parent task",),
        "requires": ("Blocked By (Dependencies)",),
    },
)
