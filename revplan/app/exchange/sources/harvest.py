"""Harvest: the detailed time report, which names people in two columns."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

HARVEST_TIME = Export(
    "harvest",
    "Harvest",
    (signs("Date", "Hours", "First Name", "Last Name"),),
    {
        "date": ("Date",),
        "hours": ("Hours",),
        "first_name": ("First Name",),
        "last_name": ("Last Name",),
        "project": ("Project",),
        "task": ("Task",),
        "description": ("Notes",),
        "key": ("External Reference URL",),
    },
)
