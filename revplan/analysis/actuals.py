"""The revenue that is known, as one series, and where a goal's year stands by it.

Revenue by month is typed once: as a goal's `actual`, or as the readings of the metric that is revenue itself. Every
figure of the plan reads this one series. All amounts are in the plan's currency. Recurring revenue is a level at a
month's end, as an amount a year; recognised revenue is what a month brought. A month without a figure is missing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.metrics import Metric
    from revplan.model.plan import Plan

# --- the series ----------------------------------------------------------------------------------------------------


def revenue_by_month(context: Context, measure: str) -> dict[Month, Fraction]:
    """Return the revenue known up to today, by month, over all goals of a measure.

    Where no goal has the actual of a month that is over, the last reading that the revenue metric took in it counts.
    """
    this_month = Month.of(context.today)
    typed = {
        month: Fraction(amount)
        for goal in context.plan.goals.values()
        if goal.measure == measure
        for month, amount in goal.actual.items()
        if month <= this_month
    }
    read = {month: value for month, (_, value) in read_by_month(context, measure).items()}
    return read | typed


def read_by_month(
    context: Context, measure: str, metrics: Sequence[Metric] | None = None
) -> dict[Month, tuple[date, Fraction]]:
    """Return the day and the value of the revenue metric's last reading in each month that is over.

    Nothing where the year's goals count revenue in two ways, or the metric's unit is not the plan's currency.
    """
    if any(goal.measure != measure for goal in context.plan.goals.values()):
        return {}
    found: dict[Month, tuple[date, Fraction]] = {}
    for metric in revenue_metrics(context.plan) if metrics is None else metrics:
        for day, value in sorted(metric.readings.items()):
            month = Month.of(day)
            if value is not None and month.last <= context.today and is_series(metric, measure, day):
                found[month] = (day, Fraction(value))
    return found


def source_metric(context: Context, measure: str, month: Month) -> Metric | None:
    """Return the metric whose reading is a month's revenue; None where a goal has the month, or nothing has it."""
    if any(goal.measure == measure and month in goal.actual for goal in context.plan.goals.values()):
        return None
    given = [each for each in revenue_metrics(context.plan) if month in read_by_month(context, measure, [each])]
    return given[-1] if given else None  # the last one, as in `read_by_month`


def revenue_metrics(plan: Plan) -> tuple[Metric, ...]:
    """Return the metrics that are revenue itself, counted in the plan's currency."""
    currency = plan.settings.currency
    return tuple(metric for metric in plan.metrics.values() if metric.revenue and currency.counts(metric.unit.strip()))


def is_series(metric: Metric, measure: str, day: date | None = None) -> bool:
    """Tell whether a metric's readings are revenue by month, or whether the one of a day is.

    What is read monthly is. What is read weekly is a level that recurs, and tells the month on its last day; of
    recognised revenue it would be a week's.
    """
    if metric.cadence == "monthly":
        return True
    return measure == "recurring" and (day is None or day == Month.of(day).last)


def missing_months(context: Context) -> tuple[tuple[Goal, Month], ...]:
    """Return the months that are over and have no revenue, each with its goal: of this fiscal year and the last.

    They are asked for from the first month known on. Where nothing is known yet, only the last one is asked for.
    """
    plan, this_year = context.plan, fiscal_year(context.plan.settings, context.today)
    goals = [plan.goals[str(year)] for year in (this_year - 1, this_year) if str(year) in plan.goals]
    return tuple((goal, month) for goal in goals for month in _missing_in(context, goal))


def _missing_in(context: Context, goal: Goal) -> tuple[Month, ...]:
    known = revenue_by_month(context, goal.measure)
    over = [month for month in fiscal_months(context.plan.settings, int(goal.id)) if month.last < context.today]
    if not known:
        return tuple(over[-1:]) if Month.of(context.today).plus(-1) in over else ()
    return tuple(month for month in over if month > min(known) and month not in known)


# --- where a year stands -------------------------------------------------------------------------------------------


class YearStart(NamedTuple):
    """Revenue where a fiscal year starts.

    Attributes:
        amount: yearly recurring revenue, or what the year before brought.
        month: the last month of the year before, where the amount is an actual; None where it is the goal's plan.
    """

    amount: Fraction
    month: Month | None


