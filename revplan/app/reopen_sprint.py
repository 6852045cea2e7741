"""`revplan sprint reopen`: the last close is undone; what it changed is as it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.analysis.history import content_digest
from revplan.analysis.periods import in_order
from revplan.analysis.workload import assignments, unfinished_assignments
from revplan.app.written import active, get_sprint, missing_sprint
from revplan.errors import SprintError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.phrases import join_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context
    from revplan.model.sprints import Sprint


@dataclass(frozen=True, slots=True)
class Reopening:
    """What reopening a sprint does, before it does it.

    Attributes:
        sprint: as it stands, closed.
        status: what it is then.
        was_edited: it was edited since it was closed (RP306); the edits stay.
        changes: what makes its file say so.
    """

    sprint: Sprint
    status: str
    was_edited: bool
    changes: tuple[Change, ...]


def reopen(context: Context, sprint_id: str | None) -> Reopening:
    """Work out how the last close is undone. Nothing is written.

    Raises:
        UnknownIdError: no written sprint has this id.
        SprintError: it is not closed, another one was closed after it, another one is active, or a later one has
            taken up its work.
    """
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else _last(context)
    if sprint.status != "closed":
        raise SprintError(f"sprint {sprint.id} is {sprint.status}, not closed", hint="there is nothing to undo")
    _refuse_what_came_after(context, sprint)
    seal = sprint.closed
    before = seal.before if seal is not None else "active"
    return Reopening(
        sprint=sprint,
        status="active" if before == "active" else "planned",
        was_edited=seal is not None and seal.of != content_digest(sprint),
        changes=tuple(_reopening_changes(sprint, before)),
    )


def _last(context: Context) -> Sprint:
    closed = [sprint for sprint in in_order(context.plan) if sprint.status == "closed"]
    if not closed:
        error = SprintError("no sprint is closed", hint="`revplan sprint list` shows where each one stands")
        raise missing_sprint(context, error)
    return closed[-1]


def _refuse_what_came_after(context: Context, sprint: Sprint) -> None:
    """Refuse to go back behind what was built on the close."""
    later = [other for other in in_order(context.plan) if other.start > sprint.start]
    closed = next((other for other in later if other.status == "closed"), None)
    if closed is not None:
        hint = f"`revplan sprint reopen {closed.id}` undoes that one first"
        raise SprintError(f"sprint {closed.id} was closed after {sprint.id}", hint=hint)
    running = active(context)
    if running is not None:
        hint = f"log what is missing in {running.id}; or set its status back to planned while nothing is logged in it"
        raise SprintError(f"sprint {running.id} is active, and only one sprint is", hint=hint)
    own = {str(one) for one in unfinished_assignments(sprint)}
    for other in later:
        taken_up = sorted({one.tactic for one in assignments(other) if str(one) in own})
        if taken_up:
            message = f"sprint {other.id} has taken up what {sprint.id} left of {join_names(taken_up)}"
            drop = f"`revplan sprint plan {other.id} --drop {taken_up[0]} --write`"
            raise SprintError(message, hint=f"take it out of there first: {drop}; or remove sprint {other.id}")


def _reopening_changes(sprint: Sprint, before: str) -> Iterator[Change]:
    ref = Ref("sprint", sprint.id)
    yield Change(ref.at("status"), None if before == "implied" else before)
    if sprint.closed is not None:
        yield Change(ref.at("closed"), None)
        for name in sprint.closed.carried:
            if name in sprint.tactics and sprint.tactics[name].carry:
                yield Change(ref.at("tactics", name, "carry"), None)
