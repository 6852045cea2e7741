from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-01}\n"


@pytest.fixture
def december_plan(make_plan: Callable[..., Path]) -> Callable[[str], Path]:
    """Write a plan of one file on the first day of December, whose sprint is due then."""

    def make(text: str) -> Path:
        return make_plan({"revplan.yaml": SETTINGS, "plan.yaml": text})

    return make
