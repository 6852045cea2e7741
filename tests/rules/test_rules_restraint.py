"""A plan that has only begun is not drowned in findings, and one fault is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from revplan.diagnostics import CODES

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[..., list[tuple[str, str]]]

TEAM = """
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
"""
TACTIC = """
tactics:
  guide: {title: A guide, function: marketing, impact: 6, tasks: {write: {skill: writing, hours: 8}}}
"""
GOAL = "goals: {'2027': {measure: recurring, start_revenue: 4M, target_revenue: 5M, acv: 20k, close_rate: 20%}}\n"
REVENUE = "arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 9, revenue: true}"
TOOL = "name: Tool, owner: ana, status: deployed"


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEAM,
        TEAM + TACTIC,
        TEAM + GOAL,
        TEAM + f"metrics: {{{REVENUE}}}\n",
        TEAM + "stack: {}\ncompany: {}\ngoals: {}\nmetrics: {}\n",
        TEAM + "budget: {ads: {category: programs, function: marketing, annual: 12k}}\n",
        TEAM + "issues: {slow: {title: Slow, raised: 2026-11-20}}\n",
        TEAM + "company: {touchpoints: {call: {title: First call, function: sales}}}\n",
    ],
)
def test_what_has_only_begun_has_no_findings(told: Told, text: str) -> None:
    assert told(text) == []


def test_the_first_tool_is_told_once_what_is_still_missing(told: Told) -> None:
    found = told(TEAM + f"stack: {{tools: {{keel: {{{TOOL}, category: crm}}}}}}\n")
    assert found == [("RP801", "no tool for marketing-automation, sales-automation, service-automation and cms")]


def test_metrics_without_revenue_are_told_once(told: Told) -> None:
    metric = "{name: M, unit: m, direction: up, owner: ana, cadence: weekly, target: 9}"
    found = told(TEAM + f"metrics: {{one: {metric}, two: {metric}, three: {metric}}}\n")
    assert found == [("RP721", "no metric is marked as revenue, so none leads there")]


def test_only_the_end_of_a_chain_is_told_to_miss_revenue(told: Told) -> None:
    metric = "name: M, unit: m, direction: up, owner: ana, cadence: weekly, target: 9"
    chain = f"one: {{{metric}, drives: two}}, two: {{{metric}, drives: three}}, three: {{{metric}}}"
    found = told(TEAM + f"metrics: {{{chain}, {REVENUE}}}\n")
    assert found == [("RP721", '"three" drives nothing, and is not revenue')]


CALLBACK = "name: C, unit: h, direction: down, owner: ana, cadence: weekly, target: 1, drives: arr"
RED = f"callback: {{{CALLBACK}, readings: {{2026-11-27: 5}}}}"
SMALL = {"RP730"}
"""These plans have few metrics, and say so."""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param(
            f"metrics: {{{REVENUE}, {RED}}}\nissues: {{slow: {{title: Slow, raised: someday, metric: callback}}}}\n",
            {"RP103"},
            id="a broken issue may be the one the red metric needs",
        ),
        pytest.param(
            f"metrics: {{{REVENUE}, {RED}}}\nissues: {{slow: {{title: Slow, raised: 2026-11-20, metric: calback}}}}\n",
            {"RP212"},
            id="a misspelled metric may be the red one",
        ),
        pytest.param(
            f"metrics: {{{REVENUE}, {RED.replace('drives: arr', 'drives: ar')}}}\n"
            "issues: {slow: {title: Slow, raised: 2026-11-20, metric: callback}}\n",
            {"RP212"},
            id="a misspelled link does not also miss revenue",
        ),
        pytest.param(
            f"stack: {{tools: {{keel: {{{TOOL}, category: crmm}}}}}}\n",
            {"RP105"},
            id="a broken tool may fill the category",
        ),
        pytest.param(
            "issues: {slow: {title: Slow, raised: 2026-11-20, status: solved}}\n"
            "todos: {ask: {title: Ask, owner: ana, due: 2026-12-01, issue: slwo}}\n",
            {"RP216"},
            id="a misspelled issue may be the solved one",
        ),
        pytest.param(
            GOAL.replace("close_rate: 20%", "close_rate: 20%, cost_per_opportunity: 1100")
            + "budget: {ads: {category: programs, function: marketing, annual: lots}}\n",
            {"RP103"},
            id="a broken budget line may pay for the goal",
        ),
        pytest.param(
            GOAL.replace("close_rate: 20%", "close_rate: 20%, close_lag: [50%], open_opportunities: 1"),
            {"RP702"},
            id="a close lag that is wrong puts no target out of reach",
        ),
    ],
)
def test_one_fault_is_told_once(told: Told, text: str, codes: set[str]) -> None:
    assert {code for code, _ in told(TEAM + text)} - SMALL == codes


@pytest.mark.parametrize("text", ["team: [", "team: {ana: {name: Ana", "metrics:\n\tleads: {}"])
def test_a_file_that_cannot_be_read_is_the_only_thing_told(told: Told, text: str) -> None:
    rest = (
        f"metrics: {{{REVENUE}, {RED}}}\n"
        + TACTIC.replace("8}", "8, owner: zoe}").replace("impact: 6", "impact: 6, metric: arr")
        + GOAL
    )
    found = told({"broken.yaml": f"{text}\n# ana zoe\nana: 1\nzoe: 1\n", "rest.yaml": rest})
    assert {code for code, _ in found} <= {code.code for code in CODES if code.code < "RP1"}
