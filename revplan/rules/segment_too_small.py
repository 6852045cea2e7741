"""More leads needed than the segments have accounts.

What: going up the funnel from the goal's opportunities, the leads needed exceed the accounts of all segments together.
Told only where every segment says how many accounts it has, and the funnel has every rate up to leads.
Why: the market cannot give what the arithmetic asks of it. The target, the rates or the market is wrong.

Bad:
    strategy:
      segments:
        dairies: {name: Dairies, accounts: 900}
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        acv: 24k
        close_rate: 20%
        net_revenue_retention: 98%
        cost_per_opportunity: 1100
        funnel: {lead_to_mql: 35%, mql_to_sal: 70%, sal_to_sql: 75%, sql_to_opportunity: 70%}

Good:
    strategy:
      segments:
        dairies: {name: Dairies, accounts: 2300}
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        acv: 24k
        close_rate: 20%
        net_revenue_retention: 98%
        cost_per_opportunity: 1100
        funnel: {lead_to_mql: 35%, mql_to_sal: 70%, sal_to_sql: 75%, sql_to_opportunity: 70%}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.actuals import revenue_kept_in_year
from revplan.analysis.funnel import goals_ahead, need
from revplan.analysis.periods import say_year
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP713"
SLUG = "segment-too-small"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal of this year or a later one that asks more of the market than there is."""
    plan = context.plan
    accounts = [segment.accounts for segment in plan.strategy.segments.values()]
    known = [number for number in accounts if number is not None]
    if not known or len(known) < len(accounts) or not plan.is_whole("segment"):
        return
    for goal in goals_ahead(context):
        leads = need(goal, revenue_kept_in_year(context, goal)).stages["leads"]
        if leads is not None and leads > sum(known):
            message = (
                f"{say_year(plan.settings, goal.id)} needs {quantity(leads, 'lead')},"
                f" and all segments have {quantity(sum(known), 'account')}"
            )
            hint = "lower the target, mend the weakest rate of the funnel, or add a segment"
            yield Finding(CODE, Ref("goal", goal.id, ("target_revenue",)), message, hint)
