from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis import strategy
from revplan.analysis.strategy import (
    ClaimIndex,
    objectives_by_quarter,
    running_objectives,
    shared_claims,
    uncommitted_functions,
)
from revplan.model.base import Quarter
from tests.support.plans import on, plan

OBJECTIVES = {
    "always": {"title": "A"},
    "now": {"title": "N", "quarter": "2026-Q4", "commitments": {"sales": "2026-10-02", "service": None}},
    "soon": {"title": "S", "quarter": "2027-Q2"},
    "old": {"title": "O", "quarter": "2026-Q3"},
    "off": {"title": "F", "quarter": "2027-Q3", "status": "dropped"},
}
CONTEXT = on("2026-11-28", plan(strategy={"objectives": OBJECTIVES}))


def alike(one: str, other: str) -> bool:
    return "they" in ClaimIndex([("they", [other])]).like(one)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fastest audit ready reports", "The fastest reports: audit, ready", True),
        ("alpha bravo charlie delta", "alpha bravo charlie north", True),
        ("alpha bravo delta", "alpha bravo north", False),
        ("We are the one", "you are the one", False),
        ("reports in 24 hours", "report in 48 hour", False),
        ("", "", False),
    ],
)
def test_claims_are_alike_where_three_of_five_words_are(one: str, other: str, same: bool) -> None:
    assert alike(one, other) == alike(other, one) == same


WORDS = [letter * 4 for letter in string.ascii_lowercase[:9]]
CLAIM = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)


def use_the_same_words(one: str, other: str) -> bool:
    """Tell whether three of five of both claims' words are the same, by their letters alone."""
    return 5 * len({*one.split()} & {*other.split()}) >= 3 * len({*one.split(), *other.split()})


@given(st.lists(CLAIM, max_size=6), st.lists(st.lists(CLAIM, max_size=3), max_size=5))
def test_claims_are_shared_where_all_pairs_compared_say_so(own: list[str], said: list[list[str]]) -> None:
    differentiators = {f"own-{number}": {"claim": claim} for number, claim in enumerate(own)}
    competitors = {f"other-{number}": {"name": "O", "claims": claims} for number, claims in enumerate(said)}
    expected = {
        (name, competitor): next(claim for claim in body["claims"] if use_the_same_words(each["claim"], claim))
        for name, each in differentiators.items()
        for competitor, body in competitors.items()
        if any(use_the_same_words(each["claim"], claim) for claim in body["claims"])
    }
    found = shared_claims(plan(strategy={"differentiators": differentiators, "competitors": competitors}))
    assert list(found.items()) == list(expected.items())


def test_claims_that_share_only_common_words_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(strategy, "_are_alike", lambda one, other: compared.append((one, other)))
    differentiators = {f"own-{number}": {"claim": f"case number {number} wins"} for number in range(300)}
    competitors = {f"other-{number}": {"name": "O", "claims": [f"case number {number} loses"]} for number in range(300)}
    shared_claims(plan(strategy={"differentiators": differentiators, "competitors": competitors}))
    assert len(compared) == 300


def test_an_objective_runs_in_its_quarter_and_without_one_always() -> None:
    assert list(running_objectives(CONTEXT)) == ["always", "now"]


def test_objectives_by_this_quarter_and_those_to_come() -> None:
    assert objectives_by_quarter(CONTEXT) == {
        Quarter(2026, 4): ("always", "now"),
        Quarter(2027, 2): ("always", "soon"),
    }


def test_who_has_given_no_date_has_not_committed() -> None:
    assert uncommitted_functions(CONTEXT.plan, CONTEXT.plan.strategy.objectives["now"]) == ("service",)
