from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.quay import COMPANY, Company, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.shell import Ran

    MakePlan = Callable[..., Path]


@pytest.fixture
def company(make_plan: MakePlan, run: Callable[..., Ran]) -> Callable[..., Company]:
    def found(text: str = COMPANY, sprint: str = "{focus_factor: 1, reserve: 0}") -> Company:
        return Company(make_plan({"revplan.yaml": settings(sprint=sprint), "plan.yaml": text}), run)

    return found
