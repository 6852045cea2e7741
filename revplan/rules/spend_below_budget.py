"""Winning customers is said to cost less than marketing and sales have spent.

What: a goal's `history.acquisition_spend` is less than what the budget lines of marketing and sales spent in the same
months. Reports go by the goal's word: CAC and payback take it, and the lines count only where the goal says nothing.
More than the lines is no contradiction, because salaries and tools often stand in none. Amounts that differ by less
than one are the same, rounded.
Why: CAC looks better than it is, and two pages tell two stories of the same money.

Bad:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        actual: {2026-10: 3.7M}, history: {new_customers: {2026-10: 4}, acquisition_spend: {2026-10: 18k}}}
    budget:
      search-ads: {category: programs, function: marketing, monthly: 30k, actual: {2026-10: 29k}}

Good:
    goals:
      "2026": {measure: recurring, start_revenue: 3M, target_revenue: 4M, acv: 20k, close_rate: 25%,
        actual: {2026-10: 3.7M}, history: {new_customers: {2026-10: 4}, acquisition_spend: {2026-10: 64k}}}
    budget:
      search-ads: {category: programs, function: marketing, monthly: 30k, actual: {2026-10: 29k}}
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.periods import say_year
from revplan.analysis.unit_economics import ACQUIRING, budget_spending, counted_months
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Ref
from revplan.wording import join_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal

CODE = "RP717"
SLUG = "spend-below-budget"
SEVERITY = Severity.WARNING
ROUNDING = 1
"""Amounts that differ by less than this many units of the currency are the same."""
HINT = (
    "drop acquisition_spend, and CAC goes by the budget lines; or correct one of the two. A line that wins no"
    " customers belongs to another function"
)


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each month, or year so far, whose acquisition spend is below that of the budget lines."""
    spent = budget_spending(context)
    for _, goal in sorted(context.plan.goals.items()):
        yield from _check_goal(context, goal, spent)


def _check_goal(context: Context, goal: Goal, spent: Mapping[Month, Fraction]) -> Iterator[Finding]:
    given = goal.history.acquisition_spend if goal.history is not None else None
    ref = Ref("goal", goal.id, ("history", "acquisition_spend"))
    if isinstance(given, dict):
        for month in sorted(given.keys() & spent.keys()):
            yield from _compare(context, ref.at(str(month)), str(month), Fraction(given[month]), spent[month])
    elif given is not None:
        so_far = sum((spent.get(month, Fraction(0)) for month in counted_months(context, goal)), Fraction(0))
        yield from _compare(context, ref, f"{say_year(context.plan.settings, goal.id)} so far", Fraction(given), so_far)


def _compare(context: Context, ref: Ref, when: str, given: Fraction, spent: Fraction) -> Iterator[Finding]:
    if spent - given >= ROUNDING:
        say = context.plan.settings.currency.say
        lines = f"budget lines of {join_names(ACQUIRING)} spent {say(spent)}"
        yield Finding(CODE, ref, f"{when}: winning customers is said to cost {say(given)}, and {lines}", HINT)
