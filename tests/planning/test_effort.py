"""The search ends after a counted effort, whatever the sprint is like."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance
from revplan.planning.solve import best, fill_by_rank, milp
from revplan.planning.solve.choose import Rounds
from revplan.planning.solve.construct import ranked_fill
from revplan.planning.solve.formulations import nodes_for
from revplan.planning.solve.formulations.timeline import HalfWeeks
from revplan.planning.timetable import unmet
from tests.bench.frozen.shapes import SHORT, Shape, draw_sprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from revplan.planning.effort import Effort

PASSES = 4
"""What is laid out on calendars, in limits for one pass: packing, two of fitting in, the rest. Without them: 6."""

COLUMNS = 8000
"""Columns of one model: the timelines of sprints with long hand-overs had 13,000, and took 12 s each."""

TIERS = 3
"""Tiers of one selection, for each of which the solver is asked."""


class Count:
    """Counts what a search does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces = 0
        self.columns: list[int] = []
        self.work = 0
        self._ask = milp._solver
        monkeypatch.setattr("revplan.planning.solve.schedule.unmet", self.lay)
        monkeypatch.setattr(milp, "_solver", self.ask)

    def lay(self, free: Sequence[int], pieces: Iterable[tuple[int, int, int, object]]) -> int:
        """Count pieces that are laid out."""
        listed = list(pieces)
        self.pieces += len(listed)
        return unmet(free, listed)

    def ask(self, model: milp.Model, costs: dict[int, int], scale: int, nodes: int) -> object:
        """Count the columns of a model that the solver is asked."""
        self.columns.append(len(model.upper))
        self.work += nodes * len(model.upper)
        assert self.work <= TIERS * EFFORT.rounds * EFFORT.work, "the search goes on and on"
        return self._ask(model, costs, scale, nodes)


def test_tasks_handed_over_twenty_times_take_a_bounded_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = draw_sprint(Shape(50, 10, 3, 10, hand_overs=20))
    count = Count(monkeypatch)
    found = best(problem)
    assert not violations(problem, found)
    assert found.value >= fill_by_rank(problem).value
    assert count.pieces <= PASSES * EFFORT.packing_work
    assert max(count.columns) <= COLUMNS


@pytest.mark.parametrize(
    "shape",
    [
        Shape(20, 20, 3, 20, hand_overs=5),
        Shape(40, 20, 3, 20, chain=SHORT, hand_overs=5),
        Shape(60, 10, 3, 10, hand_overs=3),
        Shape(40, 20, 3, 20, chain=SHORT, deadlines=True),
    ],
    ids=lambda shape: shape.name,
)
def test_the_solver_is_asked_a_bounded_effort_at_every_size(shape: Shape, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = draw_sprint(shape)
    count = Count(monkeypatch)
    found = best(problem)
    assert not violations(problem, found)
    assert found.value >= fill_by_rank(problem).value > 0
    assert 0 < count.work <= TIERS * EFFORT.rounds * EFFORT.work
    assert count.pieces <= EFFORT.packing_work
    assert max(count.columns) <= COLUMNS


@pytest.mark.parametrize("columns", [1, 100, 5000, 10**6])
def test_a_larger_model_gets_fewer_nodes(columns: int) -> None:
    nodes = nodes_for(milp.Model([0] * columns, [1] * columns))
    assert 1 <= nodes <= EFFORT.nodes
    assert nodes == 1 or nodes * columns <= EFFORT.work


def count_columns_in_time(monkeypatch: pytest.MonkeyPatch, effort: Effort) -> list[int]:
    """Return the columns of each model by half weeks that one search asks."""
    asked: list[int] = []

    def answer(model: HalfWeeks, nodes: int = 1) -> milp.Answer:
        asked.append(len(model.model.upper))
        return model.model.maximise((), nodes=nodes)

    with monkeypatch.context() as patch:
        patch.setattr(HalfWeeks, "answer", answer)
        numbered = build_instance(draw_sprint(Shape(14, 4, 3, 4, hand_overs=12)))
        found = Rounds(numbered, ranked_fill(numbered), lambda _step: None, effort).run().allocation(numbered)
        assert found.value > 0
    return asked


def test_models_in_time_are_counted_for_the_whole_search(monkeypatch: pytest.MonkeyPatch) -> None:
    free = replace(EFFORT, all_timed_pairs=10**9, all_day_columns=0)
    asked = count_columns_in_time(monkeypatch, free)
    assert len(asked) > 2, "the sprint is to ask for more than it will get"
    pairs = EFFORT.timed_pairs
    limited = count_columns_in_time(monkeypatch, replace(free, all_timed_pairs=pairs))
    assert 0 < len(limited) < len(asked)
