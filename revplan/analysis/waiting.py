"""Who waits for whom in a written sprint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import unfinished_assignments

if TYPE_CHECKING:
    from revplan.analysis.workload import Assignment
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint


def waits_for(plan: Plan, sprint: Sprint, one: Assignment) -> tuple[Assignment, ...]:
    """Return the unfinished tasks of the sprint that a task follows directly, in its tactic or one it requires."""
    return tuple(other for other in unfinished_assignments(sprint) if _follows(plan, one, other))


def followers_of(plan: Plan, sprint: Sprint, one: Assignment) -> tuple[Assignment, ...]:
    """Return the unfinished tasks of the sprint that follow a task directly."""
    return tuple(other for other in unfinished_assignments(sprint) if _follows(plan, other, one))


def _follows(plan: Plan, later: Assignment, first: Assignment) -> bool:
    after, before = plan.tactics.get(later.tactic), plan.tactics.get(first.tactic)
    if after is None or before is None or later.task not in after.tasks:
        return False
    if later.tactic == first.tactic:
        return first.task in after.tasks[later.task].after
    opens = not after.tasks[later.task].after
    ends = not any(first.task in task.after for task in before.tasks.values())
    return first.tactic in after.requires and opens and ends
