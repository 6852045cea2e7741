"""A task takes more people than have its skill.

What: an open tactic's task takes several `people`, and fewer members have its skill at its level (2, works alone, where
the task names none). A skill that nobody at all has, or nobody at that level, is told once, as RP410.
Why: the people of a task are different members, so the tactic will be parked for want of them.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 1}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {interview: {skill: writing, hours: 2, people: 2}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 1}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {interview: {skill: writing, hours: 2, level: 1, people: 2}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.analysis.staffing import able
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Task

CODE = "RP417"
SLUG = "too-few-able"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each task that takes more people than can do it."""
    plan = context.plan
    if not plan.is_whole("member"):
        return
    for tactic in open_tactics(plan):
        for name, task in tactic.tasks.items():
            known = able(plan, task) if task.people > 1 and not task.owners else ()
            if known and len(known) < task.people:
                have = f"only {list_some(known)} {'has' if len(known) == 1 else 'have'} {task.skill}"
                takes = plural(task.people, "person", "people")
                message = f"{tactic.id}/{name} takes {takes}, and {have} at level {task.level}"
                place = Ref("tactic", tactic.id, ("tasks", name, "people"))
                yield Finding(CODE, place, message, _way_out(plan, task))


def _way_out(plan: Plan, task: Task) -> str:
    lower = sorted(name for name, each in plan.team.items() if 0 < each.skills.get(task.skill, 0) < task.level)
    if lower:
        have = "has" if len(lower) == 1 else "have"
        return f"{list_some(lower)} {have} it at a lower level: lower the task's `level`"
    return "take fewer people, or add the skill to somebody's"
