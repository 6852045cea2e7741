"""Metrics: what is measured, by whom, and what it drives."""

import re
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import (
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

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
    Part,
    Text,
    quote,
    refuse,
)
from revplan.model.notation import PlanNotation
from revplan.model.numbers import read_number, read_quantity, strip_zeros

PERCENT = "%"
"""The unit of which values may be written with their per cent sign: `20%`, or `20`."""


def read_value(written: object, unit: str | None) -> Decimal:
    """Return a metric's value: `20%` is 20 where the unit is %, and is refused elsewhere.

    Args:
        written: the value as the plan has it.
        unit: the metric's unit; None where it cannot be read.

    Raises:
        PydanticCustomError: the value is no number, or a per cent of another unit.
    """
    text = written.strip() if isinstance(written, str) else ""
    if not text.endswith(PERCENT):
        return read_quantity(written)
    if unit is not None and unit.strip() != PERCENT:
        raise refuse("wrong_type", f"{quote(text)} is a per cent, and the unit is {quote(unit)}")
    return read_number(text.removesuffix(PERCENT).strip(), "a per cent", "20% or 2.5%")


def _read_value(written: object, info: ValidationInfo) -> Decimal:
    return read_value(written, {**(info.context or {}), **(info.data or {})}.get("unit"))


MetricValue = Annotated[Decimal, PlanNotation(_read_value, notation.QUANTITY_OR_PER_CENT)]
"""A value in its metric's unit: `31`, `2.4M`, or `20%` where the unit is %."""
_BY_MONTH = TypeAdapter(dict[MonthValue, MetricValue], config=BUILT_WHEN_USED)


def _read_target(written: object, info: ValidationInfo) -> Decimal | dict[Month, Decimal]:
    if isinstance(written, dict):
        return _BY_MONTH.validate_python(written, context={"unit": (info.data or {}).get("unit")})
    return _read_value(written, info)


TargetValue = Annotated[
    Decimal | dict[Month, Decimal],
    PlanNotation(
        _read_target,
        {
            "anyOf": [
                notation.QUANTITY_OR_PER_CENT,
                notation.mapping(notation.QUANTITY_OR_PER_CENT, notation.MONTH["pattern"]),
            ]
        },
    ),
]


class Range(NamedTuple):
    """The values from low to high, both included."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        return f"{strip_zeros(self.low)}..{strip_zeros(self.high)}"


_ENDS = re.compile(r"(?:between )?(\d[\d.]*%?)\s*(?:-|–|to|and|bis)\s*(\d[\d.]*%?)")


def _read_range(written: object, info: ValidationInfo) -> Range:
    if isinstance(written, Range):
        return written
    said = " to ".join(map(str, written)) if isinstance(written, list) else str(written)
    low, dots, high = said.partition("..")
    if not dots:
        ends = _ENDS.fullmatch(said.strip())
        like = f"{ends[1]}..{ends[2]}" if ends is not None else "2..4"
        raise refuse("wrong_type", f"{quote(said)} is no range; write it like {like}")
    found = Range(_read_value(low.strip(), info), _read_value(high.strip(), info))
    if found.high < found.low:
        raise refuse("end_before_start", f"{strip_zeros(found.high)} is less than {strip_zeros(found.low)}")
    return found


RangeValue = Annotated[Range, PlanNotation(_read_range, notation.RANGE)]
"""A range to stay within, both ends included: `2..4`."""


class Ratio(Part):
    """One metric as a part of another."""

    of: MetricId = Field(description="The metric that is counted, such as deals won.")
    to: MetricId = Field(description="The metric that it is a part of, such as deals decided.")


class Metric(Entity):
    """Something counted every week or month. A missing reading is missing, never zero."""

    model_config = ConfigDict(
        json_schema_extra={
            **notation.per_cents_only_where("unit", "target", "baseline", "keep", "readings"),
            **notation.one_of("target", "keep"),
            "not": {"allOf": [notation.has_value("ratio"), notation.has_value("readings")]},
        }
    )

    name: Text = Field(description="What is measured.")
    unit: Text = Field(description="What it is counted in, such as leads, USD or %.")
    direction: Literal["up", "down"] = Field(description="Which way is better.")
    owner: MemberId = Field(description="Who answers for it.")
    function: FunctionId | None = Field(None, description="The function it measures.")
    cadence: Literal["weekly", "monthly"] = Field(description="How often it is read.")
    kind: Literal["leading", "lagging"] | None = Field(
        None, description="Whether it tells before revenue does, or after."
    )
    target: TargetValue | None = Field(
        None, description="What it should be: a number, or {month: number}; 20% where the unit is %."
    )
    keep: RangeValue | None = Field(
        None, description="In place of a target: the range to stay within, both ends included, such as 2..4."
    )
    baseline: MetricValue | None = Field(
        None, description="What it was at the start; progress to the target is measured from it."
    )
    ratio: Ratio | None = Field(
        None,
        description="In place of readings: it is one metric divided by another, such as {of: won, to: decided}; in per "
        "cent where the unit is %.",
    )
    drives: MetricId | None = Field(None, description="The metric it drives; the chain ends at revenue.")
    revenue: Flag = Field(False, description="true for the metric that is revenue itself.")
    readings: dict[Date, MetricValue | None] = Field(
        default_factory=dict, description="What it was, by day; 20% where the unit is %."
    )

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        if self.target is None and self.keep is None:
            raise refuse("missing:target", '"target" is missing; or keep: 2..4, a range to stay within')
        if self.target is not None and self.keep is not None:
            raise refuse("not_one_of:keep", "a metric has exactly one of target and keep")
        if self.ratio is not None and "readings" in self.model_fields_set:
            raise refuse("not_allowed:readings", "a ratio follows from its two metrics, and has no readings of its own")
        return self
