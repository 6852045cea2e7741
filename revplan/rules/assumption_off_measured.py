"""A goal that assumes what its own record does not bear out.

What: the goal's close rate, close lag, ACV, retention or cost per opportunity lies outside the interval of what was
measured. The true value lies in that interval in 95 of 100 cases.
Why: customers, opportunities and spend are divided by these rates. A year planned with 25% that are won, where 152
decided opportunities say 17%, needs half as many opportunities again as its budget pays for.

Bad:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 24k, close_rate: 25%,
        actual: {2026-10: 3.7M}, history: {won: 26, lost: 126}}

Good:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 24k, close_rate: 18%,
        actual: {2026-10: 3.7M}, history: {won: 26, lost: 126}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.funnel import goals_ahead
from revplan.analysis.measured import measured_rates
from revplan.analysis.periods import say_year
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP716"
SLUG = "assumption-off-measured"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each assumption of this year's or a later goal that lies outside what was measured."""
    for goal in goals_ahead(context):
        for each in measured_rates(context, goal):
            if each.planned is None or not each.is_off:
                continue
            planned, value = each.say(each.planned), each.say(each.value)
            message = (
                f"{say_year(context.plan.settings, goal.id)} plans with {planned} as {each.label};"
                f" {each.of:,} {each.noun} say {value}, {each.say_interval()}"
            )
            hint = f"plan with what was measured, or note beside {each.name} what will make it different"
            yield Finding(CODE, Ref("goal", goal.id, (each.name,)), message, hint)
