"""A retention so high that a per cent sign must be missing.

What: a goal's `net_revenue_retention` is more than 500%. To a plan `98` is 9800%: 98% is written `98%` or `0.98`.
Why: customers who bring a hundred times what they brought leave no revenue to be won, and every figure that follows is
wrong.

Bad:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        net_revenue_retention: 98}

Good:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        net_revenue_retention: 98%}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.numbers import strip_zeros
from revplan.wording import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP723"
SLUG = "rate-without-per-cent"
SEVERITY = Severity.WARNING
MOST = 5
"""Above this a retention is taken for a per cent without its sign: five times as much of the same customers."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal whose net revenue retention is more than MOST."""
    for goal in context.plan.goals.values():
        kept = goal.net_revenue_retention
        if kept is not None and kept > MOST:
            typed = strip_zeros(kept)
            message = f"a net revenue retention of {typed} is {percentage(kept)}"
            hint = f"write {typed}% if per cents are meant"
            yield Finding(CODE, Ref("goal", goal.id, ("net_revenue_retention",)), message, hint)
