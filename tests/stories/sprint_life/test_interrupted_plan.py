from __future__ import annotations

from threading import Barrier
from typing import TYPE_CHECKING, NoReturn

import pytest

from revplan.app.sprint import plan as plan_sprint
from revplan.planning import solve
from revplan.planning.explain import suggestions
from tests.support.quay import COMPANY

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from tests.support.quay import Company


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


@pytest.mark.parametrize(
    ("module", "name"), [(plan_sprint, "explain"), (suggestions, "Ejections"), (plan_sprint, "find_bottlenecks")]
)
def test_ctrl_c_while_what_is_said_of_it_is_sought_leaves_the_plan(
    company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str
) -> None:
    monkeypatch.setattr(module, name, _interrupted)
    ran = company(COMPANY + EPIC).done("plan")
    assert "In the sprint: 3 tactics" in ran.out
    assert "Parking lot: 1 tactic" in ran.out


def test_ways_in_and_bottlenecks_are_asked_at_the_same_time(
    company: Callable[..., Company], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each waits until the other has begun: asked one after the other, neither would go on."""
    both = Barrier(2, timeout=60)

    def meet_and(ask: Callable[..., object]) -> Callable[..., object]:
        def asked(*arguments: object) -> object:
            both.wait()
            return ask(*arguments)

        return asked

    for name in ("suggestions", "find_bottlenecks"):
        monkeypatch.setattr(plan_sprint, name, meet_and(getattr(plan_sprint, name)))
    assert "Parking lot: 1 tactic" in company(COMPANY + EPIC).done("plan").out
