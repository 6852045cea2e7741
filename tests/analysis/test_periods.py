from __future__ import annotations

from datetime import date

import pytest

from revplan.analysis import periods
from revplan.analysis.periods import Period
from revplan.model.base import Quarter
from tests.support.plans import plan

FORTNIGHTS = {"sprint": {"length": "14", "starts": "2026-12-07"}}
DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))


def test_a_month_is_a_period() -> None:
    assert periods.period_on(plan().settings, date(2026, 12, 15)) == DECEMBER
    assert len(DECEMBER.days) == 31
    assert DECEMBER.days[0] == DECEMBER.start
    assert DECEMBER.days[-1] == DECEMBER.end


def test_days_are_counted_from_starts() -> None:
    settings = plan(FORTNIGHTS).settings
    second = Period("2026-12-21", date(2026, 12, 21), date(2027, 1, 3))
    assert periods.period_on(settings, date(2027, 1, 3)) == second
    assert periods.period_on(settings, date(2026, 12, 1)).id == "2026-12-07", "before the first there is the first"


def test_three_months_make_the_quarter() -> None:
    ids = [period.id for period in periods.successive(plan(), DECEMBER, 3)]
    assert ids == ["2026-12", "2027-01", "2027-02"]


def test_what_follows_a_sprint_that_was_cut_short_is_the_next_month() -> None:
    short = Period("2026-11", date(2026, 11, 1), date(2026, 11, 27))
    assert periods.following(plan(), short).id == "2026-12"


@pytest.mark.parametrize(
    ("first_month", "day", "quarter", "starts"),
    [
        ("1", date(2026, 12, 31), Quarter(2026, 4), date(2026, 10, 1)),
        ("7", date(2026, 7, 1), Quarter(2027, 1), date(2026, 7, 1)),
        ("7", date(2026, 6, 30), Quarter(2026, 4), date(2026, 4, 1)),
        ("2", date(2027, 1, 31), Quarter(2027, 4), date(2026, 11, 1)),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends(
    first_month: str, day: date, quarter: Quarter, starts: date
) -> None:
    settings = plan({"fiscal_year_start": first_month}).settings
    assert periods.fiscal_quarter(settings, day) == quarter
    assert periods.first_of_quarter(settings, quarter) == starts


@pytest.mark.parametrize(
    ("first_month", "year", "quarter"),
    [
        ("1", "2027", "2027-Q2"),
        ("7", "2027 (July 2026 to June 2027)", "2027-Q2 (October 2026 to December 2026)"),
        ("12", "2027 (December 2026 to November 2027)", "2027-Q2 (March 2027 to May 2027)"),
    ],
)
def test_a_year_that_does_not_begin_in_january_is_said_with_its_months(
    first_month: str, year: str, quarter: str
) -> None:
    settings = plan({"fiscal_year_start": first_month}).settings
    assert periods.say_year(settings, "2027") == periods.say_year(settings, 2027) == year
    assert periods.say_quarter(settings, Quarter(2027, 2)) == quarter


def test_the_last_workday_leaves_out_weekends_and_holidays() -> None:
    settings = plan({"holidays": {"2027-01-29": "Foundation day"}}).settings
    january = periods.period_on(settings, date(2027, 1, 1))
    assert periods.last_workday(settings, january) == date(2027, 1, 28)
