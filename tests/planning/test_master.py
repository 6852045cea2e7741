"""The solver's model: its rows forbid no sound plan, and forbid what could never be handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import brute
import generate
import pytest
import tiny
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import job, sprint, tactic, worker

from revplan.planning.network import network
from revplan.planning.solve import best, ranked
from revplan.planning.solve.layers import most_valuable
from revplan.planning.solve.master import Master
from revplan.planning.solve.sooner import drawn_in, sooner

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, Candidate, Job, SprintProblem


def broken_rows(problem: SprintProblem, allocation: Allocation) -> list[object]:
    """Return the rows of the model, drawn in, that an allocation does not satisfy."""
    numbered = network(problem)
    master = drawn_in(numbered)
    numbers = {(numbered.candidates[task.tactic].id, task.job.id): task.number for task in numbered.tasks}
    workers = {worker.id: number for number, worker in enumerate(problem.workers)}
    owners: dict[int, tuple[tuple[int, int], ...]] = {}
    for one in allocation.assignments:
        number = numbers[one.tactic, one.task]
        owners[number] = (*owners.get(number, ()), (workers[one.worker], one.minutes))
    values = master.values(owners)
    sums = ((row, sum(factor * values[column] for column, factor in row[0].items())) for row in master.model.rows)
    return [row for row, got in sums if not (row[1] is None or row[1] <= got) or not (row[2] is None or got <= row[2])]


@given(st.integers(0, 10**6))
def test_no_row_forbids_a_sound_plan_of_a_tiny_sprint(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    assert broken_rows(problem, ranked(problem)) == []
    assert broken_rows(problem, best(problem)) == []


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_no_plan_is_worth_more_than_the_model_says(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    for model in (Master, drawn_in):
        choice = most_valuable(model(network(problem)), None)
        assert choice is not None
        assert choice.bound >= brute.optimum(problem)


@settings(max_examples=12)
@given(st.integers(0, 10**6))
def test_no_row_forbids_a_sound_plan_of_a_sprint_with_shares_and_shared_tasks(seed: int) -> None:
    problem = generate.problem(14, 4, seed, generate.KINDS[seed % 4])
    assert broken_rows(problem, ranked(problem)) == []


def most_placed(*candidates: Candidate, **limits: object) -> int:
    """Return how many tactics the model would place for a team of which two are fast or late, and two are not."""
    team = [
        worker("ann", 60, 60, 60, 0, 0),
        worker("bob", 60, 0, 0, 0, 0, skills="design"),
        worker("cat", 180, 0, 0, 0, 0),
        worker("dan", 0, 0, 0, 60, 0, skills="design"),
    ]
    master = Master(network(sprint(team, list(candidates), **limits)))
    answer = master.model.maximise([(column, 1) for column in master.placed.values()])
    return answer.value


CATS = tactic("p", job(minutes=180, owner="cat"))
DANS = tactic("q", job(skill="design", owner="dan"))


def draft_then_draw(*after: str) -> tuple[Job, Job]:
    return job("draft", minutes=180), job("draw", skill="design", after=after)


def test_who_ends_late_cannot_hand_over_to_who_must_start_early() -> None:
    # Ann ends on the third day, and Bob works on the first alone: one of Cat and Dan is needed.
    assert most_placed(tactic("a", *draft_then_draw("draft")), CATS, DANS) == 2
    assert most_placed(tactic("a", *draft_then_draw()), CATS, DANS) == 3
    assert most_placed(tactic("a", *draft_then_draw("draft")), CATS) == 2
    assert most_placed(tactic("a", *draft_then_draw("draft")), DANS) == 2


def test_who_shares_a_task_ends_it_sooner_than_any_of_them_alone() -> None:
    shared = tactic("a", job("draft", minutes=240, split=True), job("draw", skill="design", after=("draft",)))
    assert most_placed(shared, DANS) == 2


def test_what_is_required_hands_over_in_time_too() -> None:
    draft, draw = draft_then_draw()
    assert most_placed(tactic("a", draft), tactic("b", draw, requires=("a",)), CATS, DANS) == 3
    assert most_placed(tactic("a", draft), tactic("b", draw), CATS, DANS) == 4


@pytest.mark.parametrize(
    ("limits", "placed"),
    [
        ({}, 2),
        ({"budget": 99}, 1),
        ({"budget": 100}, 2),
        ({"lines": (("ads", 49),)}, 1),
        ({"lines": (("ads", 50),)}, 2),
    ],
)
def test_cash_bounds_what_is_placed(limits: dict[str, object], placed: int) -> None:
    assert most_placed(tactic("a", job(), cost=50, line="ads"), tactic("b", job(), cost=50), **limits) == placed


@pytest.mark.parametrize("left", [0, -5])
def test_on_a_line_that_is_used_up_not_a_cent_is_spent(left: int) -> None:
    assert most_placed(tactic("a", job(), cost=1, line="ads"), tactic("b", job()), lines=(("ads", left),)) == 1


def test_of_tactics_that_exclude_each_other_one_is_placed() -> None:
    assert (
        most_placed(tactic("a", job(), excludes=("b",)), tactic("b", job(), excludes=("a",)), tactic("c", job())) == 2
    )


def test_a_shared_task_has_its_minutes_from_all_of_its_owners() -> None:
    assert most_placed(tactic("a", job(minutes=360, split=True))) == 1
    assert most_placed(tactic("a", job(minutes=361, split=True))) == 0
    assert most_placed(tactic("a", job(minutes=300, split=True)), tactic("b", job(minutes=61))) == 1


def drawn_and_wide(*candidates: Candidate) -> tuple[int, int]:
    """Return how many tactics the model places, drawn in and not, where Ann works all week and Bob at its end."""
    team = [worker("ann", *[60] * 5), worker("bob", 0, 0, 0, 60, 60, skills="design")]
    numbered = network(sprint(team, list(candidates)))
    first, then = (
        model.model.maximise([(column, 1) for column in model.placed.values()]).value
        for model in (drawn_in(numbered), Master(numbered))
    )
    return first, then


def test_what_a_placed_tactic_requires_is_due_in_time_for_it() -> None:
    # Bob must begin on the fourth day, and Ann has no hour left before it.
    lead, follow = tactic("a", job()), tactic("b", job(skill="design", minutes=120), requires=("a",))
    rush = tactic("c", job(minutes=240), deadline=3)
    assert drawn_and_wide(lead, follow, rush) == (2, 3)
    assert drawn_and_wide(lead, follow) == drawn_and_wide(lead, rush) == (2, 2)


def test_the_sooner_days_are_told_with_the_tactics_that_ask_for_them() -> None:
    # What takes an hour may still follow on the last day, so it asks for nothing.
    lead = tactic("a", job())
    behind = [tactic(name, job(minutes=60 * hours), requires=("a",)) for name, hours in (("b", 1), ("c", 2), ("d", 2))]
    assert sooner(network(sprint([worker("ann", *[60] * 5)], [lead, *behind]))) == {0: {3: [2, 3]}}
