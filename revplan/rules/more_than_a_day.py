"""More than 24 hours of one day are logged for somebody.

What: the entries for one member on one day add up to more than 24 hours, in the logs of all sprints, their tasks and
recurring work. Agencies are left alone: they are several people.
Why: hours of a whole week written on its last day, minutes written as hours, or an entry made twice, make a task look
done, and count in what estimates are corrected by.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide: {title: Guide, function: marketing, impact: 7, tasks: {write: {skill: writing, hours: 30}}}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 30, due: 2026-11-30, log: {2026-11-26: {ana: 30}}}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 40, skills: {writing: 3}}
    tactics:
      guide: {title: Guide, function: marketing, impact: 7, tasks: {write: {skill: writing, hours: 30}}}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 30, due: 2026-11-30, log: {2026-11-26: {ana: 30m}}}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.worked_days import exceeds_a_day, work_by_day
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.worked_days import DatedWork
    from revplan.model.context import Context

CODE = "RP324"
SLUG = "more-than-a-day"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each member and day with more than 24 hours, at the longest entry."""
    for (member, day), entries in sorted(work_by_day(context.plan).items()):
        total = sum(one.work.minutes for one in entries)
        if exceeds_a_day(context.plan, member, total):
            longest = max(entries, key=lambda one: one.work.minutes)
            message = f"{exact_hours(total)} are logged for {member} on {day}, and a day has 24"
            hint = "give each day its own hours, or correct them"
            yield Finding(CODE, _place(longest).at(str(day), member), message, hint)


def _place(one: DatedWork) -> Ref:
    """Return the log that an entry stands in."""
    ref, (tactic, _, task) = Ref("sprint", one.sprint.id), one.work.on.partition("/")
    return ref.at("tactics", tactic, "tasks", task, "log") if task else ref.at("recurring_log", tactic)
