"""Business as usual takes most of somebody's week.

What: `business_as_usual` is more than 60% of a member's weekly hours, as their pattern is today. Retainers are left
alone.
Why: work that never stops leaves no room to change anything. Part of it can often be dropped, handed on or done by
a tool, and that is worth a tactic of its own.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, business_as_usual: 28}

Good:
    team:
      ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40, business_as_usual: 22}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.model.calendar import work_calendar
from revplan.wording import exact_hours, percentage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP320"
SLUG = "heavy-business-as-usual"
SEVERITY = Severity.ADVICE
MOST = Fraction(60, 100)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each member whose business as usual exceeds the limit."""
    for member in context.plan.team.values():
        has_left = member.until is not None and member.until < context.today
        if member.is_retained or has_left or not member.business_as_usual:
            continue
        week = work_calendar(context.plan.settings, member).pattern(context.today).week
        if week and member.business_as_usual > MOST * week:
            usual, part = exact_hours(member.business_as_usual), percentage(member.business_as_usual / week)
            message = f"business as usual takes {usual} of {member.id}'s week, {part} of it"
            hint = "see what can be dropped, handed on or automated; under 60% there is room to improve something"
            yield Finding(CODE, Ref("member", member.id, ("business_as_usual",)), message, hint)
