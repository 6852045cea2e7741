from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.periods import period_on
from revplan.analysis.revenue import Gap, Standing, gap, standing
from revplan.model.base import Month
from revplan.model.goals import Goal
from tests.support.plans import on, plan

BODY = {"measure": "recurring", "start_revenue": "1M", "target_revenue": "1.24M", "curve": "flat", "acv": "10k"}


def looked_at(day: str = "2026-03-20", **changes: Any) -> Any:
    goal = Goal.model_validate({"id": "2026", "close_rate": "25%", **BODY, **changes})
    return on(day, replace(plan(), goals={"2026": goal}))


def found(**changes: Any) -> Standing:
    what = standing(looked_at(**changes))
    assert what is not None
    return what


def test_recurring_revenue_worked_out_by_hand() -> None:
    # Flat: 20k more each month. January 1.02M planned, 1.01M was; February 1.04M planned, 1.06M was.
    what = found(actual={"2026-01": "1.01M", "2026-02": "1.06M"})
    assert what.last is not None
    assert (what.last.month, what.last.target, what.last.actual) == (Month(2026, 2), 1_040_000, 1_060_000)
    assert what.last.growth == Fraction(5, 101)  # 1.06 / 1.01 − 1
    assert what.last.attainment == Fraction(106, 104)
    assert what.to_date == 60_000
    assert what.to_date_target == 40_000
    assert what.run_rate == 1_060_000
    assert what.now is not None
    assert (what.now.target, what.now.actual) == (1_060_000, None)


def test_recognised_revenue_worked_out_by_hand() -> None:
    # A flat 1.2M brings 100k a month; the run rate is the last month's times twelve.
    changes = {"measure": "revenue", "target_revenue": "1.2M", "actual": {"2026-01": "90k", "2026-02": "105k"}}
    what = found(**changes)
    assert what.to_date == 195_000
    assert what.to_date_target == 200_000
    assert what.run_rate == 1_260_000


def test_without_a_target_for_every_month_there_is_none_to_date() -> None:
    monthly = {"2026-01": "90k", "2026-03": "90k"}
    what = found(measure="revenue", curve=None, monthly=monthly, actual={"2026-01": "80k", "2026-02": "85k"})
    assert (what.to_date, what.to_date_target) == (165_000, None)
    whole = found(measure="revenue", curve=None, monthly={**monthly, "2026-02": "95k"}, actual={"2026-02": "85k"})
    assert (whole.to_date, whole.to_date_target) == (85_000, 95_000)


def test_a_month_without_a_figure_is_missing_and_never_zero() -> None:
    changes = {"measure": "revenue", "target_revenue": "1.2M", "actual": {"2026-01": "90k", "2026-03": "105k"}}
    what = found(**changes)
    assert what.months[1].actual is None
    assert what.months[2].growth is None, "there is nothing to compare with"
    assert (what.to_date, what.to_date_target) == (195_000, 200_000), "targets of the same two months"


def test_a_year_of_which_nothing_is_known_yet() -> None:
    what = found()
    assert (what.last, what.to_date, what.run_rate) == (None, None, None)


def test_no_goal_no_scoreboard() -> None:
    assert standing(on("2026-03-20", plan())) is None


def test_growth_looks_back_over_the_turn_of_the_year() -> None:
    before = Goal.model_validate({"id": "2025", "close_rate": "25%", **BODY, "actual": {"2025-12": "1M"}})
    context = looked_at(actual={"2026-01": "1.1M"})
    both = replace(context, plan=replace(context.plan, goals={"2025": before, **context.plan.goals}))
    what = standing(both)
    assert what is not None
    assert what.months[0].growth == Fraction(1, 10)


def test_the_gap_of_a_sprint_worked_out_by_hand() -> None:
    context = looked_at(actual={"2026-02": "1.06M"})
    period = period_on(context.plan.settings, Month(2026, 4).first)
    assert gap(context, period) == Gap(Month(2026, 4), Fraction(1_080_000), Month(2026, 2), Fraction(1_060_000))
    at_the_start = gap(looked_at(), period)
    assert at_the_start is not None
    assert at_the_start.missing == 80_000


def test_before_any_month_is_known_last_years_customers_bring_their_retained_part_of_a_month() -> None:
    context = looked_at(measure="revenue", start_revenue="1.2M", target_revenue="1.2M", net_revenue_retention="90%")
    assert gap(context, period_on(context.plan.settings, Month(2026, 4).first)) == Gap(
        Month(2026, 4), Fraction(100_000), None, Fraction(90_000)
    )


@given(st.dictionaries(st.integers(1, 12), st.integers(1, 10**6), max_size=12))
def test_what_is_to_come_is_never_counted(actual: dict[int, int]) -> None:
    what = found(actual={f"2026-{month:02}": str(amount) for month, amount in actual.items()})
    known = [entry.month.month for entry in what.months if entry.actual is not None]
    assert known == sorted(month for month in actual if month <= 3)
