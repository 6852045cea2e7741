"""What tactics cost, and when: by instalments as their months come, or else at once when work on them begins.

A sprint pays what falls in its months. A month belongs to the sprint in which its first day lies, so that sprints of a
few days or weeks pay each instalment once. The first sprint pays its own month as well, and what was due earlier: an
instalment is no cheaper for being late. What a tactic that has begun is still to pay is committed money of the sprints
to come, whether or not its work goes on in them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.periods import in_order
from revplan.analysis.progress import has_begun, is_open
from revplan.model.base import Month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.model.tactics import Tactic


def payments(tactic: Tactic, begun: Month) -> dict[Month, Fraction]:
    """Return what a tactic costs by month, in the plan's currency, where work on it begins in a month."""
    if not isinstance(tactic.cost, dict):
        return {begun: Fraction(tactic.cost)} if tactic.cost else {}
    found: dict[Month, Fraction] = {}
    for month, amount in sorted(tactic.cost.items()):
        when = max(month, begun)
        found[when] = found.get(when, Fraction(0)) + Fraction(amount)
    return found


def first_payment(tactic: Tactic, start: date, end: date) -> Fraction:
    """Return what a sprint pays for a tactic that begins in it."""
    return sum(
        (amount for month, amount in payments(tactic, Month.of(start)).items() if month.first <= end), Fraction(0)
    )


def later_payments(tactic: Tactic, start: date, end: date) -> dict[Month, Fraction]:
    """Return what later sprints pay, by month, for a tactic that begins in a sprint."""
    return {month: amount for month, amount in payments(tactic, Month.of(start)).items() if month.first > end}


def is_due_within(month: Month, start: date, end: date) -> bool:
    """Tell whether a sprint from start to end pays the later instalments of a month."""
    return start <= month.first <= end


def paying_sprints(plan: Plan, today: date) -> dict[str, Sprint]:
    """Return, by tactic, the sprint that bears its cost: the first that is open and has it, or in which it has begun.

    A tactic that was dropped from the backlog, or taken out of the sprint, costs nothing more.
    """
    found: dict[str, Sprint] = {}
    for sprint in in_order(plan):
        for name, row in sprint.tactics.items():
            if name in found or name not in plan.tactics or row.dropped is not None:
                continue
            is_borne = is_open(sprint, today) or any(map(has_begun, row.tasks.values()))
            if is_borne and plan.tactics[name].status != "dropped":
                found[name] = sprint
    return found


def committed_payments(
    plan: Plan, today: date, paying: Mapping[str, Sprint] | None = None
) -> Iterator[tuple[str, Month, Fraction]]:
    """Yield (tactic, month, amount) of what is committed and not yet due in a sprint that is over.

    Of open sprints that is all that their tactics cost; of sprints that are over, the instalments that come after them.
    """
    paying = paying_sprints(plan, today) if paying is None else paying
    for name, sprint in paying.items():
        tactic = plan.tactics[name]
        if is_open(sprint, today):
            due = payments(tactic, Month.of(sprint.start))
        else:
            due = later_payments(tactic, sprint.start, sprint.end)
        for month, amount in due.items():
            yield name, month, amount
