"""A member on a retainer has worked more than the retainer holds.

What: in a sprint that is not closed, the hours spent by somebody with `hours_per_month` are more than the retainer's
part for the sprint's days under contract. (More hours planned than there are is RP301.)
Why: the hours beyond are billed or given away. Either is better agreed before than after.

Bad:
    team:
      studio: {name: Studio, kind: agency, function: marketing, hours_per_month: 20, skills: {design: 3}}
    tactics:
      site:
        title: New site
        function: marketing
        impact: 7
        tasks: {draw: {skill: design, hours: 16}}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        status: active
        tactics:
          site: {tasks: {draw: {owner: studio, hours: 16, due: 2026-11-27, status: started, spent: 23}}}

Good:
    team:
      studio: {name: Studio, kind: agency, function: marketing, hours_per_month: 20, skills: {design: 3}}
    tactics:
      site:
        title: New site
        function: marketing
        impact: 7
        tasks: {draw: {skill: design, hours: 16}}
    sprints:
      2026-11:
        start: 2026-11-01
        end: 2026-11-30
        status: active
        tactics:
          site: {tasks: {draw: {owner: studio, hours: 16, due: 2026-11-27, status: started, spent: 19}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.workload import retainer_minutes, spent_minutes
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP314"
SLUG = "retainer-exceeded"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each retainer that a running sprint has used up."""
    plan = context.plan
    if not plan.is_whole("revplan"):
        return
    for sprint in plan.sprints.values():
        if sprint.status == "closed":
            continue
        for name, minutes in spent_minutes(sprint).items():
            member = plan.team.get(name)
            if (
                member is not None
                and member.is_retained
                and minutes > (limit := retainer_minutes(plan, member, sprint))
            ):
                message = (
                    f"{name} has worked {exact_hours(minutes)} in {sprint.id}; the retainer holds {exact_hours(limit)}"
                )
                hint = f"agree on the {exact_hours(minutes - limit)} beyond it now, and stop the clock until then"
                yield Finding(CODE, Ref("member", name, ("hours_per_month",)), message, hint)
