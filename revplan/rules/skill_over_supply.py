"""The backlog asks for more of a skill than there is in a sprint.

What: for the first sprint period that starts today or later, the hours of all ready tactics that take a skill are
more than the plannable hours of everybody who holds it at level 2 or above. Whoever holds several skills counts in
full for each. Recurring tactics count as often as they fall due; ideas, and what another open sprint holds, do not.
Why: part of that work will be parked. It is better to choose which, or to know what to hire for, than to find out.

Bad:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 10, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {draft: {skill: writing, hours: 16}, edit: {skill: writing, hours: 16}, page: {skill: writing, hours: 8}}

Good:
    team:
      ana: {name: Ana, kind: employee, function: marketing, hours_per_week: 20, skills: {writing: 3}}
    tactics:
      guide:
        title: Buyer's guide
        function: marketing
        impact: 7
        tasks: {draft: {skill: writing, hours: 16}, edit: {skill: writing, hours: 16}, page: {skill: writing, hours: 8}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.staffing import balances, coming_period
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import exact_hours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.staffing import Balance
    from revplan.model.context import Context
    from revplan.model.plan import Plan

CODE = "RP310"
SLUG = "skill-over-supply"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each skill that is short, at the member who has it at the highest level."""
    if not context.plan.is_whole("member", "revplan"):
        return
    period = coming_period(context)
    for balance in balances(context, period):
        if balance.demand > balance.supply:
            yield _finding(context.plan, balance, period.id)


def _finding(plan: Plan, balance: Balance, sprint: str) -> Finding:
    skill = balance.skill
    best = min(
        (member for member in plan.team.values() if skill in member.skills),
        key=lambda member: (-member.skills[skill], member.id),
    )
    message = (
        f"the backlog asks for {exact_hours(balance.demand)} of {skill}"
        f"; in {sprint} there are {exact_hours(balance.supply)}"
    )
    hint = "choose what can wait, or find more hours: a colleague, a hire, an agency"
    return Finding(CODE, Ref("member", best.id, ("skills", skill)), message, hint)
