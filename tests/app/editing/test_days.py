"""Days as people say them: every form, what has two readings, and that nothing hangs on the clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.app.editing.days import day_in_words, range_in_dates, read_day
from revplan.errors import InputError

SATURDAY = date(2026, 11, 28)
MONDAY = date(2026, 11, 30)
DAYS = st.dates(date(2000, 1, 1), date(2150, 12, 31))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-12-05", "2026-12-05"),
        (" today ", "2026-11-28"),
        ("Tomorrow", "2026-11-29"),
        ("yesterday", "2026-11-27"),
        ("+3d", "2026-12-01"),
        ("+7d", "2026-12-05"),
        ("-2d", "2026-11-26"),
        ("+1 day", "2026-11-29"),
        ("in 3 days", "2026-12-01"),
        ("+2 weeks", "2026-12-12"),
        ("+3 months", "2027-02-28"),
        ("friday", "2026-12-04"),
        ("fri", "2026-12-04"),
        ("next friday", "2026-12-04"),
        ("last friday", "2026-11-27"),
        ("last saturday", "2026-11-21"),
        ("end of month", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("eom", "2026-11-30"),
        ("end of year", "2026-12-31"),
        ("eoy", "2026-12-31"),
    ],
)
def test_days_from_a_saturday(text: str, found: str) -> None:
    assert read_day(text, SATURDAY).isoformat() == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("friday", "2026-12-04"), ("next friday", "2026-12-11"), ("next monday", "2026-12-07"), ("eow", "2026-12-04")],
)
def test_days_from_a_monday(text: str, found: str) -> None:
    assert read_day(text, MONDAY).isoformat() == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("saturday", '"saturday" may be 2026-11-28 or 2026-12-05'),
        ("eow", '"eow" may be 2026-11-27 or 2026-12-04'),
        ("+2w", '"+2w" says no unit of days that is clear'),
        ("+2m", '"+2m" says no unit of days that is clear'),
        ("eoq", '"eoq" may be one of two days'),
        ("+9999 months", '"+9999 months" lies outside the years 1970 to 2199'),
        ("12/05", '"12/05" is no day'),
        ("3d", '"3d" is no day'),
        ("next week", '"next week" is no day'),
        ("1804-01-01", '"1804-01-01" is no day'),
        ("2026-02-30", '"2026-02-30" is no day'),
        ("20261205", '"20261205" is no day'),
        ("", '"" is no day'),
    ],
)
def test_what_has_two_readings_or_none_is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError) as error:
        read_day(text, SATURDAY)
    assert str(error.value) == told
    assert error.value.hint


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_weekdays_are_what_a_calendar_says(today: date, name: str) -> None:
    """Walk day by day, as on a calendar on the wall."""
    walk = [today + timedelta(days=number) for number in range(1, 15)]
    monday = next(day for day in walk if day.weekday() == 0)
    assert day_in_words(f"next {name}", today) == monday + timedelta(days=WEEKDAYS.index(name))
    back = (today - timedelta(days=number) for number in range(1, 8))
    assert day_in_words(f"last {name}", today) == next(day for day in back if day.weekday() == WEEKDAYS.index(name))
    if WEEKDAYS[today.weekday()] == name:
        with pytest.raises(InputError):
            day_in_words(name, today)
    else:
        assert day_in_words(name, today) == next(day for day in walk if day.weekday() == WEEKDAYS.index(name))


def test_ranges_may_be_said_too() -> None:
    assert range_in_dates("monday..friday", SATURDAY) == "2026-11-30..2026-12-04"
    assert range_in_dates("2026-12-21", SATURDAY) == "2026-12-21"
    assert range_in_dates("soon..later", SATURDAY) == "soon..later"


@given(DAYS, st.integers(0, 400))
def test_distances_are_counted_in_days(today: date, count: int) -> None:
    assert day_in_words(f"+{count}d", today) == today + timedelta(days=count)
    assert day_in_words(f"-{count} days", today) == today - timedelta(days=count)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = day_in_words(text, MONDAY)
    except InputError:
        return
    assert found is None or isinstance(found, date)


@pytest.mark.parametrize("text", ["15 February 2027", "15. Feb 2027", "Feb 15, 2027", "february 15th 2027", "15 Feb"])
def test_a_day_whose_month_is_a_word(text: str) -> None:
    assert read_day(text, SATURDAY, ahead=True) == date(2027, 2, 15)


def test_a_day_of_a_month_without_a_year_is_the_coming_one_only_where_what_is_to_come_is_asked_for() -> None:
    assert read_day("28 November", SATURDAY, ahead=True) == SATURDAY
    assert read_day("27 November", SATURDAY, ahead=True) == date(2027, 11, 27)
    assert read_day("28 November", SATURDAY) == SATURDAY
    with pytest.raises(InputError, match="may be 2026-02-15 or 2027-02-15"):
        read_day("15 February", SATURDAY)


@pytest.mark.parametrize("text", ["30 February", "31 April 2027", "15 Febtember", "29 Feb 2027"])
def test_a_day_that_no_month_has(text: str) -> None:
    with pytest.raises(InputError, match="is no day"):
        read_day(text, SATURDAY, ahead=True)
