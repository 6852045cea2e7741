"""A tactic requires one that it cannot be done beside.

What: a tactic names another in `requires`, and one of the two names the other in `excludes`.
Why: it can never be planned, whatever the hours.

Bad:
    tactics:
      new-site:
        title: New site
        function: marketing
        impact: 8
        requires: [old-site-repair]
        tasks: {build: {skill: web, hours: 16}}
      old-site-repair:
        title: Repair of the old site
        function: marketing
        impact: 5
        excludes: [new-site]
        tasks: {fix: {skill: web, hours: 8}}

Good:
    tactics:
      new-site:
        title: New site
        function: marketing
        impact: 8
        tasks: {build: {skill: web, hours: 16}}
      old-site-repair:
        title: Repair of the old site
        function: marketing
        impact: 5
        excludes: [new-site]
        tasks: {fix: {skill: web, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic

CODE = "RP404"
SLUG = "requires-what-it-excludes"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each requirement that excludes itself."""
    for tactic in context.plan.tactics.values():
        for position, required in enumerate(tactic.requires):
            message = _contradiction(context.plan, tactic, required)
            if message is not None:
                ref = Ref("tactic", tactic.id, ("requires", position))
                yield Finding(CODE, ref, message, "take one of the two links out")


def _contradiction(plan: Plan, tactic: Tactic, required: str) -> str | None:
    if required in tactic.excludes:
        return f"{tactic.id} both requires and excludes {required}"
    other = plan.tactics.get(required)
    if other is not None and tactic.id in other.excludes:
        return f"{tactic.id} requires {required}, which excludes it"
    return None
