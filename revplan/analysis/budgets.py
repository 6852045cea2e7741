"""What budget lines plan by month and year, and how spending stands against it. All amounts in the plan's currency."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.payments import committed_payments
from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.model.base import MONTHS_PER_YEAR, Month
from revplan.model.money import money_in

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.goals import BudgetLine
    from revplan.model.plan import Plan
    from revplan.model.settings import Settings


class ToDate(NamedTuple):
    """How a line's spending stands in the fiscal year under way.

    Attributes:
        through: the last month that counts: the last complete one, or a later one whose spending is known.
        planned: what the line plans up to and with that month.
        spent: what is known to have been spent by then; months without a figure are missing from it.
        year: what the line plans for the whole year.
        last: the last month whose spending is known.
    """

    through: Month
    planned: Fraction
    spent: Fraction
    year: Fraction
    last: Month

    @property
    def ahead(self) -> Fraction:
        """The part of the year's money spent, less the part planned to be: 0.1 is ten points ahead.

        Where no money is planned, whatever is spent is all ahead.
        """
        return (self.spent - self.planned) / self.year if self.year else Fraction(bool(self.spent))


class BudgetMonth(NamedTuple):
    """A month of all budget lines together: planned, spent and committed money.

    Attributes:
        planned: what the lines plan for it; None where none says anything of it.
        spent: what is known to have been spent.
        committed: what tactics in sprints will still take of lines whose spending in the month is not known.
    """

    month: Month
    planned: Fraction | None
    spent: Fraction
    committed: Fraction

    @property
    def left(self) -> Fraction | None:
        """Planned less spent and committed; below 0 where the month is overspent."""
        return self.planned - self.spent - self.committed if self.planned is not None else None


def budget_by_month(context: Context, year: int) -> tuple[BudgetMonth, ...]:
    """Return a fiscal year's months: what the budget lines plan, what was spent, and what tactics still commit."""
    plan = context.plan
    committed: dict[Month, Fraction] = {}
    for name, month, amount in committed_payments(plan, context.today):
        line = plan.budget.get(plan.tactics[name].budget or "")
        if line is not None and month not in line.actual:
            committed[month] = committed.get(month, Fraction(0)) + amount
    found = []
    for month in fiscal_months(plan.settings, year):
        planned = [month_budget(plan.settings, line, month) for line in plan.budget.values()]
        known = [amount for amount in planned if amount is not None]
        spent = sum((Fraction(line.actual.get(month, 0)) for line in plan.budget.values()), Fraction(0))
        own = committed.get(month, Fraction(0))
        found.append(BudgetMonth(month, sum(known, Fraction(0)) if known else None, spent, own))
    return tuple(found)


def commitments_by_line(context: Context, year: int) -> dict[str, Fraction]:
    """Return the money that tactics in sprints have committed, and not yet spent, by budget line in a fiscal year.

    Months whose spending is known are left out: there what was committed is spent.
    """
    plan, months = context.plan, fiscal_months(context.plan.settings, year)
    found: dict[str, Fraction] = {}
    for name, month, amount in committed_payments(plan, context.today):
        line = plan.budget.get(plan.tactics[name].budget or "")
        if line is not None and month in months and month not in line.actual:
            found[line.id] = found.get(line.id, Fraction(0)) + amount
    return found


def month_budget(settings: Settings, line: BudgetLine, month: Month) -> Fraction | None:
    """Return what a line plans for a month; None where it says nothing of it.

    A yearly amount is spread evenly over the twelve months.
    """
    if line.year is not None and line.year != fiscal_year(settings, month.first):
        return None
    if line.annual is not None:
        return Fraction(line.annual) / MONTHS_PER_YEAR
    amount = money_in(line.monthly, month) if line.monthly is not None else None
    return Fraction(amount) if amount is not None else None


def year_budget(settings: Settings, line: BudgetLine, year: int) -> Fraction | None:
    """Return what a line plans for a fiscal year; None where it says nothing of it."""
    months = [month_budget(settings, line, month) for month in fiscal_months(settings, year)]
    known = [amount for amount in months if amount is not None]
    return sum(known, Fraction(0)) if known else None


def months_without_money(plan: Plan, year: int) -> tuple[Month, ...]:
    """Return the months of a fiscal year of which no budget line says anything, where some line does of others.

    An amount of 0 is said, so it is no gap.
    """
    months = fiscal_months(plan.settings, year)
    said = {
        month
        for line in plan.budget.values()
        for month in months
        if month_budget(plan.settings, line, month) is not None
    }
    return tuple(month for month in months if month not in said) if said else ()


def program_budget(plan: Plan, year: int) -> Fraction | None:
    """Return what the program lines, the money that creates opportunities, plan for a fiscal year.

    None where no line of that category says anything of the year: no budget yet is not a budget of nothing.
    """
    lines = [line for line in plan.budget.values() if line.category == "programs"]
    amounts = [year_budget(plan.settings, line, year) for line in lines]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if known else None


def to_date(settings: Settings, line: BudgetLine, today: date) -> ToDate | None:
    """Return how a line stands in the fiscal year under way; None where it has no plan or no figure for it yet."""
    year = fiscal_year(settings, today)
    in_year = year_budget(settings, line, year)
    this_month = Month.of(today)
    begun = [month for month in fiscal_months(settings, year) if month <= this_month]
    known = [month for month in begun if month in line.actual]
    if in_year is None or not known:
        return None
    through = max(known[-1], this_month.plus(-1))
    counted = [month for month in begun if month <= through]
    planned = sum((month_budget(settings, line, month) or Fraction(0) for month in counted), Fraction(0))
    spent = sum((Fraction(line.actual[month]) for month in known), Fraction(0))
    return ToDate(through, planned, spent, in_year, known[-1])