def year_start(context: Context, goal: Goal) -> YearStart:
    """Return the actual that a goal's year starts from; the goal's `start_revenue` where it is not known."""
    known = revenue_by_month(context, goal.measure)
    first = fiscal_months(context.plan.settings, int(goal.id))[0]
    before = [first.plus(-number) for number in range(1, MONTHS_PER_YEAR + 1)]
    if goal.measure == "recurring":
        before = before[:1]
    if all(month in known for month in before):
        return YearStart(sum((known[month] for month in before), Fraction(0)), before[0])
    return YearStart(Fraction(goal.start_revenue), None)


class Footing(NamedTuple):
    """Where a goal's year stands: what its forecast and its attainment set out from.

    Attributes:
        since: the last month whose revenue is known, in whatever year; None where none is.
        level: revenue then; the goal's start where none is known, a twelfth of it where revenue is recognised.
        months: the months to come, from the one after `since` to the last of the goal's year; none of a year that
            is over.
        ahead: how many of these lie before the goal's year.
        known: what the year's months that are known brought; 0 where revenue is recurring.
        gaps: the months of the year before `since` whose revenue is not known.
    """

    since: Month | None
    level: Fraction
    months: tuple[Month, ...]
    ahead: int
    known: Fraction
    gaps: tuple[Month, ...]


def footing(context: Context, goal: Goal) -> Footing:
    """Return where a goal's year stands: by the last month whose revenue is known, which may lie in an earlier year."""
    year = fiscal_months(context.plan.settings, int(goal.id))
    known = revenue_by_month(context, goal.measure)
    since = max((month for month in known if month <= year[-1]), default=None)
    first = year[0] if since is None else since.plus(1)
    months = () if year[-1] < Month.of(context.today) else _through(first, year[-1])
    return Footing(
        since=since,
        level=known[since] if since is not None else _planned_level(goal),
        months=months,
        ahead=sum(month < year[0] for month in months),
        known=_revenue_brought(goal, known, year),
        gaps=tuple(month for month in year if since is not None and month < since and month not in known),
    )


def _through(first: Month, last: Month) -> tuple[Month, ...]:
    count = (last.year - first.year) * MONTHS_PER_YEAR + last.month - first.month + 1
    return tuple(first.plus(number) for number in range(count))


def _planned_level(goal: Goal) -> Fraction:
    return Fraction(goal.start_revenue) / (1 if goal.measure == "recurring" else MONTHS_PER_YEAR)


def _revenue_brought(goal: Goal, known: Mapping[Month, Fraction], year: tuple[Month, ...]) -> Fraction:
    if goal.measure == "recurring":
        return Fraction(0)
    return sum((known[month] for month in year if month in known), Fraction(0))


# --- what earlier customers go on bringing -------------------------------------------------------------------------


def retention(goal: Goal) -> Fraction:
    """Return the part of a year's revenue that its customers bring in the next: all of it, where nothing is said."""
    return Fraction(1) if goal.net_revenue_retention is None else Fraction(goal.net_revenue_retention)


def kept_share(goal: Goal, months: int) -> Fraction:
    """Return the part, 0 or more, of today's revenue that the same customers bring `months` months later.

    It moves evenly to net retention's part twelve months on, and by the same part again in each year after that.
    """
    years, rest = divmod(months, MONTHS_PER_YEAR)
    return retention(goal) ** years * (1 - (1 - retention(goal)) * rest / MONTHS_PER_YEAR)


def revenue_kept(goal: Goal, at: Footing) -> tuple[Fraction, ...]:
    """Return what earlier customers bring in each month to come: a level (recurring), or a month's revenue.

    Recognised revenue goes on at the run rate of the last month known, times retention by month. Where no month is
    known, the year before brings its retained part evenly.
    """
    if goal.measure == "revenue" and at.since is None:
        return (at.level * retention(goal),) * len(at.months)
    return tuple(at.level * kept_share(goal, number) for number in range(1, len(at.months) + 1))


def revenue_kept_in_year(context: Context, goal: Goal) -> Fraction:
    """Return what the customers there were at the year's start bring to the year's target.

    Of recurring revenue, start × net retention. Of recognised revenue, the run rate of the month before the year
    times retention by month; where that month is not known, start × net retention.
    """
    first = fiscal_months(context.plan.settings, int(goal.id))[0]
    before = revenue_by_month(context, goal.measure).get(first.plus(-1))
    if goal.measure == "recurring" or before is None:
        return year_start(context, goal).amount * retention(goal)
    return sum((before * kept_share(goal, number) for number in range(1, MONTHS_PER_YEAR + 1)), Fraction(0))
