"""What people type who come from other tools is told with what to write here, and no more is changed than is sure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MakePlan = Callable[..., Path]

TACTIC = "title: A, function: marketing, impact: 5"
TASK = "skill: writing, hours: 4"
METRIC = "name: M, unit: h, direction: up, owner: ana"
TEAM = "team: {ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}}\n"


def tactic(more: str = "", task: str = "") -> str:
    return f"tactics: {{a: {{{TACTIC}{more}, tasks: {{do: {{{TASK}{task}}}}}}}}}\n"


def metric(more: str) -> str:
    return f"metrics: {{m: {{{METRIC}, {more}}}}}\n"


def member(more: str) -> str:
    return f"team: {{bob: {{name: Bob, function: sales, {more}}}}}\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (tactic(", assignee: Ana"), "owner: ana}}"),
        (tactic(", section: Q1"), "write tags:"),
        (tactic(", milestone: true"), "a launch is a campaign's start"),
        (tactic(", status: In Progress"), "write ready; sprints tell"),
        (tactic(", status: To Do"), "write ready; sprints tell"),
        (tactic(", status: on hold"), "write not_before: DATE"),
        (tactic(task=", allocate: ana"), 'did you mean "owner"?'),
        (tactic(task=", end: 2026-12-03"), 'did you mean "deadline"?'),
        (tactic(task=", done: true"), "sprint log TACTIC/TASK --done"),
        (tactic(task=", complete: 50%"), "sprint log TACTIC/TASK --done"),
        (f"tactics: {{a: {{{TACTIC}, tasks: [{{name: do, {TASK}}}]}}}}\n", "give each entry an id as its key"),
        (member("kind: full-time, hours_per_week: 40"), 'did you mean "employee"?'),
        (member("kind: employee, hours_per_week: 40, country: DE"), "import holidays DE-BY"),
        (member("kind: employee, hours_per_week: 40, skills: [calls, copy]"), "{calls: …, copy: …}"),
        (member("kind: employee, hours_per_week: 40, time_off: [2026-12-24]"), "{2026-12-24: …}"),
        (metric("cadence: weekly, min: 2"), "write keep: 2..4"),
        (metric("cadence: weekly, keep: 7-9"), "write it like 7..9"),
        (metric("cadence: weekly, keep: 12 to 40"), "write it like 12..40"),
        (metric("cadence: weekly, keep: [3, 5]"), "write it like 3..5"),
        (metric("cadence: daily, target: 3"), "write weekly or monthly"),
        (metric("cadence: weekly, target: 3, formula: won / decided"), "write ratio: {of: won, to: decided}"),
        (metric("cadence: weekly, target: 3, start: 2"), 'did you mean "baseline"?'),
    ],
)
def test_other_tools_words_are_told_with_what_to_write(make_plan: MakePlan, text: str, told: str) -> None:
    files = {"plan.yaml": text} | ({} if text.startswith("team") else {"team.yaml": TEAM})
    loaded = read(make_plan(files))
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28)))
    assert any(told in f"{each.message} {each.hint}" for each in found.diagnostics)
