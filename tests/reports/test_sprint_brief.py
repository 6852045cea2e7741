"""The meetings in a member's brief: those they are there for, with day and time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan.analysis.pace import pace
from revplan.reports import sprint_brief
from tests.support.plans import on, plan

if TYPE_CHECKING:
    import pytest

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


def test_the_pages_of_all_are_those_of_each_and_the_sprint_is_gone_through_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = ("dana", "ben", "ada")
    tasks = {name: {"skill": "web", "hours": "1"} for name in people}
    tactic = {"title": "Talk", "function": "marketing", "impact": "5", "tasks": tasks}
    rows = {"talk": {"tasks": {name: {"owner": name, "hours": "1"} for name in people}}}
    what = plan(
        {"meetings": MEETINGS},
        team={name: {} for name in people},
        tactics={"talk": tactic},
        sprints={"2026-12": {**SPRINT, "tactics": rows}},
    )
    context, sprint = on("2026-12-03", what), what.sprints["2026-12"]
    alone = {name: sprint_brief.layout(context, sprint, name) for name in people}
    once = [pace(context, sprint)]
    monkeypatch.setattr(sprint_brief, "pace", lambda *_: once.pop())
    assert sprint_brief.layouts(context, sprint, people) == alone
    assert len({page.title for page in alone.values()}) == len(people)
