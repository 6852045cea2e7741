"""Money is read, counted in cents and said in one way."""

from __future__ import annotations

import copy
import pickle
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from revplan.model.base import Month
from revplan.model.goals import BudgetLine, Goal
from revplan.model.money import Converted, Currency, Money, MonthsOfMoney, from_cents, to_cents


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((3_340_000, 3_400_000, 4_000_000), ("$3.34M", "$3.40M", "$4.00M")),
        ((0, 500_000, 1_000_000), ("$0", "$500K", "$1M")),
        ((-97_700, -78_000, 9_500), ("−$97.7K", "−$78.0K", "$9,500")),
        ((980_000, 1_200_000), ("$980K", "$1.2M")),
        ((800_000_000, 1_200_000_000, 1_000_000_000), ("$800M", "$1.2B", "$1.0B")),
        ((), ()),
    ],
)
def test_amounts_in_a_row_have_as_many_digits(amounts: tuple[int, ...], said: tuple[str, ...]) -> None:
    assert Currency("USD").say_alike(amounts) == said


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(Decimal("12.34"), 1234), (Decimal("0.005"), 1), (Decimal("0.015"), 2), (Fraction(1, 3), 33), (7, 700)],
)
def test_an_amount_in_cents_is_rounded_half_up(amount: Decimal | Fraction | int, cents: int) -> None:
    assert to_cents(amount) == cents


def test_cents_are_hundredths_of_a_unit() -> None:
    assert from_cents(-1250) == Fraction(-25, 2)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (Currency("USD").say_briefly(4_150_000), "$4.15M"),
        (Currency("USD").say_briefly(999_949), "$999.9K"),
        (Currency("USD").say_price(Decimal("87.5")), "$87.50"),
        (Currency("USD").say_price(Fraction(3001, 3)), "$1,000.33"),
        (Currency("CHF").say_price(90), "90 CHF"),
        (Currency("USD").say_briefly(999_950), "$1M"),
        (Currency("USD").say_briefly(999_994_999), "$999.99M"),
        (Currency("USD").say_briefly(999_995_000), "$1B"),
        (Currency("EUR").say_briefly(-1_250_000_000), "−€1.25B"),
        (Currency("USD").say_briefly(Fraction(62_500)), "$62.5K"),
        (Currency("USD").say_briefly(9_999), "$9,999"),
        (Currency("CHF").say_briefly(-940), "−940 CHF"),
        (Currency("USD").say_change(850_000), "+$850K"),
        (Currency("USD").say_change(-850_000), "−$850K"),
        (Currency("EUR").say_cents(119_950), "€1,200"),
        (Currency("JPY").say(Decimal("0.4")), "¥0.40"),
    ],
)
def test_a_currency_says_amounts(said: str, text: str) -> None:
    assert said == text


@pytest.mark.parametrize(("unit", "counts"), [("usd", True), ("USD", True), ("$", True), ("EUR", False), ("%", False)])
def test_a_currency_knows_a_unit_that_counts_in_it(unit: str, counts: bool) -> None:
    assert Currency("USD").counts(unit) is counts


# --- other currencies --------------------------------------------------------------------------------------------

RATES = {"EUR": {Month(2026, 1): Decimal("1.08"), Month(2026, 6): Decimal("1.125")}}
CONTEXT = {"currency": "USD", "currencies": RATES}
MONEY: TypeAdapter[Decimal] = TypeAdapter(Money)
MONTHS: TypeAdapter[dict[Month, Decimal]] = TypeAdapter(MonthsOfMoney)


@pytest.mark.parametrize(
    ("written", "amount", "original"),
    [
        ("500 EUR", "562.5", "500"),  # 500 × 1.125, the last rate
        ("1.2k EUR", "1350", "1200"),
        ("3M EUR", "3375000", "3000000"),
        ("1.2B EUR", "1350000000", "1200000000"),
        ("0.02EUR", "0.02", "0.02"),  # 0.0225, halves up
        ("0.04 EUR", "0.05", "0.04"),  # 0.045
    ],
)
def test_an_amount_in_another_currency(written: str, amount: str, original: str) -> None:
    found = MONEY.validate_python(written, context=CONTEXT)
    assert isinstance(found, Converted)
    assert (found, found.original, found.currency) == (Decimal(amount), Decimal(original), "EUR")
    assert (found.month, found.rate) == (Month(2026, 6), Decimal("1.125"))


def test_the_plans_own_currency_may_be_written() -> None:
    found = MONEY.validate_python("1.2k USD", context=CONTEXT)
    assert (type(found), found) == (Decimal, 1200)


def test_an_amount_of_a_month_takes_the_last_rate_by_then() -> None:
    months = {f"2026-{month:02}": "100 EUR" for month in range(1, 13)}
    found = MONTHS.validate_python(months, context=CONTEXT)
    assert list(found.values()) == [Decimal(108)] * 5 + [Decimal("112.5")] * 7


