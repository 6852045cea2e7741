"""`revplan agenda`: the agenda of a meeting, prefilled with everything the plan knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import following, which_sprint
from revplan.app.plan_sprint import Request, plan_sprint
from revplan.errors import RevplanError
from revplan.reports import agenda_quarter, agenda_sprint, agenda_weekly, frame, sprint_plan
from revplan.reports.document import Line, Section, dim, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.analysis.periods import Period
    from revplan.model.context import Context
    from revplan.reports.document import Document
    from revplan.store.read import Loaded


def weekly(context: Context) -> Document:
    """Return the agenda of the weekly meeting."""
    return frame.framed(context, agenda_weekly.build(context))


def quarter(context: Context) -> Document:
    """Return the agenda of the quarter's strategy session."""
    return frame.framed(context, agenda_quarter.build(context))


def sprint(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Document:
    """Return the agenda of the next sprint's planning, with what is proposed for it.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        tell: is told what is going on, now and then.
    """
    period = _next_sprint(context)
    return frame.framed(context, agenda_sprint.build(context, period, _proposal(loaded, context, period, tell)))


def _next_sprint(context: Context) -> Period:
    """Return the sprint that a planning is about: the one that is due, or the one after it where that is under way."""
    period = which_sprint(context)
    written = context.plan.sprints.get(period.id)
    return following(context.plan, period) if written is not None and written.status == "active" else period


def _proposal(loaded: Loaded, context: Context, period: Period, tell: Callable[[str], None]) -> tuple[Section, ...]:
    try:
        planned = plan_sprint(loaded, context, Request(period.id), tell)
    except RevplanError as error:
        way_out = f"Nothing can be proposed yet: {error}; `revplan validate` says more."
        return (Section(words(f"Sprint {period.id}"), (Line(words(dim(way_out))),)),)
    return sprint_plan.layout(context.plan, planned).sections
