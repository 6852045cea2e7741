from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from revplan.analysis.actuals import footing, kept_share, missing_months, revenue_by_month, year_start
from revplan.analysis.revenue import standing
from revplan.analysis.scorecard import effective_metric, last_reading, scorecard
from revplan.model.base import Month
from revplan.model.goals import Goal
from revplan.model.metrics import Metric
from tests.support.plans import on, plan

BODY = {"start_revenue": "2.4M", "target_revenue": "3.1M", "acv": "24k", "close_rate": "20%", "curve": "flat"}


def goal(year: str, measure: str = "recurring", **changes: Any) -> Goal:
    return Goal.model_validate({"id": year, "measure": measure, **BODY, **changes})


def revenue(**changes: Any) -> Metric:
    body = {
        "name": "Revenue",
        "unit": "USD",
        "direction": "up",
        "owner": "ana",
        "cadence": "monthly",
        "target": "1000000",
    }
    return Metric.model_validate({"id": "arr", **body, "revenue": True, **changes})


def looked_at(day: str, *goals: Goal, metric: Metric | None = None, start: str = "1") -> Any:
    what = plan({"fiscal_year_start": start})
    metrics = {metric.id: metric} if metric is not None else {}
    return on(day, replace(what, goals={each.id: each for each in goals}, metrics=metrics))


# --- one series ----------------------------------------------------------------------------------------------------


def test_a_month_is_typed_once_and_read_everywhere() -> None:
    what = goal("2026", actual={"2026-10": "2.9M"})
    metric = revenue(readings={"2026-09-30": "2800000", "2026-10-31": "2900000"})
    context = looked_at("2026-11-28", what, metric=metric)
    assert revenue_by_month(context, "recurring") == {Month(2026, 9): 2_800_000, Month(2026, 10): 2_900_000}
    alone = looked_at("2026-11-28", what, metric=revenue())
    (entry,) = scorecard(alone.plan, alone.today)
    assert entry.reading is not None
    assert (str(entry.reading.day), entry.reading.value) == ("2026-10-31", 2_900_000)
    assert entry.target is not None
    assert Fraction(entry.target) == Fraction(2_983_333_33, 100), "the goal's own target for October, not the typed 1M"


def test_readings_alone_are_a_goals_actuals() -> None:
    metric = revenue(readings={"2026-09-30": "2800000", "2026-10-12": "1", "2026-10-31": "2900000", "2026-11-27": "5"})
    context = looked_at("2026-11-28", goal("2026"), metric=metric)
    found = standing(context)
    assert found is not None
    assert found.last is not None
    assert (found.last.month, found.last.actual) == (Month(2026, 10), 2_900_000), "November is not over"
    assert found.last.growth == Fraction(29, 28) - 1


@pytest.mark.parametrize(
    "changes", [{"unit": "thousand USD"}, {"revenue": False}, {"cadence": "weekly", "readings": {"2026-10-28": "9"}}]
)
def test_what_is_not_revenue_by_month_is_left_alone(changes: dict[str, Any]) -> None:
    metric = revenue(**{"readings": {"2026-10-31": "9"}, **changes})
    context = looked_at("2026-11-28", goal("2026", "revenue"), metric=metric)
    assert revenue_by_month(context, "revenue") == {}
    assert effective_metric(context, metric) == metric


def test_without_a_goal_the_metric_is_its_own_series() -> None:
    metric = revenue(readings={"2026-10-31": "18900"})
    read = effective_metric(looked_at("2026-11-28", metric=metric), metric)
    found = last_reading(read, looked_at("2026-11-28").today)
    assert found is not None
    assert (found.value, read.target) == (18_900, 1_000_000)


# --- months that are over ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "actual", "asked"),
    [
        ("2026-11-30", ["2026-10"], []),
        ("2026-12-01", ["2026-10"], ["2026-11"]),
        ("2027-01-11", ["2026-10", "2026-12"], ["2026-11"]),
        ("2027-02-05", ["2026-10"], ["2026-11", "2026-12", "2027-01"]),
        ("2026-12-01", [], ["2026-11"]),
        ("2027-01-11", [], ["2026-12"]),
        ("2026-12-01", ["2026-11"], []),
    ],
)
def test_a_month_that_is_over_is_asked_for(day: str, actual: list[str], asked: list[str]) -> None:
    goals = goal("2026", actual=dict.fromkeys(actual, "2.9M")), goal("2027")
    assert [str(month) for _, month in missing_months(looked_at(day, *goals))] == asked


# --- where a year stands -------------------------------------------------------------------------------------------


def test_around_new_year_both_years_are_told_from_the_same_base() -> None:
    # December came to 2.33M, and 2.4M was planned.
    old, new = goal("2026", actual={"2026-11": "2.31M", "2026-12": "2.33M"}), goal("2027")
    context = looked_at("2027-01-11", old, new)
    at = footing(context, new)
    assert (at.since, at.level, len(at.months), at.ahead) == (Month(2026, 12), 2_330_000, 12, 0)
    assert year_start(context, new).amount == 2_330_000
    found = standing(context)
    assert found is not None
    assert found.latest is not None
    assert (found.latest.month, found.to_date, found.run_rate) == (Month(2026, 12), None, 2_330_000)
    january = goal("2027", actual={"2027-01": "2.35M"})
    later = standing(looked_at("2027-02-02", old, january))
    assert later is not None
    assert later.to_date == 20_000, "on December's 2.33M, and not 50,000 less than was planned"


def test_before_new_year_the_next_year_is_told_from_the_last_month_known() -> None:
    old, new = goal("2026", actual={"2026-10": "2.3M"}, net_revenue_retention="88%"), goal("2027")
    at = footing(looked_at("2026-11-28", old, new), new)
    assert (at.since, at.level, len(at.months), at.ahead) == (Month(2026, 10), 2_300_000, 14, 2)


def test_a_july_year_begins_in_july() -> None:
    old, new = goal("2026", actual={"2026-06": "2.3M"}), goal("2027")
    at = footing(looked_at("2026-07-05", old, new, start="7"), new)
    assert (at.since, at.months[0], at.months[-1]) == (Month(2026, 6), Month(2026, 7), Month(2027, 6))


def test_recognised_revenue_starts_from_what_the_year_before_brought() -> None:
    actual = {f"2026-{month:02}": f"{100 + month}k" for month in range(1, 13)}
    old, new = goal("2026", "revenue", actual=actual), goal("2027", "revenue")
    start = year_start(looked_at("2027-01-11", old, new), new)
    assert (start.amount, start.month) == (1_278_000, Month(2026, 12))
    del actual["2026-03"]
    unknown = year_start(looked_at("2027-01-11", goal("2026", "revenue", actual=actual), new), new)
    assert (unknown.amount, unknown.month) == (2_400_000, None)


def test_retention_goes_on_from_year_to_year() -> None:
    what = goal("2027", net_revenue_retention="88%")
    assert [kept_share(what, months) for months in (0, 6, 12, 18, 24)] == [
        1, Fraction(94, 100), Fraction(88, 100), Fraction(88 * 94, 10_000), Fraction(88 * 88, 10_000),
    ]  # fmt: skip
