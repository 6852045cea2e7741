"""`revplan sprint plan --horizon N`: so many sprints one after another on one calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.periods import successive, which_sprint
from revplan.app.plan_sprint import work_out
from revplan.planning.changes import changes
from revplan.planning.horizon import horizon
from revplan.store.edit import edit
from revplan.store.read import read_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.plan_sprint import Request
    from revplan.model.context import Context
    from revplan.planning.horizon import Horizon
    from revplan.store.loaded import Loaded


def plan_horizon(
    loaded: Loaded, context: Context, request: Request, count: int, tell: Callable[[str], None]
) -> Horizon:
    """Plan sprints one after another, each as if those before it had been written. Nothing is written.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: how the sprints are planned; its sprint is the first.
        count: how many, 1 or more.
        tell: is told what is going on, now and then.

    Raises:
        UnknownIdError, SprintError: the sprint asked for is none, or is past or closed.
        UnsoundError: the plan has errors in what the planning is computed from.
    """
    periods = successive(context.plan, which_sprint(context, request.sprint), count)
    overlay: dict[str, bytes] = {}
    sprints, problems = [], []
    for period in periods:
        tell(f"planning {period.id}")
        worked = work_out(loaded, context, replace(request, sprint=period.id), tell)
        sprints.append(worked.plan)
        problems.append(worked.formulation.whole)
        overlay |= edit(loaded, changes(worked.plan, context.plan.sprints.get(period.id))).overlay
        loaded = read_over(loaded.root, overlay)
        context = replace(context, plan=loaded.plan)
    return horizon(sprints, problems)
