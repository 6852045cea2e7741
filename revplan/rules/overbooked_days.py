"""Two open sprints give a member more work on the same days than the days hold.

What: sprints that are not over overlap, and the tasks that a member has in both do not fit into their plannable hours
between the tasks' first and last days. Of a task that has begun counts what is left, of one that is done nothing.
Why: each sprint looks right by itself, and nobody has chosen what slips. Sprints overlap where their length was
changed while one was open.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 20, skills: {writing: 3}}
    tactics:
      guide: {title: Guide, function: marketing, impact: 7, tasks: {write: {skill: writing, hours: 20}}}
      page: {title: Page, function: marketing, impact: 6, tasks: {write: {skill: writing, hours: 20}}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 20, start: 2026-12-14, due: 2026-12-24}}}
      2026-12-14:
        start: 2026-12-14
        end: 2026-12-27
        tactics:
          page: {tasks: {write: {owner: ana, hours: 20, start: 2026-12-14, due: 2026-12-24}}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 20, skills: {writing: 3}}
    tactics:
      guide: {title: Guide, function: marketing, impact: 7, tasks: {write: {skill: writing, hours: 20}}}
      page: {title: Page, function: marketing, impact: 6, tasks: {write: {skill: writing, hours: 5}}}
    sprints:
      2026-12:
        start: 2026-12-01
        end: 2026-12-31
        tactics:
          guide: {tasks: {write: {owner: ana, hours: 20, start: 2026-12-14, due: 2026-12-24}}}
      2026-12-14:
        start: 2026-12-14
        end: 2026-12-27
        tactics:
          page: {tasks: {write: {owner: ana, hours: 5, start: 2026-12-14, due: 2026-12-24}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.bookings import find_overbookings
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP309"
SLUG = "overbooked-days"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each member and each sprint that overlaps with an earlier one, where both do not fit."""
    if not context.plan.is_whole("revplan"):
        return
    for found in find_overbookings(context):
        one, sprint = found.booking.task, found.booking.sprint
        message = (
            f"{found.member} has {exact_hours(found.short)} more in {sprint.id}"
            f" and the sprints beside it than the days hold"
        )
        hint = f"`revplan sprint plan {sprint.id} --write` plans with the hours that the others leave"
        yield Finding(CODE, one.place(Ref("sprint", sprint.id)), message, hint, on_key=True)
