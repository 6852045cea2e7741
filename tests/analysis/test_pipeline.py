from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.pipeline import Pipeline, last_counted, pipeline, pipeline_lacks
from revplan.model.base import Month
from revplan.model.goals import Goal
from tests.support.plans import on, plan

BODY = {"measure": "recurring", "start_revenue": "1M", "target_revenue": "1.5M", "acv": "10k", "close_rate": "25%"}
LAG = ["20%", "30%", "50%"]


def goal(year: str = "2027", **changes: Any) -> Goal:
    return Goal.model_validate({"id": year, **BODY, "close_lag": LAG, **changes})


def looked_at(day: str, *goals: Goal) -> Any:
    return on(day, replace(plan(), goals={each.id: each for each in goals}))


def opened(day: str, at: Month, *goals: Goal) -> Pipeline:
    found = pipeline(looked_at(day, *goals), goals[-1], at)
    assert found is not None
    return found


def created(year: int, counts: list[int]) -> dict[str, Any]:
    return {"created": {f"{year}-{month:02}": str(count) for month, count in enumerate(counts, 1)}}


def by_hand(start: int, counts: list[int], months: int) -> Fraction:
    """Return what is open after so many months: each opportunity is followed by itself, in a table of ages."""
    lag = [Fraction(2, 10), Fraction(3, 10), Fraction(5, 10)]
    # A pipeline created evenly holds 8 parts of the last month's to 5 of the month's before: 0.8 and 0.5 of each.
    ages = {0: Fraction(start * 8, 13), 1: Fraction(start * 5, 13)}
    left_at = [Fraction(1), Fraction(8, 10), Fraction(5, 10)]
    for month in range(months):
        older = {age + 1: count * (1 - lag[age + 1] / left_at[age + 1]) for age, count in ages.items() if age < 2}
        ages = {0: counts[month] * (1 - lag[0]), **{age: count for age, count in older.items() if count}}
    return sum(ages.values(), Fraction(0))


@given(st.integers(0, 200), st.lists(st.integers(0, 50), min_size=11, max_size=11), st.integers(0, 11))
def test_the_years_start_is_rolled_forward_month_by_month(start: int, counts: list[int], months: int) -> None:
    what = goal(open_opportunities=str(start), history=created(2027, counts))
    found = opened("2027-12-02", Month(2027, months + 1), what)
    assert found.opportunities == by_hand(start, counts, months)
    assert found.amount == found.opportunities * 10_000


@given(st.integers(1, 200), st.lists(st.integers(1, 50), min_size=6, max_size=6), st.integers(0, 6), st.integers(1, 4))
def test_what_is_decided_next_is_what_would_be_gone_if_nothing_came(
    start: int, counts: list[int], months: int, later: int
) -> None:
    what = goal(open_opportunities=str(start), history=created(2027, counts))
    found = opened("2027-12-02", Month(2027, months + 1), what)
    idle = by_hand(start, [*counts[:months], *[0] * later], months + later)
    assert found.share_decided_within(later) == 1 - idle / found.opportunities


def test_what_was_counted_last_counts() -> None:
    counted = {
        "2027-03-31": {"count": "40"},
        "2027-06-30": {"count": "44", "amount": "480k"},
        "2027-09-30": {"count": "1"},
    }
    what = goal(open_opportunities="90", pipeline=counted, history=created(2027, [10] * 7))
    found = opened("2027-08-05", Month(2027, 7), what)
    assert (found.opportunities, found.amount, found.counted.day) == (44, 480_000, date(2027, 6, 30))
    rolled = opened("2027-08-05", Month(2027, 8), what)
    assert rolled.opportunities == by_hand(44, [10], 1)
    assert rolled.amount == rolled.opportunities * Fraction(480_000, 44), "at the average of what was counted"


def test_the_next_years_count_wins_over_an_older_one_and_is_read_by_both_years() -> None:
    old = goal("2026", open_opportunities="50", history=created(2026, [10] * 12))
    new = goal("2027", open_opportunities="30")
    both = looked_at("2027-01-11", old, new)
    for each in (old, new):
        found = last_counted(both, each)
        assert found is not None
        assert (found.opportunities, found.ref) == (30, ("2027", "open_opportunities"))


def test_a_count_of_a_year_to_come_stands_only_where_nothing_was_counted() -> None:
    new = goal("2027", open_opportunities="30")
    alone = last_counted(looked_at("2026-11-28", new), new)
    assert alone is not None
    assert alone.opportunities == 30
    counted = goal("2026", pipeline={"2026-11-20": {"amount": "500k"}})
    found = last_counted(looked_at("2026-11-28", counted, new), new)
    assert found is not None
    assert (found.opportunities, found.is_measured) == (50, True)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, ("open_opportunities",)),
        ({"open_opportunities": "9"}, ("history.created.2027-01", "history.created.2027-02")),
        ({"open_opportunities": "9", "history": created(2027, [5])}, ("history.created.2027-02",)),
        ({"open_opportunities": "9", "history": created(2027, [5, 5]), "close_lag": []}, ("close_lag",)),
        ({"pipeline": "90k"}, ()),
        ({"pipeline": {"2027-02-20": {"count": "9"}}}, ()),
    ],
)
def test_what_cannot_be_known_is_missing_and_says_what_to_give(changes: dict[str, Any], lacks: tuple[str, ...]) -> None:
    what = goal(**changes)
    context = looked_at("2027-03-10", what)
    assert pipeline_lacks(context, what, Month(2027, 3)) == lacks
    assert (pipeline(context, what, Month(2027, 3)) is None) == bool(lacks)


def test_a_month_under_way_is_no_months_creation_yet() -> None:
    what = goal(open_opportunities="9", history=created(2027, [5, 5, 1]))
    assert pipeline_lacks(looked_at("2027-03-30", what), what, Month(2027, 4)) == ("history.created.2027-03",)
    assert pipeline_lacks(looked_at("2027-03-31", what), what, Month(2027, 4)) == ()
