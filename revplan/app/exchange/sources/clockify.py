"""Clockify: the detailed report."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

CLOCKIFY_TIME = Export(
    "clockify",
    "Clockify",
    (signs("User", "Start Date", "Duration (h)"), signs("User", "Start Date", "Duration (decimal)")),
    {
        "date": ("Start Date",),
        "hours": ("Duration (h)", "Duration (decimal)"),
        "user": ("User",),
        "email": ("Email",),
        "project": ("Project",),
        "task": ("Task",),
        "description": ("Description",),
        "tags": ("Tags",),
    },
)
