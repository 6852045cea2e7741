from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from revplan.planning.answer import ParkedTask
from revplan.planning.hours_left import has_hours_left
from tests.support.filling import planned
from tests.support.plans import plan

if TYPE_CHECKING:
    from revplan.planning.answer import MemberLoad, SprintPlan

TEAM = {
    "dov": {"skills": {"web": "2", "design": "2"}},
    "priya": {"hours_per_week": "2", "skills": {"writing": "3"}},
}
"""Dov has 184 hours in December, Priya 9.2."""
WRITE = {"skill": "writing", "hours": "40"}


def sprint(**tasks: dict[str, str]) -> SprintPlan:
    """Return a sprint in which the tactic `pages` is parked for want of writing."""
    tactics: dict[str, Any] = {"pages": {"tasks": {"write": WRITE, **tasks}}}
    return planned(plan(team=TEAM, tactics=tactics))


def member(found: SprintPlan, name: str) -> MemberLoad:
    return next(one for one in found.members if one.member == name)


def test_who_has_hours_left_could_take_the_parked_tasks_of_their_skills() -> None:
    found = sprint(build={"skill": "web", "hours": "10"}, draw={"skill": "design", "hours": "12"})
    assert [one.tactic for one in found.parked] == ["pages"]
    assert member(found, "dov").could_take == (ParkedTask("pages", "build", 600), ParkedTask("pages", "draw", 720))
    assert member(found, "priya").could_take == (), "forty hours of writing are more than she has"


@pytest.mark.parametrize(
    "task",
    [
        {"skill": "web", "hours": "10", "level": "3"},
        {"skill": "web", "hours": "185"},
        {"skill": "design", "hours": "90", "deadline": "2026-12-11"},
        {"skill": "analytics", "hours": "1"},
    ],
    ids=["level", "hours", "deadline", "skill"],
)
def test_a_task_beyond_their_level_hours_days_or_skills_is_not_theirs(task: dict[str, str]) -> None:
    assert member(sprint(build=task), "dov").could_take == ()


def test_a_tactic_stopped_by_something_other_than_hours_offers_nothing() -> None:
    """The two exclude each other: one is in, and Dov's hours do not bring in the other."""
    pages = {"tasks": {"build": {"skill": "web", "hours": "10"}}}
    found = planned(plan(team=TEAM, tactics={"pages": {**pages, "excludes": ["shop"]}, "shop": pages}))
    assert len(found.placed) == len(found.parked) == 1
    assert member(found, "dov").could_take == ()
    assert member(found, "dov").could_do_more


@pytest.mark.parametrize(
    ("pages", "more"),
    [
        ({"cost": "9"}, True),
        ({"tags": ["web"]}, True),
        ({"cost": "9", "level": "3"}, False),
        ({"cost": "9", "hours": "185"}, False),
    ],
    ids=["cash", "share", "cash-and-level", "cash-and-hours"],
)
def test_what_waits_for_something_else_is_not_what_nobody_could_do(pages: dict[str, Any], more: bool) -> None:
    """There is a cash of 5 and no share for the web: neither brings in 10 h of which Dov has time."""
    task = {"skill": "web", "hours": pages.pop("hours", "10"), "level": pages.pop("level", "2")}
    settings = {"sprint": {"budget": "5", "shares": [{"tag": "web", "most": "5%"}]}}
    found = planned(plan(settings, team=TEAM, tactics={"pages": {**pages, "tasks": {"build": task}}}))
    assert [one.tactic for one in found.parked] == ["pages"]
    assert member(found, "dov").could_take == ()
    assert member(found, "dov").could_do_more is more


def test_what_they_could_take_is_placed_where_it_is_all_that_is_asked() -> None:
    """Planned alone beside what is in, each task that is offered goes to who could take it."""
    shop = {"impact": "9", "tasks": {"build": {"skill": "web", "hours": "150"}}}
    tasks = {"write": WRITE, "build": {"skill": "web", "hours": "30"}, "draw": {"skill": "design", "hours": "60"}}
    found = planned(plan(team=TEAM, tactics={"shop": shop, "pages": {"tasks": tasks}}))
    offered = {one.task for one in member(found, "dov").could_take}
    for name in ("build", "draw"):
        alone = planned(plan(team=TEAM, tactics={"shop": shop, "pages": {"tasks": {name: tasks[name]}}}))
        assert (name in offered) == (len(alone.placed) == 2)
    assert offered == {"build"}


@pytest.mark.parametrize(
    ("free", "left", "told"),
    [(2400, 240, True), (2400, 239, False), (2401, 240, False), (120, 120, False), (240, 240, True)],
)
def test_half_a_day_and_a_tenth_of_ones_hours_are_worth_a_word(free: int, left: int, told: bool) -> None:
    assert has_hours_left(free, left) is told
