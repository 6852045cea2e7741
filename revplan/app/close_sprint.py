"""`revplan sprint close`: a sprint is measured and sealed; what is unfinished goes back to the backlog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.history import content_digest
from revplan.analysis.outcome import outcome
from revplan.analysis.periods import in_order
from revplan.app.save import save
from revplan.app.sound import require_sound
from revplan.app.written import absent, active, refuse_closed, written
from revplan.errors import SprintError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.sprints import Closing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.store.loaded import Loaded


def close(loaded: Loaded, context: Context, sprint_id: str | None) -> tuple[Sprint, tuple[str, ...]]:
    """Close a sprint; what is unfinished competes again. Return the sealed sprint and the files that were written.

    Raises:
        UnknownIdError: no written sprint has this id.
        SprintError: it is closed already, or has not been started.
        UnsoundError: the plan has errors.
        WriteRefusedError: its file cannot be written; nothing was.
    """
    return _close(loaded, context, _to_close(context, sprint_id), ())


def close_and_carry(loaded: Loaded, context: Context, sprint_id: str | None) -> tuple[Sprint, tuple[str, ...]]:
    """Close a sprint; what is unfinished comes first in the next one. Otherwise as `close`."""
    sprint = _to_close(context, sprint_id)
    ready = {tactic.id for tactic in context.plan.tactics.values() if tactic.status == "ready"}
    carried = [entry.tactic for entry in outcome(context.plan, sprint).unfinished if entry.tactic in ready]
    return _close(loaded, context, sprint, carried)


def _to_close(context: Context, sprint_id: str | None) -> Sprint:
    """Return the sprint asked for; else the active one; else the earliest that is over."""
    if sprint_id is not None:
        sprint = written(context, sprint_id)
        refuse_closed(sprint)
        if sprint.status == "planned" and sprint.end >= context.today:
            raise SprintError(f"sprint {sprint.id} is not started", hint=f"`revplan sprint start {sprint.id}`")
        return sprint
    over = (sprint for sprint in in_order(context.plan) if sprint.status == "planned" and sprint.end < context.today)
    found = active(context) or next(over, None)
    if found is None:
        error = SprintError("no sprint is active", hint="`revplan sprint list` shows where each one stands")
        raise absent(context, error)
    return found


def _close(
    loaded: Loaded, context: Context, sprint: Sprint, carried: Collection[str]
) -> tuple[Sprint, tuple[str, ...]]:
    require_sound(loaded, context, sprint.id)
    closed = _sealed(sprint, context.today, carried)
    ref = Ref("sprint", sprint.id)
    assert closed.closed is not None
    changes = (
        Change(ref.at("status"), "closed"),
        *(Change(ref.at("tactics", name, "carry"), "true") for name in carried),
        Change(ref.at("closed"), {"on": str(closed.closed.on), "of": closed.closed.of}),
    )
    return closed, save(loaded, changes)


def _sealed(sprint: Sprint, today: date, carried: Collection[str]) -> Sprint:
    """Return the sprint as it is once it is closed, with the digest of its content."""
    tactics = {
        name: row.model_copy(update={"carry": True}) if name in carried else row for name, row in sprint.tactics.items()
    }
    closed = sprint.model_copy(update={"status": "closed", "tactics": tactics})
    return closed.model_copy(update={"closed": Closing(on=today, of=content_digest(closed), notes=None)})
