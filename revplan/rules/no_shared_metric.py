"""Marketing and sales that share no metric.

What: both functions have measurables, and none in common.
Why: as long as one counts leads and the other counts deals, each can be right while the pipeline is empty.

Bad:
    company:
      functions:
        marketing: {name: Marketing, accountable: ana, measurables: [leads]}
        sales: {name: Sales, accountable: ana, measurables: [opportunities]}
    metrics:
      opportunities: {name: Opportunities, unit: opportunities, direction: up, owner: ana, cadence: weekly, target: 5,
        drives: arr}
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40, drives: opportunities}
      arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 4000000, revenue: true}

Good:
    company:
      functions:
        marketing: {name: Marketing, accountable: ana, measurables: [leads, opportunities]}
        sales: {name: Sales, accountable: ana, measurables: [opportunities]}
    metrics:
      opportunities: {name: Opportunities, unit: opportunities, direction: up, owner: ana, cadence: weekly, target: 5,
        drives: arr}
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40, drives: opportunities}
      arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 4000000, revenue: true}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.scorecard import measures
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP912"
SLUG = "no-shared-metric"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding if marketing and sales both have metrics and share none."""
    plan = context.plan
    if not {"marketing", "sales"} <= plan.company.functions.keys() or not plan.is_whole("metric"):
        return
    marketing, sales = measures(plan, "marketing"), measures(plan, "sales")
    if marketing and sales and not marketing & sales and marketing | sales <= plan.metrics.keys():
        hint = "name one under both, such as opportunities created"
        ref = Ref("function", "sales", ("measurables",))
        yield Finding(CODE, ref, "marketing and sales share no metric", hint, on_key=True)