@pytest.mark.parametrize(
    ("amounts", "context", "said", "way"),
    [
        ({"2025-12": "1 EUR"}, CONTEXT, "no exchange rate of EUR by 2025-12", "currencies.EUR.2025-12 RATE"),
        ({"2026-12": "1 GBP"}, CONTEXT, "no exchange rate of GBP", "currencies.GBP.2026-12 RATE"),
        ({"2026-12": "1 EUR"}, None, "no exchange rate of EUR", "currencies.EUR.2026-12 RATE"),
    ],
)
def test_an_amount_without_a_rate_is_refused_with_the_way_out(
    amounts: dict[str, str], context: dict[str, Any] | None, said: str, way: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        MONTHS.validate_python(amounts, context=context)
    (detail,) = raised.value.errors()
    assert said in detail["msg"]
    assert way in detail["ctx"]["hint"]
    assert detail["type"] == "no_rate"


def test_where_the_settings_cannot_be_read_amounts_are_not_refused() -> None:
    assert MONEY.validate_python("5 EUR", context={"currencies": None}) == 5


@pytest.mark.parametrize("written", ["EUR", "EUR 5", "5 eur", "5 EURO", "five EUR", "-5 EUR", "5 5 EUR"])
def test_what_is_no_amount(written: str) -> None:
    with pytest.raises(ValidationError):
        MONEY.validate_python(written, context=CONTEXT)


@given(cents=st.integers(0, 10**9), rate=st.integers(1, 10**7))
def test_conversion_agrees_with_decimal_arithmetic(cents: int, rate: int) -> None:
    original, at = Decimal(cents) / 100, Decimal(rate) / 10**4
    found = Converted.at_rate(original, "EUR", Month(2026, 1), at)
    with localcontext() as precise:
        precise.prec = 60
        assert found == (original * at).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_a_converted_amount_is_a_number_and_keeps_what_was_written() -> None:
    found = Converted.at_rate(Decimal("500.50"), "EUR", Month(2026, 1), Decimal("1.080"))
    assert found + 1 == Decimal("541.54")
    assert str(found) == "540.54"
    for other in (copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):  # noqa: S301 - our own
        assert (other, other.written, other.month) == (found, "500.5 EUR", Month(2026, 1))
    assert Currency("USD").say_in_full(found) == "$541 (500.5 EUR at 1.08 of 2026-01)"
    assert Currency("USD").say_in_full(Decimal(541)) == "$541"


def test_every_place_by_month_or_day_takes_the_rate_of_its_month() -> None:
    line = BudgetLine.model_validate(
        {
            "id": "ads",
            "category": "programs",
            "function": "marketing",
            "monthly": {"from 2026-02": "100 EUR", "2026-08": "100 EUR"},
            "actual": {"2026-05": "-100 EUR"},
        },
        context=CONTEXT,
    )
    goal = Goal.model_validate(
        {
            "id": "2026",
            "measure": "recurring",
            "start_revenue": "1M EUR",
            "target_revenue": "2M",
            "acv": "1k",
            "close_rate": "20%",
            "actual": {"2026-03": "100 EUR"},
            "monthly": {"2026-07": "100 EUR"},
            "pipeline": {"2026-05-31": {"amount": "100 EUR", "due": {"2026-Q4": {"count": "1", "amount": "10 EUR"}}}},
            "history": {
                "movements": {"2026-02": {"new": "100 EUR"}},
                "acquisition_spend": {"2026-04": "100 EUR"},
                "deals": ["100 EUR"],
            },
        },
        context=CONTEXT,
    )
    history, pipeline = goal.history, goal.pipeline
    assert history is not None
    assert isinstance(pipeline, dict)
    assert isinstance(line.monthly, dict)
    (measured,) = pipeline.values()
    early, late = Decimal(108), Decimal("112.5")
    assert list(line.monthly.values()) == [early, late]
    assert [*line.actual.values(), *goal.actual.values(), *goal.monthly.values()] == [-early, early, late]
    assert [measured.amount, *(due.amount for due in measured.due.values())] == [early, Decimal("10.8")]
    assert [own.new for own in history.movements.values()] == [early]
    assert (history.acquisition_spend, history.deals) == ({Month(2026, 4): early}, (late,))
    assert goal.start_revenue == 1_125_000


@pytest.mark.parametrize(
    ("amount", "said"),
    [("0.4", "$0.40"), ("0.004", "$0.01"), ("-0.25", "−$0.25"), ("0", "$0"), ("0.5", "$1"), ("1.4", "$1")],
)
def test_what_is_not_nothing_never_reads_as_nothing(amount: str, said: str) -> None:
    assert Currency("USD").say(Decimal(amount)) == Currency("USD").say_briefly(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("text", "amount"),
    [("25.00", 25), ("25.000", 25), ("0.125", Decimal("0.125")), ("25000.000", 25000), ("1.200k", 1200)],
)
def test_a_point_begins_the_decimals_in_a_plans_file(text: str, amount: Decimal) -> None:
    assert TypeAdapter(Money).validate_python(text) == amount
