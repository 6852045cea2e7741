"""Where scoring learns from results, the backlog and the case of a tactic say so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

SETTINGS = "revplan: {{format: 1, company: Test, currency: USD, today: 2026-12-01, scoring: {{learn: {learn}}}}}\n"
TEXT = """team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
playbooks:
  talk: {title: A talk, function: marketing, stage: lead, tasks: {hold: {skill: writing, hours: 8}}}
tactics:
  page: {title: New page, function: marketing, impact: 6, confidence: 50%, tasks: {do: {skill: writing, hours: 8}}}
  talk:
    title: Next talk
    function: marketing
    impact: 6
    confidence: 50%
    playbook: talk
    tasks: {hold: {skill: writing, hours: 8}}
"""
RESULT = """  talk-{number}:
    title: Talk {number}
    function: marketing
    impact: 6
    confidence: 50%
    playbook: talk
    status: done
    done_when: Held
    tasks: {{hold: {{skill: writing, hours: 8}}}}
    result: {{moved: {moved}}}
"""


@pytest.fixture
def make(make_plan: MakePlan) -> Callable[[str, str], Path]:
    def plan_of(learn: str, moved: str) -> Path:
        results = "".join(RESULT.format(number=number, moved=moved) for number in range(6))
        return make_plan({"revplan.yaml": SETTINGS.format(learn=learn), "plan.yaml": TEXT + results})

    return plan_of


def test_the_backlog_is_ranked_by_what_came_of_it(run: Run, make: Callable[[str, str], Path]) -> None:
    root = make("true", "no")
    found = {each["tactic"]: each for each in tactics(run, root)}
    # Of six talks at 50% none hit: the function's factor is 3 / (3 + 3); so is the playbook's, for want of other work.
    assert (found["talk"]["learnt_confidence"], found["talk"]["expected_impact"]) == (0.25, 1.5)
    assert found["page"]["learnt_confidence"] == 0.25
    assert "1.5 (6 × 25%, stated 50%)" in " ".join(run("-C", root, "report", "backlog").out.split())


def test_it_is_as_stated_where_nobody_asks_to_learn(run: Run, make: Callable[[str, str], Path]) -> None:
    found = {each["tactic"]: each for each in tactics(run, make("false", "no"))}
    assert (found["talk"]["learnt_confidence"], found["talk"]["expected_impact"]) == (None, 3)


def test_the_case_of_a_tactic_says_what_was_learnt(run: Run, make: Callable[[str, str], Path]) -> None:
    shown = " ".join(run("-C", make("true", "yes"), "explain", "talk").out.split())
    # All six hit: (6 + 3) / (3 + 3) = 1.5 times 50%.
    assert "impact 6 × confidence 0.75" in shown
    assert "Confidence 0.5 was stated; results of the playbook talk make it × 1.5." in shown
    assert "was stated" not in run("-C", make("false", "yes"), "explain", "talk").out


def test_the_sprint_is_planned_by_it(run: Run, make: Callable[[str, str], Path]) -> None:
    def worth(root: Path) -> float:
        planned = json.loads(run("-C", root, "sprint", "plan", "--format", "json").out)
        return sum(float(each["value"]) for each in planned["placed"])

    assert worth(make("true", "yes")) == pytest.approx(9)
    assert worth(make("false", "yes")) == pytest.approx(6)


def tactics(run: Run, root: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("-C", root, "report", "backlog", "--format", "json").out)["data"][
        "tactics"
    ]
    return found
