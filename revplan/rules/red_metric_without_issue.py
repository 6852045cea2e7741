"""A red metric that nobody has raised an issue about.

What: a metric's last reading misses its target by 5% of it or more, and no open issue names the metric. A reading too
old for its cadence is not judged; it is stale instead.
Why: a red number that nobody minds is the beginning of the end of a scorecard.

Bad:
    metrics:
      callback: {name: Hours to call back, unit: hours, direction: down, owner: ana, cadence: weekly, target: 1,
        readings: {2026-11-27: 5}}

Good:
    metrics:
      callback: {name: Hours to call back, unit: hours, direction: down, owner: ana, cadence: weekly, target: 1,
        readings: {2026-11-27: 5}}
    issues:
      requests-wait: {title: Requests wait for five hours, raised: 2026-11-27, metric: callback}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.scorecard import color_today, effective_metric, keys_of_reading, last_reading, target_in
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Month, Ref
from revplan.wording import say_metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP720"
SLUG = "red-metric-without-issue"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each red metric without an open issue, at its last reading."""
    plan = context.plan
    minded = {issue.metric for issue in plan.issues.values() if issue.status == "open" and issue.metric is not None}
    if not plan.is_whole("issue", "metric") or not minded <= plan.metrics.keys():
        return
    for own in plan.metrics.values():
        metric = effective_metric(context, own)
        reading = last_reading(metric, context.today)
        if reading is None or metric.id in minded or color_today(metric, context.today) != "red":
            continue
        target, currency = target_in(metric, Month.of(reading.day)), plan.settings.currency
        said = [say_metric(value, metric.unit, currency) for value in metric.keep or (target,)]
        wanted = f"it is to stay within {' and '.join(said)}" if metric.keep is not None else f"the target is {said[0]}"
        read = say_metric(reading.value, metric.unit, currency)
        message = f'"{metric.id}" is red: {read} on {reading.day}, and {wanted}'
        hint = f"raise an issue with metric: {metric.id}"
        keys = keys_of_reading(own, reading)
        yield Finding(CODE, Ref("metric", metric.id, keys), message, hint)
