"""Tactics packed onto calendars: whole or not at all, and what does not come about leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import generate
import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.constraints import violations
from revplan.planning.network import network
from revplan.planning.schedule import timetable
from revplan.planning.solve.board import Plan, worth
from revplan.planning.solve.packing import Packing
from revplan.planning.solve.ranked import ranked
from revplan.planning.solve.result import Result, allocation
from revplan.planning.windows import windows

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem


def packing(problem: SprintProblem) -> Packing:
    numbered = network(problem)
    return Packing(numbered, windows(numbered))


def state(found: Packing) -> tuple[object, ...]:
    return set(found.placed), found.loads.owners, dict(found.loads.windows), found.loads.total


def broken(found: Packing) -> tuple[str, ...]:
    """Return what is wrong with the plan that the packing stands for."""
    owners = found.loads.owners
    table = timetable(found.network, owners, found.loads.windows)
    assert not table.late
    reached = worth(found.network, found.placed)
    result = Result(Plan(owners, table.days), reached, "neighbourhood", interrupted=False)
    assert set(allocation(found.network, result).placed) == {found.network.candidates[one].id for one in found.placed}
    return violations(found.network.problem, allocation(found.network, result))


@given(st.integers(0, 10**6), st.permutations(range(4)))
def test_what_is_added_makes_a_sound_plan_or_leaves_no_trace(seed: int, order: list[int]) -> None:
    problem = tiny.random_sprint(seed)
    found = packing(problem)
    for tactic in order:
        if tactic < len(problem.candidates) and tactic not in found.placed:
            before = state(found)
            if found.add(tactic, 5):
                assert tactic in found.placed
                assert found.loads.total == 0
                assert broken(found) == ()
            else:
                assert state(found) == before


@pytest.mark.parametrize("kind", generate.KINDS)
def test_a_plan_is_resumed_as_it_is(kind: str) -> None:
    """Also where tasks are shared by other parts than whole hours."""
    for seed in range(3):
        numbered = network(generate.problem(60, 10, seed, kind))
        board = ranked(numbered)
        found = Packing(numbered, windows(numbered))
        found.resume(board.plan)
        assert (found.placed, found.loads.owners, found.loads.total) == (board.placed, board.owners, 0)
        assert broken(found) == ()


def test_a_selection_begins_with_its_owners() -> None:
    """Both could have either; the first has what the second is said to have left."""
    problem = tiny.sprint(
        [tiny.worker("v", 100), tiny.worker("w", 100)],
        [tiny.tactic(name, tiny.job(minutes=80), deadline=0) for name in "ab"],
    )
    found = packing(problem)
    found.begin([0, 1], {0: ((1, 80),), 1: ((0, 80),)})
    assert found.loads.owners == {0: ((1, 80),), 1: ((0, 80),)}
    assert (found.tactics_of(0), found.tactics_of(1)) == ({1}, {0})


def test_who_is_named_and_has_no_time_is_replaced() -> None:
    problem = tiny.sprint([tiny.worker("v", 60), tiny.worker("w", 100)], [tiny.tactic("a", tiny.job(minutes=80))])
    found = packing(problem)
    found.begin([0], {0: ((0, 80),)})
    assert found.loads.owners == {0: ((1, 80),)}


def test_linked_tactics_without_time_for_all_of_them_come_in_as_far_as_they_can() -> None:
    """What comes last has to be done on a day on which what comes first is not."""
    chain = [
        tiny.tactic("a", tiny.job(minutes=90), deadline=2),
        tiny.tactic("b", tiny.job(minutes=60), requires=("a",), deadline=2),
        tiny.tactic("c", tiny.job(minutes=60), requires=("b",), deadline=0),
    ]
    found = packing(tiny.sprint([tiny.worker("w", 60, 60, 60)], chain))
    found.begin([0, 1, 2], {})
    assert found.placed == {0, 1}


def test_what_requires_a_tactic_without_time_stays_out_with_it() -> None:
    chain = [tiny.tactic("a", tiny.job(minutes=90), deadline=0), tiny.tactic("b", tiny.job(), requires=("a",))]
    found = packing(tiny.sprint([tiny.worker("w", 60, 60)], chain))
    found.begin([0, 1], {})
    assert found.placed == set()


def test_what_requires_another_brings_it_in_and_goes_with_it() -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 60, 60)],
        [tiny.tactic("a", tiny.job(), deadline=1), tiny.tactic("b", tiny.job(), requires=("a",), deadline=1)],
    )
    found = packing(problem)
    assert found.add(1, 5)
    assert found.placed == {0, 1}
    found.drop(0)
    assert (found.placed, found.loads.owners) == (set(), {})


def test_work_makes_room_for_more() -> None:
    """The only one who can do both has on Monday what the other could do."""
    problem = tiny.sprint(
        [tiny.worker("v", 60, 60, skills="copy design"), tiny.worker("w", 60, 0)],
        [tiny.tactic("a", tiny.job(), deadline=0), tiny.tactic("b", tiny.job(skill="design"), deadline=0)],
    )
    found = packing(problem)
    found.begin([0], {0: ((0, 60),)})
    assert found.add(1, 5)
    assert found.loads.owners == {0: ((1, 60),), 1: ((0, 60),)}


def test_cash_that_is_spent_is_there_again_once_the_tactic_has_gone() -> None:
    costly = [tiny.tactic(name, tiny.job(), deadline=0, cost=60) for name in "ab"]
    found = packing(tiny.sprint([tiny.worker("w", 120)], costly, budget=100))
    assert found.add(0, 5)
    assert not found.add(1, 5)
    found.drop(0)
    assert found.add(1, 5)


def test_alternatives_are_not_placed_together() -> None:
    rivals = [
        tiny.tactic("a", tiny.job(), deadline=0, excludes=("b",)),
        tiny.tactic("b", tiny.job(), deadline=0, excludes=("a",)),
    ]
    found = packing(tiny.sprint([tiny.worker("w", 120)], rivals))
    assert found.add(0, 5)
    assert not found.add(1, 5)


def test_a_deadline_is_kept_though_what_waits_begins_later() -> None:
    problem = tiny.sprint(
        [tiny.worker("w", 60, 60, 60)],
        [
            tiny.tactic("a", tiny.job(minutes=30), deadline=0),
            tiny.tactic("b", tiny.job(minutes=30), requires=("a",), release=2, deadline=2),
        ],
    )
    found = packing(problem)
    found.resume(ranked(found.network).plan)
    assert found.loads.windows == {0: (0, 0), 1: (2, 2)}
