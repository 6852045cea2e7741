"""Google Ads: a report by day or month, with titles above it and totals below."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

GOOGLE_ADS_SPEND = Export(
    "google-ads",
    "Google Ads",
    (signs("Campaign", "Cost", "Day"), signs("Campaign", "Cost", "Month"), signs("Campaign", "Cost", "Currency code")),
    {
        "date": ("Day", "Month"),
        "amount": ("Cost",),
        "account": ("Campaign",),
        "account_name": ("Account name", "Account"),
        "currency": ("Currency code",),
    },
    only=frozenset(("account", "account_name", "vendor", "cost_center", "state")),
)
