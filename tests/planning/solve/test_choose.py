"""The rounds of selections and cuts end where nothing better is possible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from revplan.planning.effort import EFFORT
from revplan.planning.instance import build_instance
from revplan.planning.solve import choose
from revplan.planning.solve.benders import Subproblem
from revplan.planning.solve.choose import Rounds
from revplan.planning.solve.construct import ranked_fill
from revplan.planning.solve.schedule import NOTHING, solution_worth
from tests.support import generate


@pytest.mark.parametrize("kind", generate.KINDS)
def test_no_further_selection_is_asked_for_once_a_plan_reaches_the_bound(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = build_instance(generate.problem(30, 6, 1, kind))
    proven = Rounds(instance, ranked_fill(instance), lambda _step: None).run()
    assert solution_worth(instance, proven.plan) == proven.bound, "proven best"
    steps: list[str] = []
    rounds = Rounds(instance, NOTHING, steps.append, improve=lambda _plan: (proven.plan, False))
    monkeypatch.setattr(choose, "settle", lambda *_, **__: Subproblem(None, has_owners=True))
    assert rounds.find_best()
    assert rounds.worth == rounds.bound == proven.bound
    asked = [step for step in steps if step.startswith("looking")]
    assert 1 <= len(asked) <= 2, "the second with what must leave time for what waits"


@pytest.mark.parametrize(("most", "asked"), [(0, 2), (10**12, EFFORT.rounds)])
def test_no_further_selection_is_asked_for_once_the_models_took_so_much_work(
    most: int, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is asked for with what must leave time for what waits; nothing is said of the first."""
    instance = build_instance(generate.problem(40, 8, 1, "chained"))
    steps: list[str] = []
    rounds = Rounds(instance, NOTHING, steps.append, replace(EFFORT, round_work=most))
    monkeypatch.setattr(choose, "settle", lambda *_, **__: Subproblem(None, has_owners=True))
    monkeypatch.setattr(rounds, "_try_near", lambda _choice: None)
    assert not rounds.find_best()
    assert rounds.open_choice is not None
    assert len([step for step in steps if step.startswith("looking")]) == asked
