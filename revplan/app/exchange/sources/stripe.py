"""Stripe: invoices, and the monthly recurring revenue of each subscriber with a column for each month."""

from __future__ import annotations

from revplan.app.exchange.source import Export, signs

STRIPE_REVENUE = Export(
    "stripe",
    "Stripe",
    (signs("Amount Paid", "Customer", "Date (UTC)"), signs("customer_id", "customer_email")),
    {
        "month": ("Date (UTC)", "Finalized At (UTC)", "Period"),
        "amount": ("MRR", "Subtotal", "Amount Paid", "Amount Due"),
        "customer": ("Customer", "customer_id", "Customer ID"),
        "currency": ("Currency",),
        "state": ("Status",),
    },
)
