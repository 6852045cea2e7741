from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.support.plans import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran


def test_schema_needs_no_plan(run: Callable[..., Ran]) -> None:
    ran = run("schema")
    assert ran.code == 0
    assert json.loads(ran.out)["properties"].keys() >= {"revplan", "tactics", "sprints"}


def test_schema_with_ids(run: Callable[..., Ran]) -> None:
    ran = run("schema", "--ids", "-C", EXAMPLES / "harbourline")
    assert "plant-manager" in json.loads(ran.out)["$defs"]["persona-id"]["enum"]


def test_ids_need_a_plan(run: Callable[..., Ran]) -> None:
    assert run("schema", "--ids", "-C", EXAMPLES).code == 2
