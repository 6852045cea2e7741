"""Which sprint is due, and which one people work in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from revplan.analysis.periods import Period
from revplan.analysis.sprint_due import current_sprint, due_sprint, last_closed
from revplan.errors import SprintError, UnknownIdError
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from collections.abc import Mapping

FORTNIGHTS = {"sprint": {"length": "14", "starts": "2026-12-07"}}
DECEMBER = Period("2026-12", date(2026, 12, 1), date(2026, 12, 31))


def sprint(month: str, last: int, status: str) -> dict[str, str]:
    return {"start": f"{month}-01", "end": f"{month}-{last}", "status": status}


def due(day: str, settings: Mapping[str, Any] | None = None, **statuses: str) -> tuple[str, str]:
    """Return the id of the sprint that is due and why; statuses are by month, such as `nov="active"`."""
    months = {"oct": ("2026-10", 31), "nov": ("2026-11", 30), "dec": ("2026-12", 31), "jan": ("2027-01", 31)}
    sprints = {months[name][0]: sprint(*months[name], status) for name, status in statuses.items()}
    found = due_sprint(on(day, plan(settings or {}, sprints=sprints)))
    return found.period.id, found.why


@pytest.mark.parametrize("day", ["2026-12-01", "2026-12-02", "2026-12-15", "2026-12-31"])
def test_the_period_under_way_is_due_from_its_first_day_to_its_last_workday(day: str) -> None:
    assert due(day) == ("2026-12", "running")
    assert due(day, dec="planned") == ("2026-12", "running")
    assert due(day, dec="active") == ("2026-12", "active")


def test_a_month_that_begins_on_a_free_day_is_due_on_its_first_workday() -> None:
    january = {"holidays": {"2027-01-01": "New Year"}}
    assert due("2027-01-01", january) == ("2027-01", "running")
    assert due("2027-01-04", january) == ("2027-01", "running")


def test_after_the_last_workday_the_next_is_due() -> None:
    assert due("2027-01-29") == ("2027-01", "running")
    assert due("2027-01-30") == ("2027-02", "over")
    assert due("2027-01-30", jan="planned") == ("2027-02", "over")
    assert due("2027-01-30", jan="active") == ("2027-01", "active"), "until it is closed"
    holidays = {"holidays": {"2026-12-30": "Off", "2026-12-31": "Off"}}
    assert due("2026-12-30", holidays) == ("2027-01", "over")


def test_a_closed_period_gives_way_to_the_next() -> None:
    assert due("2026-12-18", dec="closed") == ("2027-01", "closed")
    assert due("2026-12-18", dec="closed", jan="closed") == ("2027-02", "closed")


def test_the_next_that_is_written_stands_for_a_running_one_that_is_not() -> None:
    assert due("2026-11-20", dec="planned") == ("2026-12", "written")
    assert due("2026-11-20", nov="planned", dec="planned") == ("2026-11", "running")
    assert due("2026-11-20", jan="planned") == ("2026-11", "running"), "December is the next, and has no sprint"
    assert due("2026-11-20", nov="closed", jan="planned") == ("2026-12", "closed")


def test_an_active_sprint_comes_before_all_planned_ones() -> None:
    assert due("2026-11-30", nov="active", dec="planned") == ("2026-11", "active")
    assert due("2026-11-30", nov="planned", dec="active") == ("2026-12", "active")


def test_a_sprint_that_ended_and_is_not_closed_is_named() -> None:
    sprints = {"2026-10": sprint("2026-10", 31, "planned"), "2026-11": sprint("2026-11", 30, "active")}
    found = due_sprint(on("2026-12-02", plan(sprints=sprints)))
    assert (found.period.id, [one.id for one in found.unclosed]) == ("2026-12", ["2026-10", "2026-11"])
    assert not due_sprint(on("2026-10-31", plan(sprints=sprints))).unclosed, "on its last day it runs still"


def test_sprints_of_some_days() -> None:
    assert due("2026-12-01", FORTNIGHTS) == ("2026-12-07", "coming"), "time is cut from 7 December on"
    assert due("2026-12-07", FORTNIGHTS) == ("2026-12-07", "running")
    assert due("2026-12-08", FORTNIGHTS) == ("2026-12-07", "running"), "from the second workday on too"
    assert due("2026-12-18", FORTNIGHTS) == ("2026-12-07", "running")
    assert due("2026-12-19", FORTNIGHTS) == ("2026-12-21", "over"), "a Saturday"
    assert due("2026-12-21", FORTNIGHTS) == ("2026-12-21", "running")


def test_one_day_is_a_sprint_too() -> None:
    days = {"sprint": {"length": "1", "starts": "2026-12-07"}}
    assert due("2026-12-08", days) == ("2026-12-08", "running")
    assert due("2026-12-12", days) == ("2026-12-12", "running"), "nobody works on it: its last workday is itself"


def test_a_sprint_from_before_the_length_was_changed_is_finished_first() -> None:
    assert due("2026-12-15", FORTNIGHTS, dec="active") == ("2026-12", "active")
    assert due("2026-12-15", FORTNIGHTS, dec="planned") == ("2026-12", "running")
    assert due("2026-12-15", FORTNIGHTS, dec="closed") == ("2026-12-07", "running")


def test_the_written_sprint_has_its_own_days() -> None:
    own = {"2026-12": {"start": "2026-12-02", "end": "2026-12-17"}}
    assert due_sprint(on("2026-11-28", plan(sprints=own)), "2026-12").period.start == date(2026, 12, 2)
    found = due_sprint(on("2026-12-20", plan(sprints=own)))
    assert (found.period.id, found.why, [one.id for one in found.unclosed]) == ("2027-01", "over", ["2026-12"])


# --- asked for ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2026-11-28", "2026-12-15", "2026-12-31"])
def test_a_period_may_be_asked_for_until_its_last_day(day: str) -> None:
    found = due_sprint(on(day, plan()), "2026-12")
    assert (found.period, found.why) == (DECEMBER, "asked")


@pytest.mark.parametrize("sprint_id", ["december", "2026-13", "2026-12-40", "2026-12-05"])
def test_an_unknown_id_is_told(sprint_id: str) -> None:
    with pytest.raises(UnknownIdError) as told:
        due_sprint(on("2026-11-28", plan()), sprint_id)
    assert "2026-12" in (told.value.hint or "")


def test_a_day_off_the_grid_is_no_sprint() -> None:
    with pytest.raises(UnknownIdError) as told:
        due_sprint(on("2026-12-01", plan(FORTNIGHTS)), "2026-12-08")
    assert told.value.hint == "the one nearest is 2026-12-07"


def test_past_and_closed_sprints_are_refused_with_a_way_out() -> None:
    what = plan(sprints={"2026-11": sprint("2026-11", 30, "closed")})
    with pytest.raises(SprintError, match="2026-11 is closed") as told:
        due_sprint(on("2026-11-28", what), "2026-11")
    assert told.value.hint == "plan 2026-12 instead"
    with pytest.raises(SprintError, match="ended on 2026-10-31"):
        due_sprint(on("2026-11-28", what), "2026-10")
    left_open = plan(sprints={"2026-11": sprint("2026-11", 30, "active")})
    with pytest.raises(SprintError) as told:
        due_sprint(on("2026-12-02", left_open), "2026-11")
    assert told.value.hint == "close it with `revplan sprint close 2026-11`, and plan 2026-12 instead"


# --- the one that people work in -----------------------------------------------------------------------------------


def test_the_current_sprint_is_the_active_one_until_it_is_closed() -> None:
    sprints = {"2026-11": sprint("2026-11", 30, "active"), "2026-12": sprint("2026-12", 31, "planned")}
    found = current_sprint(on("2026-12-02", plan(sprints=sprints)))
    assert found is not None
    assert found.id == "2026-11"


@pytest.mark.parametrize(
    ("day", "sprints", "current"),
    [
        ("2026-11-28", {"2026-11": "closed", "2026-12": "planned"}, "2026-12"),
        ("2026-12-02", {"2026-11": "planned"}, "2026-11"),
        ("2026-12-02", {"2026-10": "closed", "2026-11": "closed"}, "2026-11"),
        ("2026-12-02", {"2026-11": "planned", "2026-12": "planned"}, "2026-12"),
        ("2026-12-02", {"2026-12": "closed"}, "2026-12"),
    ],
)
def test_else_it_is_the_one_that_is_due_or_the_last(day: str, sprints: dict[str, str], current: str) -> None:
    lengths = {"2026-10": 31, "2026-11": 30, "2026-12": 31}
    what = plan(sprints={month: sprint(month, lengths[month], status) for month, status in sprints.items()})
    found = current_sprint(on(day, what))
    assert found is not None
    assert found.id == current


def test_without_sprints_there_is_none() -> None:
    assert current_sprint(on("2026-12-02", plan())) is None
    assert last_closed(on("2026-12-02", plan())) is None
