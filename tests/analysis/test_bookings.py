from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from revplan.analysis.bookings import planned_days
from tests.support.plans import on, plan

TEAM = {"ann": {"hours_per_week": "40", "skills": {"writing": "2"}}}
FIRST = date(2026, 12, 7)
"""A Monday; the sprint has two weeks of eight hours a day."""


def planned(rows: dict[str, dict[str, Any]], **more: Any) -> list[int]:
    """Return the hours that Ann has on each of the sprint's days."""
    sprint = {"start": "2026-12-07", "end": "2026-12-18", "tactics": {"seo": {"tasks": rows}}, **more}
    tasks = {name: {"skill": "writing", "hours": "1"} for name in rows}
    news = {"recurring": "weekly", "tasks": {"write": {"skill": "writing", "hours": "4", "owner": "ann"}}}
    tactics = {"seo": {"tasks": tasks}, "news": news}
    what = plan(team=TEAM, tactics=tactics, sprints={"2026-12": sprint})
    days = planned_days(on("2026-12-09", what), what.sprints["2026-12"])["ann"]
    return [minutes // 60 for minutes in days.values()]


def row(hours: float, start: str, due: str, **more: Any) -> dict[str, Any]:
    return {"owner": "ann", "hours": f"{hours:g}", "start": f"2026-12-{start}", "due": f"2026-12-{due}", **more}


def test_tasks_whose_days_overlap_fill_no_day_beyond_what_is_plannable() -> None:
    """Spread evenly, Tuesday had 4 + 8 h of its 8; the one due first comes first."""
    rows = {"a": row(16, "07", "10"), "b": row(8, "08", "08"), "c": row(8, "09", "10")}
    assert planned(rows) == [8, 8, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0]


def test_done_work_and_recurring_work_are_planned_too() -> None:
    rows = {"a": row(8, "07", "08", status="done")}
    assert planned(rows, recurring={"news": {"ann": "8"}}) == [8, 4, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0]


def test_recurring_work_that_the_plan_no_longer_has_lies_at_the_end() -> None:
    assert planned({"a": row(8, "07", "07")}, recurring={"news": {"ann": "2"}}) == [8, *[0] * 10, 2]


def test_a_sprint_under_way_has_what_is_left_from_today_on() -> None:
    """On Wednesday the 9th 4 h of 16 from Monday on are worked, and a task of Friday was moved to the week after."""
    rows = {"a": row(16, "07", "10", status="started", spent="4"), "b": row(8, "14", "15")}
    assert planned(rows, status="active", recurring={"news": {"ann": "8"}}) == [
        *(8, 8),  # planned as before
        *(8, 4, 0, 0, 0),  # the 12 h that are left of the first
        *(8, 4, 0, 0, 0),  # on Monday 4 h recur, so that the second ends on Tuesday
    ]
    assert planned({"a": row(16, "07", "08", status="started", left="9")}, status="active")[:4] == [8, 8, 8, 1]


def test_what_finds_no_room_lies_on_its_last_day() -> None:
    assert planned({"a": row(20, "07", "08")}) == [8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]


@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(1, 30)).map(
            lambda one: (min(one[:2]), max(one[:2]), one[2])
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_day_is_over_full_only_where_the_tasks_cannot_fit(found: list[tuple[int, int, int]]) -> None:
    """Horn's condition: they fit where no stretch of days is asked for more than it has (an hour each)."""
    rows = {
        "abcdef"[number]: row(hours, f"{7 + first:02}", f"{7 + last:02}")
        for number, (first, last, hours) in enumerate(found)
    }
    room = [8, 8, 8, 8, 8, 0, 0, 8, 8, 8, 8, 8]
    stretches = ((first, last) for first in range(12) for last in range(first, 12))
    fits = all(
        sum(hours for start, due, hours in found if first <= start and due <= last) <= sum(room[first : last + 1])
        for first, last in stretches
    )
    days = planned(rows)
    assert sum(days) == sum(hours for _, _, hours in found)
    assert fits == all(minutes <= free for minutes, free in zip(days, room, strict=True))
