"""Meetings take more time than there is.

What: the configured meetings that fall on one day take somebody longer than a full working day, or those of a sprint
take somebody longer than all of their hours in it. The running sprint and the next three are looked at; members
without working hours are left alone.
Why: what a day has no time for comes off the days after it, and off everything that was planned for them.

Bad:
    revplan:
      format: 1
      company: Example
      currency: USD
      today: 2026-11-28
      meetings:
        sprint: {minutes: 240, attendees: [ana]}
        quarter: {minutes: 480, attendees: [ana]}
    team:
      ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {prospecting: 3}}

Good:
    revplan:
      format: 1
      company: Example
      currency: USD
      today: 2026-11-28
      meetings:
        sprint: {minutes: 240, attendees: [ana]}
        quarter: {day: thu, minutes: 480, attendees: [ana]}
    team:
      ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, skills: {prospecting: 3}}
"""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from revplan.analysis.meetings import meeting_minutes, periods_ahead
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.calendar import company_calendar, work_calendar
from revplan.wording import exact_hours, list_some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.model.calendar import WorkCalendar
    from revplan.model.context import Context
    from revplan.model.plan import Plan

CODE = "RP315"
SLUG = "meetings-over-hours"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each day with too many meetings, and for each member with too many in a sprint."""
    plan = context.plan
    meetings = plan.settings.meetings
    if meetings.weekly is None and meetings.sprint is None and meetings.quarter is None:
        return
    calendars = {name: work_calendar(plan.settings, member) for name, member in plan.team.items()}
    for period in periods_ahead(context):
        spent = {name: own for name, own in meeting_minutes(plan, period).items() if plan.team[name].has_hours}
        yield from _check_days(plan, spent, context.today)
        for name in sorted(spent):
            yield from _check_member(calendars[name], period, sum(spent[name].values()))


def _check_days(plan: Plan, spent: Mapping[str, Mapping[date, int]], today: date) -> Iterator[Finding]:
    full_day = int(company_calendar(plan.settings).full_day)
    crowded: dict[tuple[date, int], list[str]] = {}
    for member, by_day in spent.items():
        for day, minutes in by_day.items():
            if minutes > full_day and day >= today:
                crowded.setdefault((day, minutes), []).append(member)
    for (day, minutes), members in sorted(crowded.items()):
        message = (
            f"{exact_hours(minutes)} of meetings fall on {day} for {list_some(members)}"
            f"; a full day has {exact_hours(full_day)}"
        )
        hint = "give one of the meetings another `day`; what the day has no time for comes off the days after it"
        yield Finding(CODE, Ref("revplan", "", ("meetings",)), message, hint)


def _check_member(calendar: WorkCalendar, period: Period, minutes: int) -> Iterator[Finding]:
    """Yield a finding where a member works less than their meetings take; count no further than to see that."""
    works = 0
    for day in period.days:
        works += floor(calendar.minutes(day).contracted)
        if works >= minutes:
            return
    member = calendar.member.id
    message = (
        f"{exact_hours(minutes)} of meetings fall into {period.id} for {member}, who works {exact_hours(works)} then"
    )
    yield Finding(CODE, Ref("member", member), message, "let them attend fewer meetings, or give them the hours")
