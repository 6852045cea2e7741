"""Spending more than ten points ahead of plan.

What: of a budget line's money for the fiscal year, the part that is spent exceeds the part that was to be spent by now
by more than ten points. A yearly amount is planned evenly over the months.
Why: at this pace the money ends before the year does, and the last quarter pays for the first.

Bad:
    budget:
      ads: {category: programs, function: marketing, annual: 120k,
        actual: {2026-09: 50k, 2026-10: 70k}}

Good:
    budget:
      ads: {category: programs, function: marketing, annual: 120k,
        actual: {2026-09: 50k, 2026-10: 50k}}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.budgets import to_date
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP714"
SLUG = "spend-ahead-of-plan"
SEVERITY = Severity.WARNING

LIMIT = Fraction(1, 10)
"""How far ahead of plan is too far, as a part of the year's money."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each budget line that is spent too fast, at its last figure."""
    settings = context.plan.settings
    for line in context.plan.budget.values():
        found = to_date(settings, line, context.today)
        if found is not None and found.ahead > LIMIT:
            amounts = (found.spent, found.year, found.planned)
            spent, year, planned = (settings.currency.say(amount) for amount in amounts)
            message = (
                f"{spent} spent by {found.through} of {year} for the year;"
                f" {planned} were planned, {points(found.ahead)} ahead"
            )
            ref = Ref("budget-line", line.id, ("actual", str(found.last)))
            yield Finding(CODE, ref, message, "spend less in the months that are left, or plan more")
