"""From a year's goal to customers, opportunities, leads and money, and whether budget and calendar allow it.

The arithmetic is that of the reverse revenue funnel: begin at the revenue that is still to be won, and divide by one
rate after another on the way up. Everything is exact and nothing is rounded on the way. What a goal does not give
is missing: it makes the figures that need it None, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from revplan.analysis.budgets import program_budget
from revplan.analysis.periods import fiscal_year
from revplan.analysis.targets import due_share, retention
from revplan.model.base import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from revplan.model.context import Context
    from revplan.model.goals import Funnel, Goal
    from revplan.model.plan import Plan

    Verdict = Literal["green", "amber", "red"]

RED_BELOW = Fraction(4, 5)
"""Funding or attainment below this part of what is needed is red."""
EVEN_ODDS = Fraction(1, 2)
"""The chance of reaching the target that green needs, where a forecast gives one."""

STAGES = ("sqls", "sals", "mqls", "leads", "visitors")
"""The stages above opportunities, from the nearest up."""
_RATES = ("sql_to_opportunity", "sal_to_sql", "mql_to_sal", "lead_to_mql", "visitor_to_lead")


@dataclass(frozen=True, slots=True)
class Need:
    """What a year's goal asks for.

    Attributes:
        revenue: new revenue to be won, in the plan's currency.
        customers: new customers.
        opportunities: opportunities to be created.
        stages: how many of each of STAGES; None from the first rate on that is not given.
        spend: what creating the opportunities costs in programs, in the plan's currency.
    """

    revenue: Fraction
    customers: Fraction | None
    opportunities: Fraction | None
    stages: dict[str, Fraction | None]
    spend: Fraction | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether goal, budget and calendar meet.

    Attributes:
        need: what the goal asks for.
        budget: what the program lines plan for the year, in the plan's currency.
        affordable: opportunities the budget can create.
        funding: affordable / needed opportunities.
        closing: customers that close in the year of what the budget can create and what is open.
        attainment: in-year / needed customers, with the opportunities the budget can create.
        reach: the same with all the opportunities the goal needs, or the budget can create if more.
    """

    need: Need
    budget: Fraction | None
    affordable: Fraction | None
    funding: Fraction | None
    closing: Fraction | None
    attainment: Fraction | None
    reach: Fraction | None

    @property
    def verdict(self) -> Verdict | None:
        """Green, amber or red by funding and attainment alone."""
        return verdict(self.funding, self.attainment)


def new_revenue(goal: Goal) -> Fraction:
    """Return target − start × net revenue retention, in the plan's currency, 0 at least.

    Where no retention is given, the same customers are taken to bring the same again.
    """
    return max(Fraction(0), Fraction(goal.target_revenue) - Fraction(goal.start_revenue) * retention(goal))


def need(goal: Goal) -> Need:
    """Return what a goal asks for: customers = new revenue / ACV, opportunities = customers / close rate, and on up."""
    revenue = new_revenue(goal)
    customers = _quotient(revenue, goal.acv)
    opportunities = _quotient(customers, goal.close_rate)
    return Need(
        revenue=revenue,
        customers=customers,
        opportunities=opportunities,
        stages=_up_the_funnel(opportunities, goal.funnel),
        spend=_product(opportunities, goal.cost_per_opportunity),
    )


def _up_the_funnel(opportunities: Fraction | None, funnel: Funnel | None) -> dict[str, Fraction | None]:
    counts, below = {}, opportunities
    for stage, rate in zip(STAGES, _RATES, strict=True):
        counts[stage] = below = _quotient(below, getattr(funnel, rate, None))
    return counts


def in_year_customers(goal: Goal, created: Sequence[Fraction]) -> Fraction | None:
    """Return the customers that close before the year ends; None where lag or open opportunities are not given.

    Σ over months m of opportunities(m) × close rate × Σ lag(k), k ≤ months left, + open now × close rate. What is
    open at the start closes within the year, as far as it closes at all.

    Args:
        goal: the year's goal.
        created: opportunities created in each month of the year, in order.
    """
    if not has_sound_lag(goal) or goal.open_opportunities is None:
        return None
    lag = [Fraction(share) for share in goal.close_lag]
    left = range(len(created) - 1, -1, -1)
    closing = sum((count * sum(lag[: months + 1]) for count, months in zip(created, left, strict=True)), Fraction(0))
    return (closing + goal.open_opportunities) * Fraction(goal.close_rate)


