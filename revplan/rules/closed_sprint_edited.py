"""A closed sprint was edited after it was closed.

What: the digest in a sprint's `closed` no longer fits what the sprint says. Comments, notes and the order of keys do
not matter; hours, owners, dates and states do.
Why: closed sprints are what estimates and velocity are learned from. Whoever corrects the past should say so: reopen
the sprint (`revplan sprint reopen`), correct it, and close it again.

Bad:
    sprints:
      2026-10:
        start: 2026-10-01
        end: 2026-10-31
        status: closed
        goal: Something nicer than what we set out to do
        closed: {on: 2026-10-30, of: 'sha256:b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184'}

Good:
    sprints:
      2026-10:
        start: 2026-10-01
        end: 2026-10-31
        status: closed
        goal: Three offices a week
        closed: {on: 2026-10-30, of: 'sha256:0196ddb389a2024d1f258018c0bb9a4a269b419cffa0ac041bf31aa24719141a'}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import content_digest
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP306"
SLUG = "closed-sprint-edited"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each sprint whose seal is broken."""
    for sprint in context.plan.sprints.values():
        if sprint.closed is not None and sprint.closed.of != content_digest(sprint):
            message = f"sprint {sprint.id} has been edited since it was closed on {sprint.closed.on}"
            hint = "undo the edit, or seal what it says now: `revplan sprint reopen`, and close it again"
            yield Finding(CODE, Ref("sprint", sprint.id, ("closed", "of")), message, hint)
