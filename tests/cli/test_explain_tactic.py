from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from .conftest import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]
    Golden = Callable[[Path, str], None]

GOLDEN = EXAMPLES.parent / "tests" / "golden"
SETTINGS = """revplan:
  {format: 1, company: Test, currency: USD, today: 2026-12-01,
   sprint: {budget: 500, shares: [{tag: brand, most: 10%}]}}
"""
PLAN = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3, outreach: 2}}
  bo: {name: Bo, kind: contractor, function: marketing, hours_per_week: 20, rate: 80, skills: {design: 3}}
tactics:
  page:
    title: New page
    function: marketing
    impact: 8
    cost: 300
    tasks: {write: {skill: copy, hours: 12}, draw: {skill: design, hours: 10, after: [write]}}
  calls: {title: Call the list, function: sales, impact: 6, tasks: {call: {skill: outreach, hours: 90}}}
  book: {title: Write a book, function: marketing, impact: 9, tasks: {write: {skill: copy, hours: 200}}}
  mails: {title: Mail the list, function: sales, impact: 2, tasks: {write: {skill: copy, hours: 20}}}
  film: {title: Film it, function: marketing, impact: 4, tasks: {shoot: {skill: video, hours: 6}}}
  clip: {title: Cut it short, function: marketing, impact: 3, requires: [film], tasks: {cut: {skill: copy, hours: 2}}}
  fair: {title: A fair, function: marketing, impact: 3, cost: 400, tasks: {plan: {skill: copy, hours: 2}}}
  logo: {title: A logo, function: marketing, impact: 2, tags: [brand], tasks: {draw: {skill: design, hours: 22}}}
  other-page: {title: Another page, function: marketing, impact: 1, excludes: [page],
    tasks: {w: {skill: copy, hours: 1}}}
  rush: {title: By Friday, function: sales, impact: 1, deadline: 2026-12-03, tasks: {do: {skill: copy, hours: 40}}}
  someday: {title: Some day, function: sales, impact: 1, status: idea, tasks: {do: {skill: copy, hours: 1}}}
"""


@pytest.mark.parametrize("tactic", ["audit-checklist", "case-studies", "cfo-outbound", "newsletter"])
def test_a_tactic_of_the_example(run: Run, golden: Golden, tactic: str) -> None:
    result = run("explain", tactic, "-C", EXAMPLES / "harbourline")
    assert result.code == 0, result.err
    golden(GOLDEN / f"harbourline-explain-{tactic}.txt", result.out)


def test_every_reason_has_its_words(run: Run, golden: Golden, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})
    document = json.loads(run("sprint", "plan", "-C", root, "--format", "json").out)
    reasons = {entry["tactic"]: entry["reason"] for entry in document["parked"]}
    assert set(reasons.values()) >= {"capacity", "no-skill", "requires", "budget", "share", "excludes", "no-time"}
    golden(
        GOLDEN / "explain-each-reason.txt",
        "\n".join(run("explain", name, "-C", root).out for name in [*sorted(reasons), "someday"]),
    )


def test_the_parking_lot_says_what_would_bring_in(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})
    document = json.loads(run("sprint", "plan", "-C", root, "--format", "json").out)
    ways = {entry["tactic"]: entry["brings_in"] for entry in document["parked"]}
    assert ways["film"] == {"add": {"hours": {"video": 6}}, "least": False}
    assert ways["clip"] == {"add": {"hours": {"video": 6}}, "together": ["film"], "least": False}
    assert ways["fair"] == {"out": ["page"], "value_change": -4, "together": ["other-page"], "least": True}
    assert ways["other-page"] == {"out": ["page"], "value_change": -4, "together": ["fair"], "least": True}
    assert list(ways["rush"]["add"]) == ["hours"], "a later deadline alone would not do: there are ten hours left"


def test_nothing_is_ever_short_by_nothing(run: Run) -> None:
    out = run("sprint", "plan", "-C", EXAMPLES / "harbourline").out
    assert " 0 h " not in out[out.index("Parking lot") : out.index("Not considered")]


def test_as_json(run: Run, make_plan: MakePlan) -> None:
    root = make_plan({"revplan.yaml": SETTINGS, "plan.yaml": PLAN})
    document = json.loads(run("explain", "fair", "-C", root, "--format", "json").out)
    assert (document["schema"], document["where"], document["sprint"]) == ("revplan/tactic/1", "parked", "2026-12")
    assert document["swap"] == {"out": ["page"], "value_change": -4, "together": ["other-page"], "least": True}
    assert document["swap_is_cheapest"] is True
    assert document["addition"] == {"add": {"cash": {"sprint": 200}}, "least": True}
    assert document["addition_is_taken"] is True


def test_a_rule_or_a_kind_comes_first(run: Run, make_plan: MakePlan) -> None:
    root = make_plan(
        "tactics:\n  goal: {title: Goal kick, function: sales, impact: 1, tasks: {do: {skill: x, hours: 1}}}\n"
    )
    assert "measure" in run("explain", "goal", "-C", root).out
    assert "Goal kick" in run("explain", "tactic/goal", "-C", root).out


def test_a_tactic_that_is_not_there(run: Run, make_plan: MakePlan) -> None:
    result = run("explain", "pgae", "-C", make_plan(PLAN))
    assert (result.code, 'did you mean "page"?' in result.err) == (2, True)


def test_without_a_plan_only_the_manual_is_known(run: Run, tmp_path: Path) -> None:
    result = run("explain", "page", "-C", tmp_path)
    assert result.code == 2
    assert "page" in result.err
