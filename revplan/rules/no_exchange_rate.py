"""An amount in a currency of which the plan knows no rate.

What: an amount is written in another currency than the plan's, and the settings' `currencies` have no rate of that
currency, or none by the month that the amount belongs to. An amount takes the last rate by its month; one that belongs
to no month takes the last rate of all.
Why: nobody knows what it is worth, so the entry is left out of the plan.

Bad:
    revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28}
    tactics:
      fair:
        title: The fair in Cologne
        function: marketing
        impact: 6
        cost: 500 EUR
        tasks: {book: {skill: events, hours: 1}}

Good:
    revplan: {format: 1, company: Test, currency: USD, today: 2026-11-28, currencies: {EUR: {2026-01: 1.08}}}
    tactics:
      fair:
        title: The fair in Cologne
        function: marketing
        impact: 6
        cost: 500 EUR
        tasks: {book: {skill: events, hours: 1}}
"""

from __future__ import annotations

from revplan.diagnostics import Severity
from revplan.rules.silent import check

__all__ = ["CODE", "SEVERITY", "SLUG", "check"]

CODE = "RP113"
SLUG = "no-exchange-rate"
SEVERITY = Severity.ERROR
