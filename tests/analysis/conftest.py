from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from revplan.app.open import context_of, open_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from revplan.model.context import Context

TODAY = date(2026, 11, 28)


@pytest.fixture
def read_plan(make_plan: Callable[..., Path]) -> Callable[[str], Context]:
    """Return the plan that a text is, as it is looked at on the day it pins."""

    def read(text: str) -> Context:
        root = make_plan(text)
        loaded = open_plan(root, root)
        assert not loaded.findings
        return context_of(loaded, None, TODAY)

    return read
