from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

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


@pytest.mark.parametrize(
    "tactic", ["audit-checklist", "case-studies", "cfo-outbound", "logo-refresh", "newsletter", "podcast"]
)
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


ALTERNATIVES = """\
revplan:
  {format: 1, company: X, currency: EUR, today: 2026-11-28, sprint: {focus_factor: 1, reserve: 0, budget: 3000}}
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 5, skills: {writing: 3}}
tactics:
  film-in-house: {title: Film made in house, function: marketing, impact: 9, excludes: [film-agency],
    tasks: {do: {skill: writing, hours: 20}}}
  film-agency: {title: Film by an agency, function: marketing, impact: 9, cost: 2500,
    tasks: {brief: {skill: writing, hours: 4}}}
  blog: {title: Blog, function: marketing, impact: 5, tasks: {do: {skill: writing, hours: 16}}}
  ads: {title: Ads, function: marketing, impact: 6, cost: 1500, tasks: {do: {skill: writing, hours: 3}}}
"""


def test_what_is_said_of_alternatives_is_the_least(run: Run, make_plan: MakePlan) -> None:
    """23 hours: in-house film and ads make 15; the agency's and the blog 14, or with €1,000 more the ads too: 20."""
    root = make_plan({"revplan.yaml": ALTERNATIVES})
    out = " ".join(run("explain", "film-agency", "--sprint", "2026-12", "-C", root).out.split())
    assert "fits together with Blog, if Ads and Film made in house leave (value −1). Planned so: no swap" in out
    assert "together with Blog, with €1,000 more in the sprint's budget in place of Film made in house." in out
    more = run("sprint", "plan", "2026-12", "-C", root, "--what-if", "revplan.sprint.budget=4000").out
    assert "in: Film by an agency" in more
    assert "This adds 5 of value" in more
    plan = json.loads(run("sprint", "plan", "2026-12", "-C", root, "--format", "json").out)
    assert {entry["tactic"]: entry["brings_in"] for entry in plan["parked"]} == {
        "film-agency": {"out": ["ads", "film-in-house"], "value_change": -1, "least": True, "together": ["blog"]},
        "blog": {"out": ["ads", "film-in-house"], "value_change": -1, "least": True, "together": ["film-agency"]},
    }


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


def test_what_is_short_is_told_once_where_the_way_in_names_it(run: Run) -> None:
    for example in ("harbourline", "agency"):
        said = " ".join(run("sprint", "plan", "-C", EXAMPLES / example, "--today", "2026-11-28").out.split())
        assert "fits with at most" in said
        assert "short; fits with" not in said
        assert re.search(r"short, such as [^;]*; fits if", said) or example == "agency"
