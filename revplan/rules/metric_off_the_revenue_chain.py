"""A metric that does not lead to revenue.

What: following `drives` from metric to metric ends at one that is not marked as revenue (`revenue: true`). It is told
at the metric where the chain ends; where no metric is marked at all, it is told once.
Why: a number that leads nowhere is interesting, not useful: nobody can say what it is worth to move it.

Bad:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40}
      arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 4000000, revenue: true}

Good:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40, drives: arr}
      arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 4000000, revenue: true}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP721"
SLUG = "metric-off-the-revenue-chain"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at each end of a chain that is not revenue; only the first where nothing is marked as revenue."""
    metrics = context.plan.metrics
    if not context.plan.is_whole("metric"):
        return
    ends = [metric for metric in metrics.values() if metric.drives is None and not metric.revenue]
    if any(metric.revenue for metric in metrics.values()):
        for metric in ends:
            message = f'"{metric.id}" drives nothing, and is not revenue'
            yield Finding(CODE, Ref("metric", metric.id), message, "name what it moves: drives: ID", on_key=True)
    elif ends:
        message = "no metric is marked as revenue, so none leads there"
        hint = "mark the one that is revenue itself with revenue: true, and let the others drive it"
        yield Finding(CODE, Ref("metric", ends[0].id), message, hint, on_key=True)
