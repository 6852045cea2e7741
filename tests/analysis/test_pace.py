from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from revplan.analysis.pace import Pace, TaskPace, ValueDay, free_minutes, half_value_day, is_started, pace, value_days
from revplan.analysis.periods import Period
from tests.support.plans import on, plan

WEEKLY = {
    "recurring": "weekly",
    "tasks": {"write": {"skill": "writing", "hours": "4", "owner": "ann"}},
}
TEAM = {"ann": {"skills": {"writing": "2"}}, "bob": {"hours_per_week": "20", "skills": {"writing": "2"}}}
ROW = {"owner": "ann", "hours": "10", "start": "2026-12-07", "due": "2026-12-11"}
"""Ten hours of a week that begins on a Monday and has forty."""


def on_day(day: str, *rows: dict[str, Any], **more: Any) -> Pace:
    """Return how a sprint of two weeks goes, whose tactic `seo` has tasks a, b, c …"""
    names = "abcdef"[: len(rows)]
    sprint = {
        "start": "2026-12-07",
        "end": "2026-12-18",
        "tactics": {"seo": {"tasks": dict(zip(names, rows, strict=True))}},
    }
    tasks = {name: {"skill": "writing", "hours": "10"} for name in names}
    what = plan(team=TEAM, tactics={"seo": {"tasks": tasks}, **more}, sprints={"2026-12": sprint})
    return pace(on(day, what), what.sprints["2026-12"])


def task_on(day: str, **changes: Any) -> TaskPace:
    given = {key: value for key, value in {**ROW, **changes}.items() if value is not None}
    return on_day(day, given).tasks[0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-01", 0),
        ("2026-12-07", 0),
        ("2026-12-09", 240),
        ("2026-12-11", 480),
        ("2026-12-12", 600),
        ("2027-02-01", 600),
    ],
)
def test_work_is_expected_as_its_owners_days_go_by(day: str, expected: int) -> None:
    assert task_on(day).expected == expected


def test_a_task_without_days_has_the_whole_sprint() -> None:
    assert task_on("2026-12-14", start=None, due=None).expected == 300


def test_a_task_due_after_the_sprint_is_expected_within_it() -> None:
    assert task_on("2026-12-14", start=None, due="2026-12-19").expected == 300
    assert task_on("2026-12-18", start="2026-12-17", due="2027-01-15").expected == 300


def test_a_task_that_starts_before_the_sprint_is_expected_within_it() -> None:
    assert task_on("2026-12-09", start="2026-11-30").expected == 240


def test_nothing_is_expected_of_nobody_until_it_is_due() -> None:
    assert task_on("2026-12-11", owner=None).expected == 0
    assert task_on("2026-12-12", owner=None).expected == 600


def test_on_a_day_without_hours_nothing_is_expected_yet() -> None:
    assert task_on("2026-12-13", start="2026-12-12", due="2026-12-13").expected == 0


@pytest.mark.parametrize(
    ("changes", "earned", "left"),
    [
        ({}, 0, 600),
        ({"status": "started", "spent": "4"}, 240, 360),
        ({"status": "started", "spent": "4", "left": "12"}, 150, 720),
        ({"status": "started", "spent": "14"}, 589, 15),
        ({"status": "done", "spent": "3"}, 600, 0),
    ],
)
def test_work_is_earned_by_the_part_of_it_that_is_done(changes: dict[str, str], earned: int, left: int) -> None:
    found = task_on("2026-12-09", **changes)
    assert (found.earned, found.left) == (earned, left)


def test_a_task_is_late_from_the_day_after_it_was_due() -> None:
    assert not task_on("2026-12-11").is_late
    assert task_on("2026-12-12").is_late
    assert not task_on("2026-12-12", status="done").is_late


def test_a_task_is_under_way_from_its_first_hour_until_it_is_done() -> None:
    assert not is_started(task_on("2026-12-09"))
    assert is_started(task_on("2026-12-09", spent="1"))
    assert is_started(task_on("2026-12-09", status="started"))
    assert not is_started(task_on("2026-12-09", status="done", spent="9"))


def test_tasks_stand_by_due_day_then_start_then_name_and_those_without_days_span_the_sprint() -> None:
    rows: list[dict[str, Any]] = [
        {"hours": "1", "start": "2026-12-15"},
        {"hours": "1", "due": "2026-12-18", "start": "2026-12-08"},
        {"hours": "1"},
        {"hours": "1", "due": "2026-12-17"},
        {"hours": "1", "due": "2026-12-17", "start": "2026-12-07"},
        {"hours": "1", "due": "2026-12-08", "start": "2026-12-08"},
    ]
    assert [task.at.task for task in on_day("2026-12-09", *rows).tasks] == ["f", "d", "e", "c", "b", "a"]


