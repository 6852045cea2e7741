"""Tasks that wait for each other.

What: following `after` from a task of a tactic leads back to it.
Why: none of them could ever start.

Bad:
    tactics:
      calculator:
        title: Downtime calculator
        function: marketing
        impact: 8
        tasks:
          design: {skill: design, hours: 8, after: [build]}
          build: {skill: web, hours: 12, after: [design]}

Good:
    tactics:
      calculator:
        title: Downtime calculator
        function: marketing
        impact: 8
        tasks:
          design: {skill: design, hours: 8}
          build: {skill: web, hours: 12, after: [design]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.rules.cycles import chain, cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP231"
SLUG = "after-cycle"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding at the first task of each cycle."""
    for tactic in context.plan.tactics.values():
        for cycle in cycles({task_id: tuple(task.after) for task_id, task in tactic.tasks.items() if task.after}):
            message = f"these tasks wait for each other: {chain(cycle)}"
            ref = Ref("tactic", tactic.id, ("tasks", cycle[0], "after"))
            yield Finding(CODE, ref, message, "remove one of the links")
