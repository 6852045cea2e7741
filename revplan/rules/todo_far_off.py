"""A to-do due more than a week from now.

What: an open to-do's due date is more than seven days after today.
Why: to-dos are asked about in the next weekly meeting. What takes longer is a tactic, with tasks and hours.

Bad:
    todos:
      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-12-18}

Good:
    todos:
      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-12-04}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import ONE_WEEK, Ref
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP921"
SLUG = "todo-far-off"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each open to-do due in more than a week."""
    for todo in context.plan.todos.values():
        if todo.status == "open" and todo.due is not None and todo.due > context.today + ONE_WEEK:
            days = (todo.due - context.today).days
            message = f'"{todo.id}" is due in {plural(days, "day")}; a to-do is done within seven'
            hint = "promise a first step for this week, or make it a tactic"
            yield Finding(CODE, Ref("todo", todo.id, ("due",)), message, hint)
