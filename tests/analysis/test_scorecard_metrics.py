from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from revplan.analysis.scorecard import color, color_today, last_reading, readings
from revplan.model.metrics import Metric
from revplan.model.notation import QUANTITY
from revplan.model.numbers import Quantity

TODAY = date(2026, 11, 28)


def metric(name: str = "leads", **body: Any) -> Metric:
    base = {"name": name, "unit": name, "direction": "up", "owner": "ana", "cadence": "weekly", "target": "40"}
    return Metric.model_validate({"id": name, **base, **body})


@pytest.mark.parametrize(
    ("direction", "target", "value", "expected"),
    [
        ("up", "40", "40", "green"),
        ("up", "40", "38.1", "amber"),
        ("up", "40", "38", "red"),
        ("down", "4", "4", "green"),
        ("down", "4", "4.1", "amber"),
        ("down", "4", "4.2", "red"),
        ("down", "0", "0", "green"),
        ("down", "0", "1", "red"),
    ],
)
def test_colors(direction: str, target: str, value: str, expected: str) -> None:
    what = metric(direction=direction, target=target, readings={"2026-11-27": value})
    assert color_today(what, TODAY) == expected


def test_the_target_is_that_of_the_readings_month() -> None:
    what = metric(target={"2026-10": "30", "2026-11": "40"}, readings={"2026-10-30": "31", "2026-12-04": "99"})
    october, december = readings(what, date(2026, 12, 5))
    assert color(what, october) == "green"
    assert color(what, december) is None


@pytest.mark.parametrize(
    ("cadence", "day", "expected"),
    [
        ("weekly", "2026-11-14", "green"),
        ("weekly", "2026-11-13", None),
        ("monthly", "2026-09-27", "green"),
        ("monthly", "2026-09-26", None),
    ],
)
def test_a_stale_reading_has_no_color(cadence: str, day: str, expected: str | None) -> None:
    assert color_today(metric(cadence=cadence, readings={day: "50"}), TODAY) == expected


def test_what_was_not_read_and_what_is_yet_to_come_are_no_readings() -> None:
    what = metric(readings={"2026-11-20": "41", "2026-11-27": None, "2026-12-04": "44"})
    found = last_reading(what, TODAY)
    assert found is not None
    assert (found.day, found.value) == (date(2026, 11, 20), Decimal(41))


def test_the_last_reading_is_the_latest_in_whatever_order_they_are_written() -> None:
    found = last_reading(metric(readings={"2026-11-27": "41", "2026-11-20": "40"}), TODAY)
    assert found is not None
    assert found.day == date(2026, 11, 27)


@given(st.dictionaries(st.integers(0, 300), st.one_of(st.none(), st.integers(1, 99)), max_size=8))
def test_a_missing_reading_never_counts_as_zero(days: dict[int, int | None]) -> None:
    written = {str(TODAY - timedelta(days=ago)): None if value is None else str(value) for ago, value in days.items()}
    found = readings(metric(readings=written), TODAY)
    assert all(reading.value > 0 for reading in found)
    assert len(found) == sum(value is not None for value in days.values())


@pytest.mark.parametrize(
    ("written", "number"), [("2.4M", "2400000"), ("1.2k", "1200"), ("-3K", "-3000"), ("31", "31"), (0.5, "0.5")]
)
def test_what_a_metric_counts_may_be_written_briefly(written: object, number: str) -> None:
    assert TypeAdapter(Quantity).validate_python(written) == Decimal(number)
    assert re.fullmatch(QUANTITY["pattern"], str(written))


@pytest.mark.parametrize("written", ["2.4m", "2.4MM", "M", "k", "1.2 million"])
def test_what_is_no_quantity_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match=r"write it like 2, 0\.5, 1\.2k or 3M"):
        TypeAdapter(Quantity).validate_python(written)
    assert not re.fullmatch(QUANTITY["pattern"], written)
