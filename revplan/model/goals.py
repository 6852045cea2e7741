"""What the year is to bring, and the money that is to bring it."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

from revplan.model import notation
from revplan.model.base import (
    BUILT_WHEN_USED,
    MONTHS_PER_YEAR,
    Date,
    Entity,
    FunctionId,
    Id,
    Month,
    MonthValue,
    Part,
    QuarterValue,
    SegmentId,
    Text,
    refuse,
)
from revplan.model.money import (
    MONEY,
    Money,
    MoneyByMonth,
    MoneyInSteps,
    MonthsOfMoney,
    MonthsOfSignedMoney,
    date_amounts,
)
from revplan.model.notation import Notation, PlanNotation
from revplan.model.numbers import Amount, Count, Fraction, Rate

Curve = Literal["flat", "growth"] | tuple[Decimal, ...]
_WEIGHTS = TypeAdapter(tuple[Amount, ...], config=BUILT_WHEN_USED)
_MONTHS_OF_COUNT = TypeAdapter(dict[MonthValue, Count], config=BUILT_WHEN_USED)
_COUNT = TypeAdapter(Count, config=BUILT_WHEN_USED)


def _read_curve(value: object) -> Curve:
    if value == "flat":
        return "flat"
    if value == "growth":
        return "growth"
    if not isinstance(value, list | tuple) or len(value) != MONTHS_PER_YEAR:
        raise refuse("wrong_type", "a curve is flat, growth, or a list of twelve weights")
    weights = _WEIGHTS.validate_python(value)
    if not sum(weights):
        raise refuse("out_of_range", "the weights of a curve add up to more than 0")
    return weights


def _read_count_by_month(value: object) -> int | dict[Month, int]:
    return _MONTHS_OF_COUNT.validate_python(value) if isinstance(value, dict) else _COUNT.validate_python(value)


_TWELVE_WEIGHTS: notation.Schema = {
    "type": "array",
    "minItems": MONTHS_PER_YEAR,
    "maxItems": MONTHS_PER_YEAR,
    "items": notation.number(0),
    "contains": {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": "[1-9]"}]},
}
CurveValue = Annotated[
    Curve,
    Notation(_read_curve, {"anyOf": [{"enum": ["flat", "growth"]}, _TWELVE_WEIGHTS]}),
]
_SOME = notation.whole_number(0)
CountByMonth = Annotated[
    int | dict[Month, int],
    Notation(_read_count_by_month, {"anyOf": [_SOME, notation.mapping(_SOME, notation.MONTH["pattern"])]}),
]
"""How many in all, or by month."""


class DueDeals(Part):
    """Open opportunities that are expected to close in a quarter."""

    count: Count = Field(description="How many.")
    amount: Money | None = Field(None, description="What they would bring a year if all were won.")


class OpenDeals(Part):
    """The open pipeline as it was counted on a day."""

    count: Count | None = Field(None, description="Opportunities that were open.")
    amount: Money | None = Field(None, description="What they would bring a year if all were won.")
    due: dict[QuarterValue, DueDeals] = Field(
        default_factory=dict, description="Those of them with an expected close, by fiscal quarter."
    )

    @model_validator(mode="after")
    def _count_or_amount(self) -> Self:
        if self.count is None and self.amount is None:
            raise refuse("missing_key", "a measured pipeline has a count, an amount, or both")
        return self


_BY_DAY = TypeAdapter(dict[Date, OpenDeals], config=BUILT_WHEN_USED)


def _read_pipeline(value: object, info: ValidationInfo) -> Decimal | dict[date, OpenDeals]:
    adapter = _BY_DAY if isinstance(value, dict) else MONEY
    return adapter.validate_python(date_amounts(value), context=info.context)


_DUE = notation.fixed_mapping(
    {
        "count": notation.whole_number(0),
        "amount": notation.nullable(notation.MONEY),
        "notes": notation.nullable(notation.ANY_TEXT),
    },
    required=("count",),
)
_OPEN_DEALS = notation.fixed_mapping(
    {
        "count": notation.nullable(notation.whole_number(0)),
        "amount": notation.nullable(notation.MONEY),
        "due": notation.nullable(notation.mapping(_DUE, notation.QUARTER["pattern"])),
        "notes": notation.nullable(notation.ANY_TEXT),
    }
)
PipelineValue = Annotated[
    Decimal | dict[date, OpenDeals],
    PlanNotation(_read_pipeline, {"anyOf": [notation.MONEY, notation.mapping(_OPEN_DEALS, notation.DATE["pattern"])]}),
]
"""An amount as of today, or what was counted by day."""


class Funnel(Part):
    """The part of each stage that reaches the next."""

    visitor_to_lead: Fraction | None = Field(None, description="Visitors who leave their name.")
    lead_to_mql: Fraction | None = Field(None, description="Leads that marketing finds worth a call.")
    mql_to_sal: Fraction | None = Field(None, description="Of these, what sales accepts.")
    sal_to_sql: Fraction | None = Field(None, description="Of these, what sales qualifies.")
    sql_to_opportunity: Fraction | None = Field(None, description="Of these, what becomes an opportunity.")


class DealCounts(Part):
    """What came of the deals of one source, segment or campaign."""

    created: Count | None = Field(None, description="Opportunities created.")
    won: Count | None = Field(None, description="Opportunities won.")
    lost: Count | None = Field(None, description="Opportunities lost.")
    open: Count | None = Field(None, description="Opportunities that are open.")
    won_amount: Money | None = Field(None, description="What those won bring a year.")
    open_amount: Money | None = Field(None, description="What the open ones would bring a year.")


class Movement(Part):
    """How the revenue of the customers moved in a month; a year's revenue where revenue is recurring."""

    new: Money | None = Field(None, description="Of customers who were none the month before.")
    expansion: Money | None = Field(None, description="What customers pay more than the month before.")
    contraction: Money | None = Field(None, description="What customers pay less.")
    churn: Money | None = Field(None, description="What those paid who are customers no more.")


