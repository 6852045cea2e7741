"""A recurring tactic has a task that nobody owns.

What: a task of a tactic with `recurring` names no `owner`.
Why: a standing load comes off somebody's hours before anything is planned, so it must be known whose.

Bad:
    tactics:
      newsletter:
        title: Newsletter
        function: marketing
        impact: 5
        recurring: weekly
        tasks: {write: {skill: writing, hours: 2}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      newsletter:
        title: Newsletter
        function: marketing
        impact: 5
        recurring: weekly
        tasks: {write: {skill: writing, hours: 2, owner: ana}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP402"
SLUG = "recurring-without-owner"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each task of a recurring tactic that names no owner."""
    for tactic in open_tactics(context.plan):
        if tactic.recurring is None:
            continue
        for name, task in tactic.tasks.items():
            if not task.owners:
                message = f"{tactic.id} recurs {tactic.recurring}, and nobody owns its task {name}"
                ref = Ref("tactic", tactic.id, ("tasks", name, "owner"))
                yield Finding(CODE, ref, message, "name the member it takes hours of: `owner: …`")
