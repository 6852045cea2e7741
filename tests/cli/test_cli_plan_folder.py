"""Which plan a command is about: the folder named after it, before it, or in the environment, in this order."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VARIABLE = "REVPLAN_PLAN"


@pytest.fixture
def company(run: Callable[..., Any], tmp_path: Path) -> Callable[..., str]:
    """Return the company whose plan a command line reads, with companies that are called as their folders."""
    for name in ("after", "before", "around"):
        folder = tmp_path / name
        folder.mkdir()
        settings = f"revplan: {{format: 1, company: {name}, currency: USD, today: 2026-11-28}}\n"
        (folder / "revplan.yaml").write_text(settings, encoding="utf-8")

    def read(*words: str) -> str:
        result = run(*(str(tmp_path / word) if word in ("after", "before") else word for word in words))
        assert result.code == 0, result
        plan: dict[str, dict[str, str]] = json.loads(result.out)["plan"]
        return plan["revplan"]["company"]

    return read


def test_the_nearest_name_of_the_plan_counts(
    company: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "around"))
    assert company("export", "json") == "around"
    assert company("-C", "before", "export", "json") == "before"
    assert company("-C", "before", "export", "json", "--plan", "after") == "after"
    assert company("export", "json", "-C", "after") == "after"


def test_a_command_leaves_the_environment_as_it_was(
    company: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert company("-C", "before", "export", "json") == "before"
    assert VARIABLE not in os.environ
