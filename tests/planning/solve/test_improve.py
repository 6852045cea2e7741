"""A parked tactic comes in where what goes for it is worth less, and nothing changes where it cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.constraints import violations
from revplan.planning.instance import build_instance
from revplan.planning.problem import Candidate, Job, SprintProblem, Worker
from revplan.planning.solve import Builder, allocation_of
from revplan.planning.solve.construct import ranked_fill
from revplan.planning.solve.improve import improve
from revplan.planning.solve.schedule import solution_worth
from revplan.planning.timetable import Solution
from tests.support import generate

DAYS = tuple(date(2026, 3, 2) + timedelta(day) for day in range(5))
ANN = Worker("ann", (("copy", 2),), (60,) * 5)


def _tactic(name: str, value: int, minutes: int = 120, **more: object) -> Candidate:
    return Candidate(name, "should", value, 1, (Job("do", "copy", minutes),), deadline=4, **more)  # type: ignore[arg-type]


def _exchange(problem: SprintProblem, first: tuple[str, ...]) -> tuple[str, ...]:
    """Place these tactics, exchange, and return what is placed then."""
    instance = build_instance(problem)
    names = [one.id for one in problem.candidates]
    start = Builder(instance).fill(names.index(name) for name in first).schedule.solution()
    plan, is_stopped = improve(instance, start, lambda _step: None)
    found = allocation_of(instance, plan)
    assert not is_stopped
    assert not violations(problem, found)
    return found.placed


def _sprint(*tactics: Candidate, budget: int | None = None) -> SprintProblem:
    return SprintProblem("s", DAYS, (ANN,), tactics, budget)


def test_what_is_worth_less_goes_for_hours() -> None:
    sprint = _sprint(_tactic("a", 2, 180), _tactic("b", 3, 120), _tactic("c", 9, 180))
    assert _exchange(sprint, ("a", "b")) == ("b", "c")


def test_what_is_worth_less_goes_for_cash_and_no_more_than_needed() -> None:
    sprint = _sprint(_tactic("a", 1, 30, cost=1), _tactic("b", 4, 30, cost=5), _tactic("c", 9, 30, cost=5), budget=6)
    assert _exchange(sprint, ("a", "b")) == ("a", "c")


def test_what_is_excluded_goes_for_what_is_worth_more_only() -> None:
    one, two = _tactic("a", 2, excludes=("b",)), _tactic("b", 3, excludes=("a",))
    assert _exchange(_sprint(one, two), ("a",)) == ("b",)
    assert _exchange(_sprint(one, two), ("b",)) == ("b",)


def test_a_nice_to_have_of_more_value_goes_for_a_should() -> None:
    nice = replace(_tactic("a", 50, 300), tier="nice")
    assert _exchange(_sprint(nice, _tactic("b", 1, 300)), ("a",)) == ("b",)
    assert _exchange(_sprint(nice, _tactic("b", 1, 300)), ("b",)) == ("b",)


def test_what_something_placed_requires_stays() -> None:
    sprint = _sprint(_tactic("a", 1, 120), _tactic("b", 5, 120, requires=("a",)), _tactic("c", 4, 180))
    assert _exchange(sprint, ("a", "b")) == ("a", "b")


def test_what_requires_another_goes_with_it() -> None:
    """All that is placed and requires `a` would go with it; both are worth less than what comes."""
    sprint = _sprint(_tactic("a", 1, 120), _tactic("b", 2, 120, requires=("a",)), _tactic("c", 9, 240))
    assert _exchange(sprint, ("a", "b")) == ("c",)


def test_owners_change_for_what_comes_in() -> None:
    """Bob has no time left for the design that only he can do, until Ann takes over his copy."""
    bob = Worker("bob", (("copy", 2), ("design", 2)), (60,) * 5)
    design = Candidate("d", "should", 5, 1, (Job("do", "design", 240),), deadline=4)
    sprint = SprintProblem("s", DAYS, (ANN, bob), (_tactic("a", 2, 200), design), None)
    instance = build_instance(sprint)
    start = Solution({0: ((1, 200),)}, {(0, 1): ((0, 60), (1, 60), (2, 60), (3, 20))})
    plan, _ = improve(instance, start, lambda _step: None)
    assert allocation_of(instance, plan).placed == ("a", "d")


@given(st.integers(0, 40), st.sampled_from(generate.KINDS))
def test_a_plan_is_worth_no_less_after_exchanges_and_sound(seed: int, kind: str) -> None:
    problem = generate.problem(16, 4, seed, kind)
    instance = build_instance(problem)
    start = ranked_fill(instance)
    plan, _ = improve(instance, start, lambda _step: None)
    assert solution_worth(instance, plan) >= solution_worth(instance, start)
    assert not violations(problem, allocation_of(instance, plan))


def test_ctrl_c_leaves_the_plan_at_hand() -> None:
    sprint = _sprint(_tactic("a", 2, 180), _tactic("b", 3, 120), _tactic("c", 9, 180))
    instance = build_instance(sprint)
    start = Builder(instance).fill((0, 1)).schedule.solution()

    def stop(_step: str) -> None:
        raise KeyboardInterrupt

    assert improve(instance, start, stop) == (start, True)
