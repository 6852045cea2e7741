"""What is said where a tier decided: against planning all tiers as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from revplan.planning.explain.claims import Reason, Swap
from revplan.planning.explain.least import cheapest_swap, forced_swap
from revplan.planning.explain.tiers import find_above, name_tiers
from revplan.planning.solve import best
from revplan.planning.trial import pin
from tests.support import tiny

if TYPE_CHECKING:
    from revplan.planning.problem import Allocation, SprintProblem

ORDER = ("must", "should", "nice")


def two(tier: str, other: str, *, values: tuple[int, int]) -> SprintProblem:
    """Return a sprint with room for one of two tactics."""
    return tiny.sprint(
        [tiny.worker("ann", 60, 60)],
        [
            tiny.tactic("first", tiny.job(minutes=120), tier=tier, value=values[0], deadline=1),
            tiny.tactic("second", tiny.job(minutes=120), tier=other, value=values[1], deadline=1),
        ],
    )


def in_one_tier(problem: SprintProblem) -> Allocation:
    return best(replace(problem, candidates=tuple(replace(one, tier="must") for one in problem.candidates)))


@pytest.mark.parametrize(
    ("tiers", "values", "above"),
    [
        (("must", "should"), (1000, 3000), {"second": ("first",)}),
        (("must", "nice"), (1000, 3000), {"second": ("first",)}),
        (("should", "nice"), (1000, 3000), {"second": ("first",)}),
        (("must", "should"), (3000, 1000), {}),
        (("should", "nice"), (2000, 2000), {}),
        (("should", "should"), (1000, 3000), {}),
    ],
)
def test_a_tier_decides_where_value_would_not(
    tiers: tuple[str, str], values: tuple[int, int], above: dict[str, tuple[str, ...]]
) -> None:
    problem = two(*tiers, values=values)
    found = best(problem)
    assert find_above(problem, found) == above
    reasons = name_tiers(problem, found, {"second": Reason("capacity")})
    assert reasons["second"] == Reason("capacity", above=above.get("second", ()))


def test_several_together_may_be_worth_more_than_a_must() -> None:
    people = [tiny.worker("ann", 60, 60)]
    small = [tiny.tactic(name, tiny.job(minutes=60), value=600, deadline=1) for name in ("a", "b")]
    large = tiny.tactic("must", tiny.job(minutes=120), tier="must", value=1000, deadline=1)
    problem = tiny.sprint(people, [*small, large])
    assert find_above(problem, best(problem)) == {"a": ("must",), "b": ("must",)}


@settings(max_examples=100)
@given(st.integers(0, 10**6))
@example(seed=65535)  # a tactic that fits nowhere lies behind a task that can be placed
def test_what_is_said_of_tiers_is_what_planning_without_them_says(seed: int) -> None:
    problem = tiny.random_sprint(seed)
    found = best(problem)
    kept = {one.id for one in problem.candidates if one.kept}
    level = in_one_tier(problem)
    above = find_above(problem, found)
    holds_more = len(kept & set(level.placed)) > len(kept & set(found.placed))
    assert bool(above) == (level.value > found.value or holds_more)
    tier = {one.id: ORDER.index(one.tier) for one in problem.candidates}
    for name, others in above.items():
        assert name not in found.placed
        assert set(others) <= set(found.placed)
        assert all(tier[other] < tier[name] for other in others)


def test_a_pin_takes_the_place_of_what_comes_first_and_only_then() -> None:
    problem = two("should", "nice", values=(3000, 1000))
    found = best(problem)
    asked = problem, found, "second", frozenset(("second",))
    assert cheapest_swap(*asked) is None
    assert forced_swap(*asked, (), lambda _: None) == Swap(("first",), -2000, is_least=True)


@pytest.mark.parametrize("excludes", [(), ("begun",)])
def test_what_has_begun_leaves_for_a_pin_only_where_it_must(excludes: tuple[str, ...]) -> None:
    """Ann has time for two of three; one of the two that are placed has begun."""
    candidates = [
        tiny.tactic("begun", tiny.job(minutes=60), value=1000, kept=True, deadline=1),
        tiny.tactic("other", tiny.job(minutes=60), value=3000, deadline=1),
        tiny.tactic("wanted", tiny.job(minutes=60), value=500, excludes=excludes, deadline=1),
    ]
    problem = tiny.sprint([tiny.worker("ann", 60, 60)], candidates)
    found = best(problem)
    assert found.placed == ("begun", "other")
    out = "begun" if excludes else "other"
    swap = forced_swap(problem, found, "wanted", frozenset(("wanted",)), (), lambda _: None)
    assert swap == Swap((out,), 500 - problem.candidate(out).value, is_least=True)


def test_no_pin_brings_in_what_has_no_room_by_itself() -> None:
    problem = two("must", "should", values=(1000, 3000))
    large = replace(problem.candidate("second"), jobs=(tiny.job(minutes=180),))
    problem = replace(problem, candidates=(problem.candidates[0], large))
    found = best(problem)
    assert forced_swap(problem, found, "second", frozenset(("second",)), (), lambda _: None) is None
    assert "second" not in best(pin(problem, {"second"})).placed
