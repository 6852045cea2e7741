"""`revplan sprint plan --horizon N` and the roadmap: so many sprints one after another on one calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.analysis.backlog import ready_tactics
from revplan.analysis.periods import successive
from revplan.analysis.sprint_due import due_sprint
from revplan.app.plan_sprint import fill_sprint, formulate_sprint, solve_sprint
from revplan.app.request import Request
from revplan.planning.changes import changes
from revplan.planning.horizon import horizon
from revplan.store.edit import edit
from revplan.store.read import read_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.plan_sprint import PlannedSprint
    from revplan.model.context import Context
    from revplan.planning.backlog import Formulation
    from revplan.planning.horizon import Horizon
    from revplan.store.loaded import Loaded

    Fill = Callable[[Formulation, Context, Request], PlannedSprint]

SPRINTS = 3
"""How far a roadmap looks ahead."""
MOST_SEARCHED = 100
"""Ready tactics up to which a roadmap searches for the best plans; a report is not to keep anybody waiting."""


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

    def fill(formulation: Formulation, context: Context, request: Request) -> PlannedSprint:
        return solve_sprint(formulation, context, request, tell)

    return _in_turn(loaded, context, request, count, tell, fill)


def roadmap(loaded: Loaded, context: Context, tell: Callable[[str], None]) -> Horizon:
    """Plan the next three sprints: each the best there is, or down the ranked list where the backlog is large.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        tell: is told what is going on, now and then.

    Raises:
        UnsoundError: the plan has errors in what the planning is computed from.
    """
    if len(ready_tactics(context.plan)) <= MOST_SEARCHED:
        return plan_horizon(loaded, context, Request(), SPRINTS, tell)
    return _in_turn(loaded, context, Request(), SPRINTS, tell, fill_sprint)


def _in_turn(
    loaded: Loaded, context: Context, request: Request, count: int, tell: Callable[[str], None], fill: Fill
) -> Horizon:
    periods = successive(context.plan, due_sprint(context, request.sprint).period, count)
    overlay: dict[str, bytes] = {}
    sprints, problems = [], []
    for period in periods:
        tell(f"planning {period.id}")
        own = replace(request, sprint=period.id)
        worked = fill(formulate_sprint(loaded, context, own), context, own)
        sprints.append(worked.plan)
        problems.append(worked.formulation.whole)
        placed = replace(worked.plan, parked=())
        overlay |= edit(loaded, changes(placed, context.plan.sprints.get(period.id))).overlay
        loaded = read_over(loaded.root, overlay)
        context = replace(context, plan=loaded.plan)
    return horizon(sprints, problems)
