"""LinkedIn Campaign Manager: a performance report by day, in UTF-16 with tabs and titles above it."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

LINKEDIN_ADS_SPEND = Export(
    "linkedin-ads",
    "LinkedIn Campaign Manager",
    (signs("Start Date (in UTC)", "Campaign Name", "Total Spent"), signs("Start Date (in UTC)", "Total Spent")),
    {
        "date": ("Start Date (in UTC)",),
        "end": ("End Date (in UTC)",),
        "amount": ("Total Spent", "Spent"),
        "account": ("Campaign Name",),
        "account_name": ("Campaign Group Name", "Account Name"),
        "currency": ("Currency",),
    },
    only=frozenset(("account", "account_name", "vendor", "cost_center", "state")),
)
