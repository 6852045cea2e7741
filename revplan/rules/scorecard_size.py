"""A scorecard of fewer than five or more than fifteen metrics.

What: the plan has under 5 or over 15 metrics. Fewer than five are told only once readings are taken.
Why: the scorecard opens the weekly meeting and takes five minutes. With fewer numbers it misses what happens, with
more nobody looks at each.

Bad:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 9, drives: arr}
      arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 900, revenue: true,
        readings: {2026-10-31: 910}}

Good:
    metrics:
      visits: {name: Visits, unit: visits, direction: up, owner: ana, cadence: weekly, target: 9, drives: leads}
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 9, drives: calls}
      calls: {name: Calls, unit: calls, direction: up, owner: ana, cadence: weekly, target: 9, drives: offers}
      offers: {name: Offers, unit: offers, direction: up, owner: ana, cadence: weekly, target: 9, drives: arr}
      arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 900, revenue: true,
        readings: {2026-10-31: 910}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP730"
SLUG = "scorecard-size"
SEVERITY = Severity.ADVICE

FEWEST = 5
MOST = 15


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at the first metric where there are too few, at the first beyond the limit where too many."""
    metrics = list(context.plan.metrics.values())
    if not context.plan.is_whole("metric") or not any(metric.readings for metric in metrics):
        return
    if len(metrics) > MOST:
        message = f"{plural(len(metrics), 'metric')}; a scorecard has {FEWEST} to {MOST}"
        hint = "keep the numbers that lead to revenue, and leave the others to their functions"
        yield Finding(CODE, Ref("metric", metrics[MOST].id), message, hint, on_key=True)
    elif len(metrics) < FEWEST:
        message = f"{plural(len(metrics), 'metric')}; a scorecard has {FEWEST} to {MOST}"
        hint = "add what moves before revenue does, such as leads, meetings or proposals"
        yield Finding(CODE, Ref("metric", metrics[0].id), message, hint, on_key=True)
