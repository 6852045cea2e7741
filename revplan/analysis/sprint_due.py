"""Which sprint is due: the one question that every command and report asks in the same way.

The sprint that is asked for by its id; else the active one; else the period that runs, from its first day to its last
workday, planned or not; else the next. A sprint that has ended and is not closed is never passed over in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.periods import Period, find_period, following, in_order, last_workday, of_sprint, period_on
from revplan.errors import SprintError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint

Why = Literal["asked", "active", "running", "over", "closed", "coming", "written"]


class DueSprint(NamedTuple):
    """The sprint that is due, and why.

    Attributes:
        period: its days.
        why: "asked" for by its id; "active"; "running" (today lies in it, planned or not); the running period's last
            workday is "over"; the running period is "closed"; the first period is still "coming"; or "written", where
            the running period has no sprint and the one after it has.
        running: the period that is passed over for it; None where none is.
        unclosed: sprints that have ended and are not closed, the earliest first.
        is_written: whether the plan has the sprint.
    """

    period: Period
    why: Why
    running: Period | None
    unclosed: tuple[Sprint, ...]
    is_written: bool


def due_sprint(context: Context, sprint_id: str | None = None) -> DueSprint:
    """Return the sprint that is due for planning: the one with the id given, else the one that the day asks for.

    Raises:
        UnknownIdError: no sprint has or could have this id.
        SprintError: the sprint asked for is over or closed.
    """
    if sprint_id is not None:
        return _due(context, _require_open(context, sprint_id), "asked")
    to_end = [sprint for sprint in in_order(context.plan) if sprint.end >= context.today]
    active = next((sprint for sprint in to_end if sprint.status == "active"), None)
    if active is not None:
        return _due(context, of_sprint(active), "active")
    return _by_calendar(context, [of_sprint(sprint) for sprint in to_end if sprint.status == "planned"])


def current_sprint(context: Context) -> Sprint | None:
    """Return the written sprint that people work in, or talk about.

    That is the active one until it is closed; else the one that is due; else the last that ended and is not closed;
    else the last of all; None where none is written.
    """
    sprints = in_order(context.plan)
    active = next((sprint for sprint in sprints if sprint.status == "active"), None)
    if active is not None or not sprints:
        return active
    due = due_sprint(context)
    if due.is_written:
        return context.plan.sprints[due.period.id]
    return (due.unclosed or sprints)[-1]


def last_closed(context: Context) -> Sprint | None:
    """Return the sprint that was closed last; None where none is."""
    closed = [sprint for sprint in in_order(context.plan) if sprint.status == "closed"]
    return closed[-1] if closed else None


def _by_calendar(context: Context, planned: Sequence[Period]) -> DueSprint:
    """Return the sprint that is due where none is active; `planned` are those that are planned and have not ended."""
    plan, today = context.plan, context.today
    running = _running(context)
    if planned and planned[0].start <= running.start:
        running = planned[0]
    if _is_closed(plan, running):
        return _due(context, _next_open(context, running, planned), "closed", running)
    if running.start > today:
        return _due(context, running, "coming")
    if today > min(running.end, last_workday(plan.settings, running)):
        return _due(context, _next_open(context, running, planned), "over", running)
    successor = following(plan, running)
    if running.id not in plan.sprints and successor in planned:
        return _due(context, successor, "written", running)
    return _due(context, running, "running")


def _due(context: Context, period: Period, why: Why, running: Period | None = None) -> DueSprint:
    sprints = in_order(context.plan)
    unclosed = tuple(sprint for sprint in sprints if sprint.status != "closed" and sprint.end < context.today)
    return DueSprint(period, why, running, unclosed, period.id in context.plan.sprints)


def _require_open(context: Context, sprint_id: str) -> Period:
    period = find_period(context.plan, sprint_id)
    sprint = context.plan.sprints.get(sprint_id)
    if sprint is not None and sprint.status == "closed":
        raise SprintError(f"sprint {sprint_id} is closed", hint=f"plan {due_sprint(context).period.id} instead")
    if period.end < context.today:
        way_out = f"plan {due_sprint(context).period.id} instead"
        if sprint is not None:
            way_out = f"close it with `revplan sprint close {sprint_id}`, and {way_out}"
        raise SprintError(f"sprint {sprint_id} ended on {period.end}", hint=way_out)
    return period


def _running(context: Context) -> Period:
    """Return the period the day lies in; the first one where time is cut only from a later day on."""
    plan = context.plan
    period = period_on(plan.settings, context.today)
    return of_sprint(plan.sprints[period.id]) if period.id in plan.sprints else period


def _next_open(context: Context, period: Period, planned: Sequence[Period]) -> Period:
    """Return the first period after this one that is neither over nor closed; `planned` may lie off the grid."""
    found = following(context.plan, period)
    while found.end < context.today or _is_closed(context.plan, found):
        found = following(context.plan, found)
    return min((found, *(own for own in planned if own != period)), key=lambda own: own.start)


def _is_closed(plan: Plan, period: Period) -> bool:
    return period.id in plan.sprints and plan.sprints[period.id].status == "closed"
