"""Work is in a sprint without somebody who does it, or without a day by which it is done.

What: a task in a sprint that is not over has no owner or no due date; or a task of a tactic in the sprint does not
stand there at all, though no sprint has done it.
Why: a tactic is committed whole. Work that belongs to nobody, or to no day, is found on the sprint's last one.

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
          guide: {tasks: {write: {owner: ana, hours: 8}}}

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

from revplan.analysis.progress import done_tasks
from revplan.analysis.workload import open_sprints, unfinished_assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.workload import Assignment
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint

CODE = "RP304"
SLUG = "unassigned-work"
SEVERITY = Severity.ERROR
HINT = "write who does it and by when, or let `revplan sprint plan` find both"


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each task of open sprints without an owner or a due date."""
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            lacking = _lacking(one)
            if lacking is not None:
                key, what = lacking
                yield Finding(CODE, one.place(Ref("sprint", sprint.id), key), f"{one} has {what}", HINT)
        yield from _check_tactics(context, sprint)


def _lacking(one: Assignment) -> tuple[str, str] | None:
    """Return the key to write and what is missing."""
    if not one.row.people:
        return "owner", "no owner" if one.row.due is not None else "neither an owner nor a due date"
    return ("due", "no due date") if one.row.due is None else None


def _check_tactics(context: Context, sprint: Sprint) -> Iterator[Finding]:
    """Yield a finding for each tactic of which the sprint holds only a part, and no open sprint the rest."""
    plan, done = context.plan, done_tasks(context.plan)
    others = [other for other in open_sprints(context) if other.id != sprint.id]
    for name, row in sprint.tactics.items():
        if row.dropped is not None or name not in plan.tactics or plan.tactics[name].status == "done":
            continue
        known = {task for task, own in row.tasks.items() if own.dropped is None} | done.get(name, set())
        known.update(task for other in others for task in _tasks_in(other, name))
        missing = [task for task in plan.tactics[name].tasks if task not in known]
        if missing:
            message = f"{name} is in {sprint.id}, but nobody has its {_noun(missing)} {list_some(missing)}"
            yield Finding(CODE, Ref("sprint", sprint.id, ("tactics", name)), message, HINT, on_key=True)


def _tasks_in(sprint: Sprint, tactic: str) -> Iterator[str]:
    """Yield the tasks of a tactic that another sprint holds, from which it runs over or into which it does."""
    row = sprint.tactics.get(tactic)
    if row is not None and row.dropped is None:
        yield from (name for name, task in row.tasks.items() if task.dropped is None)


def _noun(tasks: list[str]) -> str:
    return "task" if len(tasks) == 1 else "tasks"
