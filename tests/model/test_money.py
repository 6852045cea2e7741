"""Money is read, counted in cents and said in one way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from revplan.model.money import Currency, from_cents, to_cents


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
        (Currency("USD").say_briefly(Fraction(62_500)), "$62.5K"),
        (Currency("USD").say_briefly(9_999), "$9,999"),
        (Currency("CHF").say_briefly(-940), "−940 CHF"),
        (Currency("USD").say_change(850_000), "+$850K"),
        (Currency("USD").say_change(-850_000), "−$850K"),
        (Currency("EUR").say_cents(119_950), "€1,200"),
        (Currency("JPY").say(Decimal("0.4")), "¥0"),
    ],
)
def test_a_currency_says_amounts(said: str, text: str) -> None:
    assert said == text


@pytest.mark.parametrize(("unit", "counts"), [("usd", True), ("USD", True), ("$", True), ("EUR", False), ("%", False)])
def test_a_currency_knows_a_unit_that_counts_in_it(unit: str, counts: bool) -> None:
    assert Currency("USD").counts(unit) is counts
