"""The pages of written sprints: their list, one planned against actual, its status, its close, people's briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.sprint.lookup import get_member, running_sprint
from revplan.reports import sprint_brief, sprint_close, sprint_list, sprint_show, sprint_status, sprint_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.app.sprint.life import Closure
    from revplan.model.context import Context
    from revplan.reports.document import Document
    from revplan.reports.sprint_tables import Logged


def list_page(context: Context) -> Document:
    """Return the list of the written sprints."""
    return sprint_list.layout(context.plan)


def show_page(context: Context, sprint: str | None) -> Document:
    """Return a written sprint, planned against actual; without an id the one at hand. Errors: see `running_sprint`."""
    return sprint_show.layout(context, running_sprint(context, sprint))


def status_page(context: Context, sprint: str | None) -> Document:
    """Return how a sprint is going; without an id the one at hand. Errors: see `running_sprint`."""
    return sprint_status.layout(context, running_sprint(context, sprint))


def brief_page(context: Context, sprint: str | None, member: str) -> Document:
    """Return a member's page of a sprint. Errors: see `running_sprint` and `get_member`."""
    return sprint_brief.layout(context, running_sprint(context, sprint), get_member(context, member).id)


def briefs(context: Context, sprint: str | None) -> tuple[str, Mapping[str, Document]]:
    """Return a sprint's id, and the page of each member who has work in the sprint. Errors: see `running_sprint`."""
    found = running_sprint(context, sprint)
    return found.id, sprint_brief.layouts(context, found, sprint_brief.members_of(context, found))


def close_page(context: Context, closure: Closure) -> Document:
    """Return what became of a sprint that is closed."""
    return sprint_close.layout(context, closure.sprint)


def consequences(context: Context, closure: Closure) -> tuple[str, ...]:
    """Return what closing a sprint brings about, in sentences."""
    return tuple(sprint_close.consequences(context.plan, closure.sprint, closure.workdays_left))


def log_page(context: Context, logged: Logged) -> Document:
    """Return an entry of the work log as a document."""
    return sprint_tables.layout(context.plan, logged)


def log_sentence(context: Context, logged: Logged) -> str:
    """Return an entry of the work log as a sentence."""
    return sprint_tables.sentence(context.plan, logged)
