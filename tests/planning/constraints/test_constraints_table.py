"""A constraint is one file and one line of the table: a toy that only this test knows is kept by every search."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from revplan.planning import constraints, solve
from revplan.planning.constraints import violations
from revplan.planning.effort import EFFORT
from revplan.planning.explain import reason
from revplan.planning.explain.claims import Reason, Short
from revplan.planning.solve import best, by_rank, fill_by_rank, relaxation
from revplan.planning.solve.formulations import selection
from tests.support import generate
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.planning.explain.reason import Placed
    from revplan.planning.problem import Allocation, Candidate, SprintProblem
    from revplan.planning.solve.formulations import TacticModel
    from revplan.planning.solve.schedule import Schedule

MOST = 3


def _post(model: TacticModel) -> None:
    model.model.row([(column, 1) for column in model.placed.values()], most=MOST)


def _allows(schedule: Schedule, _tactic: int) -> bool:
    return len(schedule.placed) < MOST


def _explain(placed: Placed, _candidate: Candidate) -> Reason | None:
    return Reason("share", blockers=tuple(sorted(placed.names))) if len(placed.names) >= MOST else None


def _check(_problem: SprintProblem, allocation: Allocation) -> Iterator[str]:
    if len(allocation.placed) > MOST:
        yield f"{len(allocation.placed)} tactics are placed"


@pytest.fixture
def at_most_three(monkeypatch: pytest.MonkeyPatch) -> None:
    table = (*constraints.CONSTRAINTS, SimpleNamespace(post=_post, allows=_allows, explain=_explain, check=_check))
    for module in (constraints, selection, reason):
        monkeypatch.setattr(module, "CONSTRAINTS", table)


@pytest.mark.usefixtures("at_most_three")
@pytest.mark.parametrize("kind", generate.KINDS)
@pytest.mark.parametrize("open_pairs", [0, EFFORT.open_pairs])
def test_every_search_keeps_a_constraint_that_none_knows(
    kind: str, open_pairs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    effort = replace(EFFORT, open_pairs=open_pairs)
    for module in (solve, relaxation):
        monkeypatch.setattr(module, "EFFORT", effort)
    problem = generate.problem(20, 5, 4, kind)
    for allocation in (best(problem), fill_by_rank(problem), by_rank(problem)):
        assert violations(problem, allocation) == ()
        assert 1 <= len(allocation.placed) <= MOST


@pytest.mark.usefixtures("at_most_three")
def test_the_best_three_are_chosen_and_proven() -> None:
    five = [tactic(f"t{number}", job(minutes=10), value=1000 * number, rank=number) for number in range(1, 6)]
    found = best(sprint([worker("ann", 60)], five))
    assert found.placed == ("t3", "t4", "t5")
    assert found.proven
    assert fill_by_rank(sprint([worker("ann", 60)], five)).placed == ("t1", "t2", "t3")


@pytest.mark.usefixtures("at_most_three")
def test_the_check_says_what_is_broken() -> None:
    four = [tactic(f"t{number}", job(minutes=10)) for number in range(4)]
    parts = best(sprint([worker("ann", 60)], four))
    more = replace(parts, assignments=tuple(replace(parts.assignments[0], tactic=f"t{n}") for n in range(4)))
    assert "4 tactics are placed" in violations(sprint([worker("ann", 60)], four), more)


@pytest.mark.usefixtures("at_most_three")
def test_the_constraint_says_why_a_tactic_is_parked() -> None:
    five = [tactic(f"t{number}", job(minutes=10), value=1000 * number, rank=number) for number in range(1, 6)]
    problem = sprint([worker("ann", 60)], five)
    said = Reason("share", blockers=("t3", "t4", "t5"))
    assert reason.explain(problem, best(problem)) == {"t1": said, "t2": said}


def test_cash_short_in_the_sprint_and_on_a_line_is_one_reason() -> None:
    two = [tactic(f"t{number}", job(minutes=10), value=number, rank=number, cost=600) for number in (2, 1)]
    two = [replace(one, line="ads") for one in two]
    problem = replace(sprint([worker("ann", 60)], two), budget=1000, lines=(("ads", 700),))
    found = reason.explain(problem, best(problem))
    assert found == {"t1": Reason("budget", (Short("cash", "ads", 500), Short("cash", "sprint", 200)), ("t2",))}
