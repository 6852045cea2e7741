"""What is said to bring a tactic in is the least: no pin, no swap and no smaller sum tried by hand does better."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.planning.explain.claims import Addition, Swap
from revplan.planning.explain.least import cheapest_swap, least_cash
from revplan.planning.explain.suggestions import suggestions
from revplan.planning.solve import best
from revplan.planning.trial import exclude, pin, with_cash
from tests.support import tiny

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem


def film() -> SprintProblem:
    """Two ways to make a film that exclude each other; the agency's is short of cash beside the ads."""
    return tiny.sprint(
        [tiny.worker("ana", *[276] * 5)],
        [
            tiny.tactic("ads", tiny.job(minutes=180), value=6000, cost=150_000),
            tiny.tactic("blog", tiny.job(minutes=960), value=5000),
            tiny.tactic("film-agency", tiny.job(minutes=240), value=9000, cost=250_000, excludes=("film-in-house",)),
            tiny.tactic("film-in-house", tiny.job(minutes=1200), value=9000, excludes=("film-agency",)),
        ],
        budget=300_000,
    )


def test_cash_alone_brings_it_in_and_the_cheapest_swap_lets_another_in_too() -> None:
    problem = film()
    found = best(problem)
    assert found.placed == ("ads", "film-in-house")
    agency = frozenset({"film-agency"})
    assert cheapest_swap(problem, found, "film-agency", agency) == Swap(
        ("ads", "film-in-house"), -1000, ("blog",), is_least=True
    )
    assert least_cash(problem, found, "film-agency", agency) == Addition(
        cash=(("sprint", 100_000),), together=("blog",), out=("film-in-house",), is_least=True
    )
    assert best(with_cash(problem, (("sprint", 100_000),))).value == 20_000


def test_nothing_that_is_added_lets_both_of_two_alternatives_in() -> None:
    problem = film()
    said = suggestions(problem, best(problem), ["film-agency", "blog"])
    assert said["film-agency"] == Swap(("ads", "film-in-house"), -1000, ("blog",), is_least=True)
    assert said["blog"] == Swap(("ads", "film-in-house"), -1000, ("film-agency",), is_least=True)


def purses() -> SprintProblem:
    """Ana has time for everything; the ads line has 25.00 left, the sprint 60.00."""
    work = [tiny.job(minutes=60)]
    return tiny.sprint(
        [tiny.worker("ana", *[276] * 5)],
        [
            tiny.tactic("fair", *work, value=6000, cost=5500),
            tiny.tactic("mail", *work, value=6000, excludes=("phone",)),
            tiny.tactic("phone", *work, value=7000, excludes=("mail",)),
            tiny.tactic("social", *work, value=6000, cost=2000, line="ads"),
            tiny.tactic("webinar", *work, value=7000, cost=1800, line="ads"),
        ],
        budget=6000,
        lines=(("ads", 2500),),
    )


def test_the_purse_that_is_short_is_named_and_no_other() -> None:
    """Beside the webinar's 18.00, social's 20.00 are 13.00 more than ads has, and the sprint has 60.00 for both."""
    problem = purses()
    found = best(problem)
    assert found.placed == ("phone", "webinar")
    social = least_cash(problem, found, "social", frozenset({"social"}))
    assert social == Addition(cash=(("ads", 1300),), is_least=True)
    assert least_cash(problem, found, "mail", frozenset({"mail"})) is None, "it takes no cash"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_no_pin_and_no_swap_by_hand_costs_less(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    parked = [one.id for one in problem.candidates if one.id not in found.placed]
    for tactic, way in suggestions(problem, found, parked).items():
        if isinstance(way, Swap) and way.is_least:
            stays = _needed_more(problem, tactic) & set(found.placed)
            pinned = best(pin(problem, {tactic}))
            assert tactic in pinned.placed
            assert not stays <= set(pinned.placed) or way.value_change >= pinned.value - found.value
            for gone in found.placed:
                by_hand = best(pin(exclude(problem, gone), {tactic}))
                if {tactic, *stays} <= set(by_hand.placed) and by_hand.must_value >= found.must_value:
                    assert way.value_change >= by_hand.value - found.value


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_no_smaller_sum_brings_it_in(seed: int, share: int) -> None:
    problem = tiny.random_sprint(seed)
    problem = replace(problem, budget=sum(one.cost for one in problem.candidates) * share // 5)
    found = best(problem)
    for tactic in (one.id for one in problem.candidates if one.id not in found.placed):
        addition = least_cash(problem, found, tactic, frozenset({tactic}))
        if addition is not None and addition.is_least:
            assert _is_worth_no_less(problem, found, tactic, dict(addition.cash)["sprint"])
            for less in (1, 50, dict(addition.cash)["sprint"]):
                smaller = dict(addition.cash)["sprint"] - less
                assert smaller < 0 or not _is_worth_no_less(problem, found, tactic, smaller)


def _needed_more(problem: SprintProblem, tactic: str) -> set[str]:
    """Return the shoulds, where a tactic is nice to have."""
    is_nice = problem.candidate(tactic).tier == "nice"
    return {one.id for one in problem.candidates if is_nice and one.tier == "should"}


def _is_worth_no_less(problem: SprintProblem, found: Allocation, tactic: str, cents: int) -> bool:
    tried = best(pin(with_cash(problem, (("sprint", cents),)), {tactic}))
    return tactic in tried.placed and _by_tier(problem, tried) >= _by_tier(problem, found)


def _by_tier(problem: SprintProblem, plan: Allocation) -> tuple[int, ...]:
    chosen = [one for one in problem.candidates if one.id in plan.placed]
    return tuple(sum(one.value for one in chosen if one.tier == tier) for tier in ("must", "should", "nice"))
