"""What a plan must be to hang together: one rule a file, and this table of all of them.

A rule's file has its code, its slug, its severity, its manual and its check. Three functions list the files, so that a
command imports those rules alone that it asks: planning a sprint those that could stop it, and reading a plan none.
`revplan.diagnostics.CODES` says the same of every code, for packages below this one; a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from revplan.diagnostics import DANGLING_CODES, SHAPE_CODES, TEXT_CODES, Severity
from revplan.rules.references import dangling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.diagnostics import Code, Finding
    from revplan.model.context import Context


class Rule(Protocol):
    """A rule's module: its manual is the docstring, with What, Why, Bad and Good."""

    CODE: str
    SLUG: str
    SEVERITY: Severity
    __doc__: str | None

    def check(self, context: Context) -> Iterator[Finding]:
        """Yield a finding for each fault."""
        ...


def error_rules() -> tuple[Rule, ...]:
    """Return the rules that check a whole plan for errors, by code."""
    from revplan.rules import (
        after_cycle,
        assigned_while_away,
        assignee_below_level,
        campaign_target_count,
        campaign_without_pillar,
        close_lag_sum,
        closed_sprint_edited,
        contradicting_figures,
        contradictory_people,
        contradictory_playbook,
        done_without_definition,
        drives_cycle,
        launched_with_open_item,
        launched_without_metric_target,
        misdated_work,
        over_plannable,
        overbooked_days,
        pinned_owner_unable,
        ratio_cycle,
        reading_in_future,
        recurring_without_owner,
        requires_cycle,
        requires_what_it_excludes,
        shares_over_100,
        targets_miss_the_year,
        task_assigned_twice,
        todo_without_owner_or_due,
        unassigned_work,
    )

    return (
        requires_cycle,
        after_cycle,
        drives_cycle,
        ratio_cycle,
        over_plannable,
        assigned_while_away,
        assignee_below_level,
        unassigned_work,
        task_assigned_twice,
        closed_sprint_edited,
        shares_over_100,
        misdated_work,
        overbooked_days,
        pinned_owner_unable,
        recurring_without_owner,
        done_without_definition,
        requires_what_it_excludes,
        contradictory_playbook,
        contradictory_people,
        campaign_target_count,
        campaign_without_pillar,
        launched_with_open_item,
        launched_without_metric_target,
        targets_miss_the_year,
        close_lag_sum,
        reading_in_future,
        contradicting_figures,
        todo_without_owner_or_due,
    )


