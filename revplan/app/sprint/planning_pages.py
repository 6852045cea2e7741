"""The pages of planning: a planned sprint, two side by side, several ahead, one checked, and one tactic explained.

Each imports its own report, for only one is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from revplan.reports import sprint_plan

    return sprint_plan.layout(plan, planned)


def sprint_page_with_tasks(plan: Plan, planned: SprintPlan) -> Document:
    """Return a planned sprint with every task: who does it, from when to when."""
    from revplan.reports import sprint_plan

    return sprint_plan.layout_with_tasks(plan, planned)


def what_if_page(tried: WhatIf) -> Document:
    """Return a sprint without and with changes, side by side."""
    from revplan.reports import what_if

    return what_if.layout(tried.hypothesis.context.plan, tried.difference, tried.unmet)


def horizon_page(plan: Plan, found: Horizon) -> Document:
    """Return several sprints, planned one after another."""
    from revplan.reports import horizon

    return horizon.layout(plan, found)


def check_page(plan: Plan, found: Check) -> Document:
    """Return whether a written sprint follows from the plan, and its errors."""
    from revplan.reports import sprint_check

    errors = [error.message for error in found.errors]
    if found.plan is None:
        return sprint_check.follows(plan, found.sprint, errors)
    return sprint_check.differs(plan, found.sprint, found.plan, errors)


def tactic_page(plan: Plan, case: TacticExplanation) -> Document:
    """Return why a tactic is where it is, and what would bring it in."""
    from revplan.reports import tactic

    return tactic.layout(plan, case)
