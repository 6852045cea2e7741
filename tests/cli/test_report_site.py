from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING

from revplan.cli import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.support.shell import Ran

PLAN = "revplan: {format: 1, company: Quay, currency: EUR, today: 2026-11-28}\n"


def test_open_opens_what_was_written(
    make_plan: Callable[..., Path], run: Callable[..., object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_it(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(webbrowser, "open", open_it)
    folder = make_plan({"revplan.yaml": PLAN})
    site, one = tmp_path / "site", tmp_path / "goals.html"
    run("report", "--all", "--format", "html", "-o", str(site), "--open", "-C", str(folder))
    run("report", "goals", "--format", "html", "-o", str(one), "--open", "-C", str(folder))
    assert opened == [(site / "index.html").as_uri(), one.as_uri()]


def test_watch_writes_anew_on_a_change(
    make_plan: Callable[..., Path], run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, page = make_plan({"revplan.yaml": PLAN}), tmp_path / "goals.html"
    left = [lambda: (folder / "revplan.yaml").write_text(PLAN.replace("Quay", "Harbour"))]

    def wait() -> bool:
        if left:
            left.pop()()
            return True
        raise KeyboardInterrupt

    monkeypatch.setattr(report, "wait", wait)
    ran = run("report", "goals", "--format", "html", "-o", str(page), "--watch", "-C", str(folder))
    assert ran.err.count(f"written anew: {page}") == 1
    assert "Harbour · goals" in page.read_text()
