"""Monday: the export of a board, a workbook with the board's and the groups' names between the rows."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

MONDAY = Source(
    "monday",
    "Monday",
    (signs("Name", "Item ID (auto generated)"), signs("Name", "Item ID", "Subitems")),
    {
        "key": ("Item ID (auto generated)", "Item ID"),
        "title": ("Name",),
        "notes": ("Notes", "Text"),
        "state": ("Status",),
        "not_before": ("Timeline - Start",),
        "deadline": ("Due date", "Date", "Timeline - End"),
        "hours": ("Estimated hours", "Time estimate", "Hours"),
        "owner": ("Person", "Owner", "People"),
        "tags": ("Tags",),
        "requires": ("Dependent On", "Dependency"),
    },
    has_group_lines=True,
)
