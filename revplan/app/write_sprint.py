"""`revplan sprint plan --write`: a planned sprint as its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.save import save
from revplan.planning.changes import changes

if TYPE_CHECKING:
    from revplan.model.context import Context
    from revplan.planning.answer import SprintPlan
    from revplan.store.loaded import Loaded


def write_sprint(loaded: Loaded, context: Context, plan: SprintPlan) -> tuple[str, ...]:
    """Save a planned sprint; return the files that were written, none where nothing has changed.

    Raises:
        WriteRefusedError: the files changed meanwhile or cannot be written; nothing was.
    """
    return save(loaded, changes(plan, context.plan.sprints.get(plan.period.id)))
