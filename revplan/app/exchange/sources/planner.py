"""Microsoft Planner: the workbook of a plan, with the plan's name above the tasks."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

PLANNER = Source(
    "planner",
    "Microsoft Planner",
    (signs("Task ID", "Task Name", "Bucket Name", "Progress"),),
    {
        "key": ("Task ID",),
        "title": ("Task Name",),
        "notes": ("Description", "Notes"),
        "state": ("Progress",),
        "completed": ("Completed Date",),
        "not_before": ("Start date",),
        "deadline": ("Due date",),
        "owner": ("Assigned To",),
        "tags": ("Labels",),
    },
)
