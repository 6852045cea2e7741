"""A metric's values: numbers, and per cents where the unit is %."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from revplan.model.base import Month
from revplan.model.metrics import Metric

BODY = {"id": "churn", "name": "Churn", "direction": "down", "owner": "ana", "cadence": "monthly"}


def metric(unit: str, **fields: Any) -> Metric:
    return Metric.model_validate({**BODY, "unit": unit, "target": "2", **fields})


@pytest.mark.parametrize(("written", "value"), [("2.5%", "2.5"), ("20 %", "20"), ("-3%", "-3"), ("2.5", "2.5")])
def test_a_per_cent_is_a_number_of_per_cents(written: str, value: str) -> None:
    found = metric("%", target=written, readings={"2026-11-27": written})
    assert found.target == Decimal(value)
    assert list(found.readings.values()) == [Decimal(value)]


def test_a_target_by_month_may_be_in_per_cents() -> None:
    assert metric("%", target={"2026-11": "3%", "2026-12": "2"}).target == {
        Month(2026, 11): Decimal(3),
        Month(2026, 12): Decimal(2),
    }


@pytest.mark.parametrize(
    "fields", [{"target": "5%"}, {"target": {"2026-11": "5%"}}, {"readings": {"2026-11-27": "5%"}}]
)
def test_a_per_cent_is_refused_where_the_unit_is_another(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match='"5%" is a per cent, and the unit is "leads"'):
        metric("leads", **fields)


@pytest.mark.parametrize("written", ["%", "5%%", "five%", "1.2k%"])
def test_what_is_no_number_is_no_per_cent(written: str) -> None:
    with pytest.raises(ValidationError, match="is not a per cent"):
        metric("%", readings={"2026-11-27": written})


@given(st.decimals(-1000, 1000, places=3))
def test_the_sign_changes_nothing(number: Decimal) -> None:
    plain, signed = (metric("%", readings={"2026-11-27": f"{number}{end}"}) for end in ("", "%"))
    assert plain.readings == signed.readings
