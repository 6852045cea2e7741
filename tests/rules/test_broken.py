from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.diagnostics import CODES
from revplan.formats import text
from revplan.formats.text import plain
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[Path, str], None]

BROKEN = Path(__file__).parents[1] / "broken"
FOLDERS = sorted(path for path in BROKEN.iterdir() if path.is_dir())
BY_CODE = [pytest.param(folder, id=folder.name) for folder in FOLDERS]
ENTAILED: dict[str, set[str]] = {"RP704": {"RP730"}}
"""What cannot come alone: the codes that a folder's own fault brings with it."""


@pytest.mark.parametrize("folder", BY_CODE)
def test_a_broken_plan_is_told_so(folder: Path, golden: Golden) -> None:
    loaded = read(folder)
    found = validate(loaded, context_of(loaded, None, date(2026, 11, 28))).diagnostics
    assert {diagnostic.code for diagnostic in found} == {folder.name} | ENTAILED.get(folder.name, set())
    golden(folder / "expected.txt", text.findings(found, plain))


@pytest.mark.parametrize("code", [code.code for code in CODES if "RP3" <= code.code < "RP7"])
def test_every_rule_has_a_broken_plan(code: str) -> None:
    assert (BROKEN / code / "expected.txt").exists()
