"""Monthly targets that do not lead to the year's.

What: a goal names targets by month, and they do not arrive at the year's target. Of recurring revenue the last
month's target is the year's; of recognised revenue the twelve months add up to it.
Why: every month could be green and the year still be missed.

Bad:
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        monthly: {2027-06: 4.6M, 2027-12: 5M}
        acv: 24k
        close_rate: 20%

Good:
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        monthly: {2027-06: 4.6M, 2027-12: 5.2M}
        acv: 24k
        close_rate: 20%
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.analysis.periods import fiscal_months
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency

CODE = "RP701"
SLUG = "targets-miss-the-year"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal whose months do not lead to its year."""
    for goal in context.plan.goals.values():
        if goal.monthly:
            months = fiscal_months(context.plan.settings, int(goal.id))
            path = _recurring if goal.measure == "recurring" else _revenue
            found = path(goal, months, context.plan.settings.currency)
            yield from (*_outside(goal, months), *found)


def _outside(goal: Goal, months: tuple[Month, ...]) -> Iterator[Finding]:
    for month in goal.monthly:
        if month not in months:
            message = f"{month} is not in fiscal year {goal.id}, which runs from {months[0]} to {months[-1]}"
            ref = Ref("goal", goal.id, ("monthly", str(month)))
            yield Finding(CODE, ref, message, "move it to the goal of its year", on_key=True)


def _recurring(goal: Goal, months: tuple[Month, ...], currency: Currency) -> Iterator[Finding]:
    last, wanted = goal.monthly.get(months[-1]), goal.target_revenue
    ref = Ref("goal", goal.id, ("monthly",))
    if last is None:
        hint = f"set it to {currency.say(wanted)}"
        yield Finding(CODE, ref, f"the last month, {months[-1]}, has no target", hint, on_key=True)
    elif last != wanted:
        message = f"the months end at {currency.say(last)}, the year's target is {currency.say(wanted)}"
        yield Finding(
            CODE, ref.at(str(months[-1])), message, f"make both the same: {currency.say(last - wanted)} apart"
        )


def _revenue(goal: Goal, months: tuple[Month, ...], currency: Currency) -> Iterator[Finding]:
    ref = Ref("goal", goal.id, ("monthly",))
    missing = [str(month) for month in months if month not in goal.monthly]
    total = sum((goal.monthly[month] for month in months if month in goal.monthly), Decimal(0))
    if missing:
        hint = "give all twelve, or draw them with a curve"
        yield Finding(CODE, ref, f"there is no target for {', '.join(missing)}", hint, on_key=True)
    elif total != goal.target_revenue:
        wanted = currency.say(goal.target_revenue)
        message = f"the months add up to {currency.say(total)}, the year's target is {wanted}"
        hint = f"spread the difference, {currency.say(goal.target_revenue - total)}, over the months"
        yield Finding(CODE, ref, message, hint, on_key=True)
