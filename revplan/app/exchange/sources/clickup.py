"""ClickUp: the CSV export of a list. Days and durations are milliseconds."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

CLICKUP = Source(
    "clickup",
    "ClickUp",
    (signs("Task ID", "Task Name"),),
    {
        "key": ("Task ID",),
        "title": ("Task Name",),
        "notes": ("Task Content",),
        "state": ("Status",),
        "completed": ("Date Closed", "Date Done"),
        "not_before": ("Start Date",),
        "deadline": ("Due Date",),
        "hours": ("Time Estimated", "Time Estimate"),
        "owner": ("Assignees", "Assignee"),
        "tags": ("Tags",),
        "parent": ("Parent ID",),
        "requires": ("Waiting on", "Dependencies"),
    },
    {"not_before": "ms", "deadline": "ms", "completed": "ms", "hours": "ms"},
)
