from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.health import CarriedWork, below_standard, carried_work, coverings, function_health
from revplan.analysis.unit_economics import unit_economics
from revplan.model.base import Month
from revplan.model.goals import Goal
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

PLAN = """team:
  ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 8, skills: {b: 3}}
  bo: {name: Bo, kind: employee, function: sales, hours_per_week: 8, skills: {b: 3}}
metrics:
  replies: {name: R, unit: h, direction: down, owner: ana, cadence: weekly, target: 4, readings: {2026-11-27: 6}}
  leads: {name: L, unit: l, direction: up, owner: ana, cadence: weekly, target: 4, readings: {2026-11-27: 5}}
  old: {name: O, unit: l, direction: up, owner: ana, cadence: weekly, target: 4, readings: {2026-06-01: 1}}
company:
  functions:
    support: {name: Support, measurables: [replies, leads]}
    marketing: {name: Marketing, measurables: [leads]}
    billing: {name: Billing, measurables: [old]}
  touchpoints:
    call: {title: First call, function: support, rating: 2}
    bill: {title: Invoice, function: billing, rating: 1}
    visit: {title: Visit, function: marketing, rating: 3}
    audit: {title: Audit, function: marketing}
  cover:
    queue: {for: support, by: marketing, what: The queue, since: 2026-10-29, until: 2026-11-18}
    notes: {for: billing, by: support, what: Notes, since: 2026-11-18}
    desk: {for: support, by: billing, what: The desk, since: 2026-09-29, until: 2026-11-08}
    calls: {for: billing, by: marketing, what: Calls, since: 2026-11-08, until: 2026-12-31}
    later: {for: billing, by: marketing, what: Later, since: 2026-11-29}
tactics:
  page: {title: Page, function: marketing, impact: 5, tasks: {a: {skill: b, hours: 3}, c: {skill: b, hours: 4}}}
sprints:
  2026-10:
    start: 2026-10-01
    end: 2026-10-31
    tactics: {page: {tasks: {a: {owner: bo, hours: 3}, c: {owner: ana, hours: 4}}}}
  2026-09: {start: 2026-09-01, end: 2026-09-30, tactics: {page: {tasks: {a: {owner: bo, hours: 9}}}}}
"""


def test_a_function_is_as_well_as_its_worst_number(read_plan: Callable[[str], Context]) -> None:
    context = read_plan(PLAN)
    found = {own.id: own.color for own in function_health(context.plan, context.today)}
    assert found == {"support": "red", "marketing": "green", "billing": None}, "an old reading says nothing"


def test_touchpoints_below_standard_the_lowest_first(read_plan: Callable[[str], Context]) -> None:
    assert [name for name, _ in below_standard(read_plan(PLAN).plan)] == ["bill", "call"]


def test_covers_by_how_long_they_have_gone_on(read_plan: Callable[[str], Context]) -> None:
    context = read_plan(PLAN)
    found = coverings(context.plan, context.today)
    assert [(own.id, own.days, own.past) for own in found] == [
        ("desk", 60, 20), ("queue", 30, 10), ("calls", 20, 0), ("notes", 10, None),
    ]  # fmt: skip


def test_who_carried_whose_work_this_quarter(read_plan: Callable[[str], Context]) -> None:
    assert carried_work(read_plan(PLAN)) == (CarriedWork("marketing", "sales", 180),)


def economics(**changes: Any) -> Any:
    base = {"measure": "recurring", "start_revenue": "1M", "target_revenue": "2M", "acv": "12k", "close_rate": "20%"}
    return economics_on("2027-01-05", {"2026": {**base, **changes}})


def economics_on(day: str, years: dict[str, dict[str, Any]]) -> Any:
    goals = {year: Goal.model_validate({"id": year, **body}) for year, body in years.items()}
    return unit_economics(on(day, replace(plan(), goals=goals)), goals[max(goals)])


BASE = {"measure": "recurring", "start_revenue": "1M", "target_revenue": "2M", "acv": "12k", "close_rate": "20%"}


def test_a_month_is_too_early_to_tell_a_year_from() -> None:
    # One of 125 in January is no 9.6% a year, and neither is it a year's 0.8%.
    history = {"customers": "125", "lost_customers": "1", "acquisition_spend": "35k", "new_customers": "3"}
    body = {**BASE, "gross_margin": "75%", "history": history, "actual": {"2027-01": "1M"}}
    found = economics_on("2027-02-05", {"2027": body})
    assert (found.churn.months, found.churn.is_early) == (1, True)
    assert (found.logo_churn, found.lifetime_value, found.ratio) == (None, None, None)
    assert found.acquisition_cost == Fraction(35_000, 3), "what a customer cost is no rate of time"


