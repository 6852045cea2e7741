"""What a plan must be to hang together: one rule a file, and the table of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from revplan.rules import (
    after_cycle,
    caviar_goals,
    close_lag_sum,
    core_category_empty,
    cover_past_limit,
    cover_without_limit,
    crm_not_integrated,
    drives_cycle,
    function_without_accountable,
    function_without_measurable,
    idle_function,
    metric_off_the_revenue_chain,
    no_shared_metric,
    reading_in_future,
    red_metric_without_issue,
    requires_cycle,
    rollout_stage_skipped,
    scorecard_size,
    segment_too_small,
    solved_without_action,
    spend_ahead_of_plan,
    stale_metric,
    target_out_of_reach,
    targets_miss_the_year,
    thin_pipeline,
    todo_far_off,
    todo_without_owner_or_due,
    todos_left_undone,
    wanted_without_rollout,
)
from revplan.rules.references import dangling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.diagnostics import Problem
    from revplan.model.context import Context


class Rule(Protocol):
    """A rule's module: its manual is the docstring, with What, Why, Bad and Good."""

    CODE: str
    __doc__: str | None

    def check(self, context: Context) -> Iterator[Problem]:
        """Yield what is wrong."""
        ...


RULES: tuple[Rule, ...] = (
    requires_cycle,
    after_cycle,
    drives_cycle,
    targets_miss_the_year,
    close_lag_sum,
    reading_in_future,
    caviar_goals,
    target_out_of_reach,
    thin_pipeline,
    segment_too_small,
    spend_ahead_of_plan,
    red_metric_without_issue,
    metric_off_the_revenue_chain,
    stale_metric,
    scorecard_size,
    core_category_empty,
    crm_not_integrated,
    rollout_stage_skipped,
    wanted_without_rollout,
    todo_without_owner_or_due,
    function_without_measurable,
    function_without_accountable,
    no_shared_metric,
    cover_past_limit,
    cover_without_limit,
    idle_function,
    solved_without_action,
    todos_left_undone,
    todo_far_off,
)
"""Every rule, in the order of their codes."""


def check(context: Context) -> Iterator[Problem]:
    """Yield what is wrong with a plan, in no order."""
    yield from dangling(context.plan)
    for rule in RULES:
        yield from rule.check(context)
