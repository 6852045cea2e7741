from __future__ import annotations

from datetime import date
from typing import Any

from revplan.analysis.progress import Progress, minutes_left, progress
from revplan.model.sprints import SprintTask
from tests.support.plans import plan

TASKS = {"write": {"skill": "writing", "hours": "10"}, "design": {"skill": "design", "hours": "4"}}


def seo(
    sprints: dict[str, tuple[str, dict[str, Any]]], seen_from: str = "2026-12", day: str = "2026-11-28"
) -> Progress:
    """Return how far a tactic of two tasks is, given its row in sprints by month and status."""
    bodies = {
        month: {"start": f"{month}-01", "end": f"{month}-28", "status": status, "tactics": {"seo": row}}
        for month, (status, row) in sprints.items()
    }
    return progress(plan(tactics={"seo": {"tasks": TASKS}}, sprints=bodies), seen_from, date.fromisoformat(day))["seo"]


def test_nothing_has_been_done() -> None:
    found = seo({})
    assert found.left == {"design": 240, "write": 600}
    assert not found.is_done
    assert not found.carried
    assert found.minutes == 840


def test_what_a_closed_sprint_left_comes_back_with_what_remains() -> None:
    row = {
        "tasks": {
            "write": {"hours": "10", "status": "started", "spent": "4"},
            "design": {"hours": "4", "status": "done"},
        }
    }
    found = seo({"2026-11": ("closed", row)})
    assert found.left == {"write": 360}
    assert found.carried
    assert found.begun_before


def test_the_owners_own_estimate_wins_over_hours_less_spent() -> None:
    row = {"tasks": {"write": {"hours": "10", "status": "started", "spent": "4", "left": "9"}}}
    assert seo({"2026-11": ("closed", row)}).left["write"] == 540


def test_what_was_begun_without_hours_has_all_of_them_left() -> None:
    row = {"tasks": {"write": {"hours": "8", "status": "started"}}}
    assert seo({"2026-11": ("closed", row)}).left["write"] == 480


def test_what_was_not_touched_again_still_has_what_was_left_before() -> None:
    first = {"tasks": {"write": {"hours": "10", "status": "started", "spent": "4"}}}
    second = {"tasks": {"write": {"hours": "6"}}}
    assert seo({"2026-10": ("closed", first), "2026-11": ("closed", second)}).left["write"] == 360


def test_what_is_not_done_takes_a_quarter_of_an_hour_at_least() -> None:
    row = {"tasks": {"write": {"hours": "10", "status": "started", "spent": "12"}}}
    assert seo({"2026-11": ("closed", row)}).left["write"] == 15
    short = SprintTask.model_validate({"hours": "5m", "status": "started", "spent": "6m"})
    assert minutes_left(short) == 5, "no more than a shorter task takes in all"


def test_a_tactic_in_another_open_sprint_is_due_there() -> None:
    row = {"tasks": {"write": {"hours": "10", "due": "2026-11-20"}, "design": {"hours": "4", "due": "2026-11-25"}}}
    found = seo({"2026-11": ("active", row)})
    assert (found.open_in, found.due) == ("2026-11", date(2026, 11, 25))
    assert not found.carried
    assert seo({"2026-11": ("active", {**row, "dropped": "2026-11-10"})}).open_in is None
    assert seo({"2026-11": ("active", row)}, seen_from="2026-11").open_in is None


def test_a_row_without_dates_is_due_at_its_sprints_end() -> None:
    assert seo({"2026-11": ("planned", {})}).due == date(2026, 11, 28)


def test_finished_where_its_last_task_was_done() -> None:
    found = seo(
        {
            "2026-10": ("closed", {"tasks": {"write": {"hours": "10", "status": "done"}}}),
            "2026-11": ("closed", {"tasks": {"design": {"hours": "4", "status": "done"}}}),
        }
    )
    assert found.is_done
    assert found.finished_in == "2026-11"


def test_a_sprint_that_is_over_leaves_what_is_unfinished_closed_or_not() -> None:
    found = seo({"2026-11": ("active", {})}, day="2026-12-01")
    assert found.open_in is None
    assert found.carried
