"""Somebody is given work on a day they are not there.

What: a task of a sprint that is not over starts or is due on a day, today or later, that its owner has off, or that
lies outside their contract. Tasks that are done, and days off in part, are left alone.
Why: the date cannot hold, and whoever waits for it learns that too late.

Bad:
    team:
      elena:
        {name: Elena, kind: contractor, function: marketing, hours_per_week: 24, skills: {design: 3}, until: 2026-12-15}
    tactics:
      site:
        title: New site
        function: marketing
        impact: 7
        tasks: {draw: {skill: design, hours: 8}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          site: {tasks: {draw: {owner: elena, hours: 8, start: 2026-12-14, due: 2026-12-16}}}

Good:
    team:
      elena:
        {name: Elena, kind: contractor, function: marketing, hours_per_week: 24, skills: {design: 3}, until: 2026-12-15}
    tactics:
      site:
        title: New site
        function: marketing
        impact: 7
        tasks: {draw: {skill: design, hours: 8}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          site: {tasks: {draw: {owner: elena, hours: 8, start: 2026-12-10, due: 2026-12-15}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import open_sprints, unfinished
from revplan.diagnostics import Problem
from revplan.model.base import Ref
from revplan.model.calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.workload import Assignment
    from revplan.model.calendar import WorkCalendar
    from revplan.model.context import Context

CODE = "RP302"


def check(context: Context) -> Iterator[Problem]:
    """Yield one problem for each task of open sprints whose dates its owner cannot keep."""
    team, settings = context.plan.team, context.plan.settings
    for sprint in open_sprints(context):
        for one in unfinished(sprint):
            people = [work_calendar(settings, team[name]) for name in one.row.people if name in team]
            clash = next(_clashes(one, people, context.today), None)
            if clash is not None:
                key, why = clash
                hint = "give it to somebody who is there, or move the date"
                yield Problem(CODE, one.place(Ref("sprint", sprint.id), key), f"{why}; {one} {_WHAT[key]} then", hint)


_WHAT = {"start": "is to start", "due": "is due"}


def _clashes(one: Assignment, people: list[WorkCalendar], today: date) -> Iterator[tuple[str, str]]:
    """Yield the key of each date on which an owner is away, and why they are."""
    for key, day in (("start", one.row.start), ("due", one.row.due)):
        if day is not None and day >= today:
            yield from ((key, why) for calendar in people if (why := _why_away(calendar, day)) is not None)


def _why_away(calendar: WorkCalendar, day: date) -> str | None:
    member = calendar.member
    if member.until is not None and day > member.until:
        return f"{member.id}'s contract ends on {member.until}, before {day}"
    if member.from_ is not None and day < member.from_:
        return f"{member.id}'s contract begins on {member.from_}, after {day}"
    return f"{member.id} is off on {day}" if calendar.is_off(day) else None
