from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.editing.numerals import split_numbers, with_point
from revplan.errors import InputError


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("-3,75", "-3.75"),
        ("0,125", "0.125"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1,200,000", "1200000"),
        ("1.200.000", "1200000"),
        ("25.000,00 EUR", "25000.00 EUR"),
        ("12,5%", "12.5%"),
        ("12.125%", "12.125%"),
        ("1,25k", "1.25k"),
        ("1,5h", "1.5h"),
        ("1200", "1200"),
        ("12", "12"),
        ("a page, or two", "a page, or two"),
        ("15.12.2026", "15.12.2026"),
        ("1.2.3", "1.2.3"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_a_number_has_a_point(typed: str, number: str) -> None:
    assert with_point(typed) == number


@pytest.mark.parametrize(
    ("typed", "readings"),
    [("1,200", "1.2 or 1200"), ("25.000", "25 or 25000"), ("1.250 EUR", "1.25 or 1250"), ("-1,200", "-1.2 or -1200")],
)
def test_what_may_be_one_of_two_numbers_is_refused_with_both(typed: str, readings: str) -> None:
    with pytest.raises(InputError, match=f"may be {readings}"):
        with_point(typed)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_both_notations_of_a_number_are_the_same(whole: int, cents: int) -> None:
    number = Decimal(whole) + Decimal(cents) / 100
    english = f"{number:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert Decimal(with_point(english)) == Decimal(with_point(german)) == number


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("0,2 0,5 0,3", "0.2 0.5 0.3"),
        ("0.2, 0.5, 0.3", "0.2 0.5 0.3"),
        ("0.2,0.5,0.3", "0.2 0.5 0.3"),
        ("0,2; 0,5; 0,3", "0.2 0.5 0.3"),
        ("0,2, 0,5, 0,3", "0.2 0.5 0.3"),
        ("20%,50%,30%", "20% 50% 30%"),
        ("2,5%,35% 70%", "2.5% 35% 70%"),
        ("2,5%", "2.5%"),
        ("1", "1"),
        ("", ""),
    ],
)
def test_numbers_of_a_row(typed: str, numbers: str) -> None:
    assert " ".join(split_numbers(typed)) == numbers


@pytest.mark.parametrize("typed", ["0,2,0,5", "0,1", "0,2,0,5 0,3"])
def test_a_comma_between_numbers_or_in_one_is_asked_about(typed: str) -> None:
    with pytest.raises(InputError, match="may be one number or several"):
        list(split_numbers(typed))
