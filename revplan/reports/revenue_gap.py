"""The revenue gap that a sprint works on, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan import phrases
from revplan.analysis.revenue import gap
from revplan.model.context import Context
from revplan.reports.document import strong, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.model.plan import Plan
    from revplan.reports.document import Words


def lines(plan: Plan, period: Period, today: date) -> Iterator[Words]:
    """Yield the line, where the month in which the sprint ends has a target."""
    found = gap(Context(plan, today), period)
    if found is None:
        return
    currency = plan.settings.currency
    since = f"{phrases.month_name(found.since)} " if found.since is not None else "at the year's start "
    target = f"{phrases.month_name(found.month)}'s target {phrases.amount(found.target, currency)}"
    missing = f"gap {phrases.amount(found.missing, currency)}" if found.missing > 0 else "no gap"
    yield words(f"Revenue: {since}{phrases.amount(found.actual, currency)}; {target}; ", strong(missing), ".")
