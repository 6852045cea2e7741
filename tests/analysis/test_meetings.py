"""On which day each meeting falls, who is there, and what it takes of whom."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.capacity import team_capacity
from revplan.analysis.events import events
from revplan.analysis.meetings import meetings_held, next_meeting
from revplan.analysis.periods import Period
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from revplan.model.plan import Plan

HOUR = 60
DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))
"""It begins on a Tuesday and has 23 weekdays."""
FIRST_QUARTER = Period("2027-01", date(2027, 1, 1), date(2027, 1, 31))
"""It begins on a Friday."""


def days(what: Plan, period: Period = DECEMBER) -> list[tuple[str, int]]:
    return [(held.kind, held.day.day) for held in meetings_held(what, period)]


@pytest.mark.parametrize(
    ("day", "planning"),
    [
        (None, 1),
        ("tue", 1),
        ("mon", 7),
        ("sat", 1),  # no workday is a Saturday: the first one is taken
        ("2", 2),
        ("5", 7),  # a Saturday
        ("24", 28),  # a holiday before a weekend
        ("31", 31),
    ],
)
def test_a_sprint_is_planned_on_a_weekday_or_on_a_day_of_the_month(day: str | None, planning: int) -> None:
    settings = {
        "meetings": {"sprint": {"day": day, "minutes": "60"}},
        "holidays": {"2026-12-24": "Christmas Eve", "2026-12-25": "Christmas Day"},
    }
    assert days(plan(settings)) == [("sprint", planning)]


def test_in_a_sprint_of_so_many_days_a_number_counts_its_days() -> None:
    settings = {
        "meetings": {"sprint": {"day": "3", "minutes": "60"}},
        "sprint": {"length": "14", "starts": "2026-11-30"},
    }
    assert days(plan(settings), Period("2026-11-30", date(2026, 11, 30), date(2026, 12, 13))) == [("sprint", 2)]
    late = {**settings, "meetings": {"sprint": {"day": "31", "minutes": "60"}}}
    assert days(plan(late), Period("2026-11-30", date(2026, 11, 30), date(2026, 12, 13))) == [("sprint", 11)]


@pytest.mark.parametrize(("day", "session"), [(None, 1), ("wed", 6), ("15", 15), ("16", 18), ("31", None)])
def test_the_strategy_session_has_a_day_of_the_quarter(day: str | None, session: int | None) -> None:
    what = plan({"meetings": {"quarter": {"day": day, "minutes": "60"}}})
    assert days(what) == []
    assert days(what, FIRST_QUARTER) == ([("quarter", session)] if session else [])
    if session is None:  # the 31st is a Sunday, so it is held on the first workday after it
        assert days(what, Period("2027-02", date(2027, 2, 1), date(2027, 2, 28))) == [("quarter", 1)]


def test_time_and_minutes_are_told() -> None:
    settings = {"meetings": {"weekly": {"day": "tue", "time": "9:30", "minutes": "45"}}}
    held = next_meeting(on("2026-11-28", plan(settings)), "weekly")
    assert held is not None
    assert (held.day, held.starts, held.minutes) == (date(2026, 12, 1), time(9, 30), 45)


AWAY: list[tuple[dict[str, Any], bool]] = [
    ({}, False),
    ({"time_off": {"2026-12-01": "Off"}}, True),
    ({"time_off": {"2026-12-01": {"hours": "8"}}}, True),
    ({"time_off": {"2026-12-01": {"hours": "7"}}}, False),
    ({"week": {"mon": "8", "wed": "8"}}, True),
    ({"hours_per_week": "0"}, False),
    ({"hours_per_week": {"2026-12-16": "40"}}, True),
    ({"hours_per_week": {"2026-01-01": "40", "2026-07-01": "0"}}, True),
    ({"week": {"even": {}, "odd": {"tue": "8"}}}, False),
    ({"week": {"even": {"tue": "8"}, "odd": {}}}, True),
    ({"hours_per_week": "0", "time_off": {"2026-11-30..2026-12-01": "Off"}}, True),
]


@pytest.mark.parametrize(("dana", "is_away"), AWAY)
def test_who_is_away_does_not_attend(dana: dict[str, Any], is_away: bool) -> None:
    settings = {"meetings": {"sprint": {"minutes": "120", "attendees": ["dana", "cas"]}}}
    what = plan(settings, team={"dana": dana, "cas": {}})
    (held,) = meetings_held(what, DECEMBER)
    assert (held.attendees, held.away) == ((("cas",), ("dana",)) if is_away else (("dana", "cas"), ()))
    assert team_capacity(what, DECEMBER, DECEMBER.start)["dana"].meetings == (0 if is_away else 120)
    people = [event.people for event in events(on("2026-12-01", what)) if event.first == date(2026, 12, 1)]
    assert people == [held.attendees]


@pytest.mark.parametrize("dana", [{"from": "2026-12-02"}, {"until": "2026-11-30"}])
def test_who_is_not_there_yet_or_no_more_is_not_away(dana: dict[str, Any]) -> None:
    settings = {"meetings": {"sprint": {"minutes": "120", "attendees": ["dana", "cas"]}}}
    what = plan(settings, team={"dana": dana, "cas": {}})
    (held,) = meetings_held(what, DECEMBER)
    assert (held.attendees, held.away) == (("cas",), ())
    assert team_capacity(what, DECEMBER, DECEMBER.start)["dana"].meetings == 0


def test_a_meeting_that_nobody_is_there_for_is_not_in_the_calendar() -> None:
    settings = {"meetings": {"sprint": {"minutes": "120"}}}
    what = plan(settings, team={"dana": {"time_off": {"2026-12-01": "Off"}}})
    assert date(2026, 12, 1) not in [event.first for event in events(on("2026-12-01", what))]


# --- what they take ----------------------------------------------------------------------------------------------

THREE = {
    "weekly": {"day": "tue", "minutes": "120"},
    "sprint": {"minutes": "240"},
    "quarter": {"minutes": "360"},
}
"""Twelve hours on Tuesday the 1st, where the fiscal year begins in December, and two on each Tuesday after it."""


def test_three_meetings_on_one_day_take_all_of_their_time() -> None:
    """Twelve hours: eight on the day, four on the next; then four Tuesdays of two hours. An hour a day is usual."""
    what = plan({"meetings": THREE, "fiscal_year_start": "12"}, team={"dana": {"business_as_usual": "5"}})
    found = team_capacity(what, DECEMBER, DECEMBER.start)["dana"]
    assert found.meetings == (12 + 4 * 2) * HOUR
    assert found.minutes[:3] == (0, (8 - 4 - 1) * HOUR, 7 * HOUR)
    assert found.plannable == 23 * 8 * HOUR - 20 * HOUR - 22 * HOUR, "the 1st leaves business as usual no time"
    assert found.step("beyond hours") == 0


def test_whoever_works_little_gives_several_days_to_a_long_meeting() -> None:
    """Six hours a week are 72 minutes a day: a meeting of six hours takes five days."""
    what = plan({"meetings": {"sprint": {"minutes": "360"}}}, team={"dana": {"hours_per_week": "6"}})
    found = team_capacity(what, DECEMBER, DECEMBER.start)["dana"]
    assert found.meetings == 6 * HOUR
    assert next(day.day for day, minutes in zip(DECEMBER.days, found.minutes, strict=True) if minutes) == 8
    assert 23 * 72 - 360 == 1296
    assert found.plannable == 1290, "86 whole quarters of an hour"


def test_at_the_end_of_the_sprint_the_days_before_give_the_time() -> None:
    what = plan({"meetings": {"sprint": {"day": "31", "minutes": "600"}}}, team={"dana": {}})
    found = team_capacity(what, DECEMBER, DECEMBER.start)["dana"]
    assert found.minutes[28:] == (8 * HOUR, 6 * HOUR, 0)


def test_what_nobody_has_hours_for_is_said_and_counted() -> None:
    """Four hours a week are 18.4 in December: of 20 hours in one meeting 1.6 lie beyond them."""
    what = plan({"meetings": {"sprint": {"minutes": "1200"}}}, team={"dana": {"hours_per_week": "4"}})
    found = team_capacity(what, DECEMBER, DECEMBER.start)["dana"]
    assert (found.meetings, found.step("beyond hours"), found.plannable) == (1200, 1200 - 1104, 0)
    assert found.gross + sum(step.minutes for step in found.steps) == 0


def test_whoever_has_no_hours_does_not_meet_for_nothing() -> None:
    what = plan({"meetings": {"sprint": {"minutes": "120"}}}, team={"ruth": {"hours_per_week": "0"}})
    found = team_capacity(what, DECEMBER, DECEMBER.start)["ruth"]
    assert (found.gross, found.meetings, found.step("beyond hours"), found.plannable) == (0, 120, 120, 0)


def test_an_hour_that_is_nobodys_is_not_planned_with() -> None:
    """Ruth works four hours a week and can be given nothing; with a skill or a task of her own she can."""
    settings = {"meetings": {"weekly": {"day": "tue", "minutes": "60"}}}
    ruth = {"hours_per_week": "4", "skills": {}}
    found = team_capacity(plan(settings, team={"ruth": ruth}), DECEMBER, DECEMBER.start)["ruth"]
    assert (found.gross, found.meetings, found.plannable) == (1104, 5 * HOUR, 0)
    assert found.step("no skills") == 5 * HOUR - 1104
    task = {"write": {"skill": "writing", "hours": "1", "owner": "ruth"}}
    rows = {"seo": {"tasks": {"write": {"owner": "ruth", "hours": "1"}}}}
    sprint = {"start": "2026-12-01", "end": "2026-12-31", "tactics": rows}
    for what in (
        plan(settings, team={"ruth": ruth | {"skills": {"writing": "1"}}}),
        plan(settings, team={"ruth": ruth}, tactics={"seo": {"tasks": task}}),
        plan(settings, team={"ruth": ruth}, tactics={"seo": {}}, sprints={"2026-12": sprint}),
    ):
        assert team_capacity(what, DECEMBER, DECEMBER.start)["ruth"].plannable == 795, "53 quarters of 804 minutes"


def test_a_day_has_the_same_minutes_from_whichever_day_one_counts() -> None:
    what = plan({"meetings": THREE, "fiscal_year_start": "12"}, team={"dana": {"hours_per_week": "35"}})
    whole = team_capacity(what, DECEMBER, DECEMBER.start)["dana"].minutes
    for since in DECEMBER.days:
        found = team_capacity(what, DECEMBER, since)["dana"].minutes
        assert found[since.day - 1 :] == whole[since.day - 1 :]
