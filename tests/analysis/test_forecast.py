from __future__ import annotations

import time
from dataclasses import replace
from fractions import Fraction
from math import exp, log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revplan.analysis.actuals import footing
from revplan.analysis.drivers import EQUALLY_LIKELY, Drivers, beta, drivers, gamma, lacking
from revplan.analysis.forecast import RUNS, Forecast, _poisson, forecast, runs_for
from revplan.app.open import context_of, open_plan
from revplan.model.base import Month
from revplan.model.goals import Goal
from tests.support.plans import HARBOURLINE, on, plan

MONTHS = tuple(Month(2027, number) for number in range(1, 13))


def made(**changes: Any) -> Drivers:
    """Return a year in which nothing is created and ten opportunities are open, each won in the first month."""
    base = Drivers(
        measure="recurring",
        months=MONTHS,
        ahead=0,
        base=(100_000_00,) * 12,
        known=0,
        target=150_000_00,
        targets=(None,) * 12,
        close_rates=(1.0,),
        creation=(0.0,),
        deals=(5_000_00,),
        lag=(1.0,),
        open=10,
        open_lag=(1.0,),
    )
    return replace(base, **changes)


def test_a_certain_year_worked_out_by_hand() -> None:
    found = forecast(made())  # 100k + 10 × 5k
    assert (found.year.low, found.year.middle, found.year.high) == (150_000, 150_000, 150_000)
    assert (found.odds, found.wins) == (1, 10)
    assert forecast(made(target=150_000_01)).odds == 0


def test_half_of_what_is_open_closes_a_month_later() -> None:
    found = forecast(made(open=10_000, open_lag=(0.5, 1.0), deals=(1_00,)))
    assert float(found.months[0].band.middle) == pytest.approx(100_000 + 5_000, abs=100)
    assert found.months[1].band.middle == 110_000


def test_recognised_revenue_brings_a_twelfth_of_each_deal_a_month() -> None:
    found = forecast(made(measure="revenue", base=(10_000_00,) * 12, known=5_000_00, deals=(12_000_00,)))
    # 10 deals of 12k bring 10k a month from the first on: 5k known + 12 × (10k + 10k).
    assert found.year.middle == 245_000
    assert found.months[0].band.middle == 20_000


def test_one_opportunity_at_even_odds_is_a_coin() -> None:
    found = forecast(made(open=1, close_rates=(0.5,), target=105_000_00))
    assert float(found.odds) == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("rate", "wins"), [(0.6, 1), (0.4, 0)])
def test_as_many_are_won_as_in_the_middle_one_of_all_runs(rate: float, wins: int) -> None:
    assert forecast(made(open=1, close_rates=(rate,))).wins == wins


def test_what_closes_after_the_year_does_not_count() -> None:
    created = made(open=0, creation=(4.0,), lag=(0.0,) * 12 + (1.0,))
    assert forecast(created).wins == 0
    assert forecast(replace(created, head_start=1)).wins > 0, "begun a month earlier, the first ones close in December"


def test_many_opportunities_a_month_are_drawn_around_their_mean() -> None:
    found = forecast(made(open=0, creation=(400.0,), deals=(1_00,)))
    assert float(found.wins) == pytest.approx(12 * 400, rel=0.01)


def test_creation_is_poisson() -> None:
    first, sums = _poisson(2.0)
    assert first == 0
    assert sums[0] == pytest.approx(exp(-2))
    assert sums[2] == pytest.approx(exp(-2) * (1 + 2 + 2))
    assert _poisson(0.0) == (0, [1.0])
    first, sums = _poisson(1_000.0)
    assert 600 < first < 800
    assert sums[1_000 - first] == pytest.approx(0.508, abs=0.001)


def test_distributions_against_those_known_in_closed_form() -> None:
    middle = EQUALLY_LIKELY // 2
    assert beta(Fraction(1), Fraction(1))[middle] == pytest.approx(0.5025, abs=0.001)  # uniform
    assert gamma(Fraction(1), Fraction(1))[middle] == pytest.approx(log(2), abs=0.02)  # exponential
    assert sum(beta(Fraction(40), Fraction(160))) / EQUALLY_LIKELY == pytest.approx(0.2, abs=0.001)
    assert sum(gamma(Fraction(60), Fraction(12))) / EQUALLY_LIKELY == pytest.approx(5, abs=0.02)
    assert beta(Fraction(0), Fraction(5)) == (0.0,) * EQUALLY_LIKELY
    assert gamma(Fraction(0), Fraction(2)) == (0.0,) * EQUALLY_LIKELY


def harbourline() -> Any:
    loaded = open_plan(HARBOURLINE, HARBOURLINE)
    return context_of(loaded, None, Month(2026, 11).first)


def test_ten_thousand_runs_of_a_year_take_less_than_a_second() -> None:
    context = harbourline()
    started = time.process_time()
    drawn = drivers(context, context.plan.goals["2027"])
    assert drawn is not None
    assert forecast.__wrapped__(drawn).runs == RUNS
    assert time.process_time() - started < 1


def test_the_same_plan_gives_the_same_figures() -> None:
    # These very figures must come out on every machine, and with every version of numpy.
    context = harbourline()
    drawn = drivers(context, context.plan.goals["2027"])
    assert drawn is not None
    found = forecast.__wrapped__(drawn)
    assert found == forecast.__wrapped__(drawn)
    assert (found.year.low, found.year.middle, found.year.high) == (
        *(Fraction(cents, 100) for cents in (500944333, 531744333, 567344333)),
    )
    assert found.odds == Fraction(6797, 10_000)


def test_a_plan_with_very_many_opportunities_takes_fewer_runs() -> None:
    assert runs_for(made(creation=(5_000.0,))) < RUNS


