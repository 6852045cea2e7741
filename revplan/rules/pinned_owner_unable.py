"""A task is pinned to somebody who cannot do it.

What: a task's `owner` does not have its skill at its level (2, works alone, where the task names none). A skill that
nobody at all has is told once, as RP410.
Why: the task can never be planned, and neither can its tactic.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {design: 3, writing: 2}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {draw: {skill: design, hours: 8, owner: ana}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
      ben: {name: Ben, kind: employee, function: marketing, hours_per_week: 40, skills: {design: 3, writing: 2}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {draw: {skill: design, hours: 8, owner: ben}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.progress import open_tactics
from revplan.analysis.staffing import able, best_levels, lacks
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import list_some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP401"
SLUG = "pinned-owner-unable"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each pinned owner who lacks the skill or the level."""
    team = context.plan.team
    held = best_levels(context.plan)
    for tactic in open_tactics(context.plan):
        for name, task in tactic.tasks.items():
            for owner in task.owners if task.skill in held else ():
                lack = lacks(team[owner], task) if owner in team else None
                if lack is not None:
                    others = able(context.plan, task)
                    hint = f"pin it to {list_some(others)}, or leave `owner` out" if others else "nobody can do it yet"
                    message = f"{owner} has {lack}; {tactic.id}/{name} takes level {task.level}"
                    yield Finding(CODE, Ref("tactic", tactic.id, ("tasks", name, "owner")), message, hint)
