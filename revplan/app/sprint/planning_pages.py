"""The pages of planning: a planned sprint, two side by side, several ahead, one checked, and one tactic explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.reports import horizon, sprint_check, sprint_plan, tactic, what_if

if TYPE_CHECKING:
    from revplan.app.sprint.horizon import Check
    from revplan.app.sprint.what_if import WhatIf
    from revplan.model.plan import Plan
    from revplan.planning.answer import SprintPlan
    from revplan.planning.explain.claims import TacticExplanation
    from revplan.planning.horizon import Horizon
    from revplan.reports.document import Document


def sprint_page(plan: Plan, planned: SprintPlan) -> Document:
    """Return a planned sprint."""
    return sprint_plan.layout(plan, planned)


def sprint_page_with_tasks(plan: Plan, planned: SprintPlan) -> Document:
    """Return a planned sprint with every task: who does it, from when to when."""
    return sprint_plan.layout_with_tasks(plan, planned)


def what_if_page(tried: WhatIf) -> Document:
    """Return a sprint without and with changes, side by side."""
    return what_if.layout(tried.hypothesis.context.plan, tried.difference, tried.unmet)


def horizon_page(plan: Plan, found: Horizon) -> Document:
    """Return several sprints, planned one after another."""
    return horizon.layout(plan, found)


def check_page(plan: Plan, found: Check) -> Document:
    """Return whether a written sprint follows from the plan, and its errors."""
    errors = [error.message for error in found.errors]
    if found.plan is None:
        return sprint_check.follows(plan, found.sprint, errors)
    return sprint_check.differs(plan, found.sprint, found.plan, errors)


def tactic_page(plan: Plan, case: TacticExplanation) -> Document:
    """Return why a tactic is where it is, and what would bring it in."""
    return tactic.layout(plan, case)
