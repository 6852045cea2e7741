"""Any table, and our own export: columns named like a field are this field."""

from __future__ import annotations

from revplan.app.exchange.source import Export, Source, signs

OWN = Source(
    "revplan",
    "our own export",
    (signs("id", "title", "function", "impact"),),
    {"key": ("id",), "state": ("status",)},
    knows_all=True,
    is_own=True,
)
TABLE = Source(
    "csv",
    "any table",
    (),
    {
        "key": ("id", "number", "no", "ref"),
        "title": ("name", "task", "summary", "subject", "what"),
        "notes": ("description", "details", "comment"),
        "state": ("status",),
        "deadline": ("due", "due date", "until"),
        "not_before": ("start", "start date", "from"),
        "hours": ("estimate", "effort", "estimated hours", "estimate (h)"),
        "remaining": ("left", "hours left", "remaining hours"),
        "owner": ("assignee", "assigned to", "who", "responsible"),
        "owner_email": ("assignee email", "email"),
        "tags": ("labels",),
        "parent": ("parent task", "part of"),
        "requires": ("blocked by", "depends on", "after"),
        "completed": ("completed at", "completed on", "closed at", "done on"),
        "cost": ("budget needed", "cash"),
    },
    knows_all=True,
)
ANY = Export("csv", "any table", is_whole=True)
"""Any table of figures: columns are known by the usual headers."""
