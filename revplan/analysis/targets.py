"""The year's target by month, and whether the pipeline covers what is left of the quarter's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from revplan.analysis.periods import MONTHS_PER_QUARTER, first_of_quarter, fiscal_months, fiscal_quarter
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.base import Quarter
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.settings import Settings

_CENT = Decimal("0.01")


# --- targets by month --------------------------------------------------------------------------------------------


def monthly_targets(settings: Settings, goal: Goal) -> Mapping[Month, Decimal]:
    """Return a goal's target by month, in the plan's currency, to the cent.

    Of recurring revenue it is the level at the month's end; of recognised revenue, what the month is to bring.
    Where the goal names months, these are they, and a month it does not name is missing. Else its curve draws them
    (growth where it names none): `flat` grows by the same amount each month, or of recognised revenue brings the
    same; `growth` grows by (target / start)^(1/12) − 1 a month; weights multiply the growth of each month. All are
    scaled so that they lead to the year's target exactly.
    """
    months = fiscal_months(settings, int(goal.id))
    if goal.monthly:
        return {month: goal.monthly[month] for month in months if month in goal.monthly}
    parts = _parts(goal)
    base = goal.start_revenue if goal.measure == "recurring" else Decimal(0)
    path = _rounded_path(base, goal.target_revenue, parts)
    if goal.measure == "recurring":
        return dict(zip(months, path[1:], strict=True))
    return {month: after - before for month, (before, after) in zip(months, pairwise(path), strict=True)}


def _parts(goal: Goal) -> Sequence[Decimal]:
    """Return each month's part of the year, in no unit: of the growth, or of recognised revenue itself."""
    if goal.curve == "flat":
        return [Decimal(1)] * MONTHS_PER_YEAR
    grown = _growth(goal)
    if isinstance(goal.curve, tuple):
        return [part * weight for part, weight in zip(grown, goal.curve, strict=True)]
    return grown


def _growth(goal: Goal) -> Sequence[Decimal]:
    """Return parts that rise by one rate a month, as do both a level that grows by it and what it grows by."""
    if not goal.start_revenue or not goal.target_revenue:
        return [Decimal(1)] * MONTHS_PER_YEAR
    ratio = goal.target_revenue / goal.start_revenue
    return [ratio ** (Decimal(number) / MONTHS_PER_YEAR) for number in range(1, MONTHS_PER_YEAR + 1)]


def _rounded_path(start: Decimal, end: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """Return the way from start to end, each step in proportion to its part; rounding never adds up."""
    total = sum(parts, Decimal(0))
    so_far = accumulate(parts, initial=Decimal(0))
    steps = [(start + (end - start) * done / total).quantize(_CENT, ROUND_HALF_UP) for done in so_far]
    return [*steps[:-1], end]


# --- pipeline coverage -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """How the open pipeline stands against what is left of a quarter's target. Amounts in the plan's currency.

    Attributes:
        quarter: the fiscal quarter under way.
        due: the part of the open pipeline that is decided before the quarter ends.
        remaining: new revenue still missing to the quarter's target.
        needed: how many times the remaining target a pipeline has to be: 1 / close rate.
    """

    quarter: Quarter
    due: Fraction
    remaining: Fraction
    needed: Fraction

    @property
    def ratio(self) -> Fraction:
        """How many times the remaining target the pipeline is."""
        return self.due / self.remaining


def coverage(context: Context, goal: Goal) -> Coverage | None:
    """Return the coverage of the quarter under way; None where something needed is missing, or nothing remains.

    Coverage = pipeline due in the period / remaining target. The pipeline is the goal's `pipeline`, else its open
    opportunities × ACV.
    """
    settings = context.plan.settings
    quarter = fiscal_quarter(settings, context.today)
    pipeline = _pipeline(goal)
    remaining = _remaining(settings, goal, quarter)
    if quarter.year != int(goal.id) or pipeline is None or remaining is None or remaining <= 0 or not goal.close_rate:
        return None
    last = _months(settings, quarter)[-1]
    months_left = (last.year - context.today.year) * MONTHS_PER_YEAR + last.month - context.today.month + 1
    return Coverage(quarter, pipeline * due_share(goal, months_left), remaining, 1 / Fraction(goal.close_rate))


def due_share(goal: Goal, months: int) -> Fraction:
    """Return the part of an open pipeline that is decided within so many months; all of it where no lag is given.

    The pipeline is taken to have been created evenly, so that of what was created a months ago the part 1 − F(a) is
    open and F(a + months) − F(a) is decided in time, F being the close lag added up.
    """
    closed = list(accumulate(Fraction(share) for share in goal.close_lag))
    still_open = sum((closed[-1] - done for done in closed), Fraction(0)) if closed else Fraction(0)
    if not still_open:
        return Fraction(1)
    in_time = sum((closed[min(age + months, len(closed) - 1)] - done for age, done in enumerate(closed)), Fraction(0))
    return in_time / still_open


def retention(goal: Goal) -> Fraction:
    """Return the part of last year's revenue that its customers bring again: all of it, where nothing is said."""
    return Fraction(1) if goal.net_revenue_retention is None else Fraction(goal.net_revenue_retention)


def kept_by_month(goal: Goal) -> Fraction:
    """Return what last year's customers bring in a month of recognised revenue, evenly over the year."""
    return Fraction(goal.start_revenue) * retention(goal) / MONTHS_PER_YEAR


def _pipeline(goal: Goal) -> Fraction | None:
    if goal.pipeline is not None:
        return Fraction(goal.pipeline)
    return Fraction(goal.open_opportunities * goal.acv) if goal.open_opportunities is not None else None


def _remaining(settings: Settings, goal: Goal, quarter: Quarter) -> Fraction | None:
    """Return the new revenue still missing to the quarter's target.

    Of recurring revenue: the level at the quarter's end, less the last level known in the year. Of recognised
    revenue: what the quarter's months are to bring, less what they brought; in months without a figure, less what
    the customers of the year before bring in a month.
    """
    targets = monthly_targets(settings, goal)
    months = _months(settings, quarter)
    if any(month not in targets for month in months):
        return None
    if goal.measure == "recurring":
        known = [month for month in fiscal_months(settings, quarter.year) if month in goal.actual]
        level = goal.actual[known[-1]] if known else goal.start_revenue
        return Fraction(targets[months[-1]]) - Fraction(level)
    brought = (Fraction(goal.actual[month]) if month in goal.actual else kept_by_month(goal) for month in months)
    return sum((Fraction(targets[month]) for month in months), Fraction(0)) - sum(brought, Fraction(0))


def _months(settings: Settings, quarter: Quarter) -> tuple[Month, ...]:
    first = Month.of(first_of_quarter(settings, quarter))
    return tuple(first.plus(number) for number in range(MONTHS_PER_QUARTER))
