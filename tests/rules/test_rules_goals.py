from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Told = Callable[..., list[tuple[str, str]]]


def goal(year: str = "2027", measure: str = "recurring", **fields: str) -> str:
    body = {"start_revenue": "4.2M", "target_revenue": "5.2M", "acv": "24k", "close_rate": "20%", **fields}
    inside = ", ".join(f"{key}: {value}" for key, value in {"measure": measure, **body}.items())
    return f'goals: {{"{year}": {{{inside}}}}}\n'


def budget(**fields: str) -> str:
    inside = ", ".join(f"{key}: {value}" for key, value in fields.items())
    return f"budget: {{ads: {{category: programs, function: marketing, {inside}}}}}\n"


def months(amount: str, year: int = 2027, count: int = 12) -> str:
    return "{" + ", ".join(f"{year}-{month:02}: {amount}" for month in range(1, count + 1)) + "}"


def test_recognised_months_add_up_to_the_year(told: Told) -> None:
    year = {"measure": "revenue", "target_revenue": "1.2M", "start_revenue": "1M"}
    assert told(goal(**year, monthly=months("100k"))) == []
    assert told(goal(**year, monthly=months("90k"))) == [
        ("RP701", "the months add up to $1,080,000, the year's target is $1,200,000")
    ]
    assert told(goal(**year, monthly=months("120k", count=10))) == [
        ("RP701", "there is no target for 2027-11, 2027-12")
    ]


def test_a_month_of_another_year_is_told(told: Told) -> None:
    assert told(goal(monthly="{2027-12: 5.2M, 2028-01: 5.3M}")) == [
        ("RP701", "2028-01 is not in fiscal year 2027, which runs from 2027-01 to 2027-12")
    ]


def test_recurring_months_end_at_the_year(told: Told) -> None:
    assert told(goal(monthly="{2027-06: 4.8M}")) == [("RP701", "the last month, 2027-12, has no target")]


def test_money_and_time_are_told_apart(told: Told) -> None:
    lag = {"close_lag": "[.05, .15, .25, .25, .15, .10, .05]", "cost_per_opportunity": "1100"}
    short_of_money = goal(**lag, net_revenue_retention="98%", open_opportunities="54") + budget(annual="125k")
    assert told(short_of_money) == [
        (
            "RP710",
            "2027 needs 225.8 opportunities for $248,417; the programs hold $125,000, funding 50.3%, attainment 62.5%",
        )
    ]
    short_of_time = goal(**lag, net_revenue_retention="98%", open_opportunities="20") + budget(annual="250k")
    assert told(short_of_time) == [
        ("RP711", "by close lag 38.8 of the 45.2 customers that 2027 needs would close before it ends (86%)")
    ]


@pytest.mark.parametrize("year", ["2025", "2024"])
def test_past_years_are_history(told: Told, year: str) -> None:
    fields = {"cost_per_opportunity": "1100", "close_lag": "[0, 0, 0, 1]", "open_opportunities": "0", "pipeline": "1"}
    assert told(goal(year, **fields) + budget(annual="1k")) == []


def test_a_segment_of_unknown_size_proves_nothing(told: Told) -> None:
    funnel = "{lead_to_mql: 35%, mql_to_sal: 70%, sal_to_sql: 75%, sql_to_opportunity: 70%}"
    text = goal(funnel=funnel) + "strategy: {segments: {small: {name: S, accounts: 10}, other: {name: O}}}\n"
    assert "RP713" not in {code for code, _ in told(text)}


@pytest.mark.parametrize(("actual", "codes"), [("{2026-10: 112k}", []), ("{2026-10: 112.1k}", ["RP714"])])
def test_ten_points_ahead_is_still_allowed(told: Told, actual: str, codes: list[str]) -> None:
    assert [code for code, _ in told(budget(annual="120k", actual=actual))] == codes


def test_actuals_of_months_to_come_are_told(told: Told) -> None:
    assert told(goal("2026", actual="{2026-11: 4M, 2026-12: 5M}")) == [
        ("RP703", "2026-12 has not begun; today is 2026-11-28")
    ]
    assert told(budget(annual="12k", actual="{2027-01: 1k}")) == [
        ("RP703", "2027-01 has not begun; today is 2026-11-28")
    ]


@pytest.mark.parametrize(
    ("start", "codes"), [("2.33M", []), ("2.3416M", []), ("2.35M", ["RP715"]), ("2.3M", ["RP715"])]
)
def test_a_start_within_half_a_per_cent_of_the_actual_holds(told: Told, start: str, codes: list[str]) -> None:
    before = '"2025": {measure: recurring, start_revenue: 2M, target_revenue: 2.3M, acv: 24k, close_rate: 20%,'
    known = "{2026-01: 2.4M, 2026-02: 2.4M, 2026-03: 2.4M, 2026-04: 2.4M, 2026-05: 2.4M, 2026-06: 2.4M, 2026-07: 2.4M,"
    year = goal("2026", start_revenue=start, actual=known + " 2026-08: 2.4M, 2026-09: 2.4M, 2026-10: 2.4M}")
    both = year.replace("goals: {", "goals: {" + before + " actual: {2025-12: 2.33M}}, ")
    assert [code for code, _ in told(both)] == codes


def test_a_year_that_follows_one_of_another_measure_starts_from_its_plan(told: Told) -> None:
    before = '"2026": {measure: revenue, start_revenue: 1M, target_revenue: 1M, acv: 24k, close_rate: 20%}'
    found = told(goal().replace("goals: {", "goals: {" + before + ", "))
    assert [code for code, _ in found if code == "RP715"] == []


@pytest.mark.parametrize(("annual", "codes"), [("248k", []), ("247.4k", []), ("247k", ["RP710"])])
def test_less_than_one_opportunity_is_no_shortage(told: Told, annual: str, codes: list[str]) -> None:
    text = goal(net_revenue_retention="98%", cost_per_opportunity="1100") + budget(annual=annual)
    assert [code for code, _ in told(text)] == codes


def test_money_is_not_asked_for_once_nothing_it_creates_can_close_in_the_year(told: Told) -> None:
    fields = {"cost_per_opportunity": "1100", "pipeline": "900M", "actual": "{2026-10: 4.2M}"}
    soon, late = (goal("2026", **fields, close_lag=lag) + budget(annual="20k") for lag in ("[50%, 50%]", "[0, 100%]"))
    assert [code for code, _ in told(soon)] == ["RP710"]
    assert told(late) == [], "what is created in December would close in January"
