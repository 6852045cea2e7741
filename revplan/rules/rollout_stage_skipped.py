"""A rollout that leaves out a stage.

What: a later stage of purchase, install, configure, train and deploy stands in the rollout or is done, and an earlier
one is missing or not done. The tool's status speaks for stages from before the plan: they may be missing.
Why: the stage most often skipped is training, and a tool nobody was taught is paid for and not used.

Bad:
    stack:
      tools:
        desk: {name: Desk, category: service-automation, owner: ana, status: purchased}
      rollouts:
        desk: {install: {due: 2026-12-04}, configure: {due: 2026-12-18}, deploy: {due: 2027-01-29}}

Good:
    stack:
      tools:
        desk: {name: Desk, category: service-automation, owner: ana, status: purchased}
      rollouts:
        desk: {install: {due: 2026-12-04}, configure: {due: 2026-12-18}, train: {due: 2027-01-22},
          deploy: {due: 2027-01-29}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.stack import skipped_stages
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP803"
SLUG = "rollout-stage-skipped"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each rollout with skipped stages, at the first of them."""
    stack = context.plan.stack
    for name, rollout in stack.rollouts.items():
        tool = stack.tools.get(name)
        if tool is None or tool.status == "retired":
            continue
        skipped = skipped_stages(tool, rollout)
        if skipped:
            message = f'"{name}" skips {", ".join(skipped)}'
            hint = "add a due date for it, or the day it was done"
            yield Finding(CODE, Ref("rollout", name, (skipped[0],)), message, hint, on_key=True)
