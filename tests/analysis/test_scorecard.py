from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.scorecard import INTERVALS, in_tree, scorecard, trend
from revplan.model.metrics import Metric
from tests.support.plans import plan

TODAY = date(2026, 11, 28)


def metric(name: str = "leads", **body: Any) -> Metric:
    base = {"name": name, "unit": "leads", "direction": "up", "owner": "ana", "cadence": "weekly", "target": "10"}
    return Metric.model_validate({"id": name, **base, **body})


def test_a_trend_and_its_pace_worked_out_by_hand() -> None:
    # 40 twelve weeks ago, 46 this week: half a lead more each week. Of two readings in a week the later counts.
    what = metric(readings={"2026-09-04": "40", "2026-11-24": "99", "2026-11-27": "46"})
    found = trend(what, TODAY)
    assert found.values == (Decimal(40), *[None] * 11, Decimal(46))
    assert found.pace == Fraction(6, 12)


def test_a_monthly_trend_has_a_place_for_each_month() -> None:
    found = trend(metric(cadence="monthly", readings={"2026-08-31": "3", "2026-10-31": "7"}), TODAY)
    assert found.values == (*[None] * 9, Decimal(3), None, Decimal(7), None)
    assert found.pace == 2


def test_a_monthly_trend_looks_back_over_the_turn_of_the_year() -> None:
    found = trend(metric(cadence="monthly", readings={"2025-11-30": "3", "2025-12-31": "7"}), TODAY)
    assert found.values == (Decimal(3), Decimal(7), *[None] * 11)


def test_one_reading_has_no_pace() -> None:
    assert trend(metric(readings={"2026-11-27": "46"}), TODAY).pace is None
    assert trend(metric(), TODAY).pace is None


def test_metrics_stand_below_what_they_drive() -> None:
    metrics = {
        "visits": metric("visits", drives="leads"),
        "likes": metric("likes"),
        "arr": metric("arr", revenue="true"),
        "leads": metric("leads", drives="arr"),
        "calls": metric("calls", drives="leads"),
        "hen": metric("hen", drives="egg"),
        "egg": metric("egg", drives="hen"),
    }
    assert in_tree(metrics) == (
        ("arr", 0), ("leads", 1), ("calls", 2), ("visits", 2), ("likes", 0), ("egg", 0), ("hen", 0),
    )  # fmt: skip


def test_a_row_says_how_old_its_reading_is_and_whether_that_is_too_old() -> None:
    metrics = {
        "fresh": metric("fresh", readings={"2026-11-27": "46"}),
        "old": metric("old", readings={"2026-09-04": "40"}),
        "unread": metric("unread"),
    }
    rows = {row.metric.id: row for row in scorecard(replace(plan(), metrics=metrics), TODAY)}
    assert {name: (row.age, row.is_stale) for name, row in rows.items()} == {
        "fresh": (1, False), "old": (85, True), "unread": (None, False),
    }  # fmt: skip


@given(st.dictionaries(st.integers(0, 200), st.one_of(st.none(), st.integers(1, 99)), max_size=12))
def test_a_missing_reading_never_counts_as_zero(days: dict[int, int | None]) -> None:
    written = {str(TODAY - timedelta(days=ago)): None if value is None else str(value) for ago, value in days.items()}
    found = trend(metric(readings=written), TODAY)
    assert len(found.values) == INTERVALS
    assert 0 not in found.values
    weeks = {ago // 7 for ago, value in days.items() if value is not None and ago // 7 < INTERVALS}
    assert sum(value is not None for value in found.values) == len(weeks)
