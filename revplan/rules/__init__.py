"""What a plan must be to hang together: one rule a file, and the table of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from revplan.rules import (
    after_cycle,
    alias_expansion,
    bad_id,
    caviar_goals,
    close_lag_sum,
    complex_key,
    conflicting_keys,
    control_character,
    core_category_empty,
    cover_past_limit,
    cover_without_limit,
    crm_not_integrated,
    custom_tag,
    drives_cycle,
    duplicate_id,
    duplicate_key,
    duplicate_setting,
    end_before_start,
    file_too_large,
    function_without_accountable,
    function_without_measurable,
    idle_function,
    link_out_of_plan,
    merge_key,
    metric_off_the_revenue_chain,
    misplaced_settings,
    missing_key,
    nesting_too_deep,
    no_shared_metric,
    not_utf_8,
    out_of_range,
    reading_in_future,
    red_metric_without_issue,
    requires_cycle,
    rollout_stage_skipped,
    scorecard_size,
    segment_too_small,
    several_documents,
    solved_without_action,
    spend_ahead_of_plan,
    stale_metric,
    tab_indentation,
    target_out_of_reach,
    targets_miss_the_year,
    thin_pipeline,
    todo_far_off,
    todo_without_owner_or_due,
    todos_left_undone,
    unknown_budget_line,
    unknown_campaign,
    unknown_client,
    unknown_competitor,
    unknown_format,
    unknown_function,
    unknown_issue,
    unknown_key,
    unknown_member,
    unknown_metric,
    unknown_objective,
    unknown_persona,
    unknown_pillar,
    unknown_segment,
    unknown_tactic,
    unknown_task,
    unknown_tool,
    unknown_value,
    unknown_variant,
    unreadable_file,
    unused_ignore,
    wanted_without_rollout,
    wrong_type,
    yaml_syntax,
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
    not_utf_8,
    yaml_syntax,
    duplicate_key,
    tab_indentation,
    custom_tag,
    merge_key,
    alias_expansion,
    nesting_too_deep,
    file_too_large,
    control_character,
    unreadable_file,
    several_documents,
    complex_key,
    link_out_of_plan,
    unused_ignore,
    unknown_key,
    missing_key,
    wrong_type,
    out_of_range,
    unknown_value,
    bad_id,
    duplicate_id,
    end_before_start,
    duplicate_setting,
    misplaced_settings,
    unknown_format,
    conflicting_keys,
    unknown_persona,
    unknown_segment,
    unknown_competitor,
    unknown_pillar,
    unknown_objective,
    unknown_function,
    unknown_member,
    unknown_tactic,
    unknown_task,
    unknown_campaign,
    unknown_variant,
    unknown_metric,
    unknown_client,
    unknown_budget_line,
    unknown_tool,
    unknown_issue,
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
