"""A metric that nobody has read for too long.

What: the last reading is over 14 days old where the metric is read weekly, or over 62 where it is read monthly. A
metric that has never been read is not told.
Why: an old number looks like a fresh one on a scorecard, and decisions are made by it.

Bad:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40,
        readings: {2026-10-30: 41}}

Good:
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40,
        readings: {2026-10-30: 41, 2026-11-27: 43}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.scorecard import age, effective_metric, is_stale, keys_of_reading, last_reading
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP722"
SLUG = "stale-metric"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each metric whose last reading is too old for its cadence."""
    for own in context.plan.metrics.values():
        metric = effective_metric(context, own)
        reading = last_reading(metric, context.today)
        if reading is not None and is_stale(metric, reading, context.today):
            days = age(reading, context.today)
            message = f'"{metric.id}" is read {metric.cadence}, and the last reading is {plural(days, "day")} old'
            of = f" of {own.ratio.of} and {own.ratio.to}" if own.ratio is not None else ""
            hint = f"take a reading{of}, or drop the metric if nobody needs it"
            keys = keys_of_reading(own, reading)
            yield Finding(CODE, Ref("metric", metric.id, keys), message, hint, on_key=True)
