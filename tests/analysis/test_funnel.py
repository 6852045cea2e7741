from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.analysis.actuals import footing, revenue_kept
from revplan.analysis.drivers import drivers
from revplan.analysis.forecast import forecast
from revplan.analysis.funnel import Outlook, closing_by_month, need, outlook, outset, verdict, weigh
from revplan.model.goals import Goal
from tests.support.plans import on, plan

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


def programs(annual: str | None, what: Goal, day: str = "2026-11-28") -> Any:
    lines = {"ads": {"category": "programs", "function": "marketing", "annual": annual}} if annual else {}
    return on(day, replace(plan(budget=lines), goals={what.id: what}))


def seen(annual: str | None, what: Goal, day: str = "2026-11-28") -> Outlook:
    return outlook(programs(annual, what, day), what)


def closing(what: Goal, created: Fraction) -> tuple[Fraction, ...]:
    found = closing_by_month(what, outset(programs(None, what), what), created)
    assert found is not None
    return found


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
    assert sum(closing(goal(), Fraction(10))) == (10 * Fraction("9.2") + 54) * Fraction("0.2")


def test_goal_and_budget_of_harbourline_meet_with_nothing_to_spare() -> None:
    found = seen("250k", goal())
    assert found.funding is not None
    assert found.attainment is not None
    assert float(found.funding) == pytest.approx(1.0064, abs=0.0001)
    assert float(found.attainment) == pytest.approx(1.0107, abs=0.0001)
    assert found.verdict == "green"


def test_a_year_that_needs_nothing_new_is_met() -> None:
    found = seen("1k", goal(target_revenue="4M"))
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
    found = seen("250k", goal(**{missing: None}))
    assert getattr(found, unknown) is None
    assert found.verdict is None


def test_no_budget_is_not_a_budget_of_nothing() -> None:
    found = seen(None, goal())
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


def test_what_is_red_by_itself_is_red_whatever_else_is_not_known() -> None:
    short, enough = Fraction(1, 2), Fraction(2)
    assert verdict(short, None) == verdict(None, short) == "red"
    assert verdict(enough, None) is verdict(None, enough) is verdict(None, None) is None


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_larger_budget_never_lowers_funding_or_attainment(one: int, other: int) -> None:
    small, large = (seen(str(amount), goal()) for amount in sorted((one, other)))
    assert (small.funding or 0) <= (large.funding or 0)
    assert (small.attainment or 0) <= (large.attainment or 0)
    assert (small.reach or 0) <= (large.reach or 0)


@given(st.integers(1, 100), st.integers(1, 100))
def test_a_better_close_rate_never_needs_more_opportunities(one: int, other: int) -> None:
    worse, better = (need(goal(close_rate=f"{rate}%")) for rate in sorted((one, other)))
    assert worse.opportunities is not None
    assert better.opportunities is not None
    assert better.opportunities <= worse.opportunities


@given(st.integers(0, 1000))
def test_no_more_customers_close_in_the_year_than_are_won_at_all(created: int) -> None:
    assert sum(closing(goal(), Fraction(created))) <= (12 * created + 54) * Fraction("0.2")


def test_customers_close_month_by_month() -> None:
    # In the first month .05 of what is created then, and 34% of what is open: .95 of the 2.8 months still open.
    by_month = closing(goal(), Fraction(10))
    assert by_month[0] == Fraction("0.2") * (10 * Fraction("0.05") + 54 * Fraction("0.95") / Fraction("2.8"))


def test_what_closes_at_once_closes_in_its_own_month() -> None:
    assert closing(goal(close_lag=["1"], open_opportunities="0"), Fraction(5)) == (1,) * 12


def test_starting_earlier_loses_nothing_to_lag() -> None:
    what = goal()
    opening = outset(programs(None, what), what)
    late, early = (weigh(what, Fraction(250_000), opening, months) for months in (0, 6))
    assert (late.closing or 0) < (early.closing or 0)
    assert early.closing == (Fraction(250_000, 1100) + 54) * Fraction("0.2")


def test_months_before_the_year_create_what_their_own_budget_can() -> None:
    # 2026 has 12 × $110 for programs: 1 opportunity in November and 1 in December. 2027 has 12 × $220: 2 a month.
    # All are decided at once, and 1 in 5 is won: 0.2, 0.2, and 0.4 a month.
    new = goal(close_lag=["1"], open_opportunities=None, cost_per_opportunity="110")
    known = {"actual": {"2026-10": "4.15M"}, "pipeline": {"2026-11-01": {"count": "0"}}}
    old = goal(close_lag=["1"], cost_per_opportunity="110", **known).model_copy(update={"id": "2026"})
    monthly = {f"{year}-{month:02}": str(110 * (year - 2025)) for year in (2026, 2027) for month in range(1, 13)}
    lines = {"ads": {"category": "programs", "function": "marketing", "monthly": monthly}}
    context = on("2026-11-28", replace(plan(budget=lines), goals={"2026": old, "2027": new}))
    opening = outset(context, new)
    found = closing_by_month(new, opening, Fraction(2))
    assert found == (Fraction("0.2"),) * 2 + (Fraction("0.4"),) * 12
    # Begun a month earlier, 2027's first two opportunities come on top of December's one, and its last month has none.
    earlier = closing_by_month(new, opening, Fraction(2), 1)
    assert earlier == (Fraction("0.2"), Fraction("0.6"), *(Fraction("0.4"),) * 11, 0)


# --- where the year stands -----------------------------------------------------------------------------------------


