"""Metrics with a baseline, a range to keep, or a ratio: judged in one place, against arithmetic by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from revplan.analysis.scorecard import effective_metric, scorecard
from revplan.model.base import Ref
from revplan.model.context import Context
from revplan.model.metrics import Metric
from revplan.reports import scoreboard
from revplan.store.shape import shape_findings
from tests.support.plans import plan

if TYPE_CHECKING:
    from revplan.analysis.scorecard import ScorecardEntry

TODAY = date(2026, 11, 28)
Body = dict[str, Any]


def metric(name: str, **body: Any) -> Metric:
    usual = {"name": name.title(), "unit": "n", "direction": "up", "owner": "ana", "cadence": "monthly"}
    return Metric.model_validate({"id": name, **usual, **body})


def entry(*metrics: Metric) -> ScorecardEntry:
    what = plan()
    found = scorecard(
        type(what)(what.settings, metrics={one.id: one for one in metrics}),  # the first is looked at
        TODAY,
    )
    return next(each for each in found if each.metric.id == metrics[0].id)


# --- baseline ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "progress", "color", "state"),
    [
        ("8", 0, "red", "red, 0%"),
        ("9", Fraction(-1, 4), "red", "red, -25%"),
        ("7", Fraction(1, 4), "red", "red, 25%"),
        ("6", Fraction(1, 2), "amber", "amber, 50%"),  # half of the way from 8 to 4
        ("4.1", Fraction(39, 40), "amber", "amber, 98%"),
        ("4", 1, "green", "green"),
        ("3", Fraction(5, 4), "green", "green"),
    ],
)
def test_progress_is_measured_from_the_baseline(now: str, progress: Fraction, color: str, state: str) -> None:
    churn = metric("churn", unit="%", direction="down", baseline="8", target="4", readings={"2026-11-25": now})
    found = entry(churn)
    assert (found.progress, found.color) == (progress, color)
    assert scoreboard.state(found).text.replace("−", "-") == state


def test_progress_needs_a_way() -> None:
    readings = {"2026-11-25": "6"}
    assert entry(metric("a", target="4", readings=readings)).progress is None
    assert entry(metric("a", target="4", baseline="4", readings=readings)).progress is None
    assert entry(metric("a", target={"2026-01": "4"}, baseline="8", readings=readings)).progress is None
    assert entry(metric("a", target="4", baseline="8")).progress is None


# --- range ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "color"),
    [
        ("0.2", "red"),
        ("1.9", "red"),  # 0.1 below 2, and 5% of 2 is 0.1: no less
        ("1.91", "amber"),
        ("2", "green"),
        ("3", "green"),
        ("4", "green"),
        ("4.19", "amber"),
        ("4.2", "red"),
    ],
)
@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_range_is_met_within_its_ends(now: str, color: str, direction: str) -> None:
    found = entry(metric("reply", keep="2..4", direction=direction, readings={"2026-11-23": now}))
    assert found.color == color
    assert found.target is None
    assert scoreboard.aim(found) == "2 to 4"


def test_a_range_in_per_cent() -> None:
    found = metric("churn", unit="%", keep="2% .. 4.5%")
    assert found.keep == (Decimal(2), Decimal("4.5"))
    assert str(found.keep) == "2..4.5"


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ({}, "RP102", '"target" is missing; or keep: 2..4, a range to stay within'),
        ({"target": "4", "keep": "2..4"}, "RP112", "exactly one of target and keep"),
        ({"keep": "4..2"}, "RP108", "2 is less than 4"),
        ({"keep": "4"}, "RP103", "write it like 2..4"),
        ({"keep": "2%..4%"}, "RP103", "is a per cent, and the unit is"),
        ({"target": "4", "ratio": {"of": "won", "to": "lost"}, "readings": {"2026-11-01": "1"}}, "RP112", "a ratio"),
        ({"target": "4", "ratio": {"of": "won"}}, "RP102", '"to" is missing'),
    ],
)
def test_what_cannot_be(body: Body, code: str, said: str) -> None:
    with pytest.raises(ValidationError) as raised:
        metric("reply", **body)
    (found,) = shape_findings(raised.value, Metric, Ref("metric", "reply"))
    assert (found.code, said in found.message) == (code, True), found


# --- ratio ---------------------------------------------------------------------------------------------------------


def ratio_of(won: Body, decided: Body, **body: Any) -> dict[date, Decimal | None]:
    rate = metric("rate", target="20", ratio={"of": "won", "to": "decided"}, **body)
    metrics = {
        "rate": rate,
        "won": metric("won", target="4", readings=won),
        "decided": metric("decided", target="20", readings=decided),
    }
    what = type(plan())(plan().settings, metrics=metrics)
    return effective_metric(Context(what, TODAY), rate).readings


def test_a_ratio_worked_out_by_hand() -> None:
    """September 3 of 12, October 4 of 0, November: won on the 20th, decided on the 27th."""
    won = {"2026-09-30": "3", "2026-10-31": "4", "2026-11-06": "1", "2026-11-20": "5", "2026-12-31": "9"}
    decided = {"2026-08-31": "9", "2026-09-30": "12", "2026-10-31": "0", "2026-11-27": "15"}
    assert ratio_of(won, decided) == {date(2026, 9, 30): Decimal("0.25"), date(2026, 11, 27): Decimal("0.333333")}
    assert ratio_of(won, decided, unit="%") == {date(2026, 9, 30): 25, date(2026, 11, 27): Decimal("33.333333")}
    weekly = ratio_of(won, decided, cadence="weekly")
    assert weekly == {date(2026, 9, 30): Decimal("0.25")}  # on the 20th and the 27th are two weeks


DAYS = st.dictionaries(st.integers(0, 120), st.integers(0, 9), max_size=12)


@given(won=DAYS, decided=DAYS)
def test_a_monthly_ratio_takes_the_last_reading_of_each_month(won: dict[int, int], decided: dict[int, int]) -> None:
    """Walk through the days; at the end of each month divide what was read last in it."""
    start = date(2026, 7, 1)
    found = ratio_of(
        {str(start + timedelta(day)): str(value) for day, value in won.items()},
        {str(start + timedelta(day)): str(value) for day, value in decided.items()},
    )
    slow: dict[date, Fraction] = {}
    last: dict[str, tuple[date, int]] = {}
    for number in range(123):  # to the end of October
        day = start + timedelta(number)
        if day.day == 1:
            last = {}
        if number in won:
            last["won"] = (day, won[number])
        if number in decided:
            last["decided"] = (day, decided[number])
        is_last = (day + timedelta(1)).day == 1
        if is_last and len(last) == 2 and last["decided"][1]:
            slow[max(own for own, _ in last.values())] = Fraction(last["won"][1], last["decided"][1])
    assert found.keys() == slow.keys()
    assert all(abs(Fraction(value or 0) - slow[day]) <= Fraction(1, 2 * 10**6) for day, value in found.items())


def test_a_ratio_of_revenue_reads_the_goals_and_one_of_ratios_reads_through() -> None:
    readings = {"2026-10-31": "50"}
    metrics = {
        "arpa": metric("arpa", target="1", ratio={"of": "mrr", "to": "customers"}),
        "half": metric("half", target="1", ratio={"of": "arpa", "to": "two"}),
        "mrr": metric("mrr", unit="USD", target="1", revenue="true", readings={"2026-10-31": "5000"}),
        "customers": metric("customers", target="1", readings=readings),
        "two": metric("two", target="1", readings={"2026-10-15": "2"}),
        "round": metric("round", target="1", ratio={"of": "round", "to": "two"}),
        "lost": metric("lost", target="1", ratio={"of": "gone", "to": "two"}),
    }
    what = type(plan())(plan().settings, metrics=metrics)
    found = {name: effective_metric(Context(what, TODAY), own).readings for name, own in metrics.items()}
    assert found["arpa"] == {date(2026, 10, 31): 100}
    assert found["half"] == {date(2026, 10, 31): 50}
    assert found["round"] == found["lost"] == {}
