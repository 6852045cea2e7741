"""GitHub: issues as a table of the command line or of a project."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

GITHUB = Source(
    "github",
    "GitHub issues",
    (signs("number", "title", "state"), signs("Title", "URL", "Assignees", "Status")),
    {
        "key": ("number", "URL"),
        "title": ("title",),
        "notes": ("body",),
        "state": ("state", "Status"),
        "resolution": ("stateReason", "state_reason"),
        "completed": ("closedAt", "closed_at"),
        "deadline": ("Due date", "Target date"),
        "not_before": ("Start date",),
        "hours": ("Hours", "Estimate (hours)"),
        "owner": ("assignees", "assignee"),
        "tags": ("labels",),
        "parent": ("Parent issue",),
        "requires": ("Blocked by",),
    },
)
