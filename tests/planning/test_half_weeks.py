"""Days of hand-over for a selection: what is said to be impossible is, and windows that are set meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import generate
import pytest
import tiny
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import job, sprint, tactic, worker

from revplan.planning.network import network
from revplan.planning.solve.half_weeks import HalfWeeks
from revplan.planning.solve.ranked import ranked
from revplan.planning.solve.result import selection
from revplan.planning.solve.settle import selected_windows
from revplan.planning.solve.stages import staged
from revplan.planning.windows import Window

if TYPE_CHECKING:
    from revplan.planning.network import Network
    from revplan.planning.problem import SprintProblem


def filled(problem: SprintProblem) -> tuple[Network, dict[int, Window]]:
    """Return the ranked fill's network, and the windows of its tasks."""
    numbered = network(problem)
    plan = ranked(numbered).plan
    windows = selected_windows(numbered, selection(numbered, plan))
    assert windows is not None
    return numbered, windows


@given(st.integers(0, 10**6))
def test_what_has_a_plan_is_not_impossible(seed: int) -> None:
    numbered, windows = filled(tiny.random_sprint(seed))
    assert not HalfWeeks(numbered, windows).answer().impossible


@settings(max_examples=12)
@given(st.integers(0, 10**6))
def test_what_has_a_plan_with_shared_tasks_is_not_impossible(seed: int) -> None:
    numbered, windows = filled(generate.problem(14, 4, seed, generate.KINDS[seed % 4]))
    half_weeks = HalfWeeks(numbered, windows)
    answer = half_weeks.answer()
    assert answer.values is not None
    for number, options in half_weeks.options(answer).items():
        assert all(
            windows[number].release <= one.release <= one.deadline <= windows[number].deadline for one in options
        )


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_windows_that_are_set_meet(seed: int) -> None:
    numbered, windows = filled(generate.problem(14, 4, seed, "chained"))
    met = staged(numbered, windows) or {}
    for number, window in met.items():
        assert windows[number].release <= window.release <= window.deadline <= windows[number].deadline
        for first in numbered.tasks[number].before:
            assert met[first].deadline <= window.release


EARLY = (120, 120, 120, 0, 0)
LATE = (0, 0, 0, 120, 120)


@pytest.mark.parametrize(("days", "impossible"), [(LATE, True), (EARLY, False)])
def test_a_follower_waits_for_the_half_week_in_which_a_task_is_complete(
    days: tuple[int, ...], impossible: bool
) -> None:
    """Ann designs what bob has written, and is there from Monday to Wednesday: he must be there by then."""
    team = [worker("ann", *EARLY, skills="design"), worker("bob", *days)]
    numbered = network(sprint(team, [tactic("t", job("a"), job("b", "design", after=("a",)))]))
    windows = {task.number: Window(0, 4) for task in numbered.tasks}
    assert HalfWeeks(numbered, windows).answer().impossible == impossible


def test_one_owner_is_no_faster_for_having_only_a_part() -> None:
    """Two members have 120 minutes a half week each: 300 minutes by one of them take three half weeks."""
    day = (120, 0, 0, 120, 0)
    team = [worker("ann", *day), worker("bob", *day), worker("cat", 0, 0, 0, 0, 60, skills="design")]
    numbered = network(sprint(team, [tactic("t", job("a", minutes=150), job("b", "design", after=("a",)))]))
    assert not HalfWeeks(numbered, {task.number: Window(0, 4) for task in numbered.tasks}).answer().impossible
    assert HalfWeeks(numbered, {0: Window(0, 2), 1: Window(0, 4)}).answer().impossible


def test_the_days_of_hand_over_lie_halfway() -> None:
    """Two tasks of a day each in ten: the first has until the fifth day, and so on with the same room for both."""
    team = [worker("ann", *(60,) * 10)]
    numbered = network(sprint(team, [tactic("t", job("a"), job("b", after=("a",)), deadline=9)]))
    assert staged(numbered, {0: Window(0, 9), 1: Window(0, 9)}) == {0: Window(0, 4), 1: Window(4, 9)}
    long = network(sprint(team, [tactic("t", job("a", minutes=90), job("b", minutes=90, after=("a",)))]))
    assert staged(long, {0: Window(0, 1), 1: Window(0, 1)}) is None
