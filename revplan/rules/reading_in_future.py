"""A figure of a day that has not come yet.

What: a metric has a reading dated after today, or a goal or budget line an actual for a month that has not begun.
Why: nobody can have read it. Mostly the year or the month is mistyped, and the real figure is missing.

Bad:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40,
        readings: {2027-11-27: 38}}

Good:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40,
        readings: {2026-11-27: 38}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Month, Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP703"
SLUG = "reading-in-future"
SEVERITY = Severity.ERROR

HINT = "correct the date, or remove the figure"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each figure dated in the future."""
    for metric in context.plan.metrics.values():
        for day, value in metric.readings.items():
            if value is not None and day > context.today:
                ref = Ref("metric", metric.id, ("readings", str(day)))
                yield Finding(CODE, ref, f"{day} has not come yet; today is {context.today}", HINT, on_key=True)
    yield from _actuals(context)


def _actuals(context: Context) -> Iterator[Finding]:
    this_month = Month.of(context.today)
    for kind, entries in (("goal", context.plan.goals), ("budget-line", context.plan.budget)):
        for entry in entries.values():
            for month in entry.actual:
                if month > this_month:
                    ref = Ref(kind, entry.id, ("actual", str(month)))
                    yield Finding(CODE, ref, f"{month} has not begun; today is {context.today}", HINT, on_key=True)
