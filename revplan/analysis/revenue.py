"""Revenue, the scoreboard: the last month known against its target, growth, the year to date and the run rate.

All amounts are in the plan's currency. Recurring revenue is a level at a month's end, as an amount a year; recognised
revenue is what a month brought. A month without a figure is missing, never zero.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.actuals import footing, retention, revenue_by_month, year_start
from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.analysis.targets import monthly_targets
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from datetime import date

    from revplan.analysis.actuals import YearStart
    from revplan.analysis.periods import Period
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.plan import Plan


class MonthRevenue(NamedTuple):
    """A month of the goal's year: what it was to be, and what it was.

    Attributes:
        growth: revenue over that of the month before, less one; None where either is missing.
        year_before: revenue of the same month a year earlier.
    """

    month: Month
    target: Fraction | None
    actual: Fraction | None
    growth: Fraction | None
    year_before: Fraction | None = None

    @property
    def attainment(self) -> Fraction | None:
        """Actual / target."""
        return self.actual / self.target if self.actual is not None and self.target else None

    @property
    def year_growth(self) -> Fraction | None:
        """Revenue over that of the same month a year earlier, less one; None where either is missing."""
        return _growth(self.year_before, self.actual)


class Standing(NamedTuple):
    """How revenue stands in a fiscal year.

    Attributes:
        goal: the year's goal.
        this_month: the month under way.
        months: the year's months, in order.
        start: revenue where the year starts: the actual where it is known, else the goal's plan.
        before: the last month before the year whose revenue is known; None where none is.
    """

    goal: Goal
    this_month: Month
    months: tuple[MonthRevenue, ...]
    start: YearStart
    before: MonthRevenue | None = None

    @property
    def now(self) -> MonthRevenue | None:
        """The month under way; None where it lies outside the year."""
        return next((entry for entry in self.months if entry.month == self.this_month), None)

    @property
    def last(self) -> MonthRevenue | None:
        """The last month of the year whose revenue is known; None where none is yet."""
        known = [entry for entry in self.months if entry.actual is not None]
        return known[-1] if known else None

    @property
    def latest(self) -> MonthRevenue | None:
        """The last month whose revenue is known, of this year or of one before it."""
        return self.last or self.before

    @property
    def to_date(self) -> Fraction | None:
        """Revenue added since the year's start (recurring), or brought by the months that are known (recognised)."""
        if self.last is None or self.last.actual is None:
            return None
        if self.goal.measure == "recurring":
            return self.last.actual - self.start.amount
        return sum((entry.actual for entry in self.months if entry.actual is not None), Fraction(0))

    @property
    def to_date_target(self) -> Fraction | None:
        """What that was to be, over the same months; None where one of them has no target."""
        if self.last is None:
            return None
        if self.goal.measure == "recurring":
            return None if self.last.target is None else self.last.target - self.start.amount
        targets = [entry.target for entry in self.months if entry.actual is not None]
        known = [target for target in targets if target is not None]
        return sum(known, Fraction(0)) if len(known) == len(targets) else None

    @property
    def run_rate(self) -> Fraction | None:
        """Revenue of a year at the pace of the last month known: a recurring level as it is, a month's times twelve."""
        if self.latest is None or self.latest.actual is None:
            return None
        return self.latest.actual * (1 if self.goal.measure == "recurring" else MONTHS_PER_YEAR)


class Gap(NamedTuple):
    """What is still missing to the target of a month.

    Attributes:
        month: the month whose target it is.
        target: revenue it is to reach (recurring) or to bring (recognised).
        since: the last month known; None where it is the year's start.
        actual: revenue then.
    """

    month: Month
    target: Fraction
    since: Month | None
    actual: Fraction

    @property
    def missing(self) -> Fraction:
        """Target − actual; below zero where revenue is ahead."""
        return self.target - self.actual


def goal_on(plan: Plan, day: date) -> Goal | None:
    """Return the goal of the fiscal year a day lies in; None where it has none."""
    return plan.goals.get(str(fiscal_year(plan.settings, day)))


def standing(context: Context) -> Standing | None:
    """Return how revenue stands in the fiscal year under way; None where the year has no goal."""
    goal = goal_on(context.plan, context.today)
    return standing_in(context, goal) if goal is not None else None


def standing_in(context: Context, goal: Goal) -> Standing:
    """Return the standing of revenue in a goal's year."""
    months = month_by_month(context, goal)
    return Standing(
        goal, Month.of(context.today), months, year_start(context, goal), _before(context, goal, months[0].month)
    )


def _before(context: Context, goal: Goal, first: Month) -> MonthRevenue | None:
    """Return the last month before a year that is known, as its own year's goal has it."""
    known = revenue_by_month(context, goal.measure)
    last = max((month for month in known if month < first), default=None)
    if last is None:
        return None
    own = context.plan.goals.get(str(fiscal_year(context.plan.settings, last.first)))
    if own is not None and own.measure == goal.measure:
        return next(entry for entry in month_by_month(context, own) if entry.month == last)
    return MonthRevenue(last, None, known[last], _growth(known.get(last.plus(-1)), known[last]))


def month_by_month(context: Context, goal: Goal) -> tuple[MonthRevenue, ...]:
    """Return a goal's months in order, with target, actual and growth; months to come have no actual."""
    actual = revenue_by_month(context, goal.measure)
    settings = context.plan.settings
    targets = monthly_targets(settings, goal)
    return tuple(
        MonthRevenue(
            month,
            Fraction(targets[month]) if month in targets else None,
            actual.get(month),
            _growth(actual.get(month.plus(-1)), actual.get(month)),
            actual.get(month.plus(-MONTHS_PER_YEAR)),
        )
        for month in fiscal_months(settings, int(goal.id))
    )


def gap(context: Context, period: Period) -> Gap | None:
    """Return what is missing to the target of the month in which a sprint ends; None where it has no target.

    Counted from the last month known, in whatever year; before any is, from the level at the year's start (recurring),
    or what last year's customers bring in a month (recognised).
    """
    goal = goal_on(context.plan, period.end)
    month = Month.of(period.end)
    if goal is None:
        return None
    target = next((entry.target for entry in month_by_month(context, goal) if entry.month == month), None)
    if target is None:
        return None
    at = footing(context, goal)
    if at.since is None and goal.measure == "revenue":
        return Gap(month, target, None, at.level * retention(goal))
    return Gap(month, target, at.since, at.level)


def _growth(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return after / before - 1 if before and after is not None else None
