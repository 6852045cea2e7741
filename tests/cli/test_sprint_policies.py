"""How a sprint is filled, and what bounds it, from the plan's text to what is printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

TEAM = "team:\n  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}\n"
SETTINGS = "revplan: {{format: 1, company: Test, currency: USD, today: 2026-12-01, sprint: {{{sprint}}}}}\n"
TWO = """tactics:
  a: {title: A, function: sales, impact: 9, client: acme, objective: found, tags: [brand],
    tasks: {do: {skill: copy, hours: 40}}}
  b: {title: B, function: marketing, impact: 2, tasks: {do: {skill: copy, hours: 40}}}
clients:
  acme: {name: Acme}
strategy:
  objectives: {found: {title: Be found, owner: ana, quarter: 2026-Q4, metric: leads}}
metrics:
  leads: {name: Leads, unit: leads, direction: up, owner: ana, cadence: weekly, target: 9}
"""


def planned(run: Run, root: Path, *more: str) -> dict[str, Any]:
    result = run("sprint", "plan", "-C", root, "--format", "json", *more)
    assert result.code == 0, result.err
    document: dict[str, Any] = json.loads(result.out)
    return document


def places(document: dict[str, Any]) -> dict[str, str]:
    return {
        **{entry["tactic"]: "placed" for entry in document["placed"]},
        **{entry["tactic"]: entry["reason"] for entry in document["parked"]},
    }


@pytest.mark.parametrize("group", ["function: sales", "objective: found", "client: acme", "tag: brand"])
def test_a_group_takes_no_more_than_its_share(run: Run, make_plan: MakePlan, group: str) -> None:
    settings = SETTINGS.format(sprint=f"shares: [{{{group}, most: 20%}}]")
    root = make_plan({"revplan.yaml": settings, "plan.yaml": TEAM + TWO})
    assert places(planned(run, root)) == {"a": "share", "b": "placed"}


@pytest.mark.parametrize("group", ["function: sales", "objective: found", "client: acme", "tag: brand"])
def test_what_is_kept_for_a_group_no_other_takes(run: Run, make_plan: MakePlan, group: str) -> None:
    settings = SETTINGS.format(sprint=f"shares: [{{{group}, least: 80%}}]")
    root = make_plan({"revplan.yaml": settings, "plan.yaml": TEAM + TWO})
    assert places(planned(run, root)) == {"a": "placed", "b": "share"}


def test_hours_a_client_has_bought_are_kept_for_it(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(TEAM + TWO.replace("{name: Acme}", "{name: Acme, hours_per_month: 100}"))
    assert places(planned(run, root)) == {"a": "placed", "b": "share"}


def test_a_sprint_spends_no_more_than_its_budget(run: Run, make_plan: MakePlan) -> None:
    settings = SETTINGS.format(sprint="budget: 100")
    plan = TEAM + TWO.replace("impact: 9,", "impact: 9, cost: 60,").replace("impact: 2,", "impact: 2, cost: 60,")
    document = planned(run, make_plan({"revplan.yaml": settings, "plan.yaml": plan}))
    assert places(document) == {"a": "placed", "b": "budget"}
    assert document["parked"][0]["short"] == [{"kind": "cash", "of": "sprint", "at_least": 20}]


def test_recurring_work_is_a_standing_load_that_is_shown(run: Run, december_plan: MakePlan) -> None:
    letter = """tactics:
  letter: {title: Letter, function: sales, impact: 5, recurring: weekly,
    tasks: {write: {skill: copy, hours: 3, owner: ana}}}
"""
    root = december_plan(TEAM + letter)
    document = planned(run, root)
    assert document["members"][0]["recurring"] == 12
    assert document["left_out"] == [{"tactic": "letter", "why": "recurring", "of": []}]
    assert "12 h recurring" in run("sprint", "plan", "-C", root).out


RANKED = """tactics:
  small: {title: Small, function: sales, impact: 5, tasks: {do: {skill: copy, hours: 20}}}
  large: {title: Large, function: sales, impact: 10, tasks: {do: {skill: copy, hours: 120}}}
"""


def test_down_the_list_says_what_the_best_plan_does_instead(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(TEAM + RANKED)
    by_value, by_rank = planned(run, root), planned(run, root, "--policy", "rank")
    assert (by_value["value"], by_value["ranked_value"], by_value["best_placed"]) == (10, 5, None)
    assert (by_rank["value"], by_rank["bound"], by_rank["best_placed"]) == (5, 10, ["large"])
    out = run("sprint", "plan", "-C", root, "--policy", "rank").out
    assert "it has besides: Large" in out
    assert "it does without: Small" in out
    assert "working down the ranked list would give 5" in run("sprint", "plan", "-C", root).out


TIERED = """tactics:
  needed: {title: Needed, function: sales, impact: 2, tier: must, tasks: {do: {skill: copy, hours: 120}}}
  bright: {title: Bright, function: sales, impact: 9, tasks: {do: {skill: copy, hours: 120}}}
"""


def test_a_list_that_is_worth_more_says_which_tier_it_lacks(run: Run, december_plan: MakePlan) -> None:
    root = december_plan(TEAM + TIERED)
    by_value, by_rank = planned(run, root), planned(run, root, "--policy", "rank")
    for document in (by_value, by_rank):
        assert document["ranked_value"] == 9
        assert document["ranked_lack"] == {"tier": "must", "value": 2}
    assert by_value["value"] == 2
    out = " ".join(run("sprint", "plan", "-C", root).out.split())
    assert "working down the ranked list would give 9, but 2 less in musts." in out
    out = " ".join(run("sprint", "plan", "-C", root, "--policy", "rank").out.split())
    assert "Value 9: filled down the ranked list; the best plan has 2 more in musts." in out


def test_a_list_that_is_worth_less_lacks_no_tier(run: Run, december_plan: MakePlan) -> None:
    assert planned(run, december_plan(TEAM + RANKED))["ranked_lack"] is None
