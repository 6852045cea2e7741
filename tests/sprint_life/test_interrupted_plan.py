from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from quay import COMPANY

from revplan.app import plan_sprint
from revplan.planning import openings, solve

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from quay import Company


EPIC = "  epic: {title: Epic, function: marketing, impact: 10, tasks: {write: {skill: writing, hours: 120}}}\n"


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def test_ctrl_c_gives_the_best_plan_so_far_and_says_so(
    company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, "best", _interrupted)
    ran = company(COMPANY + EPIC).done("plan")
    assert "stopped early; this is the best plan so far" in ran.out
    assert "In the sprint: 3 tactics" in ran.out


def test_ctrl_c_while_reasons_are_sought_leaves_the_plan(
    company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_sprint, "explain", _interrupted)
    ran = company(COMPANY + EPIC).done("plan")
    assert "In the sprint: 3 tactics" in ran.out
    assert "Parking lot: 1 tactic" in ran.out


def test_ctrl_c_before_anything_is_sought_that_would_bring_the_parked_in_leaves_the_plan(
    company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openings, "Rivals", _interrupted)
    ran = company(COMPANY + EPIC).done("plan")
    assert "In the sprint: 3 tactics" in ran.out
    assert "Parking lot: 1 tactic" in ran.out
