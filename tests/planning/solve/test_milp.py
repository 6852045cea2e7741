"""What is asked of the solver, where there is nothing to solve."""

from __future__ import annotations

from itertools import product
from operator import mul
from random import Random

import pytest

from revplan.planning.solve import milp
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


@pytest.mark.parametrize("unit", [1, 10**6, 10**12, 10**15, 10**17])
def test_sums_of_any_size_are_kept(unit: int) -> None:
    model = Model()
    columns = [model.column(1) for _ in range(4)]
    costs = [4 * unit, 3 * unit, 2 * unit, 1]
    model.row(zip(columns, costs, strict=True), most=5 * unit)
    answer = model.maximise(list(zip(columns, (5, 4, 3, 1), strict=True)))
    assert answer.values is not None
    assert sum(cost for cost, taken in zip(costs, answer.values, strict=True) if taken) <= 5 * unit
    assert answer.value == 7, "3 + 2 units leave nothing for the last; 4 units and the last are worth 6"


@pytest.mark.parametrize("seed", range(20))
def test_the_best_within_a_limit_is_that_of_trying_all(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - no secret
    costs = [draw.randrange(1, 9) * 10**7 + draw.choice((0, 0, 1, -1)) for _ in range(6)] + [1, 2]
    worth = [draw.randrange(1, 9) for _ in costs]
    most = draw.randrange(5, 20) * 10**7
    model = Model()
    columns = [model.column(1) for _ in costs]
    model.row(zip(columns, costs, strict=True), most=most)
    answer = model.maximise(list(zip(columns, worth, strict=True)))
    choices = [taken for taken in product((0, 1), repeat=len(costs)) if sum(map(mul, costs, taken)) <= most]
    assert answer.value == max(sum(map(mul, worth, taken)) for taken in choices)
    assert answer.values in choices


def test_a_fault_while_the_solver_runs_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was swallowed, and what the solver had by then was taken to be the best."""

    def fail(_patience: object, _event: object) -> None:
        raise ValueError("in the callback")

    draw = Random(1)  # noqa: S311 - no secret
    model = Model()
    columns = [model.column(1) for _ in range(40)]
    for _ in range(5):
        model.row([(column, draw.randrange(1, 100)) for column in columns], most=1000)
    monkeypatch.setattr(milp._Patience, "__call__", fail)
    with pytest.raises(ValueError, match="in the callback"):
        model.maximise([(column, draw.randrange(1, 100)) for column in columns])
