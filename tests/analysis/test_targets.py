from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.pipeline import due_share
from revplan.analysis.targets import Coverage, coverage, monthly_targets, win_weights
from revplan.model.base import Month
from revplan.model.goals import Goal
from tests.support.plans import on, plan

BODY = {"measure": "revenue", "start_revenue": "1M", "target_revenue": "1.2M", "acv": "10k", "close_rate": "25%"}


def goal(year: str = "2026", **changes: Any) -> Goal:
    return Goal.model_validate({"id": year, **BODY, **changes})


def targets(what: Goal, start: str = "1") -> dict[Month, Decimal]:
    return dict(monthly_targets(plan({"fiscal_year_start": start}).settings, what))


def test_a_flat_year_brings_the_same_each_month() -> None:
    assert set(targets(goal(curve="flat")).values()) == {Decimal("100000.00")}


def test_flat_growth_of_recurring_revenue_adds_the_same_each_month() -> None:
    found = targets(goal(measure="recurring", curve="flat", target_revenue="2.2M"))
    assert found[Month(2026, 1)] == 1_100_000
    assert found[Month(2026, 7)] == 1_700_000
    assert found[Month(2026, 12)] == 2_200_000


def test_growth_is_the_same_rate_each_month() -> None:
    found = targets(goal(measure="recurring", curve="growth", target_revenue="4M"))
    assert found[Month(2026, 6)] == 2_000_000, "halfway in time to four times is twice"
    assert found[Month(2026, 12)] == 4_000_000


def test_recognised_revenue_grows_by_the_same_rate_each_month_too() -> None:
    found = list(targets(goal(curve="growth", start_revenue="1M", target_revenue="4M")).values())
    assert all(float(after / before) == pytest.approx(4 ** (1 / 12), rel=1e-6) for before, after in pairwise(found))


def test_a_level_that_falls_or_stays_does_so_evenly() -> None:
    falls = targets(goal(measure="recurring", curve="growth", start_revenue="4M", target_revenue="1M"))
    assert (falls[Month(2026, 6)], falls[Month(2026, 12)]) == (2_000_000, 1_000_000)
    stays = targets(goal(measure="recurring", curve="growth", start_revenue="1M", target_revenue="1M"))
    assert set(stays.values()) == {Decimal(1_000_000)}


def test_weights_scale_the_growth_of_each_month() -> None:
    found = targets(goal(target_revenue="1M", curve=["0"] * 10 + ["1", "3"]))
    assert found[Month(2026, 10)] == 0
    assert found[Month(2026, 11)] == 250_000
    assert found[Month(2026, 12)] == 750_000


def test_months_that_are_named_are_the_targets_and_others_are_missing() -> None:
    assert targets(goal(monthly={"2026-03": "90k"})) == {Month(2026, 3): Decimal(90_000)}


def test_a_fiscal_year_begins_in_the_calendar_year_before() -> None:
    assert min(targets(goal(), start="7")) == Month(2025, 7)
    assert max(targets(goal(), start="7")) == Month(2026, 6)


@given(
    st.sampled_from(["recurring", "revenue"]),
    st.one_of(
        st.sampled_from(["flat", "growth"]),
        st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(any).map(lambda weights: [*map(str, weights)]),
    ),
    st.integers(0, 10**8),
    st.integers(0, 10**8),
)
def test_every_curve_leads_to_the_year(measure: str, curve: object, start: int, target: int) -> None:
    found = targets(goal(measure=measure, curve=curve, start_revenue=str(start), target_revenue=str(target)))
    year = found[Month(2026, 12)] if measure == "recurring" else sum(found.values())
    assert year == target


def covered(day: str, now: Goal, start: str = "1") -> Coverage | None:
    return coverage(on(day, replace(plan({"fiscal_year_start": start}), goals={now.id: now})), now)


def test_coverage_worked_out_by_hand() -> None:
    now = goal(measure="recurring", target_revenue="1.6M", actual={"2026-10": "1.5M"}, pipeline="300k")
    found = covered("2026-11-28", now)
    assert found is not None
    assert (found.due, found.remaining, found.needed) == (300_000, 100_000, 4)
    assert found.ratio == 3


