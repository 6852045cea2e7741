"""Ctrl-C ends the search, not the command: the best plan so far stands, and says that it was cut short."""

from __future__ import annotations

import os
import random
import signal
import threading
from typing import NoReturn

import pytest

from revplan.planning.constraints import violations
from revplan.planning.solve import best, fill_by_rank, milp
from revplan.planning.solve.milp import Model
from tests.support import generate


@pytest.mark.parametrize("calls", [1, 2, 3, 4])
@pytest.mark.parametrize("size", [(25, 6), (130, 24)])
def test_the_best_so_far_stands(size: tuple[int, int], calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = generate.problem(*size, seed=1)
    left = iter(range(calls))
    solve = Model.maximise

    def until_the_user_stops(model: Model, *args: object, **named: object) -> object:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return solve(model, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Model, "maximise", until_the_user_stops)
    found = best(problem)
    assert found.interrupted
    assert violations(problem, found) == ()
    assert found.must_value >= fill_by_rank(problem).must_value
    assert found.value <= found.bound


@pytest.mark.skipif(os.name == "nt", reason="signals are sent as on POSIX")
def test_the_solver_hears_ctrl_c() -> None:
    model = Model()
    rng = random.Random(1)  # noqa: S311 - test data, not secrets
    columns = [model.column(1) for _ in range(50)]
    for _ in range(6):  # a market split problem: short to write, and far beyond branch and bound
        factors = [rng.randrange(100) for _ in columns]
        model.row(zip(columns, factors, strict=True), least=sum(factors) // 2, most=sum(factors) // 2)
    timer = threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        model.maximise((), nodes=10**9)
    timer.join()


def test_after_a_ctrl_c_just_when_the_solver_began_others_solve(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search ends with what it has, and what is said of it still asks the solver."""
    model = Model()
    columns = [model.column(1) for _ in range(3)]
    model.row([(column, 2) for column in columns], most=3)

    def stop(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(milp, "wait", stop)
        with pytest.raises(KeyboardInterrupt):
            model.maximise([(column, 1) for column in columns])
    assert model.maximise([(column, 1) for column in columns]).value == 1
