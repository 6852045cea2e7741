from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import plan

from revplan.analysis.funnel import closing_by_month, in_year_customers, need, outlook, verdict, weigh
from revplan.model.goals import Goal

HARBOURLINE = {
    "measure": "recurring",
    "start_revenue": "4.2M",
    "target_revenue": "5.2M",
    "acv": "24k",
    "close_rate": "20%",
    "close_lag": [".05", ".15", ".25", ".25", ".15", ".10", ".05"],
    "funnel": {
        "visitor_to_lead": "2.5%",
        "lead_to_mql": "35%",
        "mql_to_sal": "70%",
        "sal_to_sql": "75%",
        "sql_to_opportunity": "70%",
    },
    "net_revenue_retention": "98%",
    "cost_per_opportunity": "1100",
    "open_opportunities": "54",
}


def goal(**changes: Any) -> Goal:
    given = {key: value for key, value in {**HARBOURLINE, **changes}.items() if value is not None}
    return Goal.model_validate({"id": "2027", **given})


def programs(annual: str) -> Any:
    return plan(budget={"ads": {"category": "programs", "function": "marketing", "annual": annual}})


def test_the_need_of_a_year_worked_out_by_hand() -> None:
    needed = need(goal())
    assert needed.revenue == 1_084_000  # 5.2M − 4.2M × 0.98
    assert needed.customers == Fraction(1_084_000, 24_000)  # 45.17
    assert needed.opportunities == Fraction(1_084_000, 24_000) * 5  # 225.83
    assert needed.spend == Fraction(1_084_000, 24_000) * 5 * 1100
    assert round(float(needed.spend)) == 248_417
    sqls = Fraction(1_084_000, 24_000) * 5 / Fraction("0.7")
    mqls = sqls / Fraction("0.75") / Fraction("0.7")
    assert needed.stages["sqls"] == sqls
    assert needed.stages["leads"] == mqls / Fraction("0.35")
    assert needed.stages["visitors"] == mqls / Fraction("0.35") / Fraction("0.025")


def test_the_customers_of_a_year_worked_out_by_hand() -> None:
    # Of a month's opportunities .05, .20, .45, .70, .85, .95 close within 0 … 5 months more, and then all: 9.2 in sum.
    created = [Fraction(10)] * 12
    assert in_year_customers(goal(), created) == (10 * Fraction("9.2") + 54) * Fraction("0.2")


def test_goal_and_budget_of_harbourline_meet_with_nothing_to_spare() -> None:
    found = outlook(programs("250k"), goal())
    assert found.funding is not None
    assert found.attainment is not None
    assert float(found.funding) == pytest.approx(1.0064, abs=0.0001)
    assert float(found.attainment) == pytest.approx(1.0107, abs=0.0001)
    assert found.verdict == "green"


def test_a_year_that_needs_nothing_new_is_met() -> None:
    found = outlook(programs("1k"), goal(target_revenue="4M"))
    assert found.need.revenue == 0
    assert found.funding == found.attainment == 1


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [
        ("cost_per_opportunity", "funding"),
        ("close_lag", "attainment"),
        ("open_opportunities", "attainment"),
    ],
)
def test_what_is_missing_is_missing_and_never_zero(missing: str, unknown: str) -> None:
    found = outlook(programs("250k"), goal(**{missing: None}))
    assert getattr(found, unknown) is None
    assert found.verdict is None


def test_no_budget_is_not_a_budget_of_nothing() -> None:
    found = outlook(plan(), goal())
    assert found.budget is None
    assert found.funding is None
    assert found.reach is not None, "what time allows does not depend on money"


def test_a_missing_rate_leaves_open_what_is_above_it() -> None:
    stages = need(goal(funnel={"sql_to_opportunity": "50%", "mql_to_sal": "50%"})).stages
    assert stages["sqls"] is not None
    assert [stages[name] for name in ("sals", "mqls", "leads", "visitors")] == [None] * 4


@pytest.mark.parametrize(
    ("funding", "attainment", "odds", "color"),
    [
        ("1", "1", None, "green"),
        ("1", "1", "0.5", "green"),
        ("1", "1", "0.49", "amber"),
        ("0.99", "2", "0.9", "amber"),
        ("0.8", "0.8", None, "amber"),
        ("0.79", "2", None, "red"),
        ("2", "0.79", None, "red"),
    ],
)
def test_the_verdict(funding: str, attainment: str, odds: str | None, color: str) -> None:
    assert verdict(Fraction(funding), Fraction(attainment), None if odds is None else Fraction(odds)) == color


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_larger_budget_never_lowers_funding_or_attainment(one: int, other: int) -> None:
    small, large = (outlook(programs(str(amount)), goal()) for amount in sorted((one, other)))
    assert (small.funding or 0) <= (large.funding or 0)
    assert (small.attainment or 0) <= (large.attainment or 0)
    assert (small.reach or 0) <= (large.reach or 0)


@given(st.integers(1, 100), st.integers(1, 100))
def test_a_better_close_rate_never_needs_more_opportunities(one: int, other: int) -> None:
    worse, better = (need(goal(close_rate=f"{rate}%")) for rate in sorted((one, other)))
    assert worse.opportunities is not None
    assert better.opportunities is not None
    assert better.opportunities <= worse.opportunities


@given(st.lists(st.integers(0, 1000), min_size=12, max_size=12))
def test_no_more_customers_close_in_the_year_than_are_won_at_all(created: list[int]) -> None:
    closing = in_year_customers(goal(), [Fraction(count) for count in created])
    assert closing is not None
    assert closing <= (sum(created) + 54) * Fraction("0.2")


def test_customers_by_month_add_up_to_those_of_the_year() -> None:
    created = [Fraction(10)] * 12
    by_month = closing_by_month(goal(), created)
    assert by_month is not None
    assert sum(by_month) == in_year_customers(goal(), created)
    # In the first month .05 of what is created then, and 34% of what is open: .95 of the 2.8 months still open.
    assert by_month[0] == Fraction("0.2") * (10 * Fraction("0.05") + 54 * Fraction("0.95") / Fraction("2.8"))


def test_what_closes_at_once_closes_in_its_own_month() -> None:
    assert closing_by_month(goal(close_lag=["1"], open_opportunities="0"), [Fraction(5)] * 12) == (1,) * 12


def test_starting_earlier_loses_nothing_to_lag() -> None:
    late, early = (weigh(goal(), Fraction(250_000), months) for months in (0, 6))
    assert (late.closing or 0) < (early.closing or 0)
    assert early.closing == (Fraction(250_000, 1100) + 54) * Fraction("0.2")
