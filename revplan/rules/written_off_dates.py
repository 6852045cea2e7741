"""A written sprint has work on days that the backlog forbids.

What: a task of a sprint that is not over is to start before its `not_before`, or is due after its `deadline`: its own,
or its tactic's. Tasks that are done, and the start of those that have begun, are left alone.
Why: the sprint and the backlog tell people two dates, and one of them is wrong.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      survey:
        title: Customer survey
        function: marketing
        impact: 7
        tasks: {evaluate: {skill: writing, hours: 4, not_before: 2026-12-10}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          survey: {tasks: {evaluate: {owner: ana, hours: 4, start: 2026-12-03, due: 2026-12-04}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      survey:
        title: Customer survey
        function: marketing
        impact: 7
        tasks: {evaluate: {skill: writing, hours: 4, not_before: 2026-12-10}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          survey: {tasks: {evaluate: {owner: ana, hours: 4, start: 2026-12-10, due: 2026-12-10}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import has_begun
from revplan.analysis.workload import open_sprints, unfinished_assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan

CODE = "RP318"
SLUG = "written-off-dates"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each date of an open sprint that its task may not have."""
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            for key, message in _clashes(context.plan, one):
                hint = f"`revplan sprint plan {sprint.id} --write` plans it anew, or change the date in the backlog"
                yield Finding(CODE, one.place(Ref("sprint", sprint.id), key), message, hint)


def _clashes(plan: Plan, one: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the key of each date that is too early or too late, and what is wrong with it."""
    tactic = plan.tactics.get(one.tactic)
    task = tactic.tasks.get(one.task) if tactic is not None else None
    if tactic is None or task is None:
        return
    first = max((day for day in (tactic.not_before, task.not_before) if day is not None), default=None)
    last = min((day for day in (tactic.deadline, task.deadline) if day is not None), default=None)
    start, due = one.row.start, one.row.due
    if first is not None and start is not None and start < first and not has_begun(one.row):
        yield "start", f"{one} is to start on {start}; the backlog has it not before {first}"
    if last is not None and due is not None and due > last:
        yield "due", f"{one} is due on {due}, after its deadline {last}"
