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

from revplan.diagnostics import Problem
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.plan import Plan

CODE = "RP404"


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each tactic that is required and excluded by the same one."""
    for tactic in context.plan.tactics.values():
        for position, required in enumerate(tactic.requires):
            excluder = _excluder(context.plan, tactic.id, required)
            if excluder is not None:
                message = f"{tactic.id} requires {required}, and {excluder} excludes the other"
                ref = Ref("tactic", tactic.id, ("requires", position))
                yield Problem(CODE, ref, message, f"keep one of the two: `requires`, or `excludes` of {excluder}")


def _excluder(plan: Plan, one: str, other: str) -> str | None:
    """Return which of two tactics excludes the other, if any."""
    if other in plan.tactics[one].excludes:
        return one
    return other if other in plan.tactics and one in plan.tactics[other].excludes else None
