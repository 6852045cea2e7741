"""Meta Ads Manager: a report by day or month; a row says from when to when it counts, and may have a summary above."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

META_ADS_SPEND = Export(
    "meta-ads",
    "Meta Ads Manager",
    (signs("Reporting starts", "Reporting ends", "Campaign name"), signs("Day", "Reporting starts", "Reporting ends")),
    {
        "date": ("Day", "Reporting starts"),
        "end": ("Reporting ends",),
        "amount": ("Amount spent",),
        "account": ("Campaign name",),
        "account_name": ("Account name",),
        "currency": ("Currency",),
    },
    only=frozenset(("account", "account_name", "vendor", "cost_center", "state")),
)