@settings(max_examples=25)
@given(
    open_now=st.integers(0, 60),
    rate=st.floats(0.05, 0.95),
    creation=st.floats(0, 20),
    deals=st.lists(st.integers(1, 10**7), min_size=1, max_size=5),
    target=st.integers(0, 10**9),
)
def test_percentiles_rise_and_odds_are_parts_of_one(
    open_now: int, rate: float, creation: float, deals: list[int], target: int
) -> None:
    lag = (0.25, 0.5, 1.0)
    drawn = made(
        open=open_now,
        close_rates=(rate,),
        creation=(creation,),
        deals=tuple(deals),
        target=target,
        targets=(target,) * 12,
        lag=lag,
        open_lag=lag,
    )
    found: Forecast = forecast.__wrapped__(replace(drawn, months=MONTHS[:3], base=drawn.base[:3]))
    for band in (found.year, *(month.band for month in found.months)):
        assert 100_000 <= band.low <= band.middle <= band.high
    assert 0 <= found.odds <= 1
    odds = [month.odds for month in found.months]
    assert odds == sorted(odds, key=lambda own: own or 0), "recurring revenue that nobody leaves only grows"


# --- what it is drawn from ---------------------------------------------------------------------------------------

GOAL = {
    "measure": "recurring",
    "start_revenue": "1M",
    "target_revenue": "1.5M",
    "acv": "10k",
    "close_rate": "25%",
    "close_lag": ["50%", "50%"],
    "open_opportunities": "8",
    "cost_per_opportunity": "1k",
    "net_revenue_retention": "88%",
}


def goal(**changes: Any) -> Goal:
    given = {key: value for key, value in {**GOAL, **changes}.items() if value is not None}
    return Goal.model_validate({"id": "2027", **given})


def context_with(what: Goal, budget: str | None = "120k") -> Any:
    lines = {"ads": {"category": "programs", "function": "marketing", "annual": budget}} if budget else {}
    return on("2027-03-10", replace(plan(budget=lines), goals={"2027": what}))


def test_drivers_worked_out_by_hand() -> None:
    what = goal(actual={"2027-01": "1M", "2027-02": "1.2M"}, pipeline={"2027-03-01": {"count": "8"}})
    found = drivers(context_with(what), what)
    assert found is not None
    assert (found.months[0], len(found.months)) == (Month(2027, 3), 10)
    assert found.base[0] == 1_188_000_00  # 1.2M × (1 − 12% / 12)
    assert found.base[-1] == 1_080_000_00  # 1.2M × (1 − 12% × 10 / 12)
    assert found.lag == (0.5, 1.0)
    assert found.open == 8
    assert sum(found.creation) / len(found.creation) == pytest.approx(10, abs=0.05)  # 120 a year by the budget
    assert sum(found.close_rates) / len(found.close_rates) == pytest.approx(0.25, abs=0.001)


def test_a_pipeline_of_today_wins_over_the_count_at_the_years_start() -> None:
    what = goal(pipeline="150k")
    found = drivers(context_with(what), what)
    assert found is not None
    assert found.open == 15


def test_a_record_outweighs_the_goal() -> None:
    created = {"2027-01": "30", "2027-02": "30"}
    what = goal(history={"won": "10", "lost": "90", "created": created})
    found = drivers(context_with(what), what)
    assert found is not None
    # (0.25 × 10 + 10) / 110 and (2 × 10 + 60) / (2 + 2)
    assert sum(found.close_rates) / len(found.close_rates) == pytest.approx(12.5 / 110, abs=0.001)
    assert sum(found.creation) / len(found.creation) == pytest.approx(20, abs=0.05)


@pytest.mark.parametrize("key", ["close_lag", "open_opportunities", "cost_per_opportunity"])
def test_what_is_missing_is_named_and_nothing_is_made_up(key: str) -> None:
    what = goal(**{key: None})
    assert lacking(context_with(what), what) == (key,)
    assert drivers(context_with(what), what) is None


def test_what_is_written_of_months_to_come_or_of_other_years_is_not_known() -> None:
    what = goal(actual={"2026-12": "900k", "2027-01": "1M", "2027-02": "1.2M", "2027-04": "2M"})
    context = context_with(what)
    at = footing(context, what)
    assert (at.since, at.level, at.ahead) == (Month(2027, 2), 1_200_000, 0)
    assert at.months == tuple(Month(2027, number) for number in range(3, 13))
    assert footing(context_with(goal()), goal()).since is None


def test_a_year_is_forecast_until_its_last_month_is_over() -> None:
    what = goal(actual={"2027-11": "1M"})
    december = replace(context_with(what), today=Month(2027, 12).last)
    assert footing(december, what).months == (Month(2027, 12),)
    assert footing(replace(december, today=Month(2028, 1).first), what).months == ()


def test_a_year_that_is_over_is_not_forecast() -> None:
    what = goal()
    assert drivers(replace(context_with(what), today=Month(2028, 2).first), what) is None


def test_a_month_nobody_wrote_down_is_missing_and_not_zero() -> None:
    what = goal(measure="revenue", actual={"2027-01": "80k", "2027-03": "90k"})
    assert lacking(context_with(what), what) == (
        "actual.2027-02",
        "history.created.2027-01",
        "history.created.2027-02",
        "history.created.2027-03",
    )
    assert drivers(context_with(what), what) is None
    actual = {"2027-01": "80k", "2027-02": "85k", "2027-03": "90k"}
    whole = goal(measure="revenue", actual=actual, pipeline="80k")
    found = drivers(context_with(whole), whole)
    assert found is not None
    kept = tuple(90_000_00 - 900_00 * number for number in range(1, 10))  # 88% a year: a per cent less each month
    assert (found.known, found.base) == (255_000_00, kept)
