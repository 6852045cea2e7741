"""A pipeline too thin for what is left of the quarter's target.

What: coverage, the open pipeline that is decided before the fiscal quarter ends over the new revenue still missing,
is below 1 / close rate. The pipeline is what was counted last, as `pipeline` or as `open_opportunities` of a year's
start, rolled forward by what was created since; `close_lag` says how much of it is decided in time.
Why: at a close rate of one in four, a pipeline of three times the target brings three quarters of it.

Bad:
    goals:
      "2026":
        measure: recurring
        start_revenue: 3M
        target_revenue: 4M
        acv: 20k
        close_rate: 25%
        actual: {2026-10: 3.7M}
        pipeline: 900k

Good:
    goals:
      "2026":
        measure: recurring
        start_revenue: 3M
        target_revenue: 4M
        acv: 20k
        close_rate: 25%
        actual: {2026-10: 3.7M}
        pipeline: 1.2M
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import say_quarter
from revplan.analysis.targets import coverage
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP712"
SLUG = "thin-pipeline"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for the goal of the year under way whose pipeline does not cover its quarter."""
    currency = context.plan.settings.currency
    for goal in context.plan.goals.values():
        found = coverage(context, goal)
        if found is not None and found.ratio < found.needed:
            due, missing = currency.say(found.due), currency.say(found.remaining)
            message = (
                f"{due} of pipeline for the {missing} missing in {say_quarter(context.plan.settings, found.quarter)}:"
                f" {count(found.ratio)} times, and {count(found.needed)} times are needed"
            )
            short = found.needed * found.remaining - found.due
            hint = f"{currency.say(short)} more that can close in the quarter, or a better close rate"
            year, key = found.open.counted.ref
            yield Finding(CODE, Ref("goal", year, (key,)), message, hint)
