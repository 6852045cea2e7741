from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from quay import COMPANY, Company, Ran, settings

from revplan import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    MakePlan = Callable[..., Path]


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    for name in ("REVPLAN_PLAN", "NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["revplan", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, captured.out, captured.err)

    return run


@pytest.fixture
def company(make_plan: MakePlan, invoke: Callable[..., Ran]) -> Callable[..., Company]:
    def found(text: str = COMPANY, sprint: str = "{focus_factor: 1, reserve: 0}") -> Company:
        return Company(make_plan({"revplan.yaml": settings(sprint=sprint), "plan.yaml": text}), invoke)

    return found
