"""Trello: the CSV export of a board."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

TRELLO = Source(
    "trello",
    "Trello",
    (signs("Card ID", "Card Name"),),
    {
        "key": ("Card ID",),
        "title": ("Card Name",),
        "notes": ("Card Description",),
        "state": ("List Name",),
        "archived": ("Archived",),
        "resolution": ("Due Complete",),
        "not_before": ("Start Date",),
        "deadline": ("Due Date",),
        "owner": ("Members",),
        "tags": ("Labels",),
    },
)
