from __future__ import annotations

import os
from typing import TYPE_CHECKING

from revplan.app.open import open_plan
from revplan.app.reporting.watch import logo_files, look, watch
from revplan.errors import NoPlanError, RevplanError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def after(*steps: Callable[[], object]) -> Callable[[], bool]:
    """Return a way to wait that takes one step a time and then ends it."""
    left = list(steps)

    def wait() -> bool:
        if not left:
            return False
        left.pop(0)()
        return True

    return wait


def test_it_writes_when_a_file_changes_comes_or_goes_and_not_else(tmp_path: Path) -> None:
    plan, other = tmp_path / "revplan.yaml", tmp_path / "team" / "ana.yaml"
    plan.write_text("a")
    written: list[str] = []

    def add() -> None:
        other.parent.mkdir()
        other.write_text("b")

    def nothing() -> None:
        (tmp_path / "site.html").write_text("c")

    steps = after(nothing, lambda: os.utime(plan, ns=(1, 1)), nothing, add, other.unlink)
    watch(tmp_path, lambda: written.append("once"), lambda _error: None, steps)
    assert len(written) == 3


def test_what_is_wrong_is_told_and_watching_goes_on(tmp_path: Path) -> None:
    plan = tmp_path / "revplan.yaml"
    told: list[RevplanError] = []

    def fail() -> None:
        raise NoPlanError("no plan")

    watch(tmp_path, fail, told.append, after(lambda: plan.write_text("a"), lambda: plan.write_text("ab")))
    assert [str(error) for error in told] == ["no plan", "no plan"]


def test_links_and_hidden_folders_are_not_looked_at(tmp_path: Path) -> None:
    hidden = tmp_path / ".git"
    hidden.mkdir()
    (hidden / "a.yaml").write_text("a")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "b.yml").write_text("b")
    assert [name.rsplit("/", 1)[-1] for name in look(tmp_path)] == ["b.yml"]
    assert look(tmp_path / "nothing") == {}


def test_a_logo_that_changes_comes_or_goes_is_written_and_one_no_longer_named_is_not(tmp_path: Path) -> None:
    plan, logo = tmp_path / "revplan.yaml", tmp_path / "brand" / "logo.svg"
    logo.parent.mkdir()
    written: list[str] = []
    files: list[Path] = []

    def settings(name: str) -> Callable[[], object]:
        logo_line = f", site: {{logo: {name}}}" if name else ""
        return lambda: plan.write_text(f"revplan: {{format: 1, company: Q, currency: EUR{logo_line}}}\n")

    def write() -> None:
        written.append("once")
        files[:] = logo_files(open_plan(tmp_path, tmp_path))

    settings("brand/logo.svg")()
    write()
    steps = after(
        lambda: logo.write_text("<svg/>"),
        lambda: None,
        lambda: logo.write_text("<svg />"),
        logo.unlink,
        lambda: None,
        lambda: logo.write_text("<svg/>"),
        settings(""),
        lambda: None,
        lambda: logo.write_text("<svg >"),
        settings("brand/logo.svg"),
        lambda: None,
        lambda: logo.write_text("<svg  >"),
    )
    counts: list[int] = []

    def wait() -> bool:
        counts.append(len(written))
        return steps()

    watch(tmp_path, write, lambda _error: None, wait, lambda: files)
    assert counts == [1, 2, 2, 3, 4, 4, 5, 6, 6, 6, 7, 7, 8]
