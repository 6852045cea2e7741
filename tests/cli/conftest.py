from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.shell import Ran

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EXAMPLES", "Ran"]

EXAMPLES = Path(__file__).parents[2] / "examples"
"""The examples as the repository holds them."""


SETTINGS = "revplan: {format: 1, company: Test, currency: USD, today: 2026-12-01}\n"


@pytest.fixture
def december_plan(make_plan: Callable[..., Path]) -> Callable[[str], Path]:
    """Write a plan of one file on the first day of December, whose sprint is due then."""

    def make(text: str) -> Path:
        return make_plan({"revplan.yaml": SETTINGS, "plan.yaml": text})

    return make
