"""Toggl Track: the detailed report."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

TOGGL_TIME = Export(
    "toggl",
    "Toggl Track",
    (signs("User", "Start date", "Duration"), signs("Member", "Start date", "Duration")),
    {
        "date": ("Start date",),
        "hours": ("Duration",),
        "user": ("User", "Member"),
        "email": ("Email",),
        "project": ("Project",),
        "task": ("Task",),
        "description": ("Description",),
        "tags": ("Tags",),
    },
)
