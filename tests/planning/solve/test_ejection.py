"""A parked tactic comes in where what goes for it is worth less, and nothing changes where it cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from revplan.planning.constraints import violations
from revplan.planning.instance import Instance, build_instance
from revplan.planning.problem import Candidate, Job, SprintProblem, Worker
from revplan.planning.solve import Builder, Schedule, allocation_of
from revplan.planning.solve.construct import by_density, ranked_fill
from revplan.planning.solve.ejection import EjectionChains, put_back, take_off
from tests.support import generate

DAYS = tuple(date(2026, 3, 2) + timedelta(day) for day in range(5))
ANN = Worker("ann", (("copy", 2),), (60,) * 5)


def _tactic(name: str, value: int, minutes: int = 120, **more: object) -> Candidate:
    return Candidate(name, "should", value, 1, (Job("do", "copy", minutes),), deadline=4, **more)  # type: ignore[arg-type]


def _exchange(problem: SprintProblem, first: tuple[str, ...]) -> tuple[str, ...]:
    """Place these tactics, exchange, and return what is placed then."""
    instance = build_instance(problem)
    names = [one.id for one in problem.candidates]
    builder = Builder(instance).fill(names.index(name) for name in first)
    EjectionChains(builder, by_density(instance)).run(20)
    assert builder.schedule.total == 0
    return allocation_of(instance, builder.schedule.solution()).placed


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


def _state(schedule: Schedule) -> tuple[object, ...]:
    work = [tuple(schedule.work(worker)) for worker in range(len(schedule.instance.workers))]
    return set(schedule.placed), dict(schedule.windows), work, schedule.owners, schedule.cash(), schedule.total


def _filled(instance: Instance) -> Builder:
    return Builder.of(instance, ranked_fill(instance))


@given(st.integers(0, 40), st.sampled_from(generate.KINDS), st.integers(0, 10_000))
def test_what_is_taken_off_is_put_back_as_it_was(seed: int, kind: str, drawn: int) -> None:
    schedule = _filled(build_instance(generate.problem(16, 4, seed, kind))).schedule
    before = _state(schedule)
    for tactic in sorted(schedule.placed)[drawn % 3 :: 3]:
        put_back(schedule, take_off(schedule, tactic))
    assert _state(schedule) == before


@given(st.integers(0, 40), st.sampled_from(generate.KINDS))
def test_a_plan_is_worth_no_less_after_an_exchange_and_sound(seed: int, kind: str) -> None:
    problem = generate.problem(16, 4, seed, kind)
    instance = build_instance(problem)
    builder = _filled(instance)
    before = builder.schedule.worth
    EjectionChains(builder, by_density(instance)).run(20)
    found = allocation_of(instance, builder.schedule.solution())
    assert builder.schedule.worth >= before
    assert not violations(problem, found)
