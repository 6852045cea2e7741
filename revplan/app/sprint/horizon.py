"""`revplan sprint plan --horizon N` and the roadmap, and `--check`.

Whether the written sprint still follows from the plan.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.analysis.periods import successive
from revplan.analysis.progress import ready_tactics
from revplan.analysis.sprint_due import due_sprint
from revplan.app.sprint.lookup import get_sprint, sprint_errors
from revplan.app.sprint.plan import Request, fill_sprint, formulate_sprint, solve_sprint
from revplan.planning.changes import changes
from revplan.planning.horizon import horizon
from revplan.store.edit.plan import edit
from revplan.store.load import read_over

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.diagnostics import Diagnostic
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.planning.answer import SprintPlan
    from revplan.store.loaded import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.sprint.plan import PlannedSprint
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


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found.

    Attributes:
        sprint: the written sprint.
        plan: what the plan gives now, where that is not what is written; None where the written sprint follows.
        errors: what is wrong with the written sprint itself.
    """

    sprint: Sprint
    plan: SprintPlan | None
    errors: tuple[Diagnostic, ...]

    @property
    def passes(self) -> bool:
        """Whether the sprint follows from the plan and holds."""
        return self.plan is None and not self.errors


def check_sprint(loaded: Loaded, context: Context, request: Request, tell: Callable[[str], None]) -> Check:
    """Tell whether planning would write the sprint as it is written, by the policy it was planned with.

    While a sprint is planned, that is so as long as nothing it was computed from has changed. One that is running
    follows from the plan as long as planning it from today on would move nothing, let nothing in and nothing out.
    Errors of the written sprint are told in either case.

    Raises:
        UnknownIdError, SprintError: the sprint asked for is none, is not written, or is past or closed.
        UnsoundError: the plan has errors in what the planning is computed from.
    """
    sprint = get_sprint(context, due_sprint(context, request.sprint).period.id)
    policy = sprint.plan.policy if sprint.plan is not None else request.policy
    asked = replace(request, sprint=sprint.id, policy=policy)
    formulation = formulate_sprint(loaded, context, asked)
    errors = sprint_errors(loaded, context, sprint.id)
    if sprint.plan is not None and sprint.plan.of == formulation.digest:
        return Check(sprint, None, errors)
    plan = solve_sprint(formulation, context, asked, tell).plan
    follows = sprint.status == "active" and not plan.moves
    return Check(sprint, None if follows else plan, errors)
