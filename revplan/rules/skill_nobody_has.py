"""A task takes a skill that nobody on the team has.

What: no member has the skill of an open tactic's task, or nobody has it at the level the task takes. A task that is
pinned to somebody who has the skill at too low a level is RP401. The plan's own names of playbooks' skills
(`playbook_skills`) are looked at too.
Why: the tactic will be parked for want of the skill. Either the name is misspelt, or a hire or an agency is missing.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writting, hours: 8}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.analysis.staffing import best_levels
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.spelling import did_you_mean
from revplan.wording import exact_hours, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.model.context import Context
    from revplan.model.tactics import Task

CODE = "RP410"
SLUG = "skill-nobody-has"
SEVERITY = Severity.WARNING

Lacking = dict[tuple[str, int], list[tuple[Ref, int]]]
"""Places and minutes of tasks that nobody can do, by skill and by level (0 where nobody has the skill at all)."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each skill and level nobody has, at the first task that takes it."""
    plan = context.plan
    if not plan.team or not plan.is_whole("member"):
        return
    held = best_levels(plan)
    lacking: Lacking = {}
    for tactic in open_tactics(plan):
        for name, task in tactic.tasks.items():
            level = _level_short(held, task)
            if level is not None:
                place = Ref("tactic", tactic.id, ("tasks", name, "level" if level else "skill"))
                lacking.setdefault((task.skill, level), []).append((place, task.work))
    for (skill, level), tasks in lacking.items():
        yield _finding(held, skill, level, tasks)
    for word, skill in plan.settings.playbook_skills.items():
        if skill not in held:
            message = f'nobody has the skill "{skill}", which stands for the {word} of playbooks'
            hint = did_you_mean(skill, held) or "name a skill of the team"
            yield Finding(CODE, Ref("revplan", "", ("playbook_skills", word)), message, hint)


def _level_short(held: Mapping[str, int], task: Task) -> int | None:
    """Return the level nobody has of a task's skill, 0 where nobody has the skill; None where somebody can do it."""
    if task.skill not in held:
        return 0
    return task.level if held[task.skill] < task.level and not task.owners else None


def _finding(held: Mapping[str, int], skill: str, level: int, tasks: list[tuple[Ref, int]]) -> Finding:
    ref = tasks[0][0]
    need = f"needed for {plural(len(tasks), 'task')} ({exact_hours(sum(minutes for _, minutes in tasks))})"
    if level:
        message = f"nobody has {skill} at level {level}, {need}; the best is level {held[skill]}"
        return Finding(CODE, ref, message, "lower the level, or find somebody who has it")
    hint = did_you_mean(skill, held) or "add it to somebody's skills, or plan for a hire or an agency"
    return Finding(CODE, ref, f'nobody has the skill "{skill}", {need}', hint)
