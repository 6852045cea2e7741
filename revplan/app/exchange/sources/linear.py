"""Linear: the CSV export of issues. Its estimates are points, and no hours."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

LINEAR = Source(
    "linear",
    "Linear",
    (signs("ID", "Title", "Team"),),
    {
        "key": ("ID",),
        "inner_key": ("UUID",),
        "title": ("Title",),
        "notes": ("Description",),
        "state": ("Status",),
        "completed": ("Completed",),
        "canceled": ("Canceled",),
        "archived": ("Archived",),
        "deadline": ("Due Date",),
        "owner": ("Assignee",),
        "tags": ("Labels",),
        "parent": ("Parent issue",),
        "requires": ("Blocked by",),
    },
)
