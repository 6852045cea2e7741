"""The meetings in a member's brief: those they are there for, with day and time."""

from __future__ import annotations

from typing import Any

from revplan.reports import sprint_brief
from tests.support.plans import on, plan

MEETINGS = {
    "weekly": {"day": "tue", "time": "09:30", "minutes": "90"},
    "sprint": {"minutes": "240"},
}
SPRINT = {"start": "2026-12-01", "end": "2026-12-31", "tactics": {}}


def meetings(day: str, **dana: Any) -> list[tuple[str, str, str | None, object]]:
    what = plan({"meetings": MEETINGS}, team={"dana": dana}, sprints={"2026-12": SPRINT})
    data = sprint_brief.layout(on(day, what), what.sprints["2026-12"], "dana").data
    assert data is not None
    return [(each["meeting"], each["day"][-2:], each["starts"], float(each["hours"])) for each in data["meetings"]]


def test_a_brief_has_the_meetings_to_come_in_order() -> None:
    assert meetings("2026-12-01") == [
        ("sprint", "01", None, 4.0),
        *(("weekly", day, "09:30", 1.5) for day in ("01", "08", "15", "22", "29")),
    ]
    assert [day for _, day, _, _ in meetings("2026-12-16")] == ["22", "29"]


def test_a_brief_has_no_meeting_of_a_day_off() -> None:
    off = {"2026-12-01": "Vacation", "2026-12-15": {"hours": "4"}, "2026-12-22..2026-12-23": "Vacation"}
    assert [day for _, day, _, _ in meetings("2026-12-01", time_off=off)] == ["08", "15", "29"]
