"""A task is assigned to somebody who lacks its skill, or has it at too low a level.

What: the owner of a task in a sprint that is not over does not have the task's skill at its level (2, works alone,
where the task names none). A task that the backlog itself pins to them is told there (RP401).
Why: the hours were estimated for somebody who can do it.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 1}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
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

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 1}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
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
          guide: {tasks: {write: {owner: ben, hours: 8, start: 2026-12-01, due: 2026-12-03}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.staffing import able, lacks
from revplan.analysis.workload import open_sprints, people_still_at, unfinished_assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Task

CODE = "RP303"
SLUG = "assignee-below-level"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each owner of a task in an open sprint who cannot do it."""
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            task = _task(context.plan, one)
            if task is None:
                continue
            for member in people_still_at(one.row):
                if member not in task.owners and member in context.plan.team and lacks(context.plan.team[member], task):
                    yield _finding(context.plan, Ref("sprint", sprint.id), one, task, member)


def _task(plan: Plan, one: Assignment) -> Task | None:
    tactic = plan.tactics.get(one.tactic)
    return tactic.tasks.get(one.task) if tactic is not None else None


def _finding(plan: Plan, sprint: Ref, one: Assignment, task: Task, member: str) -> Finding:
    lack = lacks(plan.team[member], task)
    others = able(plan, task)
    hint = f"{list_some(others)} can do it" if others else "nobody on the team can do it yet"
    keys = ("owners", member) if one.row.owners else ("owner",)
    return Finding(CODE, one.place(sprint, *keys), f"{member} has {lack}; {one} takes level {task.level}", hint)
