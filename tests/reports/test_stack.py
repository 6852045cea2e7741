"""The figures of `report stack`."""

from __future__ import annotations

from dataclasses import replace

from revplan.model.stack import Stack
from revplan.reports.stack import build
from tests.support.plans import on, plan

STACK = Stack.model_validate(
    {
        "tools": {
            "keel": {
                "name": "Keel", "category": "crm", "owner": "ana", "status": "deployed", "adoption": "62.5%",
                "annual_cost": "12k",
            },
            "slip": {"name": "Slip", "category": "cms", "owner": "ana", "status": "wanted"},
        },
        "integrations": {"leads": {"from": "slip", "to": "keel", "status": "wanted"}},
        "rollouts": {"slip": {"purchase": {"done": "2026-11-02"}, "configure": {"due": "2027-01-29"}}},
    }
)  # fmt: skip


def test_what_is_missing_of_a_rollout_is_proposed_with_its_hours() -> None:
    data = build(on("2026-12-01", replace(plan(team={"ana": {}}), stack=STACK))).data
    states = {own["stage"]: own["state"] for own in data["rollouts"]["slip"]}
    assert states["purchase"] == "done"
    assert {stage for stage, state in states.items() if state != "done"} == {"install", "configure", "train", "deploy"}
    (proposal,) = data["proposals"]
    assert (proposal["tool"], proposal["hours"], proposal["deadline"]) == ("slip", 4 + 12 + 8 + 4, "2027-01-29")


def test_tools_fill_their_categories_and_keep_their_figures() -> None:
    data = build(on("2026-12-01", replace(plan(team={"ana": {}}), stack=STACK))).data
    assert not {"crm", "cms"} & {*data["empty_core_categories"]}
    assert {"marketing-automation", "sales-automation"} <= {*data["empty_core_categories"]}
    keel, slip = data["tools"]
    assert (keel["adoption"], keel["annual_cost"], slip["annual_cost"]) == (0.625, 12_000, None)
    assert [(own["from"], own["to"], own["status"]) for own in data["integrations"]] == [("slip", "keel", "wanted")]