class Retained(Part):
    """What is left, at a month's end, of the customers some months before, as measured from their own revenue."""

    months: Count = Field(description="How many months before; 12 where they are known.")
    customers: Count = Field(description="Customers there were then.")
    kept: Count = Field(description="Of these, who are customers still.")
    net: Rate = Field(description="What they bring now, of what they brought then.")
    gross: Fraction = Field(description="The same without what they buy in addition.")
    net_error: Rate | None = Field(None, description="Standard error of `net`, by how customers differ.")
    gross_error: Rate | None = Field(None, description="Standard error of `gross`.")


class History(Part):
    """What has been, for the forecast's priors."""

    won: CountByMonth | None = Field(None, description="Opportunities won, in all or by month.")
    lost: CountByMonth | None = Field(None, description="Opportunities lost, in all or by month.")
    created: dict[MonthValue, Count] = Field(default_factory=dict, description="Opportunities created, by month.")
    lag: tuple[Count, ...] = Field(
        (), description="Opportunities won that closed 0, 1, 2 … months after they were created, as counted."
    )
    deals: tuple[Money, ...] = Field((), description="Sizes of deals won.")
    sources: dict[Id, DealCounts] = Field(
        default_factory=dict, description="What came of opportunities, by where they came from."
    )
    segments: dict[SegmentId, DealCounts] = Field(
        default_factory=dict, description="What came of opportunities, by the segment of the customer."
    )
    movements: Annotated[dict[MonthValue, Movement], BeforeValidator(date_amounts)] = Field(
        default_factory=dict, description="New, expansion, contraction and churn, by month."
    )
    retention: dict[MonthValue, Retained] = Field(
        default_factory=dict, description="Retention as measured, by the month at whose end it was."
    )
    customers: Count | None = Field(None, description="Customers at the start of the year.")
    new_customers: CountByMonth | None = Field(
        None, description="Customers won in the year so far, in all or by month."
    )
    lost_customers: CountByMonth | None = Field(
        None, description="Customers lost in the year so far, in all or by month."
    )
    acquisition_spend: MoneyByMonth | None = Field(
        None, description="What winning customers cost in the year so far, in all or by month."
    )


class Goal(Entity):
    """What a fiscal year is to bring. Its id is the year in which it ends: a year from July 2026 on is 2027."""

    id_pattern: ClassVar[str] = r"(19|20|21)\d{2}"
    measure: Literal["recurring", "revenue"] = Field(
        description="recurring: yearly recurring revenue at a month's end; revenue: recognised, the months add up."
    )
    start_revenue: Money = Field(description="Where the year starts: a year's revenue, recurring or recognised.")
    target_revenue: Money = Field(description="Where it is to end.")
    curve: CurveValue | None = Field(None, description="The target's way through the year, where not given by month.")
    monthly: MonthsOfMoney = Field(default_factory=dict, description="The target by month.")
    actual: MonthsOfMoney = Field(default_factory=dict, description="What it was, by month.")
    acv: Money = Field(description="Annual contract value of a customer.")
    close_rate: Fraction = Field(description="The part of opportunities that is won.")
    close_lag: tuple[Fraction, ...] = Field(
        (), description="The part of won opportunities that closes 0, 1, 2 … months after it was created."
    )
    funnel: Funnel | None = Field(None, description="The part of each stage that reaches the next.")
    net_revenue_retention: Rate | None = Field(
        None, description="Of a year's revenue, what the same customers bring in the next."
    )
    gross_revenue_retention: Fraction | None = Field(None, description="The same without what they buy in addition.")
    gross_margin: Fraction | None = Field(None, description="What is left of revenue after the cost of serving it.")
    cost_per_opportunity: Money | None = Field(None, description="What creating one opportunity costs in programs.")
    open_opportunities: Count | None = Field(None, description="Opportunities open at the start of the year.")
    pipeline: PipelineValue | None = Field(
        None, description="The open pipeline as counted: {date: {count, amount}}, or one amount as of today."
    )
    history: History | None = Field(None, description="What has been, for the forecast.")

    @model_validator(mode="after")
    def _check_year(self) -> Self:
        if not re.fullmatch(self.id_pattern, self.id, re.ASCII):
            raise refuse("bad_id", f'a goal\'s id is its fiscal year, such as 2026, not "{self.id}"')
        return self


class BudgetLine(Entity):
    """Money set aside for a purpose."""

    model_config = ConfigDict(json_schema_extra=notation.one_of("monthly", "annual"))

    category: Literal["programs", "people", "tools", "agency", "events"] = Field(description="What it is for.")
    function: FunctionId = Field(description="The function that spends it.")
    year: Count | None = Field(None, description="The fiscal year it is for; every year where not given.")
    monthly: MoneyInSteps | None = Field(
        None,
        description="What each month may take: one amount, or by month and in steps, such as {from 2027-07: 1500}.",
    )
    annual: Money | None = Field(None, description="What the year may take.")
    actual: MonthsOfSignedMoney = Field(
        default_factory=dict, description="What was spent, by month; negative where credits exceed it."
    )
    accounts: tuple[Text, ...] = Field(
        (), description="Accounts, cost centres or merchants that finance's ledger books it under."
    )

    @model_validator(mode="after")
    def _monthly_or_annual(self) -> Self:
        if (self.monthly is None) == (self.annual is None):
            raise refuse("not_one_of", "a budget line has exactly one of monthly and annual")
        return self
