from __future__ import annotations

from typing import Any

import pytest

from revplan.analysis.stack import empty_categories, integrations_between, skipped_stages
from revplan.model.stack import Rollout, Stack, Tool

DONE = {"done": "2026-10-01"}
DUE = {"due": "2026-12-01"}


def tool(category: str = "crm", status: str = "deployed") -> dict[str, str]:
    return {"name": "Keel", "category": category, "owner": "ana", "status": status}


def test_a_wanted_tool_fills_its_category_and_a_retired_one_does_not() -> None:
    stack = Stack.model_validate({"tools": {"keel": tool(status="retired"), "slip": tool("cms", "wanted")}})
    assert empty_categories(stack) == ("marketing-automation", "sales-automation", "crm", "service-automation")


def test_an_integration_joins_either_way() -> None:
    stack = Stack.model_validate({"integrations": {"leads": {"from": "lantern", "to": "keel"}}})
    here, there, elsewhere = frozenset({"keel"}), frozenset({"lantern"}), frozenset({"slip"})
    assert list(integrations_between(stack, here, there)) == ["leads"]
    assert list(integrations_between(stack, there, here)) == ["leads"]
    assert not integrations_between(stack, here, elsewhere)


@pytest.mark.parametrize(
    ("status", "rollout", "skipped"),
    [
        ("wanted", {}, ()),
        ("wanted", {"purchase": DUE}, ()),
        ("wanted", {"purchase": DUE, "install": DUE, "configure": DUE, "deploy": DUE}, ("train",)),
        ("installed", {"configure": DUE, "train": DUE, "deploy": DUE}, ()),
        ("installed", {"train": DUE}, ("configure",)),
        ("wanted", {"purchase": DUE, "install": DONE}, ("purchase",)),
        ("deployed", {"configure": DONE, "train": DUE, "deploy": DONE}, ("train",)),
        ("deployed", {}, ()),
    ],
)
def test_skipped_stages(status: str, rollout: dict[str, Any], skipped: tuple[str, ...]) -> None:
    found = skipped_stages(Tool.model_validate(tool(status=status)), Rollout.model_validate(rollout))
    assert found == skipped
