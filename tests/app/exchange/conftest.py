from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEAM = """team:
  sam: {name: Sam, email: sam@example.org, kind: employee, function: marketing, hours_per_week: 40,
    skills: {writing: 3, web: 3}}
  noor: {name: Noor, kind: employee, function: sales, hours_per_week: 40, skills: {writing: 2, web: 2}}
"""


@pytest.fixture
def root(make_plan: Callable[..., Path]) -> Path:
    """A plan with two people in it."""
    return make_plan({"team.yaml": TEAM})
