"""A written sprint has work on days that the backlog forbids.

What: a task of a sprint that is not over is to start before its `not_before`, or is due after its `deadline`: its own,
or its tactic's; or it is to start before it has waited as long as the backlog says after a task that it follows. Tasks
that are done, and the start of those that have begun, are left alone.
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
from revplan.analysis.waiting import day_after, in_words
from revplan.analysis.workload import open_sprints, unfinished_assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.calendar import company_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint

CODE = "RP318"
SLUG = "written-off-dates"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each date of an open sprint that its task may not have."""
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            for key, message in (*_clashes(context.plan, one), *_impatient(context.plan, sprint, one)):
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


def _impatient(plan: Plan, sprint: Sprint, one: Assignment) -> Iterator[tuple[str, str]]:
    """Yield the start of a task that has not waited long enough by then."""
    task = plan.tactics[one.tactic].tasks.get(one.task) if one.tactic in plan.tactics else None
    start = one.row.start
    if task is None or start is None or has_begun(one.row):
        return
    calendar = company_calendar(plan.settings)
    rows = sprint.tactics[one.tactic].tasks
    for first in task.after:
        wait, row = task.wait_after(first), rows.get(first)
        end = (row.done or row.due) if row is not None else None
        if wait is not None and end is not None and start < (opens := day_after(calendar, end, wait)):
            yield "start", f"{one} is to start on {start}; {in_words(wait)} after {first} is {opens}"
            return
