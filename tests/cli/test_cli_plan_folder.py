"""Options before any command: the plan's folder, the day and the colour. What stands after the command comes first."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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


PLAN = """\
revplan: {format: 1, company: C, currency: USD, today: 2026-11-28}
todos: {call: {title: Call, due: 2026-12-01}}
"""


@pytest.mark.parametrize(
    ("before", "after", "overdue"),
    [
        ((), (), False),
        (("--today", "2026-12-03"), (), True),
        ((), ("--today", "2026-12-03"), True),
        (("--today", "2026-12-03"), ("--today", "2026-11-30"), False),
    ],
)
def test_the_day_may_stand_before_the_command(
    run: Callable[..., Any], tmp_path: Path, before: Sequence[str], after: Sequence[str], overdue: bool
) -> None:
    (tmp_path / "revplan.yaml").write_text(PLAN, encoding="utf-8")
    told = run(*before, "validate", "-C", tmp_path, *after)
    assert ("todos-left-undone" in told.out) is overdue


@pytest.mark.parametrize(
    ("before", "after", "colored"),
    [
        ((), (), False),
        (("--color", "always"), (), True),
        ((), ("--color", "always"), True),
        (("--color", "always"), ("--color", "never"), False),
        (("--color", "never"), ("--color", "always"), True),
        (("--color", "always"), ("--color", "auto"), False),
    ],
)
def test_the_colour_may_stand_before_the_command(
    run: Callable[..., Any], tmp_path: Path, before: Sequence[str], after: Sequence[str], colored: bool
) -> None:
    (tmp_path / "revplan.yaml").write_text(PLAN, encoding="utf-8")
    for words in (("todo", "list"), ("set", "timezone", "Atlantis", "--dry-run")):
        told = run(*before, *words, "-C", tmp_path, *after)
        assert told.code == 0, told.err
        assert ("\x1b[" in told.out + told.err) is colored, words


def test_a_day_that_is_none_is_refused_before_the_command_too(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "revplan.yaml").write_text(PLAN, encoding="utf-8")
    for day in ("tomorrow", "1900-01-01"):
        told = run("--today", day, "-C", tmp_path, "validate")
        assert (told.code, "error: " in told.err, day in told.err) == (2, True, True)
