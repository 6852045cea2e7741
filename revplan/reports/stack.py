"""`revplan report stack` and `stack plan`.

Which tools there are and lack, what passes between them, how they are brought in.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_args

from revplan import wording
from revplan.analysis.stack import STAGE_MINUTES, empty_categories, proposals, rollout_states
from revplan.model.stack import CORE_CATEGORIES, ROLLOUT_STAGES, ToolCategory
from revplan.reports import names, work_pictures
from revplan.reports.document import (
    Align,
    Column,
    Document,
    Items,
    Line,
    Section,
    Table,
    bad,
    dim,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.frame import Report, Working
from revplan.reports.look import look
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from revplan.analysis.stack import RolloutProposal, StageState
    from revplan.model.context import Context
    from revplan.model.plan import Plan
    from revplan.model.stack import Integration, Tool
    from revplan.reports.document import Run, Words

SCHEMA = "revplan/stack-plan/1"


def layout(plan: Plan) -> Document:
    """Lay out the proposed tactics of rollouts."""
    found = proposals(plan)
    nothing = Section(words("Nothing is missing"), (Line(words(good("Every stage is done, or in the backlog."))),))
    return Document(
        title=f"{plan.settings.company} · rollouts",
        lead=(),
        sections=(proposal_section(plan, found) if found else nothing,),
        data={"schema": SCHEMA, "proposals": [proposal_data(own) for own in found]},
        look=look(plan),
    )


_TONES = {"live": good, "building": warn, "wanted": warn, "broken": bad}
_ARROWS = {"one-way": "→", "two-way": "↔"}


def build(context: Context) -> Report:
    """Return the technology as it is, and what it lacks."""
    plan = context.plan
    return Report(
        name="stack",
        title="stack",
        sections=tuple(_sections(plan)),
        workings=tuple(_workings(plan)),
        data=_data(plan),
    )


def overview(plan: Plan) -> tuple[Section, ...]:
    """Return which core categories have a tool."""
    return (_categories(plan),)


def _sections(plan: Plan) -> Iterator[Section]:
    pictures = tuple(work_pictures.draw_stack(plan))
    if pictures:
        yield Section(words("Tools and flows"), pictures)
    categories = _categories(plan)
    yield replace(categories, blocks=(work_pictures.draw_categories(plan), *categories.blocks))
    if plan.stack.tools:
        yield _tools(plan)
        yield _integrations(plan)
    if rollout_states(plan):
        yield _rollouts(plan)
    found = proposals(plan)
    if found:
        yield proposal_section(plan, found)


# --- tools -------------------------------------------------------------------------------------------------------


def _categories(plan: Plan) -> Section:
    empty = empty_categories(plan.stack)
    title = words(f"Core categories: {len(CORE_CATEGORIES) - len(empty)} of {len(CORE_CATEGORIES)} filled")
    items = Items(tuple(_category(plan, category) for category in CORE_CATEGORIES))
    way = Line(words(dim("`revplan workshop stack` asks for what is missing.")))
    return Section(title, (items, *([way] if empty else [])))


def _category(plan: Plan, category: ToolCategory) -> Words:
    own = plan.stack.tools.values()
    tools = [tool.name for tool in own if category in tool.categories and tool.status != "retired"]
    return words(
        f"{wording.category(category)}: ", wording.join_names(tools) if tools else bad("no tool, not even a wanted one")
    )


def _tools(plan: Plan) -> Section:
    columns = (
        Column("Tool", share=1),
        Column("Status"),
        Column("In use", Align.RIGHT),
        Column("A year", Align.RIGHT),
        Column("Renews"),
        Column("Owner"),
    )
    rows = tuple(_tool_row(plan, tool) for tool in _in_order(plan))
    costs = [tool.annual_cost for tool in plan.stack.tools.values() if tool.annual_cost is not None]
    total = plan.settings.currency.say(sum(costs, Decimal(0))) if costs else None
    title = f"Tools: {len(plan.stack.tools)}" + (f", {total} a year as far as known" if total is not None else "")
    return Section(words(title), (Table(columns, rows),))


def _in_order(plan: Plan) -> list[Tool]:
    order = get_args(ToolCategory)
    return sorted(plan.stack.tools.values(), key=lambda tool: (order.index(tool.category), tool.name))


def _tool_row(plan: Plan, tool: Tool) -> tuple[Words, ...]:
    currency = plan.settings.currency
    return (
        words(tool.name, dim(f", {' and '.join(tool.categories)}{_users(plan, tool)}")),
        words(tool.status),
        words(wording.rate(tool.adoption, 0) if tool.adoption is not None else dim(wording.MISSING)),
        words(currency.say_in_full(tool.annual_cost) if tool.annual_cost is not None else dim(wording.MISSING)),
        words(_renewal(tool)),
        words(names.member(plan, tool.owner)),
    )


def _users(plan: Plan, tool: Tool) -> str:
    """Say which functions work with a tool; empty where the plan does not."""
    return f"; for {names.functions(plan, tool.used_by)}" if tool.used_by else ""


def _renewal(tool: Tool) -> Run | str:
    if tool.renewal is None:
        return dim(wording.MISSING)
    return f"{wording.MONTH_NAMES[tool.renewal.month - 1][:3]} {tool.renewal.year}"


# --- integrations ------------------------------------------------------------------------------------------------


MOST_IN_GRID = 25
"""Tools up to which a table has a row and a column for each: beyond, no screen has room, and few cells say anything."""


def _integrations(plan: Plan) -> Section:
    used = {name: tool.name for name, tool in plan.stack.tools.items() if tool.status != "retired"}
    live = sum(own.status == "live" for own in plan.stack.integrations.values())
    title = words(f"Integrations: {live} of {len(plan.stack.integrations)} live")
    between = [own for own in plan.stack.integrations.values() if own.from_ in used and own.to in used]
    if len(used) > MOST_IN_GRID:
        return Section(title, (_integration_list(used, between),))
    note = Line(words(dim("→ to the tool above, ← from it, ↔ both ways.")))
    return Section(title, (_integration_grid(used, between), note))


def _integration_list(used: Mapping[str, str], between: Iterable[Integration]) -> Table:
    columns = (Column("From", share=1), Column("To", share=1), Column("State"))
    return Table(columns, tuple((words(used[own.from_]), words(used[own.to]), words(_state(own))) for own in between))


def _integration_grid(used: Mapping[str, str], between: Iterable[Integration]) -> Table:
    best: dict[frozenset[str], Integration] = {}
    for own in sorted(between, key=lambda own: list(_TONES).index(own.status)):
        best.setdefault(frozenset((own.from_, own.to)), own)
    columns = (Column("To and from", share=1), *(Column(name) for name in used))
    rows = tuple((words(used[row]), *(words(_cell(best, row, column)) for column in used)) for row in used)
    return Table(columns, rows)


def _cell(best: Mapping[frozenset[str], Integration], row: str, column: str) -> Run | str:
    if row == column:
        return ""
    found = best.get(frozenset((row, column)))
    return _state(found, row) if found is not None else dim(wording.MISSING)


def _state(own: Integration, row: str | None = None) -> Run:
    """Say how an integration is, seen from the tool of a row, or from where it begins."""
    return _TONES[own.status](f"{_arrow(own, row or own.from_)} {own.status}")


def _arrow(own: Integration, row: str) -> str:
    return _ARROWS[own.direction] if own.direction == "two-way" or own.from_ == row else "←"


# --- rollouts ----------------------------------------------------------------------------------------------------


def _rollouts(plan: Plan) -> Section:
    columns = (Column("Rollout", share=1), *(Column(stage.capitalize(), share=1) for stage in ROLLOUT_STAGES))
    rows = tuple(
        (words(plan.stack.tools[name].name), *(words(_stage(own)) for own in states))
        for name, states in rollout_states(plan).items()
    )
    return Section(words("Rollouts, stage by stage"), (Table(columns, rows),))


def _stage(own: StageState) -> Run:
    day = f" {wording.short_date(own.day)}" if own.day is not None else ""
    match own.state:
        case "done":
            return good(f"done{day}")
        case "planned":
            return warn(f"planned{day}")
        case "skipped":
            return bad("skipped")
        case "missing":
            return bad(f"no task{day}")


def proposal_section(plan: Plan, found: tuple[RolloutProposal, ...]) -> Section:
    """Return the tactics that would bring the tools in."""
    items = tuple(words(strong(own.tactic), f": {_in_words(plan, own)}") for own in found)
    hint = Line(
        words(dim("`revplan stack plan --write` puts them into the backlog as ideas; hours are first guesses."))
    )
    return Section(words("Stages that no task of the backlog does yet"), (Items(items), hint))


def _in_words(plan: Plan, own: RolloutProposal) -> str:
    stages = wording.join_names([stage.stage for stage in own.stages])
    minutes = sum(STAGE_MINUTES[stage.stage] for stage in own.stages)
    due = f", by {wording.short_date(own.deadline)}" if own.deadline is not None else ""
    return f"{stages} {plan.stack.tools[own.tool].name}, {wording.hours(minutes)} h of {own.skill}{due}"


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(plan: Plan) -> Iterator[Working]:
    yield Working("Core categories", f"{', '.join(CORE_CATEGORIES)}; filled by a tool that is not retired")
    yield Working("In use", "adoption: the share of seats in use, as the plan has it")
    costs = [tool.annual_cost for tool in plan.stack.tools.values() if tool.annual_cost is not None]
    if costs:
        yield Working("Cost a year", " + ".join(plan.settings.currency.say(cost) for cost in costs))
    yield Working("Stages", "done by their date or the tool's status; skipped where a later one went ahead without it")


def _data(plan: Plan) -> dict[str, Any]:
    return {
        "empty_core_categories": list(empty_categories(plan.stack)),
        "tools": [_tool_data(name, tool) for name, tool in plan.stack.tools.items()],
        "integrations": [
            {"id": name, "from": own.from_, "to": own.to, "direction": own.direction, "status": own.status}
            for name, own in plan.stack.integrations.items()
        ],
        "rollouts": {name: [_stage_data(own) for own in states] for name, states in rollout_states(plan).items()},
        "proposals": [proposal_data(own) for own in proposals(plan)],
    }


def _tool_data(name: str, tool: Tool) -> dict[str, Any]:
    return {
        "tool": name,
        "name": tool.name,
        "category": tool.category,
        "status": tool.status,
        "owner": tool.owner,
        "adoption": as_number(tool.adoption),
        "annual_cost": as_number(tool.annual_cost),
        "renewal": tool.renewal.isoformat() if tool.renewal is not None else None,
        "also": list(tool.also),
        "used_by": list(tool.used_by),
    }


def _stage_data(own: StageState) -> dict[str, Any]:
    day = own.day.isoformat() if own.day is not None else None
    return {"stage": own.stage, "state": own.state, "day": day, "owner": own.owner}


def proposal_data(own: RolloutProposal) -> dict[str, Any]:
    """Return a proposed tactic as plain data."""
    return {
        "tactic": own.tactic,
        "tool": own.tool,
        "stages": [stage.stage for stage in own.stages],
        "hours": as_hours(sum(STAGE_MINUTES[stage.stage] for stage in own.stages)),
        "skill": own.skill,
        "deadline": own.deadline.isoformat() if own.deadline is not None else None,
    }
