"""Metrics: what is measured, by whom, and what it drives."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainValidator, TypeAdapter, WithJsonSchema

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
)
from revplan.model.numbers import Quantity

_NUMBER = TypeAdapter(Quantity, config=BUILT_WHEN_USED)
_BY_MONTH = TypeAdapter(dict[MonthValue, Quantity], config=BUILT_WHEN_USED)


def _read_target(value: object) -> Decimal | dict[Month, Decimal]:
    return _BY_MONTH.validate_python(value) if isinstance(value, dict) else _NUMBER.validate_python(value)


NumberByMonth = Annotated[
    Decimal | dict[Month, Decimal],
    PlainValidator(_read_target),
    WithJsonSchema({"anyOf": [notation.QUANTITY, notation.mapping(notation.QUANTITY, notation.MONTH["pattern"])]}),
]


class Metric(Entity):
    """Something counted every week or month. A missing reading is missing, never zero."""

    name: Text = Field(description="What is measured.")
    unit: Text = Field(description="What it is counted in, such as leads, USD or %.")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    owner: MemberId = Field(description="Who answers for it.")
    function: FunctionId | None = Field(None, description="The function it measures.")
    cadence: Literal["weekly", "monthly"] = Field(description="How often it is read.")
    kind: Literal["leading", "lagging"] | None = Field(
        None, description="Whether it tells before revenue does, or after."
    )
    target: NumberByMonth = Field(description="What it should be: a number, or {month: number}.")
    drives: MetricId | None = Field(None, description="The metric it drives; the chain ends at revenue.")
    revenue: Flag = Field(False, description="true for the metric that is revenue itself.")
    readings: dict[Date, Quantity | None] = Field(default_factory=dict, description="What it was, by day.")
