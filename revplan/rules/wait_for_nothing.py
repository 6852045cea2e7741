"""A task waits after nothing.

What: a task has a `wait`, but follows no other task, and its tactic requires no other tactic.
Why: the wait never begins, so the sprint plans the task at once. Whoever wrote it meant another task, or a date.

Bad:
    tactics:
      mailing:
        title: Printed mailing
        function: marketing
        impact: 7
        tasks:
          print: {skill: design, hours: 2}
          send: {skill: writing, hours: 2, wait: 5w}

Good:
    tactics:
      mailing:
        title: Printed mailing
        function: marketing
        impact: 7
        tasks:
          print: {skill: design, hours: 2}
          send: {skill: writing, hours: 2, after: [print], wait: 5w}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.analysis.waiting import in_words
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP416"
SLUG = "wait-for-nothing"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each wait of an open tactic's task that never begins."""
    for tactic in open_tactics(context.plan):
        for name, task in tactic.tasks.items():
            if task.wait is not None and not task.after and not tactic.requires:
                message = f"{tactic.id}/{name} waits {in_words(task.wait)} after nothing"
                hint = "name what it follows in `after`, or give it a day with `not_before`"
                yield Finding(CODE, Ref("tactic", tactic.id, ("tasks", name, "wait")), message, hint)
