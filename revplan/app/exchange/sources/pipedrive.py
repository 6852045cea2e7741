"""Pipedrive: the export of deals, whose columns begin with "Deal - "."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

PIPEDRIVE_DEALS = Export(
    "pipedrive",
    "Pipedrive",
    (signs("Deal - Title", "Deal - Status"), signs("Deal - Deal created", "Deal - Status")),
    {
        "key": ("Deal - ID",),
        "name": ("Deal - Title",),
        "company": ("Deal - Organization", "Organization - Name"),
        "contact": ("Deal - Contact person", "Person - Name"),
        "created": ("Deal - Deal created", "Deal - Creation date", "Deal - Add time"),
        "closed": ("Deal - Deal closed on", "Deal - Close time"),
        "won_on": ("Deal - Won time",),
        "lost_on": ("Deal - Lost time",),
        "expected": ("Deal - Expected close date",),
        "amount": ("Deal - ACV", "Deal - ARR", "Deal - Value", "Deal - Deal value"),
        "currency": ("Deal - Currency of Value", "Deal - Currency"),
        "stage": ("Deal - Stage", "Deal - Stage (pipeline)"),
        "status": ("Deal - Status",),
        "type": ("Deal - Type",),
        "source": ("Deal - Source channel", "Deal - Source origin", "Deal - Lead source"),
        "campaign": ("Deal - Campaign",),
    },
)
