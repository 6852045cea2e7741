"""HubSpot: the exports of tasks and of deals."""

from __future__ import annotations

from revplan.app.exchange.source import Export, Source, signs

HUBSPOT = Source(
    "hubspot",
    "HubSpot tasks",
    (signs("Record ID", "Task Title"),),
    {
        "key": ("Record ID",),
        "title": ("Task Title",),
        "notes": ("Task Notes",),
        "state": ("Task Status", "Status"),
        "completed": ("Completed At", "Completed Date"),
        "deadline": ("Due Date",),
        "owner": ("Assigned to",),
    },
)

HUBSPOT_DEALS = Export(
    "hubspot",
    "HubSpot",
    (signs("Deal Name", "Deal Stage"), signs("Deal name", "Create Date", "Close Date")),
    {
        "key": ("Record ID", "Deal ID"),
        "name": ("Deal Name",),
        "company": ("Associated Company", "Primary Associated Company", "Associated Company IDs"),
        "contact": ("Associated Contact",),
        "created": ("Create Date",),
        "closed": ("Close Date",),
        "amount": ("Annual contract value", "Annual recurring revenue", "Amount in company currency", "Amount"),
        "is_closed": ("Is Deal Closed?", "Is Closed"),
        "currency": ("Currency",),
        "stage": ("Deal Stage",),
        "won": ("Is Closed Won",),
        "lost": ("Is Closed Lost",),
        "type": ("Deal Type",),
        "source": ("Original Traffic Source", "Original Source Type", "Original Source", "Lead Source"),
        "campaign": ("Campaign", "Campaign of first conversion", "HubSpot Campaign"),
    },
    converted={"Amount in company currency": "company_currency"},
)
