"""A target that time does not allow: too much of what is created closes after the year's end.

What: even with every opportunity the goal needs, created evenly through the year, too few customers close before
the year ends. What is open at its start is counted in. Told only where `close_lag` and `open_opportunities` are given.
Why: no budget mends a shortage of months. The year's first customers must be in the pipeline before it begins.

Bad:
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        acv: 24k
        close_rate: 20%
        net_revenue_retention: 98%
        cost_per_opportunity: 1100
        close_lag: [0, 10%, 20%, 30%, 40%]
        open_opportunities: 10

Good:
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        acv: 24k
        close_rate: 20%
        net_revenue_retention: 98%
        cost_per_opportunity: 1100
        close_lag: [0, 10%, 20%, 30%, 40%]
        open_opportunities: 60
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.funnel import goals_ahead, outlook
from revplan.analysis.periods import say_year
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import count, percentage, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP711"
SLUG = "target-out-of-reach"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal of this year or a later one that cannot be reached before the year ends."""
    for goal in goals_ahead(context):
        found = outlook(context, goal)
        if found.reach is None or found.reach >= 1:
            continue
        needed = found.customers_missing or found.need.customers
        year = say_year(context.plan.settings, goal.id)
        message = (
            f"by close lag {count(found.reach * needed)} of the {quantity(needed, 'customer')} that {year} needs"
            f" would close before it ends ({percentage(found.reach)})"
            if needed is not None
            else f"by close lag {percentage(found.reach)} of what {year} still needs would come before it ends"
        )
        hint = "lower the target, shorten the way to a signature, or begin the year with more open opportunities"
        yield Finding(CODE, Ref("goal", goal.id, ("target_revenue",)), message, hint)
