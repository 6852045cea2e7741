"""Skills: who holds them, what the backlog asks of them, and what there is of them in the coming period."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.backlog import ready_tactics
from revplan.analysis.capacity import WORKS_ALONE, by_skill, team_capacity
from revplan.analysis.periods import following, period_on
from revplan.analysis.progress import progress
from revplan.analysis.recurring import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.analysis.progress import Progress
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.tactics import Tactic, Task
    from revplan.model.team import Member


class Balance(NamedTuple):
    """What the backlog asks of a skill and what there is of it, in minutes."""

    skill: str
    demand: int
    supply: int


def coming_period(context: Context) -> Period:
    """Return the first period that starts today or later: the one whose hours are still all to be planned."""
    period = period_on(context.plan.settings, context.today)
    return period if period.start >= context.today else following(context.plan, period)


def balances(context: Context, period: Period) -> tuple[Balance, ...]:
    """Return demand and supply of each skill that the backlog asks for and somebody holds, sorted by skill.

    Whoever holds several skills counts in full for each of them.
    """
    plan = context.plan
    capacity = team_capacity(plan, period, period.start)
    supply = by_skill(plan, {name: own.plannable for name, own in capacity.items()})
    wanted = demand(context, period)
    held = best_levels(plan)
    return tuple(
        Balance(skill, wanted[skill], supply.get(skill, 0))
        for skill in sorted(wanted)
        if held.get(skill, 0) >= WORKS_ALONE
    )


def demand(context: Context, period: Period) -> dict[str, int]:
    """Return the minutes by skill that could be planned for a period: the ready backlog and the standing loads."""
    minutes: dict[str, int] = {}
    for tactic, task, left in work_to_plan(context, period):
        skill = tactic.tasks[task].skill
        minutes[skill] = minutes.get(skill, 0) + left
    return minutes


def work_to_plan(context: Context, period: Period) -> Iterator[tuple[Tactic, str, int]]:
    """Yield the tasks that could be planned for a period, with their tactic and the minutes left in them.

    A recurring tactic's count each time, from today on. What is unfinished in another open sprint is left out: it is
    counted there.
    """
    begun = _progress_of_begun(context, period)
    since = max(period.start, context.today)
    for tactic in ready_tactics(context.plan):
        standing = begun.get(tactic.id)
        if standing is not None and standing.open_in is not None:
            continue
        times = len(occurrences(context.plan.settings, tactic, period, since)) if tactic.recurring else 1
        for name, task in tactic.tasks.items():
            left = task.hours if standing is None else standing.left.get(name, 0)
            yield tactic, name, left * times


def _progress_of_begun(context: Context, period: Period) -> dict[str, Progress]:
    """Return how far the tactics are that any sprint has had; the others are as the backlog says."""
    plan = context.plan
    names = {name for sprint in plan.sprints.values() for name in sprint.tactics}
    had = {name: tactic for name, tactic in plan.tactics.items() if name in names}
    return progress(replace(plan, tactics=had), period.id, context.today)


def best_levels(plan: Plan) -> dict[str, int]:
    """Return the highest level anybody has of each skill."""
    best: dict[str, int] = {}
    for member in plan.team.values():
        for skill, level in member.skills.items():
            best[skill] = max(level, best.get(skill, 0))
    return best


def lacks(member: Member, task: Task) -> str | None:
    """Return in words what a member has of a task's skill, where that is too little for it; else None."""
    level = member.skills.get(task.skill, 0)
    if level >= task.level:
        return None
    return f"{task.skill} at level {level}" if level else f"no {task.skill}"


def able(plan: Plan, task: Task) -> tuple[str, ...]:
    """Return the members who have a task's skill at its level, sorted."""
    return tuple(sorted(name for name, each in plan.team.items() if each.skills.get(task.skill, 0) >= task.level))


def working(plan: Plan, day: date) -> tuple[Member, ...]:
    """Return the members who have hours to plan and whose contract has not ended before the day."""
    return tuple(
        member for member in plan.team.values() if member.has_hours and (member.until is None or member.until >= day)
    )


def holders(plan: Plan, day: date) -> dict[str, tuple[str, ...]]:
    """Return who can work alone at each skill, of those who have hours on the day or later."""
    found: dict[str, tuple[str, ...]] = {}
    for member in working(plan, day):
        for skill, level in member.skills.items():
            if level >= WORKS_ALONE:
                found[skill] = (*found.get(skill, ()), member.id)
    return found


class SinglePoint(NamedTuple):
    """A skill that ready tactics take and one person holds.

    Attributes:
        tactics: how many tactics take it.
    """

    skill: str
    member: str
    tactics: int


def single_points(context: Context) -> tuple[SinglePoint, ...]:
    """Return the skills that rest on one person, sorted; none of a team of one."""
    if len(working(context.plan, context.today)) <= 1:
        return ()
    held = holders(context.plan, context.today)
    skills = ({task.skill for task in tactic.tasks.values()} for tactic in ready_tactics(context.plan))
    wanted = Counter(skill for own in skills for skill in own)
    return tuple(
        SinglePoint(skill, held[skill][0], count)
        for skill, count in sorted(wanted.items())
        if len(held.get(skill, ())) == 1
    )
