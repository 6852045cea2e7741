"""How a column is written: read exactly, or refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.exchange.dates import read_dates, read_months, read_period_ends
from revplan.app.exchange.numbers import read_durations, read_numbers, read_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.app.exchange.notation import CellValues
    from revplan.app.exchange.numbers import Number

TWO_READINGS = "may be "


def numbers(column: CellValues[Number]) -> list[Decimal | None]:
    return [number.value if number is not None else None for number in column.values]


@pytest.mark.parametrize(
    ("cells", "expected", "notation"),
    [
        (("(1,250.00)", "-800", "−400", "$(63.12)"), (-1250, -800, -400, "-63.12"), "decimal point"),
        (("(1,250.00)", "800-", "($5)", "-$5", "$-5"), (-1250, -800, -5, -5, -5), "decimal point"),
        (("1.234,5", "1234,5", "1 234,5", "1.234.567"), ("1234.5", "1234.5", "1234.5", 1234567), "decimal comma"),
        (("1.234,50", "12,5", "3,125"), ("1234.5", "12.5", "3.125"), "decimal comma"),
        (("1.2k", "3M", "1e3", "1.5E+03"), (1200, 3000000, 1000, 1500), "decimal point"),
        (("1'234.50", "1’000"), ("1234.5", 1000), "decimal point"),
        (("12,34,567", "1,00,000"), (1234567, 100000), "decimal point"),
        (("$1,250", "300"), (1250, 300), "decimal point"),
        (("1.250,00 €", "300"), (1250, 300), "decimal comma"),
        (("€ 12", "EUR 12", "12EUR", "12 EUR"), (12, 12, 12, 12), ""),
        (("1 234", "1\u00a0234", "1\u202f234"), (1234, 1234, 1234), ""),
        (("3.1%", "N/A", "-", "", "80 %"), ("0.031", None, None, None, "0.8"), "decimal point"),
        (("2 Mio. €", "3 Mrd €", "4 Tsd €"), (2000000, 3000000000, 4000), ""),
        (("+5", ".5", "007"), (5, "0.5", 7), "decimal point"),
    ],
)
def test_numbers(cells: tuple[str, ...], expected: tuple[object, ...], notation: str) -> None:
    column = read_numbers(cells)
    assert numbers(column) == [None if each is None else Decimal(str(each)) for each in expected]
    assert (dict(column.refusals), column.notation) == ({}, notation)


@pytest.mark.parametrize(
    "cell",
    [
        "12 of 30", "7/10", "MAX 5", "3m", "+-5", "-+5", "--5", "(-5)", "$5%", "5k%", "1,2,3", "1 23", "0,123.5",
        "#DIV/0!",
        "#NV", "1e400", "12345678901234567890", "EUR 5 EUR", "٣", "5.", "NaN", "inf", "0x10", "1_000", "five",
        "2026-10-05",
    ],
)  # fmt: skip
def test_what_is_not_surely_a_number_is_refused(cell: str) -> None:
    column = read_numbers((cell, "4"))
    assert (column.values[0], list(column.refusals)) == (None, [0])


def test_two_readings_are_refused_with_both_until_one_is_said() -> None:
    column = read_numbers(("1,250", "7"))
    assert numbers(column) == [None, 7]
    assert column.refusals[0].reason == (
        "may be 1250 (decimal point) or 1.25 (decimal comma); say which with --decimal . or --decimal ,"
    )
    assert numbers(read_numbers(("1,250", "7"), ",")) == [Decimal("1.25"), 7]
    assert numbers(read_numbers(("1,250", "7"), ".")) == [1250, 7]


def test_a_column_of_two_notations_is_refused() -> None:
    column = read_numbers(("1,5", "2.5", "3"))
    assert (numbers(column), sorted(column.refusals)) == ([None, None, 3], [0, 1])


def test_a_column_has_one_currency() -> None:
    assert sorted(read_numbers(("300 EUR", "$5", "7")).refusals) == [0, 1]
    assert [number and number.currency for number in read_numbers(("$5", "7 USD", "8")).values] == ["USD", "USD", ""]


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        (("12.5", "2h 30m", "1:30", "2 days", "1w", "4 hrs", "PT3H"), (750, 150, 90, 960, 2400, 240, 180)),
        (("12,5", "2,0", "1d 4h", "1h30", "90 min"), (750, 120, 720, 90, 90)),
        (("18:25 min", "0:45 min", "2 Std.", "5 Tage"), (18, 1, 120, 2400)),
        (("2 Std.", "1 Tag", "30 Minuten", "02:30:00", "PT1H30M"), (120, 480, 30, 150, 90)),
        (("1 day, 2 hours", "0:45", "", "N/A"), (600, 45, None, None)),
    ],
)
def test_durations(cells: tuple[str, ...], minutes: tuple[int | None, ...]) -> None:
    column = read_durations(cells)
    assert (column.values, dict(column.refusals)) == (minutes, {})


@pytest.mark.parametrize(
    "cell",
    ["P2M", "P1D", "3M", "1h 2h", "30m 1h", "$5", "5k", "-2", "(2)", "50%", "1:75", "2 mo", "1 month", "soon", "h"],
)
def test_what_is_not_surely_a_duration_is_refused(cell: str) -> None:
    column = read_durations((cell, "4"))
    assert (column.values, list(column.refusals)) == ((None, 240), [0])


def test_a_duration_counts_what_its_column_says() -> None:
    assert read_durations(("28800", "900"), "s").values == (480, 15)
    assert read_durations(("2", "2h"), "d", day_minutes=420).values == (840, 120)
    assert read_durations(("1w",), day_minutes=420, workdays=4).values == (1680,)
    assert read_seconds(("0:00:20", "0.01"), decimal=".").values == (20, 36)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-12-10", "2026/12/10", "20261210", "10.12.2026", "10.12.26", "10 Dec 2026", "10/Dec/26 12:00 AM",
        "Dec 10, 2026, 3:00 PM", "December 10, 2026 3:00 PM (GMT+1)", "10. Dezember 2026", "2026-12-10T00:00:00.000Z",
        "2026-12-10 09:00:00 UTC", "Thu Dec 10 2026 00:00:00 GMT+0000 (Coordinated Universal Time)", "10 décembre 2026",
        "Thursday, December 10th 2026, 5:00:00 pm +01:00", "10 de diciembre de 2026", "Thu, 10 Dec 2026", "10-Dec-2026",
    ],
)  # fmt: skip
def test_dates(cell: str) -> None:
    column = read_dates((cell, "", "n/a"))
    assert (column.values, dict(column.refusals)) == ((date(2026, 12, 10), None, None), {})


@pytest.mark.parametrize(
    "cell", ["45935", "2026", "2026-02-30", "31/31/2026", "soon", "10 Foo 2026", "12:30", "#REF!", "2026-12", "1.5"]
)
def test_what_is_not_surely_a_date_is_refused(cell: str) -> None:
    column = read_dates((cell, "2026-12-01"))
    assert (column.values, list(column.refusals)) == ((None, date(2026, 12, 1)), [0])


def test_the_order_of_a_column_of_dates() -> None:
    assert read_dates(("05/06/2026", "06/25/2026")).values == (date(2026, 5, 6), date(2026, 6, 25))
    assert read_dates(("05/06/2026", "25/06/2026")).values == (date(2026, 6, 5), date(2026, 6, 25))
    assert "--dates mdy or --dates dmy" in read_dates(("05/06/2026",)).refusals[0].reason
    assert read_dates(("05/06/2026",), "dmy").values == (date(2026, 6, 5),)
    assert sorted(read_dates(("06/25/2026", "25/06/2026", "06/06/2026")).refusals) == [0, 1]
    assert read_dates(("45935",), "serial").values == (date(2025, 10, 5),)
    assert read_dates(("1796860800000",), "ms").values == (date(2026, 12, 10),)


@pytest.mark.parametrize(
    ("cell", "berlin", "new_york", "own"),
    [
        ("2026-12-09T23:30:00.000Z", "2026-12-10", "2026-12-09", "2026-12-09"),
        ("2026-12-10T03:15:00Z", "2026-12-10", "2026-12-09", "2026-12-10"),
        ("2026-07-09 22:30:00 UTC", "2026-07-10", "2026-07-09", "2026-07-09"),
        ("2026-01-09T22:30:00+00:00", "2026-01-09", "2026-01-09", "2026-01-09"),
        ("2026-12-09T20:00-0800", "2026-12-10", "2026-12-09", "2026-12-09"),
        ("2026-12-10T00:00:00Z", "2026-12-10", "2026-12-10", "2026-12-10"),
        ("2026-12-10T00:00:00.000-05:00", "2026-12-10", "2026-12-10", "2026-12-10"),
    ],
)
def test_a_moment_with_a_zone_is_on_a_day_of_the_plan(cell: str, berlin: str, new_york: str, own: str) -> None:
    """Midnight stands for a day; in summer Berlin is two hours ahead of UTC, in winter one."""
    for name, day in (("Europe/Berlin", berlin), ("America/New_York", new_york), (None, own)):
        read = read_dates([cell], None, ZoneInfo(name) if name else None)
        assert [*map(str, read.values)] == [day]
        said = f"days of {name}" if name else "their own days, for the plan has no timezone"
        assert (said in read.notation) == ("00:00:00" not in cell)


def test_moments_that_never_were_are_refused() -> None:
    cells = ["2026-02-30T10:00:00Z", "9999-12-31T23:59:59Z", "2026-12-09T25:00:00Z", "0001-01-01T00:30:00+14:00"]
    assert [*read_dates(cells, None, ZoneInfo("Europe/Berlin")).refusals] == [0, 1, 2, 3]


def test_months_and_weeks() -> None:
    assert read_months(("2026-12", "12/2026", "Dec 2026", "202612", "2026-12-24")).values == (date(2026, 12, 1),) * 5
    assert read_period_ends(("2026-02", "2028-02")).values == (date(2026, 2, 28), date(2028, 2, 29))
    assert read_period_ends(("2026-W41",)).values == (date(2026, 10, 11),)
    assert list(read_period_ends(("2026-10", "2026-10-05")).refusals) == [1]
    assert list(read_period_ends(("2026-W54",)).refusals) == [0]


def test_what_a_spreadsheet_holds_needs_no_notation() -> None:
    cells = (Decimal("1250.5"), "12,5", "3,5")
    assert numbers(read_numbers(cells)) == [Decimal("1250.5"), Decimal("12.5"), Decimal("3.5")]
    assert read_dates((datetime(2026, 12, 10, 9), date(2026, 12, 11))).values == (  # noqa: DTZ001 - as workbooks have them
        date(2026, 12, 10),
        date(2026, 12, 11),
    )
    assert read_durations((timedelta(hours=1, minutes=30), Decimal("1.5"))).values == (90, 90)
    assert list(read_numbers((date(2026, 12, 10),)).refusals) == [0]


# --- laws --------------------------------------------------------------------------------------------------------

LOCALES = {
    "en": (",", "."), "de": (".", ","), "fr": ("\u202f", ","), "ch": ("’", "."), "sv": ("\u00a0", ","),
    "plain": ("", "."), "plain comma": ("", ","),
}  # fmt: skip
AMOUNTS = st.lists(st.decimals(-10_000_000, 10_000_000, places=2), min_size=1, max_size=6)
SHAPES = st.sampled_from(("{}", "{} €", "€{}", "$ {}", "({})", "EUR {}"))


def written(amount: Decimal, locale: str, places: int) -> str:
    thousands, mark = LOCALES[locale]
    return f"{abs(amount):,.{places}f}".replace(",", "T").replace(".", mark).replace("T", thousands)


@given(AMOUNTS, st.sampled_from(sorted(LOCALES)), st.integers(0, 3), SHAPES)
def test_what_any_locale_writes_is_read_back_or_refused(
    amounts: list[Decimal], locale: str, places: int, shape: str
) -> None:
    """Amounts are rounded to as many places as are written; money with its sign in front has two or none."""
    places = places // 2 * 2 if shape[0] in "€$E" else places
    rounded = [abs(round(amount, places)) for amount in amounts]
    column = read_numbers([shape.format(written(amount, locale, places)) for amount in rounded])
    sign = -1 if shape == "({})" else 1
    for at, (amount, number) in enumerate(zip(rounded, column.values, strict=True)):
        assert (number is None) == (at in column.refusals)
        assert number is None or number.value == amount * sign
    assert all(refusal.reason.startswith((TWO_READINGS, "would have")) for refusal in column.refusals.values())


@given(AMOUNTS, st.sampled_from(sorted(LOCALES)))
def test_what_is_said_is_read_back_always(amounts: list[Decimal], locale: str) -> None:
    mark = LOCALES[locale][1]
    column = read_numbers([written(amount, locale, 2) for amount in amounts], "," if mark == "," else ".")
    assert numbers(column) == [abs(amount) for amount in amounts]


DATE_FORMS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d-%m-%y",
    "%m/%d/%y",
    "%d %b %Y",
    "%B %d, %Y",
    "%Y/%m/%d",
)


@given(st.lists(st.dates(date(2000, 1, 1), date(2068, 12, 31)), min_size=1, max_size=6), st.sampled_from(DATE_FORMS))
def test_any_dates_are_read_back_or_refused(days: list[date], form: str) -> None:
    column = read_dates([day.strftime(form) for day in days])
    for at, (day, found) in enumerate(zip(days, column.values, strict=True)):
        assert found == day or (found is None and at in column.refusals)
        assert found is not None or column.refusals[at].reason.startswith(TWO_READINGS)


DURATION_SHAPES = (
    lambda minutes: f"{minutes // 60}h {minutes % 60}m",
    lambda minutes: f"{minutes // 60}:{minutes % 60:02}",
    lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}:00",
    lambda minutes: f"PT{minutes // 60}H{minutes % 60}M",
    lambda minutes: f"{minutes} min",
    lambda minutes: str(timedelta(minutes=minutes)) if minutes < 24 * 60 else f"{minutes // 60}h {minutes % 60}m",
    lambda minutes: f"{minutes // 60} Std. {minutes % 60} Min.",
)


@given(st.lists(st.integers(1, 100 * 60), min_size=1, max_size=6), st.sampled_from(DURATION_SHAPES))
def test_any_durations_are_read_back(minutes: list[int], shape: Callable[[int], str]) -> None:
    column = read_durations([shape(each) for each in minutes])
    assert (list(column.values), dict(column.refusals)) == (minutes, {})


@given(st.text(max_size=20))
def test_any_cell_is_read_or_refused(cell: str) -> None:
    for read in (read_numbers, read_durations, read_dates, read_months, read_period_ends):
        column = read((cell,))
        assert column.values[0] is None or not column.refusals


def test_a_time_of_day_is_no_date() -> None:
    assert list(read_dates((timedelta(hours=time(9).hour),)).refusals) == [0]
