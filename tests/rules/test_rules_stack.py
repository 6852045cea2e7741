from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[..., list[tuple[str, str]]]

TEAM = """
team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
  ben: {name: Ben, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2}}
"""


def stack(integrations: str = "", rollouts: str = "", status: str = "deployed") -> str:
    tools = {
        "lantern": "marketing-automation",
        "bell": "sales-automation",
        "keel": "crm",
        "desk": "service-automation",
        "slip": "cms",
        "log": "analytics",
    }
    states = dict.fromkeys(tools, "deployed") | {"log": status}
    lines = [
        f"    {name}: {{name: T, category: {category}, owner: ana, status: {states[name]}}}\n"
        for name, category in tools.items()
    ]
    return f"{TEAM}stack:\n  tools:\n{''.join(lines)}  integrations: {{{integrations}}}\n  rollouts: {{{rollouts}}}\n"


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("live", []),
        ("building", []),
        ("wanted", ['the only integration between CRM and marketing automation, "leads", is wanted']),
        ("broken", ['the only integration between CRM and marketing automation, "leads", is broken']),
    ],
)
def test_an_integration_must_work_or_be_built(told: Told, status: str, found: list[str]) -> None:
    text = stack(f"leads: {{from: keel, to: lantern, status: {status}}}")
    assert [message for _, message in told(text)] == found


LIVE = "leads: {from: keel, to: lantern, status: live}"


@pytest.mark.parametrize(("status", "codes"), [("purchased", ["RP803"]), ("trained", []), ("retired", [])])
def test_the_status_speaks_for_stages_from_before_the_plan(told: Told, status: str, codes: list[str]) -> None:
    rollout = "log: {install: {done: 2026-10-01}, deploy: {due: 2026-12-04}}"
    assert [code for code, _ in told(stack(LIVE, rollout, status))] == codes


def test_a_scorecard_of_sixteen_is_too_long(told: Told) -> None:
    metric = "{name: M, unit: m, direction: up, owner: ana, cadence: weekly, target: 9, drives: arr"
    many = "".join(f"  m-{number:02}: {metric}, readings: {{2026-11-27: 9}}}}\n" for number in range(15))
    arr = "  arr: {name: ARR, unit: USD, direction: up, owner: ana, cadence: monthly, target: 9, revenue: true}\n"
    assert told(f"{TEAM}metrics:\n{many}{arr}") == [("RP730", "16 metrics; a scorecard has 5 to 15")]
