from __future__ import annotations

from datetime import date

import pytest
from plans import on, plan

from revplan.analysis import periods
from revplan.analysis.periods import Period, which_sprint
from revplan.errors import SprintError, UnknownIdError
from revplan.model.base import Quarter

FORTNIGHTS = {"sprint": {"length": "14", "starts": "2026-12-07"}}
DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))


def sprint(month: str, last: int, status: str) -> dict[str, str]:
    return {"start": f"{month}-01", "end": f"{month}-{last}", "status": status}


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


def test_the_last_workday_leaves_out_weekends_and_holidays() -> None:
    settings = plan({"holidays": {"2027-01-29": "Foundation day"}}).settings
    january = periods.period_on(settings, date(2027, 1, 1))
    assert periods.last_workday(settings, january) == date(2027, 1, 28)


# --- which sprint ------------------------------------------------------------------------------------------------


def test_the_first_period_that_starts_today_or_later() -> None:
    assert which_sprint(on("2026-11-28", plan())) == DECEMBER
    assert which_sprint(on("2026-12-01", plan())) == DECEMBER


def test_the_active_sprint_comes_before_a_planned_one() -> None:
    sprints = {"2026-11": sprint("2026-11", 30, "active"), "2026-12": sprint("2026-12", 31, "planned")}
    what = plan(sprints=sprints)
    assert which_sprint(on("2026-11-30", what)).id == "2026-11"
    assert which_sprint(on("2026-12-02", what)).id == "2026-12", "November has ended, closed or not"


def test_a_closed_sprint_is_passed_over() -> None:
    what = plan(sprints={"2026-12": sprint("2026-12", 31, "closed")})
    assert which_sprint(on("2026-11-28", what)).id == "2027-01"


@pytest.mark.parametrize("day", ["2026-12-15", "2026-12-31"])
def test_a_running_period_may_be_asked_for_until_its_last_day(day: str) -> None:
    assert which_sprint(on(day, plan()), "2026-12") == DECEMBER


def test_the_written_sprint_has_its_own_days() -> None:
    what = plan(sprints={"2026-12": {"start": "2026-12-02", "end": "2026-12-30"}})
    assert which_sprint(on("2026-11-28", what), "2026-12").start == date(2026, 12, 2)


@pytest.mark.parametrize("sprint_id", ["december", "2026-13", "2026-12-40", "2026-12-05"])
def test_an_unknown_id_is_told(sprint_id: str) -> None:
    with pytest.raises(UnknownIdError) as told:
        which_sprint(on("2026-11-28", plan()), sprint_id)
    assert "2026-12" in (told.value.hint or "")


def test_a_day_off_the_grid_is_no_sprint() -> None:
    with pytest.raises(UnknownIdError) as told:
        which_sprint(on("2026-12-01", plan(FORTNIGHTS)), "2026-12-08")
    assert told.value.hint == "the one nearest is 2026-12-07"


def test_past_and_closed_sprints_are_refused_with_a_way_out() -> None:
    what = plan(sprints={"2026-11": sprint("2026-11", 30, "closed")})
    with pytest.raises(SprintError, match="2026-11 is closed") as told:
        which_sprint(on("2026-11-28", what), "2026-11")
    assert told.value.hint == "plan 2026-12 instead"
    with pytest.raises(SprintError, match="ended on 2026-10-31"):
        which_sprint(on("2026-11-28", what), "2026-10")
    left_open = plan(sprints={"2026-11": sprint("2026-11", 30, "active")})
    with pytest.raises(SprintError) as told:
        which_sprint(on("2026-12-02", left_open), "2026-11")
    assert told.value.hint == "close it with `revplan sprint close 2026-11`, and plan 2027-01 instead"
