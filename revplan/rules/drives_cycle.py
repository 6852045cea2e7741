"""Metrics that drive each other in a circle.

What: following `drives` from a metric leads back to it.
Why: the chain is to end at revenue; a circle never gets there.

Bad:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40, drives: meetings}
      meetings: {name: Meetings, unit: meetings, direction: up, owner: ana, cadence: weekly, target: 8, drives: leads}

Good:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40, drives: meetings}
      meetings: {name: Meetings, unit: meetings, direction: up, owner: ana, cadence: weekly, target: 8}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.rules.cycles import chain, cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP232"
SLUG = "drives-cycle"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at the first metric of each cycle."""
    driven = {metric.id: (metric.drives,) for metric in context.plan.metrics.values() if metric.drives is not None}
    for cycle in cycles(driven):
        message = f"these metrics drive each other: {chain(cycle)}"
        yield Finding(CODE, Ref("metric", cycle[0], ("drives",)), message, "end the chain at revenue")
