"""The year's target by month, and whether the pipeline covers what is left of the quarter's."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.actuals import footing, revenue_by_month, revenue_kept
from revplan.analysis.periods import MONTHS_PER_QUARTER, first_of_quarter, fiscal_months, fiscal_quarter
from revplan.analysis.pipeline import pipeline
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.analysis.actuals import Footing
    from revplan.analysis.pipeline import Pipeline
    from revplan.model.base import Quarter
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.settings import Settings

_CENT = Decimal("0.01")
_NONE = Fraction(0)


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


class Coverage(NamedTuple):
    """The open pipeline against the part of a quarter's target that is not reached. Amounts in the plan's currency.

    Attributes:
        quarter: the fiscal quarter under way.
        open: the open pipeline it goes by.
        due: the part of it that is decided before the quarter ends, as far as it counts in it.
        remaining: new revenue still missing to the quarter's target.
        needed: how many times the remaining target a pipeline has to be: 1 / close rate.
    """

    quarter: Quarter
    open: Pipeline
    due: Fraction
    remaining: Fraction
    needed: Fraction

    @property
    def ratio(self) -> Fraction:
        """How many times the remaining target the pipeline is."""
        return self.due / self.remaining


def coverage(context: Context, goal: Goal) -> Coverage | None:
    """Return the coverage of the quarter under way; None where something needed is missing, or nothing remains.

    Coverage = pipeline due in the period / remaining target, both from the last month known on. Of recognised revenue,
    what is due is what it would bring within the quarter if all of it were won.
    """
    settings = context.plan.settings
    quarter = fiscal_quarter(settings, context.today)
    at = footing(context, goal)
    months = _months(settings, quarter)
    remaining = _remaining(context, goal, at, months)
    if quarter.year != int(goal.id) or not at.months or remaining is None or remaining <= 0 or not goal.close_rate:
        return None
    found = pipeline(context, goal, at.months[0])
    if found is None:
        return None
    to_come = [month for month in at.months if month <= months[-1]]
    ahead = sum(month < months[0] for month in to_come)
    parts = win_weights(goal.measure, len(to_come), ahead)
    decided = [found.share_decided_within(number) for number in range(len(to_come) + 1)]
    due = sum((part * (after - before) for part, (before, after) in zip(parts, pairwise(decided), strict=True)), _NONE)
    return Coverage(quarter, found, found.amount * due, remaining, 1 / Fraction(goal.close_rate))


def win_weights(measure: str, months: int, ahead: int = 0) -> tuple[Fraction, ...]:
    """Return what a customer won in each month brings by the end of a period, in contract values a year.

    Recurring revenue is all there at the end. Recognised revenue comes by the month: won in month m of twelve, it is
    (13 − m) / 12 of a year's.

    Args:
        measure: how revenue counts.
        months: how many months there are to the period's end.
        ahead: how many of them lie before the period, and count only from its first month on.
    """
    if measure == "recurring":
        return (Fraction(1),) * months
    return tuple(Fraction(months - max(number, ahead), MONTHS_PER_YEAR) for number in range(months))


def _remaining(context: Context, goal: Goal, at: Footing, months: tuple[Month, ...]) -> Fraction | None:
    """Return the new revenue still missing to the quarter's target.

    Of recurring revenue: the level at the quarter's end, less what the last level known comes to by then. Of
    recognised revenue: what the quarter's months are to bring, less what they brought; in months without a figure,
    less what earlier customers go on bringing.
    """
    targets = monthly_targets(context.plan.settings, goal)
    if any(month not in targets for month in months):
        return None
    by_month = dict(zip(at.months, revenue_kept(goal, at), strict=True))
    if goal.measure == "recurring":
        return Fraction(targets[months[-1]]) - by_month.get(months[-1], at.level)
    known = revenue_by_month(context, goal.measure)
    brought = (known.get(month, by_month.get(month, at.level)) for month in months)
    return sum((Fraction(targets[month]) for month in months), _NONE) - sum(brought, _NONE)


def _months(settings: Settings, quarter: Quarter) -> tuple[Month, ...]:
    first = Month.of(first_of_quarter(settings, quarter))
    return tuple(first.plus(number) for number in range(MONTHS_PER_QUARTER))
