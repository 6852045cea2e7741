"""When recurring work comes round: by the words, by units, weekdays and days, and each time in one sprint alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.capacity import team_capacity
from revplan.analysis.periods import Period
from revplan.analysis.recurring import occurrences, standing_loads
from tests.support.plans import plan

if TYPE_CHECKING:
    from collections.abc import Iterable

HOLIDAYS = {"holidays": {"2026-12-24..2027-01-01": "Closed"}}
WRITE = {"tasks": {"write": {"skill": "writing", "hours": "1", "owner": "priya"}}}


def days(recurring: Any, first: str, last: str, settings: Any = None, **more: str) -> list[str]:
    what = plan(settings or {}, team={"priya": {}}, tactics={"letter": {"recurring": recurring, **WRITE, **more}})
    period = Period("2026-12", date.fromisoformat(first), date.fromisoformat(last))
    return [str(day) for day in occurrences(what.settings, what.tactics["letter"], period, period.start)]


@pytest.mark.parametrize(
    ("recurring", "found"),
    [
        ("weekly", ["12-07", "12-14", "12-21", "12-28"]),
        ("monthly", ["12-01"]),
        ("quarterly", []),
        ("yearly", []),
        ({"unit": "week", "day": "thu"}, ["12-03", "12-10", "12-17", "12-24", "12-31"]),
        ({"unit": "month", "day": "15"}, ["12-15"]),
        ({"unit": "month", "day": "31"}, ["12-31"]),
        ({"unit": "month", "day": "12"}, ["12-14"]),
        ({"unit": "month", "day": "fri"}, ["12-04"]),
        ({"every": "2", "unit": "week", "day": "tue"}, ["12-08", "12-22"]),  # 2,970 and 2,972 weeks from 1970
    ],
)
def test_the_days_of_december(recurring: Any, found: list[str]) -> None:
    assert days(recurring, "2026-12-01", "2026-12-31") == [f"2026-{day}" for day in found]


def test_daily_work_comes_round_on_every_workday() -> None:
    assert days("daily", "2026-12-21", "2027-01-05", HOLIDAYS) == [
        *("2026-12-21", "2026-12-22", "2026-12-23", "2027-01-04", "2027-01-05"),
    ]


def test_quarters_and_years_are_fiscal() -> None:
    july = {"fiscal_year_start": "7"}
    assert days("quarterly", "2027-01-01", "2027-12-31", july) == [
        "2027-01-01",
        "2027-04-01",
        "2027-07-01",
        "2027-10-01",
    ]
    assert days("yearly", "2027-01-01", "2028-12-31", july) == ["2027-07-01", "2028-07-03"]
    assert days({"unit": "quarter", "day": "15"}, "2027-01-01", "2027-06-30") == ["2027-01-15", "2027-04-15"]


def test_every_third_week_is_counted_from_the_first_day() -> None:
    every = {"every": "3", "unit": "week"}
    found = days(every, "2026-12-01", "2027-01-31", not_before="2026-12-08")
    assert found == ["2026-12-28", "2027-01-18"]  # the week of the eighth began before it
    assert days({**every, "day": "thu"}, "2026-12-01", "2027-01-31", not_before="2026-12-08") == [
        *("2026-12-10", "2026-12-31", "2027-01-21"),
    ]
    assert days({"every": "6", "unit": "month"}, "2026-12-01", "2028-01-31", not_before="2026-12-01") == [
        *("2026-12-01", "2027-06-01", "2027-12-01"),
    ]


@pytest.mark.parametrize(
    ("recurring", "first", "last", "found"),
    [
        # the last day of short months; weekends move back, as no workday follows in the month
        (
            {"unit": "month", "day": "31"},
            "2027-01-01",
            "2027-06-30",
            ["2027-01-29", "2027-02-26", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"],
        ),
        ({"unit": "month", "day": "31"}, "2028-02-01", "2028-02-29", ["2028-02-29"]),
        ({"unit": "month", "day": "29"}, "2027-02-01", "2027-02-28", ["2027-02-26"]),
        ({"unit": "month", "day": "29"}, "2028-02-01", "2028-02-29", ["2028-02-29"]),
        # days of the first month of a year that begins in January
        ({"unit": "year", "day": "31"}, "2026-12-01", "2028-12-31", ["2027-02-01", "2028-01-31"]),
        (
            {"unit": "quarter", "day": "31"},
            "2027-01-01",
            "2027-12-31",
            ["2027-02-01", "2027-04-30", "2027-08-02", "2027-11-01"],
        ),
        # a fortnight over the turn of a year with 53 weeks: on from 7 December, 2,970 weeks from 1970
        (
            {"every": "2", "unit": "week", "day": "mon"},
            "2026-12-14",
            "2027-01-31",
            ["2026-12-21", "2027-01-04", "2027-01-18"],
        ),
    ],
)
def test_short_months_leap_days_and_turns_of_the_year(recurring: Any, first: str, last: str, found: list[str]) -> None:
    assert days(recurring, first, last) == found


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2027-02-01", "2027-02-28", 3),  # the 26th
        ("2027-03-01", "2027-03-31", 2 + 2 + 3),  # the 9th, the 23rd, the 31st
        ("2027-04-01", "2027-04-30", 2 + 2 + 3 + 4),  # the 6th, the 20th; the 30th; the 1st
        ("2028-01-01", "2028-01-31", 2 + 2 + 3 + 4 + 5),  # the 11th, the 25th; the 31st; the 3rd; the 31st
        ("2028-02-01", "2028-02-29", 2 + 2 + 3),  # the 8th, the 22nd, the 29th
    ],
)
def test_hours_of_a_month_are_those_of_its_days(first: str, last: str, hours: int) -> None:
    def tactic(recurring: Any, hours: str, **more: str) -> dict[str, Any]:
        task = {"skill": "writing", "hours": hours, "owner": "priya"}
        return {"recurring": recurring, "tasks": {"write": task}, **more}

    what = plan(
        {},
        team={"priya": {}},
        tactics={
            "fortnight": tactic({"every": "2", "unit": "week", "day": "tue"}, "2", not_before="2027-03-09"),
            "month": tactic({"unit": "month", "day": "31"}, "3"),
            "quarter": tactic("quarterly", "4"),
            "year": tactic({"unit": "year", "day": "31"}, "5", not_before="2028-01-01"),
        },
    )
    period = Period("month", date.fromisoformat(first), date.fromisoformat(last))
    loads = standing_loads(what, period, period.start, team_capacity(what, period, period.start))
    assert loads["priya"].minutes == 60 * hours


def test_a_free_day_moves_to_the_next_workday_or_the_last_before() -> None:
    assert days({"unit": "week", "day": "thu"}, "2026-12-21", "2026-12-27", HOLIDAYS) == ["2026-12-23"]
    assert days({"unit": "week", "day": "thu"}, "2026-12-28", "2027-01-03", HOLIDAYS) == []
    assert days({"unit": "month", "day": "1"}, "2027-01-01", "2027-01-31", HOLIDAYS) == ["2027-01-04"]


RECURRENCES = st.one_of(
    st.sampled_from(("daily", "weekly", "monthly", "quarterly", "yearly")),
    st.builds(
        lambda every, unit, day: {"every": str(every), "unit": unit, **day},
        st.integers(1, 5),
        st.sampled_from(("month", "quarter", "year")),
        st.sampled_from(({}, {"day": "fri"}, {"day": "31"}, {"day": "2"})),
    ),
    st.builds(lambda every: {"every": str(every), "unit": "week", "day": "wed"}, st.integers(1, 5)),
    st.builds(lambda every: {"every": str(every), "unit": "day"}, st.integers(1, 5)),
)


@given(RECURRENCES, st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_sprints_in_a_row_hold_each_time_once(recurring: Any, lengths: Iterable[int]) -> None:
    what = plan(HOLIDAYS, team={"priya": {}}, tactics={"letter": {"recurring": recurring, **WRITE}})
    tactic, first = what.tactics["letter"], date(2026, 11, 18)
    found: list[date] = []
    start = first
    for length in lengths:
        period = Period("x", start, start + timedelta(days=length - 1))
        found += occurrences(what.settings, tactic, period, start)
        start = period.end + timedelta(days=1)
    whole = occurrences(what.settings, tactic, Period("x", first, start - timedelta(days=1)), first)
    assert tuple(found) == whole
    assert list(whole) == sorted(set(whole))
