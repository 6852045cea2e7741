"""From a year's goal to customers, opportunities, leads and money, and whether budget and calendar allow it.

The arithmetic is that of the reverse revenue funnel: begin at the revenue that is still to be won, and divide by one
rate after another on the way up. Everything is exact and nothing is rounded on the way. What a goal does not give
is missing: it makes the figures that need it None, never zero.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.actuals import footing, retention, revenue_kept, revenue_kept_in_year
from revplan.analysis.budgets import program_budget
from revplan.analysis.periods import fiscal_year
from revplan.analysis.pipeline import has_sound_lag, pipeline, shares_decided
from revplan.analysis.targets import win_weights
from revplan.model.base import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from decimal import Decimal

    from revplan.analysis.pipeline import Pipeline
    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Funnel, Goal

    Verdict = Literal["green", "amber", "red"]

RED_BELOW = Fraction(4, 5)
"""Funding or attainment below this part of what is needed is red."""
EVEN_ODDS = Fraction(1, 2)
"""The chance of reaching the target that green needs, where a forecast gives one."""

STAGES = ("sqls", "sals", "mqls", "leads", "visitors")
"""The stages above opportunities, from the nearest up."""
_NONE = Fraction(0)
RATES = ("sql_to_opportunity", "sal_to_sql", "mql_to_sal", "lead_to_mql", "visitor_to_lead")


class Need(NamedTuple):
    """What a year's goal asks for.

    Attributes:
        revenue: new revenue to be won, in the plan's currency.
        customers: new customers; where revenue is recognised, won through the year as opportunities created evenly
            close, so that each brings what is left of the year.
        opportunities: opportunities to be created.
        stages: how many of each of STAGES; None from the first rate on that is not given.
        spend: what creating the opportunities costs in programs, in the plan's currency.
        part: what a customer won in the year brings in it on average, as a part of the ACV; 1 where recurring.
    """

    revenue: Fraction
    customers: Fraction | None
    opportunities: Fraction | None
    stages: dict[str, Fraction | None]
    spend: Fraction | None
    part: Fraction = Fraction(1)


class Outset(NamedTuple):
    """Where a goal's year stands when it is weighed.

    Attributes:
        kept: what the customers there were at the year's start bring to its target, in the plan's currency.
        missing: revenue that customers won from now on have to bring by the year's end; None where months whose revenue
            adds up to the year's are not known.
        months: the months to come, from the one after the last that is known.
        ahead: how many of these lie before the year.
        pipeline: the opportunities open before the first of them; None where they are not known.
        before: opportunities created in each month that lies before the year, as the budget of its own year can; None
            where that year's goal does not say.
    """

    kept: Fraction
    missing: Fraction | None
    months: tuple[Month, ...]
    ahead: int
    pipeline: Pipeline | None
    before: tuple[Fraction | None, ...] = ()

    def creation(self, a_month: Fraction, months_earlier: int = 0) -> tuple[tuple[int, Fraction], ...]:
        """Return the months of creation, counted from the first to come, with the opportunities created in each.

        A month before the year creates what its own year's budget can, or as much as the year where that is not
        known; the year's own creation may begin, and end, some months earlier.
        """
        known = (self.before[number] if number < len(self.before) else None for number in range(self.ahead))
        before = ((number, a_month if count is None else count) for number, count in enumerate(known))
        return (*before, *((number - months_earlier, a_month) for number in range(self.ahead, len(self.months))))


class Outlook(NamedTuple):
    """Whether goal, budget and calendar meet.

    Attributes:
        need: what the goal asks for.
        budget: what the program lines plan for the year, in the plan's currency.
        affordable: opportunities the budget can create.
        funding: affordable / needed opportunities.
        closing: customers that close from the last month known to the year's end, of what the budget can create and
            what is open.
        attainment: what these bring by the year's end / what is missing then, opportunities created as the budget can.
        reach: the same with all the opportunities the goal needs, or the budget can create if more.
        missing: revenue that is missing, as in `Outset`.
    """

    need: Need
    budget: Fraction | None
    affordable: Fraction | None
    funding: Fraction | None
    closing: Fraction | None
    attainment: Fraction | None
    reach: Fraction | None
    missing: Fraction | None

    @property
    def verdict(self) -> Verdict | None:
        """Green, amber or red by funding and attainment alone."""
        return verdict(self.funding, self.attainment)

    @property
    def customers_missing(self) -> Fraction | None:
        """Customers that have to close from the last month known to the year's end, at the pace of `closing`."""
        if self.missing == 0:
            return _NONE
        return self.closing / self.attainment if self.closing is not None and self.attainment else None


