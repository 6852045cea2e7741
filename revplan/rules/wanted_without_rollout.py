"""A tool that is wanted, and no rollout that brings it in.

What: a tool's status is wanted, and `stack.rollouts` does not name it.
Why: a wish has no date. A rollout says who buys, installs, configures, trains and deploys, and by when.

Bad:
    stack:
      tools:
        desk: {name: Desk, category: service-automation, owner: ana, status: wanted}

Good:
    stack:
      tools:
        desk: {name: Desk, category: service-automation, owner: ana, status: wanted}
      rollouts:
        desk: {purchase: {owner: ana, due: 2027-01-15}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP804"
SLUG = "wanted-without-rollout"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each wanted tool without a rollout."""
    stack = context.plan.stack
    if not context.plan.is_whole("rollout", "tool") or not stack.rollouts.keys() <= stack.tools.keys():
        return
    for name, tool in stack.tools.items():
        if tool.status == "wanted" and name not in stack.rollouts:
            hint = f"add stack.rollouts.{name} with dates and owners, or drop the tool"
            yield Finding(CODE, Ref("tool", name, ("status",)), f'"{name}" is wanted and has no rollout', hint)
