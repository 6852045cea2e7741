"""Close lag that does not add up to 1.

What: the shares of `close_lag` say how much of what is won closes 0, 1, 2 … months after the opportunity was created.
Together they are all that is won, so they add up to 1.
Why: with less, won customers get lost in the arithmetic; with more, some are counted twice.

Bad:
    goals:
      "2027": {measure: revenue, start_revenue: 1M, target_revenue: 1.2M, acv: 10k, close_rate: 25%,
        close_lag: [10%, 30%, 40%]}

Good:
    goals:
      "2027": {measure: revenue, start_revenue: 1M, target_revenue: 1.2M, acv: 10k, close_rate: 25%,
        close_lag: [10%, 30%, 40%, 20%]}
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.analysis.pipeline import has_sound_lag
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP702"
SLUG = "close-lag-sum"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal whose close lag does not add up to 1."""
    for goal in context.plan.goals.values():
        if goal.close_lag and not has_sound_lag(goal):
            total = sum(goal.close_lag, Decimal(0))
            way = f"{percentage(1 - total)} is missing" if total < 1 else f"{percentage(total - 1)} is too much"
            ref = Ref("goal", goal.id, ("close_lag",))
            yield Finding(CODE, ref, f"the close lag adds up to {percentage(total)}, not to 100%", way)
