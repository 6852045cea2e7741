from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.drivers import drivers
from revplan.analysis.funnel import outset
from revplan.analysis.levers import (
    MOST_ODDS,
    MOST_PERCENT,
    STEPS_A_PERCENT,
    Judgement,
    _earlier,
    _find_raise,
    _Situation,
    _with_budget,
    judge,
    levers,
    levers_by_plan,
)
from revplan.model.goals import Goal
from tests.support.plans import on, plan

GOAL = {
    "measure": "recurring",
    "start_revenue": "1M",
    "target_revenue": "1.48M",
    "acv": "10k",
    "close_rate": "20%",
    "close_lag": ["1"],
    "open_opportunities": "0",
    "cost_per_opportunity": "1k",
}


def context(budget: str | None, day: str = "2026-11-28", **changes: Any) -> Any:
    goal = Goal.model_validate({"id": "2027", **GOAL, **changes})
    lines = {"ads": {"category": "programs", "function": "marketing", "annual": budget}} if budget else {}
    return on(day, replace(plan(budget=lines), goals={"2027": goal}))


def record(created: str) -> dict[str, Any]:
    return {"won": "20000", "lost": "80000", "created": {f"20{year:02}-06": created for year in range(9, 26)}}


def test_each_lever_worked_out_by_hand() -> None:
    # 480k / 10k = 48 customers / 20% = 240 opportunities. 200k buy 200 of them: 83.3%. A fifth more of anything does,
    # and a little more, because about even odds it is a matter of chance.
    what = context("200k", history=record("17"))
    goal = what.plan.goals["2027"]
    assert judge(what, goal).verdict == "amber"
    found = {lever.name: lever for lever in levers(what, goal)}
    assert set(found) == {"close rate", "ACV", "budget"}, "no time is lost by lag, so starting earlier wins nothing"
    for lever in found.values():
        assert lever.judgement.verdict == "green"
        assert lever.judgement.odds is not None
        assert lever.judgement.odds >= Fraction(1, 2)
        assert Fraction(1, 5) <= lever.change <= Fraction(1, 4)
        assert lever.needed == lever.now * (1 + lever.change)


def test_a_lag_makes_starting_earlier_a_lever() -> None:
    what = context("288k", day="2026-04-30", close_lag=["0"] * 6 + ["1"], history=record("24"))
    goal = what.plan.goals["2027"]
    # 288 opportunities, 24 a month; those of the first six months close in the year: 144 × 20% = 28.8 of 48.
    assert judge(what, goal).outlook.attainment == Fraction(6, 10)
    # Ten months' worth must close: begun four months before the year, or five to be on the lucky side of even odds.
    first = levers(what, goal)[0]
    assert (first.name, first.change) == ("start earlier", first.needed / 12)
    assert first.needed in (4, 5)
    late = context("288k", day="2026-10-30", close_lag=["0"] * 6 + ["1"], history=record("24"))
    found = levers(late, goal)
    assert "start earlier" not in {lever.name for lever in found}, "there are two months left before the year"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        # 200k buy 200 opportunities; at a close rate of 20% they make 40 customers of 10k.
        ("1.66M", {"close rate", "ACV", "budget"}),  # 66 customers: 33% of 200, 16.5k each, or 330 opportunities
        ("1.68M", {"ACV", "budget"}),  # 68 customers: 34% of 200 is more than two won for each one lost before
        ("1.8M", {"ACV", "budget"}),  # 80 customers: twice the ACV
        ("1.81M", {"budget"}),
    ],
)
def test_no_close_rate_or_acv_is_told_beyond_what_is_plausible(target: str, told: set[str]) -> None:
    """At 20% one is won for four lost. Twice as many are two for four: a third. An ACV may double."""
    at = context("200k", target_revenue=target)
    found = levers_by_plan(at, at.plan.goals["2027"])
    assert {lever.name for lever in found} == told
    for lever in found:
        if lever.name == "close rate":
            won, lost = lever.needed, 1 - lever.needed
            assert won / lost <= MOST_ODDS * Fraction(20, 80)


def test_what_is_green_needs_no_lever_and_what_is_unknown_has_none() -> None:
    rich = context("400k")
    assert judge(rich, rich.plan.goals["2027"]).verdict == "green"
    assert levers(rich, rich.plan.goals["2027"]) == ()
    poor = context(None)
    assert judge(poor, poor.plan.goals["2027"]).verdict is None
    assert levers(poor, poor.plan.goals["2027"]) == ()


