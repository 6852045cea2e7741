"""A written sprint whose rows somebody edited by hand: what is planned, shown, checked and written then."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    Run = Callable[..., Ran]
    MakePlan = Callable[..., Path]

TEAM = """team:
  bo: {name: Bo, kind: employee, function: marketing, hours_per_week: 10, skills: {design: 3}}
  cy: {name: Cy, kind: employee, function: marketing, hours_per_week: 10, skills: {copy: 3}}
"""
TACTICS = """tactics:
  poster: {title: Poster, function: marketing, tier: must, impact: 5, tasks: {draw: {skill: design, hours: 30}}}
  banner: {title: Banner, function: marketing, tier: nice, impact: 5, tasks: {draw: {skill: design, hours: 30}}}
  letter: {title: Letter, function: marketing, impact: 4, tasks: {write: {skill: copy, hours: 8}}}
"""


@pytest.fixture
def edited(run: Run, december_plan: MakePlan) -> Callable[..., Path]:
    """Return a function that plans and writes December, and then replaces text in the sprint's file."""

    def edit(old: str, new: str, pins: tuple[str, ...] = ()) -> Path:
        root = december_plan(TEAM + TACTICS)
        pinned = [each for name in pins for each in ("--pin", name)]
        assert run("sprint", "plan", "-C", root, "--write", *pinned).code == 0
        file = root / "sprints" / "2026-12.yaml"
        text, count = re.subn(old, new, file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert count == 1, text
        file.write_text(text, encoding="utf-8")
        return root

    return edit


def planned(run: Run, root: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run("sprint", "plan", "-C", root, "--format", "json").out)
    return document


@pytest.mark.parametrize(
    ("old", "new", "pins", "placed", "change"),
    [
        ("poster:(.*)banner:", r"banner:\1poster:", (), ["letter", "poster"], "in: Poster"),
        ("(tactics:.*)banner:(.*)poster:", r"\1poster:\2banner:", ("banner",), ["banner", "letter"], "in: Banner"),
        ("hours: 8", "hours: 80", (), ["letter", "poster"], ""),
    ],
    ids=["a must for what is worth the same", "a pin for what is worth the same", "more hours than it has"],
)
def test_rows_that_are_no_longer_as_good_are_planned_anew_and_said(
    run: Run, edited: Callable[..., Path], old: str, new: str, pins: tuple[str, ...], placed: list[str], change: str
) -> None:
    root = edited(old, new, pins)
    found = planned(run, root)
    assert sorted(entry["tactic"] for entry in found["placed"]) == sorted(placed)
    assert change in run("sprint", "plan", "-C", root).out
    assert run("sprint", "plan", "-C", root, "--check").code == 1
    assert "wrote sprints/2026-12.yaml" in run("sprint", "plan", "-C", root, "--write").err
    assert run("sprint", "plan", "-C", root, "--check").code == 0
    assert "up to date" in run("sprint", "plan", "-C", root, "--write").err


def test_rows_that_still_work_out_stay_as_somebody_set_them(run: Run, edited: Callable[..., Path]) -> None:
    root = edited("start: 2026-12-01, due: 2026-12-08", "start: 2026-12-02, due: 2026-12-10")
    assert run("sprint", "plan", "-C", root, "--check").code == 0
    assert "up to date" in run("sprint", "plan", "-C", root, "--write").err
    assert "2026-12-10" in (root / "sprints" / "2026-12.yaml").read_text(encoding="utf-8")
