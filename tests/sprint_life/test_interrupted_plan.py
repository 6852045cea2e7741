from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from quay import COMPANY

from revplan.planning import solve

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from quay import Company


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def test_ctrl_c_gives_the_best_plan_so_far_and_says_so(
    company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solve, "best", _interrupted)
    epic = "  epic: {title: Epic, function: marketing, impact: 10, tasks: {write: {skill: writing, hours: 120}}}\n"
    ran = company(COMPANY + epic).done("plan")
    assert "stopped early; this is the best plan so far" in ran.out
    assert "In the sprint: 3 tactics" in ran.out
