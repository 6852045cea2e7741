"""A function whose health nobody measures.

What: a function of `company.functions` names no measurables, and no metric names the function.
Why: without a number, how a function does is an opinion, and the loudest one wins.

Bad:
    company:
      functions:
        support: {name: Support, accountable: ana}

Good:
    company:
      functions:
        support: {name: Support, accountable: ana, measurables: [replies]}
    metrics:
      replies: {name: First reply, unit: hours, direction: down, owner: ana, cadence: weekly, target: 4, revenue: true}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.scorecard import measures
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP910"
SLUG = "function-without-measurable"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each declared function that no metric measures."""
    plan = context.plan
    if not plan.is_whole("metric"):
        return
    for name in plan.company.functions:
        if not measures(plan, name):
            hint = "name a metric under measurables, two or three at most"
            yield Finding(CODE, Ref("function", name), f'"{name}" has no measurable', hint, on_key=True)
