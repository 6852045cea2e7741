"""Sound calls of an assistant, changed here and there: answered or refused in words, and never a traceback.

The plan is small and read in milliseconds, so that searches are called too, and many calls fit into a second.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from revplan.app.assistant.tool import PlanAccess
from tests.app.assistant.test_tool_hostile import ODD_VALUES, TOOLS, outcome
from tests.support.inputs import any_seed
from tests.support.kettle import FILES, laid_out
from tests.support.mutation import ODD, mutated

if TYPE_CHECKING:
    import random

    from revplan.app.assistant.tool import AssistantTool

WRITTEN = {"dry_run": False}
SHEET = "## Copper Kettle · workshop: The Big Story\n\n**Answer**: (land/vision)\n\n- Good coffee\n"
CALLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("overview", {}),
    ("list", {"kind": "tactic", "where": {"function": "marketing"}, "limit": 2, "offset": 1}),
    ("show", {"kind": "tactic", "id": "page"}),
    ("settings", {}),
    ("refs", {"kind": "member", "id": "sam"}),
    ("report", {"name": "scoreboard", "year": 2026, "explain": True, "form": "markdown"}),
    ("report", {"name": "capacity"}),
    ("agenda", {"kind": "weekly", "form": "json"}),
    ("explain", {"topic": "page"}),
    ("validate", {"limit": 5}),
    ("forecast", {}),
    ("sprint_list", {}),
    ("sprint_show", {"sprint": "2026-12", "form": "markdown"}),
    ("sprint_status", {"sprint": "2026-12"}),
    ("sprint_brief", {"member": "sam", "sprint": "2026-12"}),
    ("skill_list", {}),
    ("playbook_list", {"stage": "lead", "fits": True}),
    ("playbook_show", {"id": "webinar"}),
    ("workshop_list", {}),
    ("workshop_sheet", {"name": "story"}),
    ("campaign_check", {"within": 90}),
    ("sprint_plan", {"sprint": "2026-12", "policy": "rank", "goal": "Be found", "drop": ["page"], "use_reserve": True}),
    ("sprint_horizon", {"count": 2}),
    ("sprint_check", {"sprint": "2026-12"}),
    ("what_if", {"changes": ["team.noor.hours_per_week=20"], "pin": ["fair"], "without": ["sam"]}),
    ("what_if", {"changes": ["team.+eve={name: Eve, kind: employee, function: sales, hours_per_week: 20}"]}),
    ("what_if", {"changes": ["tactics.-calls", "sprint.budget=2000"]}),
    ("swap", {"tactic_in": "fair", "tactic_out": "calls"}),
    ("bottlenecks", {"sprint": "2027-01"}),
    ("add", {"kind": "tactic", "fields": {"title": "Mail", "function": "marketing", "impact": 5, "tasks.do.skill":
     "web", "tasks.do.hours": 2}, **WRITTEN}),
    ("add", {"kind": "playbook", "id": "own", "fields": {}, "from_playbook": "webinar", **WRITTEN}),
    ("add", {"kind": "todo", "fields": {"title": "Call", "owner": "sam", "due": "2026-12-04"}, **WRITTEN}),
    ("edit", {"kind": "tactic", "id": "page", "fields": {"impact": 8, "tasks.write.hours": 2.5, "tier": None},
     **WRITTEN}),
    ("drop", {"kind": "todo", "id": "ring", **WRITTEN}),
    ("rename", {"kind": "member", "id": "sam", "new": "samira", **WRITTEN}),
    ("set", {"key": "sprint.focus_factor", "value": 0.75, **WRITTEN}),
    ("todo_done", {"ids": ["ring"], **WRITTEN}),
    ("issue_solve", {"id": "late", "solution": "Ring", "todo": "Set it", "owner": "sam", "due": "2026-12-09",
     **WRITTEN}),
    ("tactic_result", {"id": "over", "moved": "yes", "by": 7, "learnt": "Call sooner", **WRITTEN}),
    ("metric_record", {"id": "tastings", "value": 3, "day": "2026-12-01", **WRITTEN}),
    ("goal_record", {"amount": "40k", "month": "2026-11", **WRITTEN}),
    ("budget_record", {"id": "ads", "amount": 900, "month": "2026-11", "more": True, **WRITTEN}),
    ("team_time_off", {"member": "noor", "days": "2026-12-21..2026-12-23", "hours": 4, "reason": "Dentist",
     **WRITTEN}),
    ("campaign_checklist", {"campaign": "winter", "items": ["proofread", "approved=not-applicable"], **WRITTEN}),
    ("campaign_plan", {"campaign": "winter", **WRITTEN}),
    ("stack_plan", {**WRITTEN}),
    ("guide_write", {**WRITTEN}),
    ("fmt", {**WRITTEN}),
    ("fix", {"select": ["RP302"], **WRITTEN}),
    ("meeting_close", {"kind": "weekly", "attended": ["sam, noor"], "rating": ["sam: 8"], "todos": ["Bake (sam)"],
     "filled": "**Decisions**\n\n- Call first\n", **WRITTEN}),
    ("workshop_record", {"name": "story", "sheet": SHEET, **WRITTEN}),
    ("sprint_plan_write", {"pin": ["calls"], "goal": "Be heard", "sprint": "2027-01", **WRITTEN}),
    ("sprint_start", {"sprint": "2026-12", **WRITTEN}),
    ("sprint_log", {"task": "page/write", "hours": 3.5, "left": 2, "day": "2026-12-02", **WRITTEN}),
    ("sprint_drop", {"tasks": ["page/build"], "sprint": "2026-12", **WRITTEN}),
    ("sprint_close", {"carry": True, "early": True, **WRITTEN}),
    ("sprint_reopen", {"sprint": "2026-12", **WRITTEN}),
)  # fmt: skip
"""Calls as an assistant makes them. History is left out: each of its calls starts git."""
BY_NAME = {tool.name: tool for tool in TOOLS}
WORDS = tuple(sorted({word for text in FILES.values() for word in text.split() if word.isalnum()}))


@pytest.fixture(scope="module")
def access(tmp_path_factory: pytest.TempPathFactory) -> PlanAccess:
    root = tmp_path_factory.mktemp("mutated") / "plan"
    return PlanAccess(root, None, lambda: date(2026, 12, 2), lambda _: None)


def nearly(chance: random.Random, value: Any) -> Any:
    """Return a value of a call that is another one: a part of it changed, or all of it."""
    if chance.random() < 0.1:
        return chance.choice((*ODD_VALUES, *ODD))
    if isinstance(value, str):
        return chance.choice(WORDS) if chance.random() < 0.3 else mutated(chance, value, (*ODD, *WORDS))
    if isinstance(value, list) and value:
        at = chance.randrange(len(value))
        return [*value[:at], nearly(chance, value[at]), *value[at + chance.choice((0, 1)) :]]
    if isinstance(value, dict) and value:
        key = chance.choice(sorted(value))
        other = mutated(chance, key, WORDS) if chance.random() < 0.3 else key
        return {**value, other: nearly(chance, value[key])}
    return chance.choice((True, False, 0, 1, -1, 0.1, 12, 40, 1e9, 10**12, *ODD))


def any_call(chance: random.Random) -> tuple[AssistantTool, dict[str, Any]]:
    """Return a call that is sound but for one to three of its arguments, or but for its tool."""
    name, taken = chance.choice(CALLS)
    for _ in range(chance.choice((1, 1, 2, 3))):
        roll = chance.random()
        if roll < 0.1:
            taken = {key: value for key, value in taken.items() if key != chance.choice(sorted(taken))}
        elif roll < 0.2:
            taken = {**chance.choice(CALLS)[1], **taken}
            known = BY_NAME[name].takes["properties"]
            taken = {key: value for key, value in taken.items() if key in known}
        elif taken:
            taken = nearly(chance, taken)
            taken = taken if isinstance(taken, dict) else {}
    return BY_NAME[name], taken


def test_every_tool_but_history_is_called(access: PlanAccess) -> None:
    """And each call is sound before it is changed: what is refused at once would test nothing."""
    assert {name for name, _ in CALLS} == BY_NAME.keys() - {"diff", "log"}
    refused = set()
    for name, taken in CALLS:
        laid_out(access.root)
        if outcome(BY_NAME[name], access, taken) is None:
            refused.add(name)
    assert refused == {"sprint_start", "sprint_reopen"}, "the sprint runs"


@any_seed(60)
def test_any_call_nearly_right(access: PlanAccess, seed: random.Random) -> None:
    laid_out(access.root)
    tool, taken = any_call(seed)
    json.dumps(taken)
    outcome(tool, access, taken)
    assert {path.name for path in access.root.parent.iterdir()} == {"plan"}
