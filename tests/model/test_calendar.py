"""When somebody works, as the plan's text says it: days off in part, overlaps, weeks by turns, places."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from revplan.model.calendar import company_calendar, place_calendar, work_calendar
from revplan.model.days_off import Absence
from revplan.model.settings import Settings
from tests.support.plans import member, plan

HOUR = 60
TUESDAY = date(2026, 12, 15)
"""In week 51, an odd one."""


def settings(**more: Any) -> Settings:
    return Settings.model_validate({"format": "1", "company": "Test", "currency": "EUR", **more})


def present(day: date = TUESDAY, own: Settings | None = None, **body: Any) -> int:
    """Return the minutes that a member is there on a day."""
    return int(work_calendar(own or settings(), member("ana", **body)).minutes(day).contracted)


# --- days off in part --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Vacation", 0),
        (None, 0),
        ("4h", 4),
        ("90m", 6.5),
        ("4", 4),
        ("0.5d", 4),
        ("half day", 4),
        ("Half a day", 4),
        ("2026", 0),  # no day has so many hours: it is a reason
        ({"hours": "4"}, 4),
        ({"hours": "4", "reason": "Dentist"}, 4),
        ({"hours": "4", "name": "Christmas Eve"}, 4),
        ({"hours": "half", "reason": "School"}, 4),
    ],
)
def test_time_off_and_holidays_are_written_alike(written: object, left: float) -> None:
    assert present(time_off={"2026-12-15": written}) == left * HOUR
    assert present(own=settings(holidays={"2026-12-15": written})) == left * HOUR
    assert present(own=settings(holidays={"2026-12-14..2026-12-16": written})) == left * HOUR


def test_half_a_day_is_half_of_ones_own() -> None:
    assert present(time_off={"2026-12-15": "half day"}, week={"tue": "6"}) == 3 * HOUR


@pytest.mark.parametrize("written", [{"hours": "4", "why": "Dentist"}, {"reason": "Dentist"}, [], {"hours": "some"}])
def test_what_is_no_day_off_is_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        present(time_off={"2026-12-15": written})
    with pytest.raises(ValidationError):
        settings(calendars={"bavaria": {"2026-12-15": written}})


# --- overlaps ----------------------------------------------------------------------------------------------------

SAME = "2026-12-15..2026-12-15"


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ("Vacation", {"hours": "2"}, 0),
        ({"hours": "2"}, "Vacation", 0),
        ({"hours": "2"}, {"hours": "3"}, 3),
        ("half day", "half day", 0),
        ("half day", {"hours": "2"}, 2),
        ({"hours": "5"}, {"hours": "5"}, 0),
    ],
)
def test_the_same_day_written_twice_counts_twice(one: object, other: object, left: int) -> None:
    for days in (SAME, "2026-12-14..2026-12-16"):
        assert present(time_off={"2026-12-15": one, days: other}) == left * HOUR
        assert present(time_off={days: other, "2026-12-15": one}) == left * HOUR
        assert present(own=settings(holidays={"2026-12-15": one, days: other})) == left * HOUR


def test_both_reasons_of_a_day_are_kept() -> None:
    off = member("ana", time_off={"2026-12-15": "Vacation", SAME: {"hours": "2", "reason": "Call"}}).time_off
    assert list(off.values()) == [Absence(None, "Vacation; Call")]


# --- weeks by turns ----------------------------------------------------------------------------------------------

BY_TURNS = {"even": {"tue": "8"}, "odd": {"tue": "2", "thu": "4"}}


def test_two_weeks_by_turns_follow_the_iso_weeks() -> None:
    assert present(date(2026, 12, 8), week=BY_TURNS) == 8 * HOUR, "week 50"
    assert present(TUESDAY, week=BY_TURNS) == 2 * HOUR, "week 51"
    assert present(date(2026, 12, 29), week=BY_TURNS) == 2 * HOUR, "week 53, and the next week is the first: odd too"
    assert present(date(2027, 1, 5), week=BY_TURNS) == 2 * HOUR, "week 1"
    assert present(date(2027, 1, 12), week=BY_TURNS) == 8 * HOUR


def test_weeks_by_turns_may_begin_on_a_day() -> None:
    week = {"2026-01-01": {"tue": "7"}, "2026-12-14": BY_TURNS}
    assert [present(date(2026, 12, day), week=week) for day in (8, 15, 22)] == [7 * HOUR, 2 * HOUR, 8 * HOUR]


def test_business_as_usual_is_of_the_week_that_it_is() -> None:
    pattern = work_calendar(settings(), member("ana", week=BY_TURNS)).pattern
    assert [pattern(date(2026, 12, day)).week for day in (8, 15)] == [8 * HOUR, 6 * HOUR]


@pytest.mark.parametrize(
    "week", [{"even": {"mon": "8"}}, {"even": {"mon": "25"}, "odd": {}}, {"even": "8", "odd": "8"}]
)
def test_what_is_no_pair_of_weeks_is_refused(week: object) -> None:
    with pytest.raises(ValidationError):
        present(week=week)


@pytest.mark.parametrize(
    ("week", "keys"),
    [
        ({"mon": "8", "tues": "8"}, ("tues",)),
        ({"even": {"tues": "8"}, "odd": {}}, ("even", "tues")),
        ({"even": {}, "odds": {}}, ("odds",)),
        ({"2026-12-01": {"tues": "8"}}, ("2026-12-01", "tues")),
    ],
)
def test_an_unknown_key_of_a_week_is_told_as_one(week: object, keys: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as told:
        present(week=week)
    (detail,) = told.value.errors(include_url=False)
    assert (detail["type"], detail["ctx"]["keys"]) == ("unknown_key", keys)


# --- places ------------------------------------------------------------------------------------------------------

PLACES = settings(
    holidays={"2026-12-15": "Company day", "2026-12-24": {"hours": "4", "name": "Christmas Eve"}},
    calendars={
        "india": {"2026-12-16": "State day"},
        "bavaria": {"also": "true", "2026-12-16..2026-12-17": "Festival"},
    },
)


@pytest.mark.parametrize(("place", "hours"), [(None, (0, 8, 8, 4)), ("india", (8, 0, 8, 8)), ("bavaria", (0, 0, 0, 4))])
def test_a_place_has_its_own_holidays_instead_of_the_companys_or_besides_them(
    place: str | None, hours: tuple[int, ...]
) -> None:
    days = [date(2026, 12, day) for day in (15, 16, 17, 24)]
    assert tuple(present(day, PLACES, calendar=place) // HOUR for day in days) == hours


def test_the_company_works_on_half_a_holiday() -> None:
    calendar = company_calendar(PLACES)
    assert not calendar.is_workday(TUESDAY)
    assert calendar.is_workday(date(2026, 12, 24))
    assert place_calendar(PLACES, "india").is_workday(TUESDAY)
    assert not company_calendar(settings(holidays={"2026-12-24": "8h"})).is_workday(date(2026, 12, 24))


def test_a_retainer_is_spread_over_the_working_time_of_its_place() -> None:
    """22 days and a half are worked in December, since a day is a holiday and another is one by half."""
    own = settings(holidays={"2026-12-25": "Christmas", "2026-12-24": "half day"})
    body: dict[str, Any] = {"kind": "agency", "hours_per_month": "43"}
    assert present(own=own, **body) == 2 * HOUR
    assert present(date(2026, 12, 24), own, **body) == HOUR
    calendar = work_calendar(own, member("ana", **body))
    assert sum(calendar.minutes(date(2026, 12, day)).contracted for day in range(1, 32)) == 43 * HOUR


def test_a_member_in_another_country_is_away_from_a_meeting_of_the_company() -> None:
    what = plan({"calendars": {"india": {"2026-12-01": "State day"}}}, team={"ana": {"calendar": "india"}})
    assert work_calendar(what.settings, what.team["ana"]).is_away(date(2026, 12, 1))
