"""A month that is over and has no revenue.

What: a month of this fiscal year or the last is over, an earlier one is known, and neither the goal's `actual` nor the
revenue metric has its figure. Where nothing is known yet, only the last month is asked for.
Why: forecast, attainment and coverage count from the last month known; a month that is missing moves them all back, and
of recognised revenue it makes the year's sum unknown.

Bad:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        actual: {2026-09: 3.6M}}

Good:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        actual: {2026-09: 3.6M, 2026-10: 3.7M}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.actuals import missing_months
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP731"
SLUG = "missing-actual"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each month that is over and not known."""
    for goal, month in missing_months(context):
        ref = Ref("goal", goal.id, ("actual",) if goal.actual else ())
        hint = f"`revplan goal edit {goal.id} --set actual.{month}=AMOUNT`"
        yield Finding(CODE, ref, f"{month} is over and has no revenue yet", hint, on_key=True)
