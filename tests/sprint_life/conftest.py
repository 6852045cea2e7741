from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from company import COMPANY, settings

from revplan import cli
from revplan.app.open import context_of, open_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.context import Context
    from revplan.model.sprints import Sprint, SprintTask
    from revplan.store.read import Loaded

    MakePlan = Callable[..., Path]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass
class Company:
    """A plan on disk, and what one does with it on a day."""

    root: Path
    invoke: Callable[..., Ran]
    today: str = "2026-11-28"

    def on(self, day: str) -> Company:
        return Company(self.root, self.invoke, day)

    def do(self, *arguments: str) -> Ran:
        """Run `revplan sprint …` on the day."""
        return self.invoke("sprint", *arguments, "-C", str(self.root), "--today", self.today)

    def done(self, *arguments: str) -> Ran:
        """Run it, and expect that it works."""
        ran = self.do(*arguments)
        assert ran.code == 0, ran.err
        return ran

    def refused(self, *arguments: str) -> str:
        """Run it, expect that it is refused and changes nothing, and return what is said."""
        before = self.bytes()
        ran = self.do(*arguments)
        assert (ran.code, ran.out, self.bytes()) == (2, "", before)
        return ran.err

    def read(self) -> tuple[Loaded, Context]:
        loaded = open_plan(self.root, self.root)
        return loaded, context_of(loaded, date.fromisoformat(self.today), date(2000, 1, 1))

    def sprint(self, name: str = "2026-12") -> Sprint:
        return self.read()[1].plan.sprints[name]

    def row(self, tactic: str, task: str, sprint: str = "2026-12") -> SprintTask:
        return self.sprint(sprint).tactics[tactic].tasks[task]

    def bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.root.rglob("*.yaml"))}

    def started(self) -> Company:
        """Plan and start December."""
        self.done("plan", "--write")
        self.done("start")
        return self


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
