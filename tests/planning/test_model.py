"""What is asked of the solver, where there is nothing to solve."""

from __future__ import annotations

import pytest

from revplan.planning.solve.milp import Model


@pytest.mark.parametrize(
    ("least", "most", "impossible"),
    [(1, None, True), (None, -1, True), (0, 0, False), (-1, 1, False), (None, None, False)],
)
def test_limits_on_nothing_are_kept_or_cannot_be(least: int | None, most: int | None, impossible: bool) -> None:
    model = Model()
    column = model.column(5)
    model.row([], least=least, most=most)
    model.row([(column, 2), (column, -2)], least=least, most=most)
    answer = model.maximise([(column, 1)])
    assert answer.impossible is impossible
    assert answer.values is None if impossible else answer.values is not None and answer.values[column] == 5
