"""The same task is assigned in two sprints.

What: a task stands in a sprint that is neither closed nor over, and in an earlier one that is open too or has done it.
Why: its hours are counted twice, and perhaps the work is done twice.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, start: 2026-12-01, due: 2026-12-03}}}
      2027-01:
        start: 2027-01-01
        end: 2027-01-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, start: 2027-01-04, due: 2027-01-06}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 8, start: 2026-12-01, due: 2026-12-03}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.analysis.progress import is_open
from revplan.analysis.workload import assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint

CODE = "RP305"
SLUG = "task-assigned-twice"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each task that two sprints assign, at the later sprint."""
    holders: dict[str, Sprint] = {}
    for sprint in in_order(context.plan):
        for one in assignments(sprint):
            first = holders.get(str(one))
            if first is not None and is_open(sprint, context.today) and not _goes_on(first, one):
                yield _finding(sprint, first, one)
            if is_open(sprint, context.today) or one.row.status == "done":
                holders.setdefault(str(one), sprint)


def _goes_on(first: Sprint, one: Assignment) -> bool:
    """Tell whether the task runs over from the first sprint into the next, so that it is in both."""
    return bool(first.tactics[one.tactic].tasks[one.task].continues)


def _finding(sprint: Sprint, first: Sprint, one: Assignment) -> Finding:
    message = f"{one} is in {sprint.id}, and in {first.id} already"
    related = (one.place(Ref("sprint", first.id)),)
    hint = "leave it in one of them"
    return Finding(CODE, one.place(Ref("sprint", sprint.id)), message, hint, on_key=True, related=related)
