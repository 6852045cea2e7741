"""Harbourline's December as people see it on the ninth: going, one person's page, and closed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.quay import Company

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.shell import Ran

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
DECEMBER = Path(__file__).with_name("december.yaml")
"""The sprint as it was once planned, and half worked: so the screens do not hang on what a solver finds."""


@pytest.fixture
def harbourline(tmp_path: Path, run: Callable[..., Ran]) -> Company:
    root = tmp_path / "harbourline"
    shutil.copytree(ROOT / "examples" / "harbourline", root)
    shutil.copy(DECEMBER, root / "sprints" / "2026-12.yaml")
    return Company(root, run, "2026-12-16")


@pytest.mark.parametrize("screen", ["status", "show"])
def test_the_sprint_on_a_screen(harbourline: Company, golden: Callable[[Path, str], None], screen: str) -> None:
    golden(GOLDEN / f"harbourline-sprint-{screen}.txt", harbourline.done(screen).out)


def test_sprints_in_a_list(harbourline: Company, golden: Callable[[Path, str], None]) -> None:
    golden(
        GOLDEN / "harbourline-sprint-list.txt", harbourline.invoke("sprint", "list", "-C", str(harbourline.root)).out
    )


def test_one_persons_page(harbourline: Company, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "harbourline-sprint-brief.txt", harbourline.done("brief", "priya").out)


def test_what_became_of_it(harbourline: Company, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "harbourline-sprint-close.txt", harbourline.on("2026-12-31").done("close", "--carry").out)


def test_the_example_as_it_stands_is_sound(harbourline: Company) -> None:
    ran = harbourline.invoke("validate", "-C", str(harbourline.root), "--today", "2026-12-16")
    assert (ran.code, "error" in ran.out) == (0, False)
