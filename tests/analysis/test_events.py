from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.events import events
from tests.support.plans import on, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.model.context import Context

TEAM = """team:
  ana: {name: Ana, kind: employee, function: sales, hours_per_week: 8}
"""


def days(context: Context) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the id, the day and the people of each event."""
    return [(event.id, event.first.isoformat(), event.people) for event in events(context)]


def test_tasks_of_open_sprints_are_entered_until_they_are_done(read_plan: Callable[[str], Context]) -> None:
    found = read_plan(
        TEAM
        + """tactics: {seo: {title: Search, function: sales, impact: 5, tasks: {a: {skill: b, hours: 9},
  b: {skill: b, hours: 9}, c: {skill: b, hours: 9}}}}
sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    tactics:
      seo:
        tasks:
          a: {hours: 9, owner: ana, due: 2026-12-11}
          b: {hours: 9, owner: ana, due: 2026-12-12, status: done}
          c: {hours: 9, owner: ana}
"""
    )
    assert days(found) == [("task-2026-12-seo-a", "2026-12-11", ("ana",))]
    assert events(found)[0].title == "Search: a"


def test_open_todos_with_a_day_are_entered(read_plan: Callable[[str], Context]) -> None:
    found = read_plan(
        TEAM
        + """todos:
  call: {title: Call, owner: ana, due: 2026-12-04}
  ask: {title: Ask, due: 2026-12-03}
  some-day: {title: Some day, owner: ana}
  called: {title: Called, owner: ana, due: 2026-12-04, status: done}
"""
    )
    assert days(found) == [("todo-ask", "2026-12-03", ()), ("todo-call", "2026-12-04", ("ana",))]


def test_deadlines_are_entered_until_their_sprint_has_passed(read_plan: Callable[[str], Context]) -> None:
    """What is past in the present sprint stays, so that a calendar is the same on the next day."""
    bodies = {"gone": "2026-10-31", "late": "2026-11-01", "soon": "2026-12-01"}
    body = "title: T, function: sales, impact: 5, tasks: {a: {skill: b, hours: 9}}"
    text = "".join(f"  {name}: {{{body}, deadline: {day}}}\n" for name, day in bodies.items())
    found = read_plan(f"tactics:\n{text}")
    assert days(found) == [("deadline-late", "2026-11-01", ()), ("deadline-soon", "2026-12-01", ())]


def test_open_work_is_entered_however_long_it_is_due(read_plan: Callable[[str], Context]) -> None:
    found = read_plan("todos: {old: {title: Old, due: 2026-01-05}, done: {title: D, due: 2026-01-05, status: done}}\n")
    assert days(found) == [("todo-old", "2026-01-05", ())]


def test_the_events_of_one_member_are_theirs_and_everybodys(read_plan: Callable[[str], Context]) -> None:
    found = read_plan(TEAM + "todos: {a: {title: A, owner: ana, due: 2026-12-04}, b: {title: B, due: 2026-12-03}}\n")
    assert [event.id for event in events(found, "ana")] == ["todo-b", "todo-a"]
    assert [event.id for event in events(found, "bo")] == ["todo-b"]


def test_a_campaign_has_its_launch_its_milestones_and_what_is_still_to_be_made(
    read_plan: Callable[[str], Context],
) -> None:
    found = read_plan(
        TEAM
        + """campaigns:
  tuesday:
    title: Tuesday
    message: Be ready.
    start: 2026-12-05
    end: 2026-12-31
    milestones: {2026-12-20: Halfway}
    assets:
      letter: {channel: email, due: 2026-12-01, owner: ana}
      advert: {channel: radio, due: 2026-12-02}
      poster: {channel: street, due: 2026-12-02, status: ready}
      leaflet: {channel: street}
"""
    )
    assert days(found) == [
        ("asset-tuesday-letter", "2026-12-01", ("ana",)),
        ("asset-tuesday-advert", "2026-12-02", ()),
        ("launch-tuesday", "2026-12-05", ()),
        ("milestone-tuesday-2026-12-20", "2026-12-20", ()),
    ]


def test_what_comes_from_outside_has_a_day_to_begin_where_it_takes_time(read_plan: Callable[[str], Context]) -> None:
    text = """strategy:
  inputs:
    fair: {kind: event, title: The fair, date: 2027-02-10, lead_days: 60}
    law: {kind: event, title: The law, date: 2027-01-01}
"""
    assert days(read_plan(text)) == [
        ("begin-fair", "2026-12-12", ()),
        ("input-law", "2027-01-01", ()),
        ("input-fair", "2027-02-10", ()),
    ]


def test_meetings_are_entered_for_four_sprints() -> None:
    found = events(on("2026-11-28", plan({"meetings": {"weekly": {}}})))
    assert found[0].first.isoformat() == "2026-11-02", "the first Monday of the sprint that has begun"
    assert found[-1].first.isoformat() == "2027-02-22", "November, December, January and February"
    assert {event.first.weekday() for event in found} == {0}


def test_a_task_due_on_its_last_day_is_entered_once_by_its_title(read_plan: Callable[[str], Context]) -> None:
    found = read_plan(
        TEAM
        + """tactics: {seo: {title: Search, function: sales, impact: 5, tasks: {
  a: {title: Write it, skill: b, hours: 9, deadline: 2026-12-11},
  b: {title: Check it, skill: b, hours: 9, deadline: 2026-12-18}}}}
sprints:
  2026-12:
    start: 2026-12-01
    end: 2026-12-31
    tactics:
      seo:
        tasks:
          a: {hours: 9, owner: ana, due: 2026-12-11}
          b: {hours: 9, owner: ana, due: 2026-12-16}
"""
    )
    assert [(str(event.first)[-2:], event.title, event.details) for event in events(found)] == [
        ("11", "Search: Write it", "Due in sprint 2026-12; last day of the task"),
        ("16", "Search: Check it", "Due in sprint 2026-12"),
        ("18", "Search: Check it", "Last day of the task"),
    ]
