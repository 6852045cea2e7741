"""The search ends after a counted effort, whatever the sprint is like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.solve import best, fill_by_rank, milp
from revplan.planning.timetable import unmet
from tests.bench.frozen.shapes import Shape, draw_sprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest

PASSES = 4
"""What is laid out on calendars, in limits for one pass: packing, two of fitting in, the rest. Without them: 6."""

COLUMNS = 8000
"""Columns of one model: the timelines of sprints with long hand-overs had 13,000, and took 12 s each."""


class Count:
    """Counts what a search does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pieces = 0
        self.columns: list[int] = []
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
        return self._ask(model, costs, scale, nodes)


def test_tasks_handed_over_twenty_times_take_a_bounded_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = draw_sprint(Shape(50, 10, 3, 10, hand_overs=20))
    count = Count(monkeypatch)
    found = best(problem)
    assert not violations(problem, found)
    assert found.value >= fill_by_rank(problem).value
    assert count.pieces <= PASSES * EFFORT.packing_work
    assert max(count.columns) <= COLUMNS
