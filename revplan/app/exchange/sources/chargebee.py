"""Chargebee: invoices, and monthly recurring revenue by customer."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

CHARGEBEE_REVENUE = Export(
    "chargebee",
    "Chargebee",
    (
        signs("Invoice Number", "Customer Id", "Invoice Date"),
        signs("Customer Id", "MRR"),
        signs("Subscription Id", "MRR"),
    ),
    {
        "month": ("Month", "Invoice Date", "Start Date"),
        "amount": ("MRR", "Monthly Recurring Revenue", "Sub Total", "Amount", "Total"),
        "customer": ("Customer Id", "Customer Company"),
        "currency": ("Currency Code", "Currency"),
        "state": ("Status", "Invoice Status"),
    },
)