def closing_by_month(goal: Goal, created: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """Return the customers of `in_year_customers` by the month in which they close; None where that is.

    What is open at the start closes as a pipeline does that was created evenly before it (see `due_share`).
    """
    if not has_sound_lag(goal) or goal.open_opportunities is None:
        return None
    lag = [Fraction(share) for share in goal.close_lag]
    count, rate = len(created), Fraction(goal.close_rate)
    shares = [Fraction(0), *(due_share(goal, months) / due_share(goal, count) for months in range(1, count + 1))]
    return tuple(
        rate * sum((created[month - back] * lag[back] for back in range(min(month + 1, len(lag)))), Fraction(0))
        + rate * goal.open_opportunities * (shares[month + 1] - shares[month])
        for month in range(count)
    )


def has_sound_lag(goal: Goal) -> bool:
    """Tell whether the close lag is given and adds up to all that is won."""
    return sum(goal.close_lag) == 1


def goals_ahead(context: Context) -> list[Goal]:
    """Return the goals of the fiscal year that is under way and of later ones."""
    this_year = fiscal_year(context.plan.settings, context.today)
    return [goal for goal in context.plan.goals.values() if int(goal.id) >= this_year]


def outlook(plan: Plan, goal: Goal) -> Outlook:
    """Return whether a goal, the programs' budget and the calendar meet, opportunities created evenly by month."""
    return weigh(goal, program_budget(plan, int(goal.id)))


def weigh(goal: Goal, budget: Fraction | None, months_earlier: int = 0) -> Outlook:
    """Return whether a goal, a budget and the calendar meet.

    Args:
        goal: the year's goal.
        budget: what creates opportunities, in the plan's currency.
        months_earlier: months by which the creation of the year's opportunities begins, and ends, before the year.
    """
    needed = need(goal)
    affordable = _quotient(budget, goal.cost_per_opportunity)
    closing = _closing(goal, affordable, months_earlier)
    most = max((count for count in (affordable, needed.opportunities) if count is not None), default=None)
    reach = _closing(goal, most, months_earlier)
    return Outlook(
        need=needed,
        budget=budget,
        affordable=affordable,
        funding=_of_need(affordable, needed.opportunities),
        closing=closing,
        attainment=_of_need(closing, needed.customers),
        reach=_of_need(reach, needed.customers) if needed.opportunities is not None else None,
    )


def _closing(goal: Goal, opportunities: Fraction | None, months_earlier: int) -> Fraction | None:
    if opportunities is None:
        return None
    return in_year_customers(goal, [*evenly(opportunities), *[Fraction(0)] * months_earlier])


def evenly(opportunities: Fraction) -> list[Fraction]:
    """Return a year's opportunities as so many in each of its months."""
    return [opportunities / MONTHS_PER_YEAR] * MONTHS_PER_YEAR


def verdict(funding: Fraction | None, attainment: Fraction | None, odds: Fraction | None = None) -> Verdict | None:
    """Return green where both are 1 or more and the odds even or better, red where either is below RED_BELOW.

    None where funding or attainment is not known; odds that are not known are left out of account.
    """
    if funding is None or attainment is None:
        return None
    if min(funding, attainment) < RED_BELOW:
        return "red"
    good = min(funding, attainment) >= 1 and (odds is None or odds >= EVEN_ODDS)
    return "green" if good else "amber"


def _quotient(count: Fraction | None, rate: Decimal | None) -> Fraction | None:
    """Divide; None where either is missing, or nothing ever comes of it."""
    return count / Fraction(rate) if count is not None and rate else None


def _product(count: Fraction | None, rate: Decimal | None) -> Fraction | None:
    return count * Fraction(rate) if count is not None and rate is not None else None


def _of_need(have: Fraction | None, needed: Fraction | None) -> Fraction | None:
    """Return the part of a need that is met; a need of nothing is met in full."""
    if have is None or needed is None:
        return None
    return have / needed if needed else Fraction(1)