def test_until_then_the_year_before_tells_it() -> None:
    history = {"customers": "125", "lost_customers": "1"}
    last = {"customers": "100", "lost_customers": "6", "acquisition_spend": "90k", "new_customers": "10"}
    body = {**BASE, "gross_margin": "75%"}
    years = {"2026": {**body, "history": last}, "2027": {**body, "history": history}}
    found = economics_on("2027-02-05", years)
    assert (found.logo_churn, found.churn.first) == (Fraction(6, 100), Month(2026, 1))
    assert found.acquisition_cost == 9_000
    assert economics_on("2027-05-05", years).logo_churn == Fraction(1 * 12, 125 * 4), "four months are made twelve"


def test_a_customers_worth_by_a_part_of_a_years_churn_worked_out_by_hand() -> None:
    lost = {"2027-01": "1", "2027-02": "2", "2027-03": "0", "2027-04": "3"}
    history = {"customers": "100", "lost_customers": lost, "acquisition_spend": "45k", "new_customers": "5"}
    found = economics_on("2027-05-15", {"2027": {**BASE, "gross_margin": "75%", "history": history}})
    assert found.logo_churn == Fraction(18, 100)  # 6 of 100 in four months, × 12 / 4
    assert found.lifetime_value == 50_000  # 12k × 75% / 18%, not / 6%
    assert (found.acquisition_cost, found.payback_months) == (9_000, 12)


@given(st.lists(st.integers(0, 4), min_size=20, max_size=20), st.lists(st.integers(0, 9), min_size=20, max_size=20))
def test_the_last_twelve_months_where_they_are_known(lost: list[int], won: list[int]) -> None:
    months = [Month(2026, 1).plus(number) for number in range(20)]
    spend = [1000 * number for number in range(20)]

    def year(part: slice) -> dict[str, Any]:
        named = {"lost_customers": lost, "new_customers": won, "acquisition_spend": spend}
        return {
            key: {str(month): str(count) for month, count in zip(months[part], values[part], strict=True)}
            for key, values in named.items()
        }

    years = {
        "2026": {**BASE, "history": {"customers": "200", **year(slice(0, 12))}},
        "2027": {**BASE, "history": year(slice(12, 20))},
    }
    found = economics_on("2027-09-05", years)
    there = 200
    for gone, came in list(zip(lost, won, strict=True))[:8]:
        there += came - gone
    assert (found.churn.lost, found.churn.customers, found.churn.months) == (sum(lost[8:]), there, 12)
    assert found.logo_churn == Fraction(sum(lost[8:]), there)
    assert found.acquisition_cost == (Fraction(sum(spend[8:]), sum(won[8:])) if sum(won[8:]) else None)


def test_zeros_are_given_and_not_asked_for_again() -> None:
    history = {"customers": "0", "lost_customers": "0", "acquisition_spend": "5k", "new_customers": "0"}
    found = economics(gross_margin="75%", history=history)
    assert found.churn is not None
    assert found.acquisition is not None
    assert (found.logo_churn, found.acquisition_cost) == (None, None)


def test_unit_economics_worked_out_by_hand() -> None:
    history = {"customers": "100", "lost_customers": "5", "acquisition_spend": "90k", "new_customers": "10"}
    found = economics(gross_margin="75%", history=history)
    assert found.logo_churn == Fraction(1, 20)
    assert found.acquisition_cost == 9_000
    assert found.margin == 9_000  # 12k × 75%
    assert found.payback_months == 12  # 9k / (9k / 12)
    assert found.lifetime_value == 180_000  # 9k / 5%
    assert found.ratio == 20


def test_nobody_lost_is_no_lifetime_value_and_nothing_known_is_nothing() -> None:
    found = economics(gross_margin="75%", history={"customers": "100", "lost_customers": "0"})
    assert (found.logo_churn, found.lifetime_value) == (0, None)
    bare = economics()
    assert (bare.acquisition_cost, bare.payback_months, bare.ratio, bare.net_retention) == (None,) * 4


@given(st.integers(1, 100), st.integers(1, 100))
def test_more_churn_never_makes_a_customer_worth_more(one: int, other: int) -> None:
    fewer, more = (
        economics(gross_margin="75%", history={"customers": "100", "lost_customers": str(lost)})
        for lost in sorted((one, other))
    )
    assert more.lifetime_value <= fewer.lifetime_value
