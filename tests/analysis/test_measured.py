"""What was measured of a goal's assumptions: intervals against tables, rates against sums by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.drivers import drivers
from revplan.analysis.measured import (
    byar,
    measured_lag,
    measured_rates,
    recorded_count,
    student,
    wilson,
    with_measured,
)
from revplan.analysis.unit_economics import unit_economics

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.analysis.measured import MeasuredRate
    from revplan.model.context import Context
    from revplan.model.goals import Goal

    At = Callable[..., Context]

GOAL = {
    "measure": "recurring",
    "start_revenue": "3M",
    "target_revenue": "4M",
    "acv": "24k",
    "close_rate": "20%",
    "close_lag": ["50%", "50%"],
    "actual": {"2026-10": "3.7M"},
}


@pytest.fixture
def at(read_plan: Callable[[str], Context]) -> At:
    """Return a plan of goals by year, and of program lines, that say so much."""

    def make(goals: dict[str, dict[str, Any]], budget: dict[str, Any] | None = None) -> Context:
        lines = {own: {"category": "programs", "function": "marketing", **line} for own, line in (budget or {}).items()}
        plan = {
            "goals": {year: {**GOAL, **fields} for year, fields in goals.items()},
            "budget": lines,
        }
        return read_plan(json.dumps(plan))

    return make


def rates(at: Context, year: str = "2026") -> dict[str, MeasuredRate]:
    return {rate.name: rate for rate in measured_rates(at, goal(at, year))}


def goal(at: Context, year: str = "2026") -> Goal:
    return at.plan.goals[year]


def near(ends: tuple[Fraction, Fraction], digits: int = 4) -> tuple[float, float]:
    return round(float(ends[0]), digits), round(float(ends[1]), digits)


@pytest.mark.parametrize(
    ("count", "total", "ends"),
    [(10, 20, (0.2993, 0.7007)), (0, 10, (0, 0.2775)), (10, 10, (0.7225, 1)), (81, 263, (0.2553, 0.3662))],
)
def test_wilsons_interval_is_that_of_the_books(count: int, total: int, ends: tuple[float, float]) -> None:
    assert near(wilson(count, total)) == ends


def test_students_interval_is_that_of_the_table() -> None:
    """Of 1 to 20 the mean is 10.5, the deviation √35, and t(19) is 2.0930; of 0 and 2, t(1) is 12.7062."""
    assert near(student([Fraction(number) for number in range(1, 21)]), 3) == (7.731, 13.269)
    assert near(student([Fraction(0), Fraction(2)]), 3) == (0, 13.706)
    assert near(student([Fraction(number) for number in (8, 9, 10, 11, 12, 13)]), 3) == (8.537, 12.463)


@pytest.mark.parametrize(("count", "exact"), [(10, (4.795, 18.390)), (100, (81.364, 121.627)), (0, (0, 3.689))])
def test_byars_interval_is_near_the_exact_one_of_poisson(count: int, exact: tuple[float, float]) -> None:
    low, high = byar(count)
    assert (float(low), float(high)) == pytest.approx(exact, abs=0.12)


def test_the_close_rate_is_that_of_the_last_twelve_months_known(at: At) -> None:
    won = {"2025-10": "100", "2025-11": "4", "2026-10": "6"}
    plan = at({"2026": {"history": {"won": won, "lost": {"2025-10": "3", "2026-10": "40"}}}})
    found = rates(plan)["close_rate"]
    assert (found.value, found.of, near((found.low, found.high))) == (Fraction(10, 50), 50, (0.1124, 0.3304))
    assert recorded_count(plan, goal(plan), "won") == 10


def test_the_month_under_way_is_not_counted(at: At) -> None:
    plan = at({"2026": {"history": {"won": {"2026-10": "5", "2026-11": "9"}, "lost": {"2026-10": "5"}}}})
    assert rates(plan)["close_rate"].of == 10


def test_counts_in_all_are_read_as_before(at: At) -> None:
    plan = at({"2026": {"history": {"won": "26", "lost": "126"}}, "2027": {"actual": {}}})
    assert rates(plan, "2027")["close_rate"].value == Fraction(26, 152)
    assert not rates(plan)["close_rate"].is_off
    assert rates(at({"2026": {"close_rate": "25%", "history": {"won": "26", "lost": "126"}}}))["close_rate"].is_off


def test_the_lag_is_counted_in_months(at: At) -> None:
    plan = at({"2026": {"history": {"lag": ["2", "6", "8", "4"]}}})
    found = rates(plan)["close_lag"]
    assert (found.planned, found.value, found.of) == (Fraction(1, 2), Fraction(6 + 16 + 12, 20), 20)
    assert found.is_off
    assert [str(share) for share in measured_lag(plan, goal(plan))] == ["0.1", "0.3", "0.4", "0.2"]


def test_a_lag_of_few_deals_does_not_replace_the_goals(at: At) -> None:
    plan = at({"2026": {"history": {"lag": ["2", "6"]}}})
    assert measured_lag(plan, goal(plan)) == goal(plan).close_lag


def test_shares_of_a_measured_lag_add_up_to_all(at: At) -> None:
    plan = at({"2026": {"history": {"lag": ["7", "7", "7"]}}})
    assert sum(measured_lag(plan, goal(plan))) == 1


def test_retention_of_part_of_a_year_is_made_yearly(at: At) -> None:
    half = {"months": "6", "customers": "40", "kept": "38", "net": "98%", "gross": "95%", "net_error": "1%"}
    early = {**half, "months": "2"}
    plan = at({"2026": {"history": {"retention": {"2026-09": half, "2026-10": early}}}})
    found = rates(plan)
    assert float(found["net_revenue_retention"].value) == pytest.approx(0.98**2)
    assert float(found["net_revenue_retention"].low) == pytest.approx((0.98 - 0.01959964) ** 2, abs=1e-6)
    assert not found["gross_revenue_retention"].is_off, "without an error there is no interval"


def test_what_an_opportunity_costs_counts_months_that_have_both(at: At) -> None:
    lines = {
        "ads": {"monthly": "10k", "actual": {"2026-08": "9k", "2026-09": "10k", "2026-10": "11k"}},
        "content": {"annual": "12k", "actual": {"2026-09": "1k", "2026-10": "2k"}},
        "agency": {"annual": "12k", "category": "agency", "actual": {"2026-09": "5k"}},
    }
    created = {"2026-08": "50", "2026-09": "10", "2026-10": "14"}
    plan = at({"2026": {"cost_per_opportunity": "500", "history": {"created": created}}}, lines)
    found = rates(plan)["cost_per_opportunity"]
    assert (found.value, found.of, found.is_off) == (Fraction(24_000, 24), 24, True)


def test_the_goal_with_what_was_measured_has_every_measured_rate(at: At) -> None:
    history = {"won": "26", "lost": "126", "lag": ["10", "10"], "deals": ["10k", "30k", "35k"]}
    plan = at({"2026": {"history": history}})
    found = with_measured(plan, goal(plan))
    assert (float(found.close_rate), found.acv) == (pytest.approx(26 / 152, abs=1e-6), 25_000)
    assert with_measured(plan, goal(plan), ("acv",)).close_rate == goal(plan).close_rate


def test_the_forecast_goes_by_measured_lag_and_retention(at: At) -> None:
    kept = {"2026-10": {"months": "12", "customers": "40", "kept": "38", "net": "90%", "gross": "88%"}}
    fields = {"open_opportunities": "20", "net_revenue_retention": "100%", "close_lag": []}
    history = {"lag": ["0", "30"], "retention": kept, "created": {f"2026-{month:02}": "9" for month in range(1, 11)}}
    plan = at({"2026": {**fields, "history": history}})
    drawn = drivers(plan, goal(plan))
    assert drawn is not None
    assert drawn.lag == (0.0, 1.0)
    assert drawn.base[-1] == round(370_000_000 * (1 - 0.1 * 2 / 12))


def test_what_a_customer_cost_goes_by_what_was_imported_where_the_goal_does_not_say(at: At) -> None:
    """September and October have both: 9,000 + 1,000 + 11,000 + 3,000 of marketing and sales, and 4 + 6 won."""
    lines = {
        "ads": {"monthly": "10k", "actual": {"2026-08": "9k", "2026-09": "9k", "2026-10": "11k", "2026-11": "5k"}},
        "fair": {
            "annual": "12k",
            "category": "events",
            "function": "sales",
            "actual": {"2026-09": "1k", "2026-10": "3k"},
        },
        "rent": {"annual": "12k", "category": "tools", "function": "operations", "actual": {"2026-09": "5k"}},
    }
    won = {"2026-09": "4", "2026-10": "6", "2026-11": "1"}
    plan = at({"2026": {"history": {"won": won, "lost": {"2026-10": "9"}}}}, lines)
    found = unit_economics(plan, goal(plan)).acquisition
    assert found is not None
    assert (found.spend, found.won, found.by_budget) == (24_000, 10, True)
    given = {"won": won, "acquisition_spend": {"2026-10": "60k"}}
    typed = at({"2026": {"history": given}}, lines)
    assert unit_economics(typed, goal(typed)).acquisition_cost == 10_000
    customers = at({"2026": {"history": {**given, "new_customers": {"2026-10": "5"}}}}, lines)
    assert unit_economics(customers, goal(customers)).acquisition_cost == 12_000
