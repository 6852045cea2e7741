"""Owners and days found ahead of time are those that would have been found afterwards."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import generate
import pytest

from revplan.planning.network import network
from revplan.planning.solve.ranked import ranked
from revplan.planning.solve.result import Result
from revplan.planning.solve.staffing import Staffing


@pytest.mark.parametrize("is_begun_with_another", [False, True])
def test_what_was_begun_ahead_is_used_for_its_own_plan_only(*, is_begun_with_another: bool) -> None:
    numbered = network(generate.problem(20, 5, 3, "typical"))
    board = ranked(numbered)
    found = Result(board.plan, board.worth, "ranked", interrupted=False)
    with ThreadPoolExecutor(1) as aside:
        afterwards = Staffing(numbered, asks_solver=True).finish(found)
        ahead = Staffing(numbered, asks_solver=True)
        ahead.begin(board.without_these({min(board.placed)}).plan if is_begun_with_another else board.plan, aside)
        assert ahead.finish(found) == afterwards
    assert afterwards.plan.owners.keys() == board.plan.owners.keys()
