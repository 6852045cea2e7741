"""Somebody is given work on a day they are not there.

What: a task of a sprint that is not over starts or is due on a day, today or later, that its owner has off, that is a
holiday of a calendar of their own, or that lies outside their contract. Who shares a task has days of their own in it
(`days`). Tasks that are done, and days off in part, are left alone.
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

from revplan.analysis.workload import open_sprints, people_still_at, unfinished_assignments
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from revplan.analysis.workload import Assignment
    from revplan.model.calendar import WorkCalendar
    from revplan.model.context import Context

CODE = "RP302"
SLUG = "assigned-while-away"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield one finding for each task of open sprints whose dates its owner cannot keep."""
    for sprint in open_sprints(context):
        for one in unfinished_assignments(sprint):
            clash = next(_clashes(context, one), None)
            if clash is not None:
                keys, what, why = clash
                hint = "give it to somebody who is there, or move the date"
                yield Finding(CODE, one.place(Ref("sprint", sprint.id), *keys), f"{why}; {one} {what} then", hint)


def _clashes(context: Context, one: Assignment) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each date on which an owner is away: its keys, what is to happen then, and why they are."""
    team, settings = context.plan.team, context.plan.settings
    calendars = {name: work_calendar(settings, team[name]) for name in people_still_at(one.row) if name in team}
    for place, (key, what) in enumerate((("start", "is to start"), ("due", "is due"))):
        for name, calendar in calendars.items():
            day = one.row.own_days(name)[place]
            why = _why_away(calendar, day) if day is not None and day >= context.today else None
            if why is not None:
                yield ("days", name) if name in one.row.days else (key,), what, why


def _why_away(calendar: WorkCalendar, day: date) -> str | None:
    member = calendar.member
    if member.until is not None and day > member.until:
        return f"{member.id}'s contract ends on {member.until}, before {day}"
    if member.from_ is not None and day < member.from_:
        return f"{member.id}'s contract begins on {member.from_}, after {day}"
    if calendar.is_off(day):
        return f"{member.id} is off on {day}"
    is_holiday = member.calendar is not None and calendar.place.is_holiday(day)
    return f"{day} is a holiday of {member.id}, by the calendar {member.calendar}" if is_holiday else None
