"""Sheets about many things: reading and writing them takes as long as there are things, not the square of that."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from revplan.app.guide.outcome import changes
from revplan.app.guide.session import begin, find_workshop
from revplan.app.guide.sheets import read_sheet
from revplan.app.open import context_of, open_plan
from revplan.store.edit.plan import edit
from tests.bench.growth_kinds import every_kind

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

TODAY = date(2026, 11, 28)


def proofs(count: int) -> str:
    """Return a sheet that gives a proof of every differentiator."""
    blanks = (f"**Answer**: (known/edge-{number}/proof)\n\n- Proof {number}\n\n" for number in range(count))
    return "".join(blanks)


def calls_of(root: Path, count: int) -> int:
    """Return how many functions are called to read a sheet about so many differentiators, and to edit the plan."""
    root.mkdir()
    every_kind(root, count)
    loaded = open_plan(root, root)
    session = begin(loaded, context_of(loaded, TODAY, TODAY), find_workshop("remarkable"), None, every=True)
    calls = 0

    def see(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(see)
    try:
        read = read_sheet(session, proofs(count))
        edits = edit(loaded, changes(read.session))
    finally:
        sys.setprofile(None)
    assert (read.count, len(edits.overlay)) == (count, 1)
    return calls


def test_a_sheet_of_twice_as_many_things_takes_twice_as_long(tmp_path: Path) -> None:
    few, many = calls_of(tmp_path / "few", 60), calls_of(tmp_path / "many", 120)
    assert many < 2.3 * few
