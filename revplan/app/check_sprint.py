"""`revplan sprint plan --check`: whether the written sprint still follows from the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from revplan.analysis.sprint_due import due_sprint
from revplan.app.plan_sprint import formulate_sprint, solve_sprint
from revplan.app.sound import sprint_errors
from revplan.app.written import get_sprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.request import Request
    from revplan.diagnostics import Diagnostic
    from revplan.model.context import Context
    from revplan.model.sprints import Sprint
    from revplan.planning.answer import SprintPlan
    from revplan.store.loaded import Loaded


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
