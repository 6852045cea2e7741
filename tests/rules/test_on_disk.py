"""Faults that no plan in the repository can have: they are made here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.diagnostics import CODES
from revplan.rules import rule
from revplan.rules.manual import manual
from revplan.store.files import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[..., list[tuple[str, str]]]

BROKEN = Path(__file__).parents[1] / "broken"
MADE_HERE = {"RP009", "RP011", "RP014"}


def test_every_code_has_a_broken_plan_or_is_made_here() -> None:
    folders = {folder.name for folder in BROKEN.iterdir() if folder.is_dir()}
    assert folders == {code.code for code in CODES} - MADE_HERE


def test_only_what_is_made_here_has_no_example() -> None:
    assert {code.code for code in CODES if manual(rule(code)).bad is None} == MADE_HERE


@pytest.mark.parametrize("code", sorted(MADE_HERE))
def test_a_fault_on_disk_is_told_alone(told: Told, make_plan: Callable[..., Path], tmp_path: Path, code: str) -> None:
    file = make_plan({}) / "odd.yaml"
    if code == "RP009":
        with file.open("wb") as opened:
            opened.truncate(LARGEST_FILE + 1)
    elif code == "RP011":
        file.symlink_to("gone.yaml")
    else:
        (tmp_path / "elsewhere.yaml").write_text("tactics: {}\n", encoding="utf-8")
        file.symlink_to(tmp_path / "elsewhere.yaml")
    assert [found for found, _ in told({})] == [code]
