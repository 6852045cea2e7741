"""A tactic is dropped in the backlog, and an open sprint still holds it.

What: a tactic's `status` is dropped, and a sprint that is not closed has it without a `dropped` day.
Why: the backlog says that nobody is to do it, and the sprint gives people its tasks. Its hours are missing elsewhere.

Bad:
    revplan: {format: 1, company: Test, currency: USD, today: 2026-12-02}
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      page:
        title: A page
        function: marketing
        impact: 5
        status: dropped
        tasks: {write: {skill: writing, hours: 8}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          page: {tasks: {write: {owner: ana, hours: 8, start: 2026-12-01, due: 2026-12-04}}}

Good:
    revplan: {format: 1, company: Test, currency: USD, today: 2026-12-02}
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      page:
        title: A page
        function: marketing
        impact: 5
        status: dropped
        tasks: {write: {skill: writing, hours: 8}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          page: {dropped: 2026-12-02, tasks: {write: {owner: ana, hours: 8, start: 2026-12-01, due: 2026-12-04}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import open_sprints
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP317"
SLUG = "dropped-in-sprint"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each tactic of an open sprint that the backlog calls dropped."""
    tactics = context.plan.tactics
    for sprint in open_sprints(context):
        for name, row in sprint.tactics.items():
            if row.dropped is None and name in tactics and tactics[name].status == "dropped":
                message = f"{name} is dropped in the backlog, and {sprint.id} still gives people its tasks"
                hint = (
                    f"`revplan sprint plan {sprint.id} --drop {name} --write` takes it out; or set its status to ready"
                )
                yield Finding(CODE, Ref("sprint", sprint.id, ("tactics", name)), message, hint, on_key=True)
