"""The figures of `report stack`."""

from __future__ import annotations

from dataclasses import replace

from revplan.model.stack import Stack
from revplan.reports.document import Section, Table
from revplan.reports.stack import MOST_IN_GRID, build
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


def test_a_tool_names_the_functions_that_work_with_it() -> None:
    tools = {name: tool.model_copy(update={"used_by": used}) for (name, tool), used in zip(
        STACK.tools.items(), (("marketing", "customer-success"), ()), strict=True)}  # fmt: skip
    found = build(on("2026-12-01", replace(plan(team={"ana": {}}), stack=STACK.model_copy(update={"tools": tools}))))
    assert [own["used_by"] for own in found.data["tools"]] == [["marketing", "customer-success"], []]
    (section,) = (each for each in found.sections if "".join(run.text for run in each.title).startswith("Tools: 2"))
    assert isinstance(section, Section)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    names = {"".join(run.text for run in row[0]) for row in table.rows}
    assert names == {"Keel, crm; for Marketing and Customer success", "Slip, cms"}


def integrations(count: int) -> list[list[str]]:
    """Return the table of integrations of so many tools, each of which hands on to the next."""
    tools = {
        f"t-{each}": {"name": f"T {each}", "category": "other", "owner": "ana", "status": "deployed"}
        for each in range(count)
    }
    links = {f"l-{each}": {"from": f"t-{each}", "to": f"t-{each + 1}", "status": "live"} for each in range(count - 1)}
    stack = Stack.model_validate({"tools": tools, "integrations": links})
    sections = build(on("2026-12-01", replace(plan(team={"ana": {}}), stack=stack))).sections
    (section,) = (each for each in sections if "".join(run.text for run in each.title).startswith("Integrations"))
    assert isinstance(section, Section)
    (table,) = (block for block in section.blocks if isinstance(block, Table))
    return [["".join(run.text for run in cell) for cell in row] for row in table.rows]


def test_few_tools_have_a_grid_and_many_a_list_that_grows_as_they_do() -> None:
    assert integrations(3) == [
        ["T 0", "", "→ live", "–"],
        ["T 1", "← live", "", "→ live"],
        ["T 2", "–", "← live", ""],
    ]
    assert {len(row) for row in integrations(MOST_IN_GRID)} == {1 + MOST_IN_GRID}
    many = integrations(MOST_IN_GRID + 1)
    assert len(many) == MOST_IN_GRID
    assert many[:2] == [["T 0", "T 1", "→ live"], ["T 1", "T 2", "→ live"]]