def test_needed_revenue_goes_by_the_actual_the_year_starts_from() -> None:
    # December came to 2.33M where 2.4M was planned: 3.1M − 2.33M × 1.01 = 746,700, not 676,000.
    changes = {"start_revenue": "2.4M", "target_revenue": "3.1M", "net_revenue_retention": "101%"}
    what = goal(**changes, actual={"2026-12": "2.33M"})
    assert seen("250k", what, "2027-01-11").need.revenue == 746_700
    assert seen("250k", goal(**changes), "2027-01-11").need.revenue == 676_000


def test_attainment_is_of_what_is_missing_from_the_last_month_known() -> None:
    # June came to 4.8M. By December its customers keep 98% less half a year of it: 4.8M × 0.99. Missing: 448k.
    counted = {"2027-06-30": {"count": "54"}}
    what = goal(actual={"2027-06": "4.8M"}, pipeline=counted)
    found = seen("250k", what, "2027-07-10")
    missing = 5_200_000 - 4_800_000 * Fraction("0.99")
    # Of six months' creation .05, .20, .45, .70, .85, .95 close in time, and all that is open but for nothing.
    customers = Fraction("0.2") * (Fraction(250_000, 1100) / 12 * Fraction("3.2") + 54)
    assert found.closing == customers
    assert found.attainment == customers * 24_000 / missing
    assert found.customers_missing == missing / 24_000


def brought_by_hand(created: Fraction, lag: list[Fraction], rate: Fraction) -> Fraction:
    """Return what customers bring in a year of recognised revenue, in ACVs, opportunity by opportunity."""
    total = Fraction(0)
    for month in range(1, 13):
        for later, share in enumerate(lag):
            won = month + later
            if won <= 12:
                total += created * rate * share * Fraction(13 - won, 12)
    return total


def test_recognised_revenue_needs_as_many_as_bring_it_within_the_year() -> None:
    lag = [Fraction(share) for share in (".05", ".15", ".25", ".25", ".15", ".10", ".05")]
    what = goal(measure="revenue", start_revenue="1M", target_revenue="2M", open_opportunities="0")
    found = need(what)
    assert found.customers is not None
    won = sum((share for month in range(12) for share in lag[: month + 1]), Fraction(0))
    each = brought_by_hand(Fraction(1), lag, Fraction(1)) / won
    assert found.customers == Fraction(2_000_000 - 980_000, 24_000) / each
    assert found.part == each
    assert Fraction("0.4") < each < Fraction("0.5"), "a customer won on the way brings less than half a year's worth"
    assert need(goal(measure="revenue", close_lag=None)).part == Fraction(13, 24)


def test_attainment_of_recognised_revenue_is_of_money_and_not_of_heads() -> None:
    lag = [Fraction(share) for share in (".05", ".15", ".25", ".25", ".15", ".10", ".05")]
    what = goal(measure="revenue", start_revenue="1M", target_revenue="2M", open_opportunities="0")
    found = seen("250k", what)
    brought = brought_by_hand(Fraction(250_000, 1100) / 12, lag, Fraction("0.2")) * 24_000
    assert found.attainment == brought / 1_020_000


def test_earlier_customers_of_recognised_revenue_go_on_at_their_run_rate() -> None:
    # December brought 100k; with 88% kept a year they bring 1% less of it each month: 99k, 98k … 88k.
    changes = {"measure": "revenue", "start_revenue": "1M", "net_revenue_retention": "88%"}
    what = goal(**changes, actual={"2026-12": "100k"})
    context = programs("250k", what, "2027-01-11")
    assert revenue_kept(what, footing(context, what)) == tuple(1000 * (100 - month) for month in range(1, 13))
    assert outset(context, what).kept == sum(1000 * (100 - month) for month in range(1, 13))


@settings(max_examples=20)
@given(
    st.sampled_from(["recurring", "revenue"]),
    st.integers(0, 11),
    st.integers(80, 110),
    st.lists(st.integers(0, 5), min_size=1, max_size=5).filter(any),
    st.integers(200, 900),
)
def test_where_attainment_is_one_without_spread_the_odds_are_about_even(
    measure: str, known: int, kept_percent: int, weights: list[int], annual: int
) -> None:
    actual = {f"2026-{month:02}": "250k" for month in range(1, 13)}
    actual |= {f"2027-{month:02}": "250k" for month in range(1, known + 1)}
    total = sum(weights)
    parts = [100 * weight // total for weight in weights[1:]]
    lag = [f"{part}%" for part in (100 - sum(parts), *parts)]
    counted = {f"2027-{known + 1:02}-01": {"count": "400"}}
    changes = {"measure": measure, "net_revenue_retention": f"{kept_percent}%", "close_lag": lag, "acv": "1k"}
    base = goal(**changes, target_revenue="100M", cost_per_opportunity="100", pipeline=counted, actual=actual)
    context = programs(f"{annual}k", base, f"2027-{known + 1:02}-05")
    found = outlook(context, base)
    assert found.attainment is not None
    opening = outset(context, base)
    assert opening.missing is not None
    target = 100_000_000 - opening.missing * (1 - found.attainment)
    exact = base.model_copy(update={"target_revenue": Decimal(round(target * 100)) / 100})
    drawn = drivers(replace(context, plan=replace(context.plan, goals={"2027": exact})), exact)
    assert drawn is not None
    assert found.affordable is not None
    certain = replace(
        drawn,
        close_rates=(0.2,),
        creation=(float(found.affordable / 12),),
        deals=(100_000,),
        target=round(target * 100),
    )
    odds = forecast.__wrapped__(certain).odds
    assert Fraction(2, 5) < odds < Fraction(3, 5)
