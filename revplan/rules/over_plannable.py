"""More hours are assigned to a member than the sprint gives them.

What: in a sprint that is not over, the hours of a member's tasks and recurring tactics add up to more than their
plannable hours, by the calendars as they are now. Of a task that has begun counts what is left, of one that is done
nothing: whether work is behind, `revplan sprint status` tells.
Why: the last tasks will slip, and nobody has chosen which. Choosing is what a sprint is for.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 10, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 36}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 36, start: 2026-12-01, due: 2026-12-30}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 12, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {write: {skill: writing, hours: 36}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 36, start: 2026-12-01, due: 2026-12-30}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import assignments, open_sprints, remaining_by_member, rooms
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.workload import Assignment, FreeCapacity
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint

CODE = "RP301"
SLUG = "over-plannable"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each overloaded member of each open sprint, at the task with which it begins."""
    if not context.plan.is_whole("revplan"):
        return
    for sprint in open_sprints(context):
        work = _by_member(sprint)
        for member, room in rooms(context.plan, sprint).items():
            total = sum(minutes for _, minutes in work[member])
            if total > room.free:
                yield _finding(sprint, member, room, work[member])


def _by_member(sprint: Sprint) -> dict[str, list[tuple[Assignment, int]]]:
    """Return what each member is asked for, in the order in which it is due."""
    work: dict[str, list[tuple[Assignment, int]]] = {}
    for one in sorted(assignments(sprint), key=lambda one: (one.row.due or sprint.end, one.tactic, one.task)):
        for member, minutes in remaining_by_member(one.row, sprint.end).items():
            work.setdefault(member, []).append((one, minutes))
    return work


def _finding(sprint: Sprint, member: str, room: FreeCapacity, work: list[tuple[Assignment, int]]) -> Finding:
    total = sum(minutes for _, minutes in work)
    recurring = f", {exact_hours(room.recurring)} of them recurring work" if room.recurring else ""
    message = f"{member} has {exact_hours(room.plannable)} in {sprint.id}{recurring}; {exact_hours(total)} are assigned"
    hint = f"move {exact_hours(total - room.free)} to somebody else or to a later sprint, from this task on"
    ref = _first_beyond(work, room.free).place(Ref("sprint", sprint.id), "hours")
    return Finding(CODE, ref, message, hint)


def _first_beyond(work: list[tuple[Assignment, int]], free: int) -> Assignment:
    """Return the task with which the work is more than there is room for."""
    running = 0
    for one, minutes in work:
        running += minutes
        if running > free:
            return one
    return work[-1][0]
