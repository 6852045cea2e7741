"""A ratio that is worked out of itself.

What: a metric is the ratio of two others, and one of these is worked out of it again, or is it.
Why: it has no value, because nothing that was read is at the end of the chain.

Bad:
    metrics:
      close-rate: {name: Close rate, unit: "%", direction: up, owner: dana, cadence: monthly, target: 20,
        ratio: {of: won, to: decided}}
      won: {name: Won, unit: deals, direction: up, owner: dana, cadence: monthly, target: 4,
        ratio: {of: close-rate, to: decided}}
      decided: {name: Decided, unit: deals, direction: up, owner: dana, cadence: monthly, target: 20}
    team:
      dana: {name: Dana, kind: employee, function: sales, hours_per_week: 40}

Good:
    metrics:
      close-rate: {name: Close rate, unit: "%", direction: up, owner: dana, cadence: monthly, target: 20,
        ratio: {of: won, to: decided}}
      won: {name: Won, unit: deals, direction: up, owner: dana, cadence: monthly, target: 4}
      decided: {name: Decided, unit: deals, direction: up, owner: dana, cadence: monthly, target: 20}
    team:
      dana: {name: Dana, kind: employee, function: sales, hours_per_week: 40}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.rules.cycles import chain, cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP233"
SLUG = "ratio-cycle"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at the first metric of each cycle."""
    ratios = {metric.id: metric.ratio for metric in context.plan.metrics.values() if metric.ratio is not None}
    for cycle in cycles({name: tuple({ratio.of, ratio.to}) for name, ratio in ratios.items()}):
        message = f"these ratios are worked out of each other: {chain(cycle)}"
        yield Finding(CODE, Ref("metric", cycle[0], ("ratio",)), message, "divide metrics that somebody reads")