# --- what a goal asks for ------------------------------------------------------------------------------------------


def need(goal: Goal, base: Fraction | None = None) -> Need:
    """Return what a goal asks for: customers = new revenue / ACV, opportunities = customers / close rate, and on up.

    New revenue is the target less what the customers there are bring, 0 at least. A customer won in month m of a year
    of recognised revenue brings (13 − m) / 12 of the ACV in it.

    Args:
        goal: the year's goal.
        base: what the customers there are bring, as `revenue_kept_in_year` has it; by the goal's start where not given.
    """
    brought = Fraction(goal.start_revenue) * retention(goal) if base is None else base
    revenue = max(_NONE, Fraction(goal.target_revenue) - brought)
    part = part_of_year(goal)
    customers = quotient(revenue, goal.acv)
    customers = customers / part if customers is not None else None
    opportunities = quotient(customers, goal.close_rate)
    return Need(
        revenue=revenue,
        customers=customers,
        opportunities=opportunities,
        stages=_up_the_funnel(opportunities, goal.funnel),
        spend=_product(opportunities, goal.cost_per_opportunity),
        part=part,
    )


def part_of_year(goal: Goal) -> Fraction:
    """Return what a customer won in the year brings in it on average, as a part of the ACV.

    All of it where revenue recurs. Where it is recognised, the mean of (13 − m) / 12 over the months m in which
    opportunities created evenly through the year close; at once, where no lag is given or none closes in the year.
    """
    weights = win_weights(goal.measure, MONTHS_PER_YEAR)
    closed = (
        shares_decided(goal) if has_sound_lag(goal) and shares_decided(goal)[:MONTHS_PER_YEAR][-1] else (Fraction(1),)
    )
    wins = [closed[min(month, len(closed) - 1)] for month in range(MONTHS_PER_YEAR)]
    return sum((win * weight for win, weight in zip(wins, weights, strict=True)), _NONE) / sum(wins)


def _up_the_funnel(opportunities: Fraction | None, funnel: Funnel | None) -> dict[str, Fraction | None]:
    counts, below = {}, opportunities
    for stage, rate in zip(STAGES, RATES, strict=True):
        counts[stage] = below = quotient(below, getattr(funnel, rate, None))
    return counts


# --- what closes in time -------------------------------------------------------------------------------------------


def outset(context: Context, goal: Goal) -> Outset:
    """Return where a goal's year stands: by the last month known and the pipeline open then."""
    at = footing(context, goal)
    base = revenue_kept(goal, at)
    if not at.months:
        still = at.level if goal.measure == "recurring" else at.known
    elif goal.measure == "recurring":
        still = base[-1]
    else:
        still = at.known + sum(base[at.ahead :], _NONE)
    return Outset(
        kept=revenue_kept_in_year(context, goal),
        missing=None if at.gaps and goal.measure == "revenue" else max(_NONE, Fraction(goal.target_revenue) - still),
        months=at.months,
        ahead=at.ahead,
        pipeline=pipeline(context, goal, at.months[0]) if at.months else None,
        before=tuple(
            affordable_a_month(context, fiscal_year(context.plan.settings, month.first))
            for month in at.months[: at.ahead]
        ),
    )


def affordable_a_month(context: Context, year: int) -> Fraction | None:
    """Return the opportunities that a year's program budget can create a month; None where its goal does not say."""
    goal = context.plan.goals.get(str(year))
    found = quotient(program_budget(context.plan, year), goal.cost_per_opportunity) if goal is not None else None
    return found / MONTHS_PER_YEAR if found is not None else None


def closing_by_month(
    goal: Goal, opening: Outset, created: Fraction, months_earlier: int = 0
) -> tuple[Fraction, ...] | None:
    """Return the customers that close in each month to come; None where lag or open pipeline are not known.

    Of what is created in a month, close rate × lag(k) closes k months later; of what is open, close rate × the part
    that is decided in the month.

    Args:
        goal: the year's goal.
        opening: where its year stands.
        created: opportunities created in each month of the goal's year.
        months_earlier: months by which their creation begins, and ends, earlier.
    """
    if not has_sound_lag(goal) or opening.pipeline is None:
        return None
    open_now, rate, closed = opening.pipeline, Fraction(goal.close_rate), shares_decided(goal)
    creation = opening.creation(created, months_earlier)

    def count_decided(months: int) -> Fraction:
        """Return how many opportunities are decided within so many months: open ones, and ones created then."""
        ages = ((months - 1 - number, count) for number, count in creation if number < months) if months else ()
        new = sum((count * closed[min(age, len(closed) - 1)] for age, count in ages), _NONE)
        return open_now.opportunities * open_now.share_decided_within(months) + new

    sums = [count_decided(months) for months in range(len(opening.months) + 1)]
    return tuple(rate * (after - before) for before, after in pairwise(sums))


