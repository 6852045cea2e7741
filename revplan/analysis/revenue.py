"""Revenue, the scoreboard: the last month known against its target, growth, the year to date and the run rate.

All amounts are in the plan's currency. Recurring revenue is a level at a month's end, as an amount a year; recognised
revenue is what a month brought. A month without a figure is missing, never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.analysis.targets import kept_by_month, monthly_targets
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from datetime import date

    from revplan.analysis.periods import Period
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.plan import Plan


@dataclass(frozen=True, slots=True)
class MonthRevenue:
    """A month of the goal's year: what it was to be, and what it was.

    Attributes:
        growth: revenue over that of the month before, less one; None where either is missing.
    """

    month: Month
    target: Fraction | None
    actual: Fraction | None
    growth: Fraction | None

    @property
    def attainment(self) -> Fraction | None:
        """Actual / target."""
        return self.actual / self.target if self.actual is not None and self.target else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How revenue stands in the fiscal year under way.

    Attributes:
        goal: the year's goal.
        this_month: the month under way.
        months: the year's months, in order.
    """

    goal: Goal
    this_month: Month
    months: tuple[MonthRevenue, ...]

    @property
    def now(self) -> MonthRevenue | None:
        """The month under way; None where it lies outside the year."""
        return next((entry for entry in self.months if entry.month == self.this_month), None)

    @property
    def last(self) -> MonthRevenue | None:
        """The last month whose revenue is known; None where none is yet."""
        known = [entry for entry in self.months if entry.actual is not None]
        return known[-1] if known else None

    @property
    def to_date(self) -> Fraction | None:
        """Revenue added since the year's start (recurring), or brought by the months that are known (recognised)."""
        if self.last is None or self.last.actual is None:
            return None
        if self.goal.measure == "recurring":
            return self.last.actual - Fraction(self.goal.start_revenue)
        return sum((entry.actual for entry in self.months if entry.actual is not None), Fraction(0))

    @property
    def to_date_target(self) -> Fraction | None:
        """What that was to be, over the same months; None where one of them has no target."""
        if self.last is None:
            return None
        if self.goal.measure == "recurring":
            return None if self.last.target is None else self.last.target - Fraction(self.goal.start_revenue)
        targets = [entry.target for entry in self.months if entry.actual is not None]
        known = [target for target in targets if target is not None]
        return sum(known, Fraction(0)) if len(known) == len(targets) else None

    @property
    def run_rate(self) -> Fraction | None:
        """Revenue of a year at the pace of the last month known: a recurring level as it is, a month's times twelve."""
        if self.last is None or self.last.actual is None:
            return None
        return self.last.actual * (1 if self.goal.measure == "recurring" else MONTHS_PER_YEAR)


@dataclass(frozen=True, slots=True)
class Gap:
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
    if goal is None:
        return None
    return Standing(goal, Month.of(context.today), month_by_month(context, goal))


def month_by_month(context: Context, goal: Goal) -> tuple[MonthRevenue, ...]:
    """Return a goal's months in order, with target, actual and growth; months to come have no actual."""
    actual = actuals(context, goal.measure)
    settings = context.plan.settings
    targets = monthly_targets(settings, goal)
    return tuple(
        MonthRevenue(
            month,
            Fraction(targets[month]) if month in targets else None,
            actual.get(month),
            _growth(actual.get(month.plus(-1)), actual.get(month)),
        )
        for month in fiscal_months(settings, int(goal.id))
    )


def actuals(context: Context, measure: str) -> dict[Month, Fraction]:
    """Return the revenue known up to today, by month, over all goals of a measure."""
    this_month = Month.of(context.today)
    return {
        month: Fraction(amount)
        for goal in context.plan.goals.values()
        if goal.measure == measure
        for month, amount in goal.actual.items()
        if month <= this_month
    }


def gap(context: Context, period: Period) -> Gap | None:
    """Return what is missing to the target of the month in which a sprint ends; None where it has no target.

    Counted from the last month known in the goal's year; before any is, from the level at the year's start
    (recurring), or what last year's customers bring in a month (recognised).
    """
    goal = goal_on(context.plan, period.end)
    month = Month.of(period.end)
    if goal is None:
        return None
    months = month_by_month(context, goal)
    target = next((entry.target for entry in months if entry.month == month), None)
    known = [(entry.month, entry.actual) for entry in months if entry.actual is not None]
    if target is None:
        return None
    since, actual = known[-1] if known else (None, _at_the_start(goal))
    return Gap(month, target, since, actual)


def _at_the_start(goal: Goal) -> Fraction:
    return Fraction(goal.start_revenue) if goal.measure == "recurring" else kept_by_month(goal)


def _growth(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return after / before - 1 if before and after is not None else None
