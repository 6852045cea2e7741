"""Tools that ask: is the plan sound, what fits into the sprint, what if, what is scarce, where the year will end."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from revplan.app.assistant.arguments import Form, Id, Ids, Policy
from revplan.app.assistant.reading import severities
from revplan.app.assistant.tool import (
    DOCUMENTS,
    MOST_FINDINGS,
    TEXT,
    Answer,
    AssistantTool,
    PlanAccess,
    document_answer,
    findings_data,
)
from revplan.app.checking.launches import campaign_readiness, launches_within
from revplan.app.checking.validate import (
    Selection,
    Validation,
    narrow_findings,
    validate_to_show,
)
from revplan.app.reporting.report import report
from revplan.app.sprint.horizon import check_sprint, plan_horizon
from revplan.app.sprint.plan import Request
from revplan.app.sprint.plan import plan_sprint as plan_one
from revplan.app.sprint.what_if import WhatIf
from revplan.app.sprint.what_if import what_if as try_changes
from revplan.diagnostics import Severity
from revplan.errors import InputError
from revplan.reports import bottlenecks as scarce
from revplan.reports import horizon, launch_check, sprint_check, sprint_plan, sprint_plan_json, what_if

Codes = Annotated[Ids, Field(description="Codes, slugs, or beginnings such as RP4.")]
WhatIfs = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=2000)]],
    Field(
        max_length=50,
        description="Changes in the plan's words: team.dana.hours_per_week=20, 'team.+sam={…}' adds, tactics.-podcast"
        " removes.",
    ),
]
Tactics = Annotated[Ids, Field(description="Ids of tactics.")]
Sprint = Annotated[Id | None, Field(description="Such as 2026-12; else the one that is due.")]
Reserve = Annotated[
    bool | None, Field(description="Whether planned work may take the reserve; else as the written sprint says.")
]
Goal = Annotated[
    str | None, Field(max_length=500, description="What the sprint is to achieve; else as the written sprint says.")
]


def validate(
    at: PlanAccess,
    select: Codes = [],  # noqa: B006
    ignore: Codes = [],  # noqa: B006
    limit: Annotated[int, Field(ge=0, le=1000)] = MOST_FINDINGS,
) -> Answer:
    """Tell everything that is wrong with the plan, each with its place and the way out.

    `counts` counts all that is selected by severity; `findings` holds the first of them.
    """
    loaded, context = at.open()
    found = validate_to_show(loaded, context)
    return validation_data(narrow_findings(found, Selection((*select,), (*ignore,)), loaded.root), limit)


VALIDATION = "revplan/validation/1"
_VALIDATION = {"counts": "object", "more": "integer", "findings": "object"}


def validation_data(found: Validation, limit: int = MOST_FINDINGS) -> dict[str, Any]:
    """Return what validate found: how much of each severity, and the first findings, errors first."""
    by_severity = sorted(found.diagnostics, key=lambda each: _GRAVITY[each.severity])
    return {
        "schema": VALIDATION,
        "counts": severities(found.diagnostics),
        "more": max(len(by_severity) - limit, 0) + sum(found.omitted.values()),
        "findings": findings_data(by_severity[:limit], found.files),
    }


_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


def sprint_plan_(
    at: PlanAccess,
    sprint: Sprint = None,
    policy: Policy = "value",
    goal: Goal = None,
    drop: Annotated[Ids, Field(description="Tactics of the written sprint to let go, begun or not.")] = [],  # noqa: B006
    use_reserve: Reserve = None,
    form: Form = "json",
) -> Answer:
    """Fill a sprint from the team's real hours: what fits, who does it, by when, and why not the rest.

    Nothing is written. policy is value for the best plan, or rank for strictly down the ranked list. Can take a while.
    """
    loaded, context = at.open()
    request = Request(sprint, policy, goal, (*drop,), use_reserve=use_reserve)
    planned = plan_one(loaded, context, request, at.on_progress)
    return document_answer(sprint_plan.layout_with_tasks(loaded.plan, planned), form)


def sprint_horizon(
    at: PlanAccess,
    count: Annotated[int, Field(ge=1, le=12, description="How many sprints, one after another.")] = 3,
    sprint: Sprint = None,
    policy: Policy = "value",
    form: Form = "json",
) -> Answer:
    """Plan several sprints in a row, each as if those before it were written. Nothing is written."""
    loaded, context = at.open()
    found = plan_horizon(loaded, context, Request(sprint, policy), count, at.on_progress)
    return document_answer(horizon.layout(loaded.plan, found), form)


def sprint_check_(at: PlanAccess, sprint: Sprint = None, form: Form = "json") -> Answer:
    """Tell whether the written sprint still follows from the plan, and what planning it anew would change."""
    loaded, context = at.open()
    found = check_sprint(loaded, context, Request(sprint), at.on_progress)
    errors = [error.message for error in found.errors]
    if found.plan is None:
        return document_answer(sprint_check.follows(loaded.plan, found.sprint, errors), form)
    return document_answer(sprint_check.differs(loaded.plan, found.sprint, found.plan, errors), form)


def what_if_(
    at: PlanAccess,
    changes: WhatIfs = [],  # noqa: B006
    pin: Tactics = [],  # noqa: B006
    without: Annotated[Ids, Field(description="Members who are away.")] = [],  # noqa: B006
    unpin: Tactics = [],  # noqa: B006
    sprint: Sprint = None,
    policy: Policy = "value",
    use_reserve: Reserve = None,
    form: Form = "json",
) -> Answer:
    """Show what changes of the plan make of the sprint: both plans side by side. Nothing is written.

    `pin` shows what it costs to have a tactic in, `without` what the sprint is without somebody, and `unpin` what it
    is once a tactic competes again that the sprint pins, sets aside or has dropped.
    """
    request = Request(sprint, policy, pins=(*pin,), without=(*without,), unpin=(*unpin,), use_reserve=use_reserve)
    return _compare(at, request, changes, form)


def swap(
    at: PlanAccess,
    tactic_in: Annotated[Id, Field(description="The parked tactic that is to come in.")],
    tactic_out: Annotated[Id, Field(description="The placed tactic that is to leave for it.")],
    sprint: Sprint = None,
    form: Form = "json",
) -> Answer:
    """Show what swapping one tactic for another makes of the sprint: both plans side by side. Nothing is written."""
    return _compare(at, Request(sprint, pins=(tactic_in,), aside=(tactic_out,)), [], form)


def _compare(at: PlanAccess, request: Request, changes: list[str], form: str) -> Answer:
    loaded, context = at.open()
    tried = try_changes(loaded, context, request, words_of(request, changes), at.on_progress)
    return what_if_answer(tried, form)


def what_if_answer(tried: WhatIf, form: str = "json") -> Answer:
    """Return both plans, before and after."""
    return document_answer(what_if.layout(tried.hypothesis.context.plan, tried.difference, tried.unmet), form)


def words_of(request: Request, changes: list[str]) -> tuple[str, ...]:
    """Return what-ifs, none of which names a file: no tool reads what does not belong to the plan.

    Raises:
        InputError: one of them names a file, or there is nothing to compare.
    """
    for each in changes:
        if "=" not in each and each.endswith((".yaml", ".yml")):
            raise InputError("a what-if that names a file is not read here", hint="write its changes one by one")
    if not (changes or request.chooses):
        raise InputError("nothing is to be changed", hint="name changes, pin or without; sprint_plan plans as it is")
    return (*changes,)


def bottlenecks(at: PlanAccess, sprint: Sprint = None) -> Answer:
    """Tell what more of a scarce resource would add to the sprint: hours of a skill or a member, or cash."""
    loaded, context = at.open()
    planned = plan_one(loaded, context, Request(sprint), at.on_progress)
    return {"schema": BOTTLENECKS, "sprint": planned.period.id, "bottlenecks": scarce.data(planned.bottlenecks)}


BOTTLENECKS = "revplan/bottlenecks/1"
_BOTTLENECKS = {"sprint": "string", "bottlenecks": "array"}


def forecast(
    at: PlanAccess,
    year: Annotated[int | None, Field(ge=1970, le=2200, description="Another fiscal year.")] = None,
    form: Form = "json",
) -> Answer:
    """Tell where the year's revenue will end, with the odds of its target, from what was measured."""
    loaded, context = at.open()
    return document_answer(report(loaded, context, "forecast", at.on_progress, year), form)


def campaign_check(
    at: PlanAccess,
    campaign: Id | None = None,
    within: Annotated[int, Field(ge=0, le=3660, description="Days to the launch, where none is named.")] = 14,
    form: Form = "json",
) -> Answer:
    """Tell whether campaigns can be launched, and what each one lacks."""
    _, context = at.open()
    found = launches_within(context, within) if campaign is None else campaign_readiness(context, campaign)
    return document_answer(launch_check.layout(context, found, within), form)


ASKING = (
    AssistantTool(validate, (VALIDATION,), shape=_VALIDATION),
    AssistantTool(sprint_plan_, (sprint_plan_json.SCHEMA, TEXT)),
    AssistantTool(sprint_horizon, (horizon.SCHEMA, TEXT)),
    AssistantTool(sprint_check_, DOCUMENTS),
    AssistantTool(what_if_, (what_if.SCHEMA, TEXT)),
    AssistantTool(swap, (what_if.SCHEMA, TEXT)),
    AssistantTool(bottlenecks, (BOTTLENECKS,), shape=_BOTTLENECKS),
    AssistantTool(forecast, DOCUMENTS),
    AssistantTool(campaign_check, DOCUMENTS),
)
"""The tools that ask."""
