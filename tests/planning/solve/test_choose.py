"""The rounds of selections and cuts end where nothing better is possible."""

from __future__ import annotations

import pytest

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
