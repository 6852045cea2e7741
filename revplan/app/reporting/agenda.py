"""`revplan agenda`: builds the documents of meetings, with the plan as it was at the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import following
from revplan.analysis.sprint_due import due_sprint
from revplan.app.sprint.plan import Request, plan_sprint
from revplan.errors import GitError, NoPlanError, RevplanError
from revplan.reports import agenda_quarter, agenda_sprint, agenda_weekly, bottlenecks, frame, sprint_plan
from revplan.reports.agenda import last_meeting
from revplan.reports.document import Line, Section, dim, words
from revplan.store.git.history import history

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.analysis.periods import Period
    from revplan.model.context import Context
    from revplan.model.meetings import MeetingKind
    from revplan.model.plan import Plan
    from revplan.reports.document import Document
    from revplan.store.loaded import Loaded


def weekly(context: Context, before: Plan | None) -> Document:
    """Return the agenda of the weekly meeting; `before` is the plan at the last weekly meeting, or None if unknown."""
    return frame.frame(context, agenda_weekly.build(context, before))


def quarter(context: Context, before: Plan | None) -> Document:
    """Return the agenda of the quarterly strategy session; `before` is the plan at the last session, or None."""
    return frame.frame(context, agenda_quarter.build(context, before))


def sprint(loaded: Loaded, context: Context, before: Plan | None, on_progress: Callable[[str], None]) -> Document:
    """Return the agenda of the next sprint's planning meeting, with the proposed sprint.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        before: the plan at the last planning meeting; None if unknown.
        on_progress: receives progress messages.
    """
    period = _next_sprint(context)
    proposal = _proposal(loaded, context, period, on_progress)
    return frame.frame(context, agenda_sprint.build(context, before, period, proposal))


def at_last_meeting(loaded: Loaded, context: Context, kind: MeetingKind) -> Plan | None:
    """Return the plan in git on the day of the last meeting of a kind.

    Return None if there was no such meeting, or if git has no plan of that day. Also return None if the plan sets its
    own day, because its days are then not those of git.
    """
    meeting = last_meeting(context, kind)
    if meeting is None or context.pinned:
        return None
    try:
        past = history(loaded.root)
        commit = past.last_on(meeting.date)
        return past.read(commit).loaded.plan if commit is not None else None
    except (GitError, NoPlanError):
        return None


def _next_sprint(context: Context) -> Period:
    """Return the period of the sprint to plan: the sprint that is due, or the next one if that sprint is under way."""
    period = due_sprint(context).period
    written = context.plan.sprints.get(period.id)
    return following(context.plan, period) if written is not None and written.status == "active" else period


def _proposal(
    loaded: Loaded, context: Context, period: Period, on_progress: Callable[[str], None]
) -> tuple[Section, ...]:
    try:
        planned = plan_sprint(loaded, context, Request(period.id), on_progress)
    except RevplanError as error:
        way_out = f"Nothing can be proposed yet: {error}; `revplan validate` says more."
        return (Section(words(f"Sprint {period.id}"), (Line(words(dim(way_out))),)),)
    proposal = sprint_plan.layout(context.plan, planned).sections
    if not planned.bottlenecks:
        return proposal
    return (*proposal, bottlenecks.section(context.plan, planned.bottlenecks))