def test_a_members_figures_are_their_shares_of_each_task() -> None:
    shared = {"owners": {"ann": "6", "bob": "4"}, "hours": "10", "spent": "5", "start": "2026-12-07"}
    found = on_day("2026-12-09", {**shared, "due": "2026-12-11"}, {**ROW, "status": "done", "spent": "8"})
    ann, bob = found.members
    assert (ann.member, ann.planned, ann.earned, ann.expected, ann.spent, ann.left) == ("ann", 960, 780, 384, 660, 180)
    assert (bob.member, bob.planned, bob.earned, bob.expected, bob.spent, bob.left) == ("bob", 240, 120, 96, 120, 120)
    assert found.ahead == 780 + 120 - 384 - 96


def test_free_time_is_what_is_left_of_the_sprint_less_standing_loads() -> None:
    what = plan(team=TEAM, tactics={"letter": WEEKLY})
    days = Period("2026-12", *(on(day, what).today for day in ("2026-12-07", "2026-12-18")))
    assert free_minutes(on("2026-12-01", what), days) == {"ann": 10 * 480 - 2 * 240, "bob": 10 * 240}
    assert free_minutes(on("2026-12-14", what), days) == {"ann": 5 * 480 - 240, "bob": 5 * 240}


def test_nobody_has_less_than_no_free_time_and_what_does_not_fit_is_told() -> None:
    letter = {**WEEKLY, "tasks": {"write": {"skill": "writing", "hours": "60", "owner": "ann"}}}
    (ann,) = on_day("2026-12-14", ROW, letter=letter).members
    assert (ann.free, ann.left, ann.over) == (0, 600, 600)
    (ann,) = on_day("2026-12-14", ROW).members
    assert (ann.free, ann.left, ann.over) == (2400, 600, 0)


# --- value -------------------------------------------------------------------------------------------------------


def values_on(day: str, **rows: dict[str, Any]) -> tuple[ValueDay, ...]:
    """Return when a sprint of two weeks has the value of tactics with one task, worth 1, 2, 4 … points."""
    job = {"skill": "writing", "hours": "10"}
    tactics = {
        name: {"impact": "1", "value": str(2**number), "tasks": {"a": job}} for number, name in enumerate(sorted(rows))
    }
    sprint = {
        "start": "2026-12-07",
        "end": "2026-12-18",
        "tactics": {name: {"tasks": {"a": row}} for name, row in rows.items()},
    }
    what = plan(team=TEAM, tactics=tactics, sprints={"2026-12": sprint})
    return value_days(on(day, what), what.sprints["2026-12"])


def test_value_comes_with_the_last_task_on_the_day_it_was_done() -> None:
    done = {**ROW, "status": "done", "done": "2026-12-08"}
    found = values_on("2026-12-09", x=done, y={**ROW, "due": "2026-12-17"})
    assert found == (
        ValueDay("x", 1000, date(2026, 12, 11), date(2026, 12, 8)),
        ValueDay("y", 2000, date(2026, 12, 17), None),
    )


def test_what_was_done_on_no_known_day_counts_on_its_last_and_today_at_the_latest() -> None:
    done = {**ROW, "status": "done"}
    assert [one.done for one in values_on("2026-12-09", x=done)] == [date(2026, 12, 9)]
    assert [one.done for one in values_on("2026-12-14", x=done)] == [date(2026, 12, 11)]


def test_half_of_the_value_is_due_when_the_first_half_of_it_is() -> None:
    days = {"x": "2026-12-16", "y": "2026-12-09", "z": "2026-12-10"}
    rows = {name: {**ROW, "start": "2026-12-07", "due": due} for name, due in days.items()}
    found = values_on("2026-12-07", **rows)
    assert [one.value for one in found] == [2000, 4000, 1000]
    assert half_value_day(found) == date(2026, 12, 10), "2 of 7 by the 9th, 6 of 7 by the 10th"
    assert half_value_day(()) is None


def test_a_tactic_that_is_not_finished_in_the_sprint_brings_no_value_in_it() -> None:
    job = {"skill": "writing", "hours": "10"}
    sprint = {
        "start": "2026-12-07",
        "end": "2026-12-18",
        "tactics": {"seo": {"tasks": {"a": {**ROW, "status": "done"}}}},
    }
    what = plan(team=TEAM, tactics={"seo": {"tasks": {"a": job, "b": job}}}, sprints={"2026-12": sprint})
    assert value_days(on("2026-12-14", what), what.sprints["2026-12"]) == ()
