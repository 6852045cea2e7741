"""Notion: the CSV export of a database of tasks. It has no keys unless somebody made an ID; titles stand for them."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

NOTION = Source(
    "notion",
    "Notion",
    (
        signs("Task name", "Status"),
        signs("Name", "Parent item"),
        signs("Name", "Sub-item"),
        signs("Name", "Assign", "Status"),
    ),
    {
        "key": ("ID",),
        "title": ("Task name", "Name"),
        "notes": ("Summary", "Description"),
        "state": ("Status",),
        "deadline": ("Due", "Due date", "Date"),
        "hours": ("Estimate (hours)", "Estimated hours", "Hours"),
        "owner": ("Assignee", "Assign", "Person"),
        "tags": ("Tags",),
        "parent": ("Parent item", "Parent task", "Parent-task"),
        "requires": ("Blocked by",),
    },
    has_keys=False,
)