def test_coverage_replaces_what_customers_leave_with() -> None:
    changes = {"measure": "recurring", "target_revenue": "1.6M", "net_revenue_retention": "88%", "pipeline": "300k"}
    found = covered("2026-11-28", goal(**changes, actual={"2026-10": "1.5M"}))
    assert found is not None
    assert found.remaining == 100_000 + Fraction(1_500_000 * 12 * 2, 100 * 12)  # 1% a month of 1.5M, twice


def test_coverage_of_recognised_revenue_goes_by_the_last_month_and_what_comes_within_the_quarter() -> None:
    # A quarter of 1.2M is 300k; October brought 60k, and its customers bring 59.5k and 59k in the months left. All of
    # the pipeline is decided in November, and brings two twelfths of its yearly amount by the end of December.
    now = goal(curve="flat", actual={"2026-10": "60k"}, pipeline="1.2M", net_revenue_retention="90%")
    found = covered("2026-11-28", now)
    assert found is not None
    assert found.remaining == 300_000 - 60_000 - 59_500 - 59_000
    assert found.due == 200_000


def test_only_what_is_decided_in_time_counts() -> None:
    # Half closes in the month it is created, half in the next: all that is open now is decided in the month after.
    assert due_share(goal(close_lag=["50%", "50%"]), 1) == 1
    # A third each: of what is open, 2/3 of a month's and 1/3 of the month before's, a third each is decided next.
    lag = goal(close_lag=["0.25", "0.25", "0.5"])
    assert due_share(lag, 1) == (Fraction(1, 4) + Fraction(1, 2)) / (Fraction(3, 4) + Fraction(1, 2))
    assert due_share(goal(), 1) == 1


def test_open_opportunities_are_a_pipeline_at_their_contract_value_at_the_years_start_alone() -> None:
    now = goal(measure="recurring", target_revenue="1.6M", open_opportunities="30", curve="flat")
    found = covered("2026-01-10", now)
    assert found is not None
    assert (found.due, found.remaining) == (30 * 10_000, 150_000)
    later = goal(measure="recurring", target_revenue="1.6M", open_opportunities="30", actual={"2026-10": "1.5M"})
    assert covered("2026-11-28", later) is None, "ten months of creation are not known"


@pytest.mark.parametrize("day", ["2025-12-31", "2027-01-01"])
def test_only_the_year_under_way_has_coverage(day: str) -> None:
    assert covered(day, goal(pipeline="1k")) is None


def test_without_a_target_for_each_month_of_the_quarter_there_is_no_coverage() -> None:
    monthly = {f"2026-{month}": "100k" for month in (10, 11, 12)}
    assert covered("2026-11-28", goal(monthly=monthly, pipeline="1k")) is not None
    del monthly["2026-10"]
    assert covered("2026-11-28", goal(monthly=monthly, pipeline="1k")) is None


def test_without_a_pipeline_there_is_no_coverage() -> None:
    assert covered("2026-11-28", goal()) is None


def test_customers_won_late_bring_less_in_the_year() -> None:
    weights = win_weights("revenue", 12)
    assert weights == tuple(Fraction(13 - month, 12) for month in range(1, 13))
    assert win_weights("recurring", 3) == (1, 1, 1)
    assert win_weights("revenue", 14, 2) == (1, 1, *weights), "what is won before the year counts from its start"


@pytest.mark.parametrize(("day", "part"), [("2025-11-28", "1"), ("2025-12-28", "2/3"), ("2026-01-28", "1/3")])
def test_a_quarter_may_reach_into_the_next_calendar_year(day: str, part: str) -> None:
    # The quarter is November to January. Everything closes in its fourth month, so three months' worth is open.
    known = {"2025-10": "1M", "2025-11": "1M", "2025-12": "1M"}
    changes: dict[str, Any] = {
        "measure": "recurring",
        "curve": "flat",
        "pipeline": "100k",
        "close_lag": ["0", "0", "0", "1"],
    }
    actual = {month: amount for month, amount in known.items() if month < day[:7]}
    found = covered(day, goal(**changes, actual=actual), start="11")
    assert found is not None
    assert found.due == 100_000 * Fraction(part)
