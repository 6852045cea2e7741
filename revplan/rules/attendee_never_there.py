"""Somebody is to attend the weekly meeting who is never there on its day.

What: `meetings.weekly.attendees` names a member who is away on each of its days in the running period and the next
three: not a day they work, time off, or outside their contract.
Why: the plan counts no hours of theirs for it and no agenda expects them; whoever listed them does.

Bad:
    revplan:
      format: 1
      company: Example
      currency: USD
      meetings:
        weekly: {day: mon, attendees: [ana]}
    team:
      ana: {name: Ana, kind: employee, function: sales, week: {tue: 8, thu: 8}, skills: {prospecting: 3}}

Good:
    revplan:
      format: 1
      company: Example
      currency: USD
      meetings:
        weekly: {day: tue, attendees: [ana]}
    team:
      ana: {name: Ana, kind: employee, function: sales, week: {tue: 8, thu: 8}, skills: {prospecting: 3}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.meetings import meetings_ahead
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP321"
SLUG = "attendee-never-there"
SEVERITY = Severity.ADVICE


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each attendee who is listed and away from all weekly meetings to come."""
    weekly = context.plan.settings.meetings.weekly
    if weekly is None or weekly.attendees is None:
        return
    coming = [held for held in meetings_ahead(context) if held.kind == "weekly" and held.day >= context.today]
    there = {name for held in coming for name in held.attendees}
    for position, name in enumerate(weekly.attendees):
        if coming and name in context.plan.team and name not in there:
            place = Ref("revplan", "", ("meetings", "weekly", "attendees", position))
            message = f"{name} is away on the day of every weekly meeting ({weekly.day}) until {coming[-1].day}"
            yield Finding(CODE, place, message, "move the meeting to a day they work, or take them off its attendees")
