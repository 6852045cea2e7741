"""HubSpot: the export of tasks."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

HUBSPOT = Source(
    "hubspot",
    "HubSpot tasks",
    (signs("Record ID", "Task Title"),),
    {
        "key": ("Record ID",),
        "title": ("Task Title",),
        "notes": ("Task Notes",),
        "state": ("Task Status", "Status"),
        "completed": ("Completed At", "Completed Date"),
        "deadline": ("Due Date",),
        "owner": ("Assigned to",),
    },
)
