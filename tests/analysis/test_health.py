from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.health import Carried, below_standard, carried, coverings, function_health
from revplan.analysis.unit_economics import unit_economics
from revplan.model.goals import Goal

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
    assert carried(read_plan(PLAN)) == (Carried("marketing", "sales", 180),)


def economics(**changes: Any) -> Any:
    base = {"measure": "recurring", "start_revenue": "1M", "target_revenue": "2M", "acv": "12k", "close_rate": "20%"}
    return unit_economics(Goal.model_validate({"id": "2026", **base, **changes}))


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
