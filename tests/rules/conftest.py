from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.checking.validate import validate
from revplan.app.open import context_of
from revplan.store.load import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TODAY = date(2026, 11, 28)


@pytest.fixture
def told(make_plan: Callable[..., Path]) -> Callable[..., list[tuple[str, str]]]:
    """Return code and message of everything that is found in a plan of a few lines."""

    def find(files: Mapping[str, str] | str) -> list[tuple[str, str]]:
        loaded = read(make_plan(files))
        found = validate(loaded, context_of(loaded, None, TODAY)).diagnostics
        return [(each.code, each.message) for each in found]

    return find