@pytest.mark.parametrize("budget", ["1k", "150k", "200k"])
def test_levers_come_smallest_first_and_three_at_most(budget: str) -> None:
    what = context(budget)
    changes = [lever.change for lever in levers(what, what.plan.goals["2027"])]
    assert changes == sorted(changes)
    assert len(changes) <= 3


def judged(*, is_green: bool) -> Judgement:
    what = context("400k" if is_green else "1k")
    return judge(what, what.plan.goals["2027"])


@pytest.mark.parametrize("months", [1, 7, 12])
def test_a_head_start_is_of_as_few_months_as_will_do(months: int) -> None:
    lever = _earlier(lambda tried: judged(is_green=tried >= months), 12)
    assert lever is not None
    assert (lever.needed, lever.change) == (months, Fraction(months, 12))


def test_a_head_start_of_more_than_a_year_is_none() -> None:
    assert _earlier(lambda months: judged(is_green=months > 12), 20) is None
    assert _earlier(lambda _: judged(is_green=True), 0) is None, "a year that has begun cannot begin earlier"


@pytest.mark.parametrize("percent", [1, 30, MOST_PERCENT])
def test_a_rise_is_of_as_few_per_cent_as_will_do(percent: int) -> None:
    lever = _find_raise("ACV", Fraction(200), lambda factor: judged(is_green=factor >= 1 + Fraction(percent, 100)))
    assert lever is not None
    assert (lever.needed, lever.change) == (200 + 2 * percent, Fraction(percent, 100))


@given(st.integers(1, MOST_PERCENT * STEPS_A_PERCENT))
def test_no_smaller_rise_does(steps: int) -> None:
    """The least is told to a thousandth: 286 of 250 is 14.4%, and not 15%."""
    least = 1 + Fraction(steps, 100 * STEPS_A_PERCENT)
    green, amber = judged(is_green=True), judged(is_green=False)
    lever = _find_raise("ACV", Fraction(250), lambda factor: green if factor >= least else amber)
    assert lever is not None
    assert lever.needed == 250 * least


def test_where_chance_is_uneven_the_least_nearby_is_told() -> None:
    green, amber = judged(is_green=True), judged(is_green=False)
    does = {132, 133, *range(136, 10_000)}
    lever = _find_raise("ACV", Fraction(1000), lambda factor: green if factor * 1000 - 1000 in does else amber)
    assert lever is not None
    assert lever.needed == 1132


def test_no_budget_that_is_told_could_be_a_thousandth_less() -> None:
    """What is told is planned with: it is green with the lever's factor, and not green just below it."""
    what = context("200k", history=record("17"))
    goal = what.plan.goals["2027"]
    now = _Situation(goal, outset(what, goal), Fraction(200_000), drivers(what, goal))
    (lever,) = (lever for lever in levers(what, goal) if lever.name == "budget")
    assert _with_budget(now, 1 + lever.change).verdict == "green"
    assert _with_budget(now, 1 + lever.change - Fraction(1, 1000)).verdict != "green"


def test_a_rise_beyond_reason_is_none_and_neither_is_one_of_nothing() -> None:
    assert (
        _find_raise("ACV", Fraction(200), lambda factor: judged(is_green=factor > 1 + Fraction(MOST_PERCENT, 100)))
        is None
    )
    assert _find_raise("budget", Fraction(0), lambda _: judged(is_green=True)) is None


@pytest.mark.parametrize(("lag", "needed"), [(["1"], 240_000), (["0", "1"], 261_840)])
def test_where_there_is_no_budget_the_least_that_would_do_is_a_lever(lag: list[str], needed: int) -> None:
    """240 opportunities at 1k; where what December creates closes too late, 12/11 of them, to a thousandth."""
    at = context("0", close_lag=lag)
    found = levers_by_plan(at, at.plan.goals["2027"])
    assert [(lever.name, lever.now, lever.needed) for lever in found] == [("budget", 0, needed)]
    assert found[0].judgement.verdict == "green"
    assert levers_by_plan(context(None), at.plan.goals["2027"]) == ()
