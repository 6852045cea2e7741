"""Salesforce: a report or list of opportunities.

Reports end with lines of their own (copyright, who made it), which hold no deal.
"""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

SALESFORCE_DEALS = Export(
    "salesforce",
    "Salesforce",
    (signs("Opportunity Name", "Stage"), signs("Opportunity Name", "Created Date"), signs("StageName", "CloseDate")),
    {
        "key": ("Opportunity ID", "Opportunity ID 18", "Id"),
        "name": ("Opportunity Name", "Name"),
        "company": ("Account Name", "AccountId"),
        "contact": ("Primary Contact",),
        "created": ("Created Date", "CreatedDate"),
        "closed": ("Close Date", "CloseDate"),
        "amount": ("Annual Contract Value", "ACV", "ARR", "Amount (converted)", "Amount"),
        "is_closed": ("Closed", "IsClosed"),
        "company_currency": ("Amount (converted) Currency",),
        "currency": ("Amount Currency", "Opportunity Currency", "CurrencyIsoCode"),
        "stage": ("Stage", "StageName"),
        "won": ("Won", "IsWon"),
        "type": ("Type",),
        "source": ("Lead Source", "LeadSource"),
        "campaign": ("Primary Campaign Source", "Campaign Name"),
    },
    converted={"Amount (converted)": "company_currency"},
)
