"""revplan as a shell runs it, in the same process."""

from __future__ import annotations

import sys
from contextvars import copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from revplan import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Return what runs the command line without a terminal, and says how it ended."""
    for name in ("REVPLAN_PLAN", "NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*arguments: str | Path, environment: dict[str, str] | None = None) -> Ran:
        with monkeypatch.context() as patch:
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["revplan", *map(str, arguments)])
            capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                copy_context().run(cli.main)
            patch.delenv("REVPLAN_PLAN", raising=False)
        captured = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, captured.out, captured.err)

    return invoke
