"""A selection day by day: what is said to be impossible is so by trying everything, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.planning.instance import build_instance
from revplan.planning.solve.formulations.timeline import Verdict, by_day
from revplan.planning.trial import restrict_to
from revplan.planning.windows import selected_windows
from tests.support import brute, tiny
from tests.support.tiny import job, sprint, tactic, worker

if TYPE_CHECKING:
    from revplan.planning.problem import SprintProblem


def looked_at(problem: SprintProblem) -> Verdict | None:
    """Return what is said of placing everything; None where there is no time."""
    numbered = build_instance(problem)
    times = selected_windows(numbered, range(len(numbered.candidates)))
    return by_day(numbered, times, 5000) if times is not None else None


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_every_selection_of_a_tiny_sprint_is_judged_as_by_trying_everything(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    for chosen in brute._selections(problem):
        said = looked_at(restrict_to(problem, {candidate.id for candidate in chosen}))
        assert (said is None or said.impossible) == (not brute._fits(problem, chosen))


def test_a_shared_task_has_an_hour_of_each_or_none() -> None:
    whole = tactic("a", job(minutes=150, split=True))
    verdict = looked_at(sprint([worker("ann", 60, 60), worker("bob", 60, 30)], [whole]))
    assert verdict is not None
    assert not verdict.impossible
    verdict = looked_at(sprint([worker("ann", 60, 60), worker("bob", 30, 0)], [whole]))
    assert verdict is None or verdict.impossible, "half an hour is too small a piece"


def test_hand_overs_in_a_chain_are_judged_to_the_day() -> None:
    team = [worker("ann", 60, 60, 0, 0), worker("bob", 0, 60, 60, 60, skills="design")]
    chain = tactic("a", job("x", minutes=90), job("y", skill="design", minutes=120, after=("x",)))
    for minutes in (30, 31):
        rival = tactic("b", job("z", minutes=minutes), job("w", skill="design", minutes=60, after=("z",)))
        verdict = looked_at(sprint(team, [chain, rival]))
        assert verdict is not None
        assert verdict.impossible == (minutes > 30)
        assert verdict.columns > 0


def test_what_is_too_large_to_be_looked_at_is_not_said_to_be_impossible() -> None:
    team = [worker(f"w{number}", *[60] * 40) for number in range(20)]
    chain = [job(f"j{number}", minutes=60, after=(f"j{number - 1}",)) for number in range(1, 10)]
    problem = sprint(team, [tactic("a", job("j0", minutes=60), *chain, deadline=39)])
    assert looked_at(problem) == Verdict(impossible=False)