# --- whether they meet ---------------------------------------------------------------------------------------------


def goals_ahead(context: Context) -> list[Goal]:
    """Return the goals of the fiscal year that is under way and of later ones."""
    this_year = fiscal_year(context.plan.settings, context.today)
    return [goal for goal in context.plan.goals.values() if int(goal.id) >= this_year]


def outlook(context: Context, goal: Goal) -> Outlook:
    """Return whether a goal, the programs' budget and the calendar meet, opportunities created evenly by month."""
    plan = context.plan

    def work_out() -> Outlook:
        return weigh(goal, program_budget(plan, int(goal.id)), outset(context, goal))

    return plan.once(("outlook", goal.id, context.today), work_out) if plan.goals.get(goal.id) is goal else work_out()


def weigh(goal: Goal, budget: Fraction | None, opening: Outset, months_earlier: int = 0) -> Outlook:
    """Return whether a goal, a budget and the calendar meet.

    Args:
        goal: the year's goal.
        budget: what creates opportunities, in the plan's currency.
        opening: where the goal's year stands.
        months_earlier: months by which the creation of opportunities begins, and ends, earlier.
    """
    needed = need(goal, opening.kept)
    affordable = quotient(budget, goal.cost_per_opportunity)
    most = max((count for count in (affordable, needed.opportunities) if count is not None), default=None)
    closing = _closing(goal, opening, affordable, months_earlier)
    reach = _closing(goal, opening, most, months_earlier)
    return Outlook(
        need=needed,
        budget=budget,
        affordable=affordable,
        funding=_of_need(affordable, needed.opportunities),
        closing=sum(closing, _NONE) if closing is not None else None,
        attainment=_attainment(goal, opening, closing),
        reach=_attainment(goal, opening, reach) if needed.opportunities is not None else None,
        missing=opening.missing,
    )


def _closing(
    goal: Goal, opening: Outset, opportunities: Fraction | None, months_earlier: int
) -> tuple[Fraction, ...] | None:
    if opportunities is None:
        return None
    return closing_by_month(goal, opening, opportunities / MONTHS_PER_YEAR, months_earlier)


def _attainment(goal: Goal, opening: Outset, closing: tuple[Fraction, ...] | None) -> Fraction | None:
    """Return new customers' revenue by the year's end / the revenue missing then; None where the year is over."""
    if closing is None or not goal.acv or not opening.months:
        return None
    weights = win_weights(goal.measure, len(opening.months), opening.ahead)
    brought = sum((count * weight for count, weight in zip(closing, weights, strict=True)), _NONE) * Fraction(goal.acv)
    return _of_need(brought, opening.missing)


def verdict(funding: Fraction | None, attainment: Fraction | None, odds: Fraction | None = None) -> Verdict | None:
    """Return green where both are 1 or more and the odds even or better, red where either is below RED_BELOW.

    None where funding or attainment is not known and the other is not red by itself; odds that are not known are left
    out of account.
    """
    if any(part is not None and part < RED_BELOW for part in (funding, attainment)):
        return "red"
    if funding is None or attainment is None:
        return None
    good = min(funding, attainment) >= 1 and (odds is None or odds >= EVEN_ODDS)
    return "green" if good else "amber"


def quotient(count: Fraction | None, rate: Decimal | None) -> Fraction | None:
    """Return count / rate; None where either is missing or the rate is 0."""
    return count / Fraction(rate) if count is not None and rate else None


def _product(count: Fraction | None, rate: Decimal | None) -> Fraction | None:
    return count * Fraction(rate) if count is not None and rate is not None else None


def _of_need(have: Fraction | None, needed: Fraction | None) -> Fraction | None:
    """Return the part of a need that is met, 0 or more; 1 where the need is 0."""
    if have is None or needed is None:
        return None
    return have / needed if needed else Fraction(1)