def milder_rules() -> tuple[Rule, ...]:
    """Return the rules that check a whole plan for warnings and advice, by code."""
    from revplan.rules import (
        asset_off_story,
        assumption_off_measured,
        attendee_never_there,
        caviar_goals,
        channel_persona_does_not_use,
        claim_without_proof,
        core_category_empty,
        cover_past_limit,
        cover_without_limit,
        crm_not_integrated,
        dates_without_room,
        dropped_in_sprint,
        faint_site_color,
        function_without_accountable,
        function_without_measurable,
        heavy_business_as_usual,
        identical_variant,
        idle_function,
        impact_inflation,
        implausible_hours,
        long_task,
        low_estimates,
        meetings_over_hours,
        metric_off_the_revenue_chain,
        missing_actual,
        months_without_money,
        more_than_a_day,
        no_shared_metric,
        old_competitor_review,
        old_persona_evidence,
        parked_past_review,
        parked_three_sprints,
        playbook_task_missing,
        random_act,
        rate_without_per_cent,
        red_metric_without_issue,
        result_before_done,
        retainer_exceeded,
        rollout_stage_skipped,
        scorecard_size,
        scoring_field_missing,
        segment_too_small,
        shared_differentiator,
        single_point_of_failure,
        skill_nobody_has,
        skill_over_supply,
        solved_without_action,
        spend_ahead_of_plan,
        spend_below_budget,
        stale_metric,
        start_off_actual,
        strategy_section_missing,
        tactic_without_metric,
        target_out_of_reach,
        thin_pipeline,
        thousands_as_decimals,
        todo_far_off,
        todos_left_undone,
        too_few_able,
        too_many_objectives,
        two_impact_values,
        unclear_tracking,
        uncommitted_function,
        unknown_time_zone,
        unserved_persona,
        unusable_logo,
        values_on_some_only,
        wait_for_nothing,
        wanted_without_rollout,
        written_off_dates,
    )

    return (
        skill_over_supply,
        single_point_of_failure,
        parked_past_review,
        parked_three_sprints,
        retainer_exceeded,
        meetings_over_hours,
        unknown_time_zone,
        dropped_in_sprint,
        written_off_dates,
        unusable_logo,
        heavy_business_as_usual,
        attendee_never_there,
        faint_site_color,
        implausible_hours,
        more_than_a_day,
        skill_nobody_has,
        values_on_some_only,
        random_act,
        scoring_field_missing,
        result_before_done,
        dates_without_room,
        wait_for_nothing,
        too_few_able,
        long_task,
        low_estimates,
        impact_inflation,
        two_impact_values,
        tactic_without_metric,
        playbook_task_missing,
        unserved_persona,
        claim_without_proof,
        shared_differentiator,
        uncommitted_function,
        strategy_section_missing,
        too_many_objectives,
        old_persona_evidence,
        old_competitor_review,
        channel_persona_does_not_use,
        asset_off_story,
        identical_variant,
        unclear_tracking,
        caviar_goals,
        target_out_of_reach,
        thin_pipeline,
        segment_too_small,
        spend_ahead_of_plan,
        start_off_actual,
        assumption_off_measured,
        spend_below_budget,
        months_without_money,
        thousands_as_decimals,
        red_metric_without_issue,
        metric_off_the_revenue_chain,
        stale_metric,
        rate_without_per_cent,
        scorecard_size,
        missing_actual,
        core_category_empty,
        crm_not_integrated,
        rollout_stage_skipped,
        wanted_without_rollout,
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


def rules_checked_at_load() -> tuple[Rule, ...]:
    """Return the rules without a check of their own: the store or the pass over references yields their findings."""
    from revplan.rules import (
        alias_expansion,
        bad_id,
        complex_key,
        conflicting_keys,
        control_character,
        custom_tag,
        duplicate_id,
        duplicate_key,
        duplicate_setting,
        end_before_start,
        file_too_large,
        link_out_of_plan,
        merge_key,
        misplaced_settings,
        missing_key,
        nesting_too_deep,
        no_exchange_rate,
        not_utf_8,
        out_of_range,
        several_documents,
        tab_indentation,
        unknown_budget_line,
        unknown_calendar,
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
        unknown_playbook,
        unknown_segment,
        unknown_tactic,
        unknown_task,
        unknown_tool,
        unknown_value,
        unknown_variant,
        unreadable_file,
        unused_ignore,
        wrong_type,
        yaml_syntax,
    )

    return (
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
        no_exchange_rate,
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
        unknown_calendar,
        unknown_playbook,
    )


CHECKED_AT_LOAD = frozenset((*TEXT_CODES, *SHAPE_CODES, *DANGLING_CODES))
"""The codes of those."""


def rule(code: Code) -> Rule:
    """Return the rule of a code."""
    return next(each for each in _table(code) if code.code == each.CODE)


def _table(code: Code) -> tuple[Rule, ...]:
    """Return the list that has a code's rule."""
    if code in CHECKED_AT_LOAD:
        return rules_checked_at_load()
    return error_rules() if code.severity is Severity.ERROR else milder_rules()


def check(context: Context) -> Iterator[Finding]:
    """Yield the findings of all rules that check a whole plan, in no order."""
    yield from check_errors(context)
    for each in milder_rules():
        yield from each.check(context)


def check_errors(context: Context) -> Iterator[Finding]:
    """Yield the findings of the rules for errors, which prevent planning, in no order."""
    yield from dangling(context.plan)
    for each in error_rules():
        yield from each.check(context)
