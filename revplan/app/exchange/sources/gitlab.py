"""GitLab: the CSV export of issues. Estimates are seconds."""

from __future__ import annotations

from revplan.app.exchange.source import Source, signs

GITLAB = Source(
    "gitlab",
    "GitLab issues",
    (signs("Issue ID", "Title", "State", "URL"),),
    {
        "key": ("Issue ID",),
        "title": ("Title",),
        "notes": ("Description",),
        "state": ("State",),
        "completed": ("Closed At (UTC)",),
        "deadline": ("Due Date",),
        "hours": ("Time Estimate",),
        "owner": ("Assignee",),
        "tags": ("Labels",),
        "parent": ("Parent ID",),
    },
    {"hours": "s"},
)
