from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

PLAN = """revplan: {format: 1, company: Test, currency: USD, sprint: {focus_factor: 1, reserve: 0}}
team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {copy: 3}}
tactics:
  news: {title: News, function: sales, impact: 5, done_when: It is out, tasks: {write: {skill: copy, hours: 2}}}
  page: {title: Page, function: sales, impact: IMPACT, tasks: {write: {skill: copy, hours: 10}}}
"""


@pytest.mark.parametrize("replanned", [False, True])
@pytest.mark.parametrize(("impact", "line"), [("3", None), ("4", "value 4 instead of 3")])
def test_what_is_done_is_no_value_lost(
    run: Callable[..., Ran], make_plan: Callable[..., Path], impact: str, line: str | None, *, replanned: bool
) -> None:
    """The sprint was worth 8, of which 5 are done; the page is worth 3 as before, or has become worth 4."""
    root = make_plan({"revplan.yaml": PLAN.replace("IMPACT", "3")})

    def on(day: str, *arguments: str) -> Ran:
        return run("sprint", *arguments, "-C", root, "--today", day)

    assert on("2026-12-01", "plan", "2026-12", "--write").code == 0
    assert on("2026-12-01", "start").code == 0
    assert on("2026-12-02", "log", "news/write", "--hours", "2", "--done").code == 0
    if replanned:
        assert on("2026-12-02", "plan", "2026-12", "--write").code == 0
    (root / "revplan.yaml").write_text(PLAN.replace("IMPACT", impact), encoding="utf-8")
    found = on("2026-12-04", "plan", "--check")
    assert found.code == 1
    assert [text for text in map(str.strip, found.out.splitlines()) if "value" in text] == (
        [] if line is None else [f"- {line}{'' if replanned else ', and 5 is done since'}"]
    )
    told = json.loads(on("2026-12-04", "plan", "--check", "--format", "json").out)["data"]
    assert told["written_value"] - told["done_value"] == 3
    assert told["value"] == int(impact)
