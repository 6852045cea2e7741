"""Metrics: what is measured, by whom, and what it drives."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, PlainValidator, TypeAdapter, ValidationInfo, WithJsonSchema

from revplan.model import notation
from revplan.model.base import (
    BUILT_WHEN_USED,
    Date,
    Entity,
    Flag,
    FunctionId,
    MemberId,
    MetricId,
    Month,
    MonthValue,
    Text,
    quote,
    refuse,
)
from revplan.model.numbers import read_number, read_quantity

PERCENT = "%"
"""The unit of which values may be written with their per cent sign: `20%`, or `20`."""


def read_value(written: object, unit: str | None) -> Decimal:
    """Return a metric's value: `20%` is 20 where the unit is %, and is refused elsewhere.

    Args:
        written: the value as the plan has it.
        unit: the metric's unit; None where it cannot be read.
    """
    text = written.strip() if isinstance(written, str) else ""
    if not text.endswith(PERCENT):
        return read_quantity(written)
    if unit is not None and unit.strip() != PERCENT:
        raise refuse("wrong_type", f"{quote(text)} is a per cent, and the unit is {quote(unit)}")
    return read_number(text.removesuffix(PERCENT).strip(), "a per cent", "20% or 2.5%")


def _read_value(written: object, info: ValidationInfo) -> Decimal:
    return read_value(written, {**(info.context or {}), **(info.data or {})}.get("unit"))


MetricValue = Annotated[Decimal, PlainValidator(_read_value), WithJsonSchema(notation.QUANTITY_OR_PER_CENT)]
"""A value in its metric's unit: `31`, `2.4M`, or `20%` where the unit is %."""
_BY_MONTH = TypeAdapter(dict[MonthValue, MetricValue], config=BUILT_WHEN_USED)


def _read_target(written: object, info: ValidationInfo) -> Decimal | dict[Month, Decimal]:
    if isinstance(written, dict):
        return _BY_MONTH.validate_python(written, context={"unit": (info.data or {}).get("unit")})
    return _read_value(written, info)


TargetValue = Annotated[
    Decimal | dict[Month, Decimal],
    PlainValidator(_read_target),
    WithJsonSchema(
        {
            "anyOf": [
                notation.QUANTITY_OR_PER_CENT,
                notation.mapping(notation.QUANTITY_OR_PER_CENT, notation.MONTH["pattern"]),
            ]
        }
    ),
]


class Metric(Entity):
    """Something counted every week or month. A missing reading is missing, never zero."""

    model_config = ConfigDict(json_schema_extra=notation.per_cents_only_where("unit", "target", "readings"))

    name: Text = Field(description="What is measured.")
    unit: Text = Field(description="What it is counted in, such as leads, USD or %.")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    owner: MemberId = Field(description="Who answers for it.")
    function: FunctionId | None = Field(None, description="The function it measures.")
    cadence: Literal["weekly", "monthly"] = Field(description="How often it is read.")
    kind: Literal["leading", "lagging"] | None = Field(
        None, description="Whether it tells before revenue does, or after."
    )
    target: TargetValue = Field(description="What it should be: a number, or {month: number}; 20% where the unit is %.")
    drives: MetricId | None = Field(None, description="The metric it drives; the chain ends at revenue.")
    revenue: Flag = Field(False, description="true for the metric that is revenue itself.")
    readings: dict[Date, MetricValue | None] = Field(
        default_factory=dict, description="What it was, by day; 20% where the unit is %."
    )
