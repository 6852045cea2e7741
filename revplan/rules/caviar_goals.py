"""A goal that its budget cannot pay for: caviar goals on a tuna-fish budget.

What: the opportunities a goal needs (new revenue / ACV / close rate) cost more than the year's budget lines of the
category programs hold. Below 100% funding the two do not meet; below 80% they are far apart. Not told of less than
one opportunity's cost, nor once what is created next month would close after the year.
Why: the gap is there in January already. Found then, it is a choice; found in November, it is a miss.

Bad:
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        acv: 24k
        close_rate: 20%
        net_revenue_retention: 98%
        cost_per_opportunity: 1100
    budget:
      campaigns: {category: programs, function: marketing, annual: 150k}

Good:
    goals:
      "2027":
        measure: recurring
        start_revenue: 4.2M
        target_revenue: 5.2M
        acv: 24k
        close_rate: 20%
        net_revenue_retention: 98%
        cost_per_opportunity: 1100
    budget:
      campaigns: {category: programs, function: marketing, annual: 250k}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.funnel import goals_ahead, outlook
from revplan.analysis.levers import levers_by_plan
from revplan.analysis.periods import fiscal_months, say_year
from revplan.analysis.pipeline import shares_decided
from revplan.diagnostics import Finding, Severity
from revplan.model.base import MONTHS_PER_YEAR, Month, Ref
from revplan.wording import percentage, quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.funnel import Outlook
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency

CODE = "RP710"
SLUG = "caviar-goals"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each goal of this year or a later one that its programs cannot pay for."""
    plan = context.plan
    if not plan.is_whole("budget-line"):
        return
    currency = plan.settings.currency
    for goal in goals_ahead(context):
        found = outlook(context, goal)
        if found.funding is not None and found.funding < 1 and _matters(context, goal, found):
            ref = Ref("goal", goal.id, ("target_revenue",))
            message = _message(say_year(plan.settings, goal.id), found, currency)
            yield Finding(CODE, ref, message, _hint(context, goal, found))


def _matters(context: Context, goal: Goal, found: Outlook) -> bool:
    """Tell whether at least one opportunity is short, and one created next month can still close in the year."""
    short = (found.need.opportunities or 0) - (found.affordable or 0)
    last = fiscal_months(context.plan.settings, int(goal.id))[-1]
    next_month = Month.of(context.today).plus(1)
    left = (last.year - next_month.year) * MONTHS_PER_YEAR + last.month - next_month.month
    closed = shares_decided(goal) or (1,)
    return short >= 1 and left >= 0 and closed[min(left, len(closed) - 1)] > 0


def _message(year: str, found: Outlook, currency: Currency) -> str:
    spend, budget, funding = found.need.spend or 0, found.budget or 0, found.funding or 0
    text = (
        f"{year} needs {quantity(found.need.opportunities, 'opportunity', 'opportunities')}"
        f" for {currency.say(spend)};"
        f" the programs hold {currency.say(budget)}, funding {percentage(funding)}"
    )
    return text if found.attainment is None else f"{text}, attainment {percentage(found.attainment)}"


def _hint(context: Context, goal: Goal, found: Outlook) -> str:
    """Name the money that would do; where what is created with more would close too late, say that none would."""
    short: Fraction | None = (found.need.spend or Fraction(0)) - (found.budget or Fraction(0))
    if found.attainment is not None:
        short = next((own.needed - own.now for own in levers_by_plan(context, goal) if own.name == "budget"), None)
    if short is None:
        return "no budget alone would do: lower the target, or change several figures"
    more = context.plan.settings.currency.say(short)
    return f"lower the target, or find {more} more, or make an opportunity cheaper to create or easier to win"
