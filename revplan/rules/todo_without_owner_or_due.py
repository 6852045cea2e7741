"""A to-do without its one owner or its due date.

What: an open to-do lacks `owner` or `due`. Done and dropped ones are history.
Why: a to-do is a promise of one person by a day. Without both it is a wish, and nobody is asked about it next week.

Bad:
    todos:
      call-auditor: {title: Ask the auditor for a date, owner: ana}

Good:
    todos:
      call-auditor: {title: Ask the auditor for a date, owner: ana, due: 2026-12-02}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP901"
SLUG = "todo-without-owner-or-due"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each open to-do that lacks an owner or a due date."""
    for todo in context.plan.todos.values():
        missing = [name for name in ("owner", "due") if getattr(todo, name) is None]
        if todo.status == "open" and missing:
            what = {"owner": "owner", "due": "due date"}
            message = f'"{todo.id}" has no {" and no ".join(what[name] for name in missing)}'
            hint = "write " + " and ".join(f"{name}: …" for name in missing)
            yield Finding(CODE, Ref("todo", todo.id), message, hint, on_key=True)
