from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from revplan.rules.wording import count, measured, money, number, percent, points


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (number(Fraction(1, 3)), "0.33"),
        (number(Decimal("-0.001")), "0"),
        (number(Decimal("12345.5")), "12,345.5"),
        (number(Decimal(100)), "100"),
        (number(Decimal("-1.5")), "-1.5"),
        (number(Decimal("0.05"), 1), "0.1"),
        (number(Fraction(10**41, 3), 0), "33,333,333,333,333,333,333,333,333,333,333,333,333,333"),
        (number(None), "?"),
        (count(Fraction(2258333, 10000)), "225.8"),
        (count(Fraction(84676, 1) + Fraction(1, 10)), "84,676"),
        (count(Fraction(9999, 10)), "999.9"),
        (count(None), "?"),
        (money(Fraction(745250, 3), "USD"), "$248,417"),
        (money(Decimal("0.5"), "CHF"), "1 CHF"),
        (money(-5, "EUR"), "−€5"),
        (money(None, "EUR"), "?"),
        (measured(Decimal(31), "leads", "USD"), "31 leads"),
        (measured(Decimal("72.5"), "%", "USD"), "72.5%"),
        (measured(Decimal(4150000), "usd", "USD"), "$4,150,000"),
        (measured(Decimal(5), "€", "EUR"), "€5"),
        (measured(Decimal(5), "CHF", "CHF"), "5 CHF"),
        (measured(None, "leads", "USD"), "?"),
        (percent(Fraction(5, 8)), "62.5%"),
        (percent(Fraction(99999, 100000)), "99.9%"),
        (percent(Decimal(1)), "100%"),
        (percent(None), "?"),
        (points(Fraction(1, 6)), "16.7 points"),
    ],
)
def test_figures_as_findings_say_them(said: str, text: str) -> None:
    assert said == text
