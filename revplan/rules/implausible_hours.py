"""Hours that no person has, or none that are planned with.

What: somebody's weekly hours are more than 80, or the focus factor and the reserve leave less than a fifth of working
hours to plan with. Agencies are left alone: they are several people.
Why: such a figure is more often a slip, of hours a month written as hours a week or of a part written as what is left,
and every sprint that is planned from it is wrong: too full, or empty without a word.

Bad:
    revplan:
      sprint: {focus_factor: 10%, reserve: 10%}
    team:
      ana: {name: Ana, kind: employee, function: sales, hours_per_week: 160}

Good:
    revplan:
      sprint: {focus_factor: 80%, reserve: 10%}
    team:
      ana: {name: Ana, kind: employee, function: sales, hours_per_week: 40}
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

CODE = "RP323"
SLUG = "implausible-hours"
SEVERITY = Severity.WARNING
MOST_A_WEEK = 80 * 60
"""Minutes a week beyond which a figure is taken for a slip."""
LEAST_PLANNED = Fraction(1, 5)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for settings that leave next to nothing, and for each member with more than 80 h a week."""
    sprint = context.plan.settings.sprint
    part = Fraction(sprint.focus_factor) * (1 - Fraction(sprint.reserve))
    if part < LEAST_PLANNED:
        of = f"focus factor {percentage(Fraction(sprint.focus_factor))}, reserve {percentage(Fraction(sprint.reserve))}"
        message = f"{percentage(part)} of working hours are planned with: {of}"
        hint = "the focus factor is the part that goes into planned work, often 70 to 80%; the reserve is kept free"
        yield Finding(CODE, Ref("revplan", "", ("sprint",)), message, hint)
    for member in context.plan.team.values():
        if member.kind == "agency":
            continue
        week = work_calendar(context.plan.settings, member).pattern(context.today).week
        if week > MOST_A_WEEK:
            message = f"{member.id} works {exact_hours(int(week))} a week"
            hint = "correct it; hours of a month are written as hours_per_month"
            yield Finding(CODE, Ref("member", member.id), message, hint, on_key=True)
