"""`revplan sprint start`: planned becomes active."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.app.save import save
from revplan.app.sound import check_preconditions
from revplan.app.written import active, get_sprint, missing_sprint, refuse_closed
from revplan.errors import SprintError
from revplan.model.base import Ref
from revplan.model.change import Change

if TYPE_CHECKING:
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.store.loaded import Loaded

_ANY = ""
"""No sprint's id: what is wrong with the sprint itself counts too."""


def start(loaded: Loaded, context: Context, sprint_id: str | None) -> tuple[Sprint, tuple[str, ...]]:
    """Start a sprint: the one asked for, else the earliest planned one; return it with the files that were written.

    Raises:
        UnknownIdError: it is not written.
        SprintError: it is active, closed or over already, or another is active.
        UnsoundError: its work, or the plan it rests on, has errors.
        WriteRefusedError: its file cannot be written; nothing was.
    """
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else _next(context)
    refuse_closed(sprint)
    running = active(context)
    if running is not None:
        raise SprintError(f"sprint {running.id} is active", hint=f"close it first: `revplan sprint close {running.id}`")
    if sprint.end < context.today:
        raise SprintError(f"sprint {sprint.id} ended on {sprint.end}", hint="start one that is still to come")
    check_preconditions(loaded, context, _ANY)
    return sprint, save(loaded, (Change(Ref("sprint", sprint.id, ("status",)), "active"),))


def _next(context: Context) -> Sprint:
    for sprint in in_order(context.plan):
        if sprint.status == "active" or (sprint.status == "planned" and sprint.end >= context.today):
            return sprint
    error = SprintError("no planned sprint is written", hint="`revplan sprint plan --write` writes the next one")
    raise missing_sprint(context, error)
