"""Tactics that are taken out of a written sprint because somebody says so, begun or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.app.written import get_sprint
from revplan.diagnostics import did_you_mean
from revplan.errors import UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.context import Context


def drop_from_sprint(context: Context, sprint_id: str, tactics: Sequence[str]) -> Context:
    """Return the plan as if these tactics had been dropped from the written sprint today.

    Raises:
        UnknownIdError: the sprint is not written, or has no such tactic.
    """
    if not tactics:
        return context
    sprint = get_sprint(context, sprint_id)
    rows = dict(sprint.tactics)
    for name in tactics:
        if name not in rows or rows[name].dropped is not None:
            hint = did_you_mean(name, (each for each, row in rows.items() if row.dropped is None))
            raise UnknownIdError(f'sprint {sprint_id} has no tactic "{name}" to drop', hint=hint)
        rows[name] = rows[name].model_copy(update={"dropped": context.today})
    parked = {name: row for name, row in sprint.parked.items() if name not in tactics}
    without = sprint.model_copy(update={"tactics": rows, "parked": parked})
    return replace(context, plan=replace(context.plan, sprints={**context.plan.sprints, sprint_id: without}))
