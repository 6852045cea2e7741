"""A year whose start is planned otherwise than it came.

What: the goal's `start_revenue` differs by more than half a per cent from what is known of the time before its year:
the last month's recurring revenue or, of recognised revenue, what the twelve months before brought.
Why: the start is a plan figure until the year before is closed. From then on reports work from the actual, and the
year's targets still rise from the plan: somebody should decide which of the two holds.

Bad:
    goals:
      "2025":
        measure: recurring
        start_revenue: 2M
        target_revenue: 2.4M
        acv: 24k
        close_rate: 20%
        actual: {2025-12: 2.33M}
      "2026":
        measure: recurring
        start_revenue: 2.4M
        target_revenue: 3.1M
        acv: 24k
        close_rate: 20%
        actual: {2026-01: 2.34M, 2026-02: 2.36M, 2026-03: 2.4M, 2026-04: 2.45M, 2026-05: 2.5M, 2026-06: 2.55M,
          2026-07: 2.6M, 2026-08: 2.7M, 2026-09: 2.8M, 2026-10: 2.9M}

Good:
    goals:
      "2025":
        measure: recurring
        start_revenue: 2M
        target_revenue: 2.4M
        acv: 24k
        close_rate: 20%
        actual: {2025-12: 2.33M}
      "2026":
        measure: recurring
        start_revenue: 2.33M
        target_revenue: 3.1M
        acv: 24k
        close_rate: 20%
        actual: {2026-01: 2.34M, 2026-02: 2.36M, 2026-03: 2.4M, 2026-04: 2.45M, 2026-05: 2.5M, 2026-06: 2.55M,
          2026-07: 2.6M, 2026-08: 2.7M, 2026-09: 2.8M, 2026-10: 2.9M}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.actuals import year_start
from revplan.analysis.funnel import goals_ahead
from revplan.analysis.periods import say_year
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP715"
SLUG = "start-off-actual"
SEVERITY = Severity.WARNING
LIMIT = Fraction(1, 200)
"""How far a planned start may be from the actual, as a part of it: half a per cent."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal of this year or a later one whose start is not what came."""
    currency = context.plan.settings.currency
    for goal in goals_ahead(context):
        start = year_start(context, goal)
        planned = Fraction(goal.start_revenue)
        if start.month is None or abs(planned - start.amount) <= LIMIT * start.amount:
            continue
        what = f"{start.month} came to" if goal.measure == "recurring" else f"the year to {start.month} brought"
        message = (
            f"{say_year(context.plan.settings, goal.id)} is planned from {currency.say(planned)};"
            f" {what} {currency.say(start.amount)},"
            " and reports work from that"
        )
        hint = f"set start_revenue to {currency.say(start.amount)}, and look at the year's target and months again"
        yield Finding(CODE, Ref("goal", goal.id, ("start_revenue",)), message, hint)
