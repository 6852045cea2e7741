"""Plans several sprints in a row (`sprint plan --horizon N`, the roadmap) and checks the written one (`--check`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import successive
from revplan.analysis.progress import ready_tactics
from revplan.analysis.sprint_due import due_sprint
from revplan.app.sprint.lookup import get_sprint
from revplan.app.sprint.plan import Request, fill_sprint, formulate_sprint, solve_sprint, take_written
from revplan.app.sprint.preconditions import sprint_errors
from revplan.planning.changes import changes
from revplan.planning.horizon import horizon
from revplan.store.edit.plan import edit
from revplan.store.load import read_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from revplan.app.sprint.plan import PlannedSprint
    from revplan.diagnostics import Diagnostic
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.planning.answer import SprintPlan
    from revplan.planning.backlog import Formulation
    from revplan.planning.horizon import Horizon
    from revplan.store.loaded import Loaded

    Fill = Callable[[Formulation, Context, Request], PlannedSprint]


SPRINTS = 3
"""Number of sprints in a roadmap."""
MOST_SEARCHED = 100
"""Largest number of ready tactics for which a roadmap searches for the best plans. More would make reports slow."""


def plan_horizon(
    loaded: Loaded,
    context: Context,
    request: Request,
    count: int,
    on_progress: Callable[[str], None],
    first: PlannedSprint | None = None,
) -> Horizon:
    """Plan sprints one after another, each as if the sprints before it were written. Nothing is written.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        request: the options for planning; its sprint is the first sprint.
        count: the number of sprints, 1 or more.
        on_progress: receives progress messages.
        first: the first sprint, if it was planned already for the same plan, day and request.

    Raises:
        UnknownIdError: no sprint can have the id asked for.
        SprintError: the first sprint is past or closed.
        UnsoundError: the plan has errors in data that planning uses.
    """

    def fill(formulation: Formulation, context: Context, request: Request) -> PlannedSprint:
        return solve_sprint(formulation, context, request, on_progress)

    return _plan_in_turn(loaded, context, request, count, on_progress, fill, first)


def roadmap(
    loaded: Loaded,
    context: Context,
    on_progress: Callable[[str], None],
    planned: Mapping[str, PlannedSprint] | None = None,
) -> Horizon:
    """Plan the next three sprints: the best plan of each, or down the ranked list if the backlog is large.

    Args:
        loaded: the plan as it was read.
        context: the plan and the day.
        on_progress: receives progress messages.
        planned: sprints of the same plan and day that were planned already, by period; the first is not planned again.

    Raises:
        UnsoundError: the plan has errors in data that planning uses.
    """
    if len(ready_tactics(context.plan)) <= MOST_SEARCHED:
        first = (planned or {}).get(due_sprint(context).period.id)
        return plan_horizon(loaded, context, Request(), SPRINTS, on_progress, first)
    return _plan_in_turn(loaded, context, Request(), SPRINTS, on_progress, fill_sprint)


def _plan_in_turn(
    loaded: Loaded,
    context: Context,
    request: Request,
    count: int,
    on_progress: Callable[[str], None],
    fill: Fill,
    first: PlannedSprint | None = None,
) -> Horizon:
    periods = successive(context.plan, due_sprint(context, request.sprint).period, count)
    overlay: dict[str, bytes] = {}
    sprints, problems = [], []
    for period in periods:
        on_progress(f"planning {period.id}")
        own = replace(request, sprint=period.id)
        worked = first or fill(formulate_sprint(loaded, context, own), context, own)
        first = None
        sprints.append(worked.plan)
        problems.append(worked.formulation.whole)
        placed = replace(worked.plan, parked=())
        overlay |= edit(loaded, changes(placed, context.plan.sprints.get(period.id))).overlay
        loaded = read_over(loaded, overlay)
        context = replace(context, plan=loaded.plan)
    return horizon(sprints, problems)


class Check(NamedTuple):
    """The result of checking a written sprint.

    Attributes:
        sprint: the written sprint.
        plan: the sprint as it would be planned now, if that differs from the written sprint; else None.
        errors: the errors of the written sprint itself.
    """

    sprint: Sprint
    plan: SprintPlan | None
    errors: tuple[Diagnostic, ...]

    @property
    def passes(self) -> bool:
        """Whether the written sprint follows from the plan and has no errors."""
        return self.plan is None and not self.errors


def check_sprint(loaded: Loaded, context: Context, request: Request, on_progress: Callable[[str], None]) -> Check:
    """Check whether planning would write the sprint exactly as it is written, with the policy it was planned with.

    A planned sprint follows from the plan until data that planning uses changes, or its rows are edited so that they
    no longer work out or are worth less. A running sprint follows from the plan as long as planning it again from today
    would move, add and remove nothing. The result includes the written sprint's errors in both cases.

    Raises:
        UnknownIdError: no sprint can have the id, or the sprint is not written.
        SprintError: the sprint is past or closed.
        UnsoundError: the plan has errors in data that planning uses.
    """
    sprint = get_sprint(context, due_sprint(context, request.sprint).period.id)
    policy = sprint.plan.policy if sprint.plan is not None else request.policy
    asked = replace(request, sprint=sprint.id, policy=policy)
    formulation = formulate_sprint(loaded, context, asked)
    errors = sprint_errors(loaded, context, sprint.id)
    is_same = sprint.plan is not None and sprint.plan.of == formulation.digest
    is_unstarted = sprint.status == "planned" and formulation.situation.since > sprint.start  # its first days are over
    if is_same and (is_unstarted or take_written(formulation) is not None):
        return Check(sprint, None, errors)
    plan = solve_sprint(formulation, context, asked, on_progress).plan
    follows = (is_same or sprint.status == "active") and not plan.moves
    return Check(sprint, None if follows else plan, errors)
