from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan import wording
from revplan.model.money import Currency
from revplan.wording import count, number, percentage, points, reading, say_metric


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (number(Fraction(1, 3), 2), "0.33"),
        (number(Decimal("-0.001"), 2), "0"),
        (number(Decimal("12345.5"), 2), "12,345.5"),
        (number(Decimal(100), 2), "100"),
        (number(Decimal("-1.5"), 2), "-1.5"),
        (number(Decimal("0.05"), 1), "0.1"),
        (number(Fraction(10**41, 3), 0), "33,333,333,333,333,333,333,333,333,333,333,333,333,333"),
        (count(Fraction(2258333, 10000)), "225.8"),
        (count(Fraction(84676, 1) + Fraction(1, 10)), "84,676"),
        (count(Fraction(9999, 10)), "999.9"),
        (count(None), "–"),
        (Currency("USD").say(Fraction(745250, 3)), "$248,417"),
        (Currency("CHF").say(Decimal("0.5")), "1 CHF"),
        (Currency("EUR").say(-5), "−€5"),
        (say_metric(Decimal(31), "leads", Currency("USD")), "31 leads"),
        (say_metric(Decimal("72.5"), "%", Currency("USD")), "72.5%"),
        (say_metric(Decimal(4150000), "usd", Currency("USD")), "$4,150,000"),
        (say_metric(Decimal(5), "€", Currency("EUR")), "€5"),
        (say_metric(Decimal(5), "CHF", Currency("CHF")), "5 CHF"),
        (reading(Decimal("2316666.67")), "2,316,667"),
        (reading(Decimal("-63.12")), "−63.12"),
        (reading(None), "–"),
        (say_metric(Decimal("84676.1"), "visitors", Currency("USD")), "84,676 visitors"),
        (say_metric(None, "leads", Currency("USD")), "–"),
        (percentage(Fraction(5, 8)), "62.5%"),
        (percentage(Fraction(99999, 100000)), "99.9%"),
        (percentage(Decimal(1)), "100%"),
        (points(Fraction(1, 6)), "16.7 points"),
    ],
)
def test_figures_as_findings_say_them(said: str, text: str) -> None:
    assert said == text


@given(planned=st.integers(0, 400).map(lambda quarters: quarters * 15), part=st.fractions(0, 1))
def test_hours_done_and_left_add_up_to_those_planned(planned: int, part: Fraction) -> None:
    done = int(planned * part) // 15 * 15
    text = wording.done_whole_left(done, planned, planned - done)
    assert Fraction(text[0]) + Fraction(text[2]) == Fraction(text[1])


def test_a_quarter_of_an_hour_left_is_not_done() -> None:
    assert wording.done_whole_left(3795, 3810, 15) == ("63.25", "63.5", "0.25")
    assert wording.done_whole_left(720, 3165, 2445) == ("12", "53", "41")
    assert wording.done_whole_left(3795, 3810, 240) == ("63.25", "63.5", "4")
    assert wording.done_whole_left(2000, 3810, 2400) == ("33.5", "63.5", "40")
    assert wording.done_whole_left(3810, 3810, 0) == ("63.5", "63.5", "0")


def test_a_thousand_hours_are_read_at_once() -> None:
    assert (wording.hours(164_700), wording.about(164_714), wording.hours(90)) == ("2,745", "2,745", "1.5")
    assert wording.done_whole_left(60_000, 120_030, 60_030) == ("1,000", "2,000.5", "1,000.5")


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_values_and_hours_before_and_after_add_up_with_the_change_as_they_are_told(before: int, after: int) -> None:
    change = Fraction(wording.score_change(before, after), 1000)
    assert Fraction(wording.score(before)) + change == Fraction(wording.score(after))
    told = [Fraction(wording.about(minutes).replace(",", "")) for minutes in (before, after)]
    hours = Fraction(wording.about_change(before, after).replace("−", "-").replace(",", "") or 0)
    assert told[0] + hours == told[1]


def test_a_change_is_told_between_what_is_told() -> None:
    assert wording.score_change(157_760, 124_960) == -32_800  # 157.8 and 125
    assert wording.about_change(44, 46) == "+0.5"  # 0.5 and 1
    assert wording.about_change(46, 44) == "−0.5"
    assert wording.about_change(60, 70) == ""
