"""A tactic does not say which metric it should move.

What: a ready tactic has no `metric`, in a plan that has metrics.
Why: afterwards nobody can tell whether it worked, and so whether to do the like again.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    metrics:
      leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 40}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        metric: leads
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import ready_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.strategy import SETUP_OBJECTIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP424"
SLUG = "tactic-without-metric"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each ready tactic without a metric, if the plan has metrics."""
    if not context.plan.metrics:
        return
    for tactic in ready_tactics(context.plan):
        if tactic.metric is None and tactic.objective != SETUP_OBJECTIVE:
            message = f"{tactic.id} does not say which metric it should move"
            hint = "name the one you will look at to see whether it worked"
            yield Finding(CODE, Ref("tactic", tactic.id, ("metric",)), message, hint)
