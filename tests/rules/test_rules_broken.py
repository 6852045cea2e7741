from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.diagnostics import CODES
from revplan.formats import text
from revplan.formats.text import plain
from revplan.rules import rule
from revplan.rules.manual import manual
from revplan.store.files import LARGEST_FILE
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Golden = Callable[[Path, str], None]

BROKEN = Path(__file__).parents[1] / "broken"
FOLDERS = sorted(path for path in BROKEN.iterdir() if path.is_dir())
BY_CODE = [pytest.param(folder, id=folder.name) for folder in FOLDERS]
ENTAILED: dict[str, set[str]] = {"RP704": {"RP730"}}
"""What cannot come alone: the codes that a folder's own fault brings with it."""


def make_too_large(root: Path) -> None:
    with (root / "odd.yaml").open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)


def make_dangling_link(root: Path) -> None:
    (root / "odd.yaml").symlink_to("gone.yaml")


def make_link_out_of_plan(root: Path) -> None:
    outside = root.with_name("elsewhere.yaml")
    outside.write_text("tactics: {}\n", encoding="utf-8")
    (root / "odd.yaml").symlink_to(outside)


ON_DISK: Mapping[str, Callable[[Path], None]] = {
    "RP009": make_too_large,
    "RP011": make_dangling_link,
    "RP014": make_link_out_of_plan,
}
"""The faults that a repository cannot hold on every system; the test adds them to a copy of the folder."""


@pytest.mark.parametrize("folder", BY_CODE)
def test_a_broken_plan_is_told_so(folder: Path, golden: Golden, tmp_path: Path) -> None:
    root = folder
    if folder.name in ON_DISK:
        root = copytree(folder, tmp_path / "plan")
        ON_DISK[folder.name](root)
    loaded = read(root)
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28))).diagnostics
    assert {diagnostic.code for diagnostic in found} == {folder.name} | ENTAILED.get(folder.name, set())
    golden(folder / "expected.txt", text.findings(found, plain))


def test_every_code_of_every_family_has_a_broken_plan_and_no_folder_is_left_over() -> None:
    assert [folder.name for folder in FOLDERS] == sorted(code.code for code in CODES)


def test_a_manual_shows_a_bad_plan_where_a_repository_can_hold_one() -> None:
    assert {code.code for code in CODES if manual(rule(code)).bad is None} == set(ON_DISK)
