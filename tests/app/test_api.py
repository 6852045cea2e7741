from __future__ import annotations

import doctest
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import revplan
from revplan.app import api
from revplan.diagnostics import Severity
from revplan.errors import NoPlanError, UnsoundPlanError

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("module", [revplan, api])
def test_what_the_documentation_shows_is_so(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_importing_it_costs_nothing() -> None:
    heavy = "{'pydantic', 'yaml', 'rich', 'highspy', 'typer'}"
    code = f"import sys, revplan; assert not {heavy} & set(sys.modules)"
    subprocess.run((sys.executable, "-c", code), check=True)


def test_what_is_public_is_listed_and_nothing_else_is_there() -> None:
    assert {"load", "validate", "plan_sprint", "__version__"} <= set(dir(revplan))
    assert all(callable(getattr(revplan, name)) for name in revplan.__all__ if name != "__version__")
    with pytest.raises(AttributeError, match="nonsense"):
        revplan.nonsense  # noqa: B018 - asking is the test


def test_errors_are_raised_as_the_command_line_tells_them(tmp_path: Path) -> None:
    with pytest.raises(NoPlanError):
        revplan.load(tmp_path / "nowhere")
    (tmp_path / "revplan.yaml").write_text("revplan: {format: 1, company: T, currency: USD}\ntactics: {one: {}}\n")
    loaded = revplan.load(str(tmp_path))
    assert revplan.validate(loaded, date(2026, 11, 28)).has(Severity.ERROR)
    with pytest.raises(UnsoundPlanError):
        revplan.plan_sprint(loaded, today=date(2026, 11, 28))


def test_the_day_may_be_chosen() -> None:
    loaded = revplan.load(ROOT / "examples" / "minimal")
    assert revplan.plan_sprint(loaded, today=date(2026, 12, 15), policy="rank").period.id == "2026-12"
