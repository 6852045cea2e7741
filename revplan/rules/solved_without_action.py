"""An issue that was solved without a decision or a to-do.

What: an issue's status is solved, it has no `solution`, and no to-do names it.
Why: then it was only talked about, and comes back in a month.

Bad:
    issues:
      lead-drop: {title: Leads fell by a sixth, raised: 2026-11-09, status: solved}

Good:
    issues:
      lead-drop: {title: Leads fell by a sixth, raised: 2026-11-09, status: solved,
        solution: A form was broken on phones; forms are tested every Monday}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP916"
SLUG = "solved-without-action"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each solved issue without a solution in words and without a to-do."""
    plan = context.plan
    acted_on = {todo.issue for todo in plan.todos.values() if todo.issue is not None}
    if not plan.is_whole("todo", "issue") or not acted_on <= plan.issues.keys():
        return
    for issue in plan.issues.values():
        if issue.status == "solved" and issue.solution is None and issue.id not in acted_on:
            message = f'"{issue.id}" is solved, with no solution and no to-do'
            hint = "write what was decided under solution, or a to-do that names the issue"
            yield Finding(CODE, Ref("issue", issue.id, ("status",)), message, hint)
