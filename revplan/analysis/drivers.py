"""What a forecast is drawn from: close rate, creation of opportunities, deal sizes, lag, and what is open now.

Each is taken from the plan's own history, and a prior stands in for the history that is not there yet: the goal's
close rate counts like PRIOR_OPPORTUNITIES decided ones, what the budget can create like PRIOR_MONTHS months, the ACV
like PRIOR_DEALS deals. So a young plan is forecast by its goal, and an old one by its record.

A rate that is not known for sure is a distribution, kept as EQUALLY_LIKELY values of equal chance. They are worked out
by decimal arithmetic, which is the same to the last digit on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from revplan.analysis.funnel import has_sound_lag, outlook
from revplan.analysis.periods import fiscal_months
from revplan.analysis.targets import due_share, kept_by_month, monthly_targets, retention
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.plan import Plan

PRIOR_OPPORTUNITIES = 10
"""Decided opportunities that the goal's close rate counts for."""
PRIOR_MONTHS = 2
"""Months of creation that the budget's promise counts for."""
PRIOR_DEALS = 5
"""Deals that the ACV counts for."""
EQUALLY_LIKELY = 200
"""Values that stand for a distribution."""
CENTS = 100
_GRID = 400
_SPREAD = 6
"""Standard deviations to either side within which a distribution is looked at."""
_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Drivers:
    """What a year's forecast is drawn from. Money in cents.

    Attributes:
        measure: how revenue counts, as the goal says.
        months: the months to forecast, in order: those of the year after the last one known.
        base: revenue of the customers there are, at the end of each month (recurring) or in it (recognised).
        known: recognised revenue of the year's months that are known; 0 where revenue is recurring.
        target: the year's target.
        targets: the target of each month; None where it has none.
        close_rates: equally likely parts of opportunities that are won, rising.
        creation: equally likely opportunities created a month, rising.
        deals: sizes of deals a year, each as likely as the others.
        lag: the part of what is won that closes within 0, 1, 2 … months after it was created.
        open: opportunities open before the first month.
        open_lag: the part of these that is decided within the first, the first two … months.
        head_start: months by which creation begins, and ends, earlier than the year.
    """

    measure: Literal["recurring", "revenue"]
    months: tuple[Month, ...]
    base: tuple[int, ...]
    known: int
    target: int
    targets: tuple[int | None, ...]
    close_rates: tuple[float, ...]
    creation: tuple[float, ...]
    deals: tuple[int, ...]
    lag: tuple[float, ...]
    open: int
    open_lag: tuple[float, ...]
    head_start: int = 0


def lacking(context: Context, goal: Goal) -> tuple[str, ...]:
    """Return what a goal does not say, or not in full, and a forecast needs, as its keys."""
    needs = {
        "close_lag": has_sound_lag(goal),
        "open_opportunities": _open(goal) is not None,
        "cost_per_opportunity": creation_record(context.plan, goal) is not None,
        "actual": _is_whole(context, goal),
    }
    return tuple(key for key, given in needs.items() if not given)


def drivers(context: Context, goal: Goal) -> Drivers | None:
    """Return what a goal's year is forecast from; None where something needed is lacking, or no month is left."""
    plan, year_open = context.plan, _open(goal)
    months = months_to_forecast(context, goal)
    record = creation_record(plan, goal)
    if year_open is None or record is None or not months or lacking(context, goal):
        return None
    targets = monthly_targets(plan.settings, goal)
    return Drivers(
        measure=goal.measure,
        months=months,
        base=_base(context, goal, months),
        known=_known_revenue(context, goal) if goal.measure == "revenue" else 0,
        target=_cents(goal.target_revenue),
        targets=tuple(_cents(targets[month]) if month in targets else None for month in months),
        close_rates=beta(*close_record(goal)),
        creation=gamma(*record),
        deals=(*_deals(goal), *[_cents(goal.acv)] * PRIOR_DEALS),
        lag=tuple(float(sum(goal.close_lag[: month + 1])) for month in range(len(goal.close_lag))),
        open=year_open,
        open_lag=tuple(float(due_share(goal, number)) for number in range(1, MONTHS_PER_YEAR + 1)),
    )


def months_to_forecast(context: Context, goal: Goal) -> tuple[Month, ...]:
    """Return the months of a goal's year after the last one whose revenue is known; none of a year that is over."""
    months = fiscal_months(context.plan.settings, int(goal.id))
    known = known_months(context, goal)
    return () if months[-1] < Month.of(context.today) else tuple(month for month in months if month not in known)


def known_months(context: Context, goal: Goal) -> tuple[Month, ...]:
    """Return the months of a goal's year up to the last one whose revenue is known, in order."""
    months = fiscal_months(context.plan.settings, int(goal.id))
    this_month = Month.of(context.today)
    last = max((month for month in goal.actual if month in months and month <= this_month), default=None)
    return tuple(month for month in months if last is not None and month <= last)


def _is_whole(context: Context, goal: Goal) -> bool:
    """Tell whether the months so far are known as far as the year needs them: all, where they add up."""
    return goal.measure == "recurring" or all(month in goal.actual for month in known_months(context, goal))


# --- records and priors ------------------------------------------------------------------------------------------


def close_record(goal: Goal) -> tuple[Fraction, Fraction]:
    """Return opportunities won and lost, the prior's among them: the parameters of a beta distribution."""
    history = goal.history
    won = history.won if history is not None and history.won is not None else 0
    lost = history.lost if history is not None and history.lost is not None else 0
    prior = PRIOR_OPPORTUNITIES * Fraction(goal.close_rate)
    return prior + won, PRIOR_OPPORTUNITIES - prior + lost


def creation_record(plan: Plan, goal: Goal) -> tuple[Fraction, Fraction] | None:
    """Return opportunities created and months, the prior's among them: the parameters of a gamma distribution.

    None where there is neither a history nor a budget to go by.
    """
    created = goal.history.created if goal.history is not None else {}
    affordable = outlook(plan, goal).affordable
    prior = (affordable / MONTHS_PER_YEAR * PRIOR_MONTHS, PRIOR_MONTHS) if affordable is not None else (Fraction(0), 0)
    months = Fraction(len(created) + prior[1])
    return (sum(created.values()) + prior[0], months) if months else None


def _deals(goal: Goal) -> tuple[int, ...]:
    return tuple(map(_cents, goal.history.deals)) if goal.history is not None else ()


def _open(goal: Goal) -> int | None:
    """Return how many opportunities are open: by the pipeline of today where it is known, else at the year's start."""
    if goal.pipeline is not None and goal.acv:
        return round(goal.pipeline / goal.acv)
    return goal.open_opportunities


# --- what the customers there are bring --------------------------------------------------------------------------


def _base(context: Context, goal: Goal, months: tuple[Month, ...]) -> tuple[int, ...]:
    """Return what the customers there are bring, by month, in cents.

    Recurring revenue moves evenly from its last level to net retention's part of it twelve months on. Recognised
    revenue goes on as in the last month known; before any is, the year before brings its retained part evenly.
    """
    known = known_months(context, goal)
    last = Fraction(goal.actual[known[-1]]) if known else None
    if goal.measure == "revenue":
        month = last if last is not None else kept_by_month(goal)
        return tuple(_cents(month) for _ in months)
    level = last if last is not None else Fraction(goal.start_revenue)
    steps = range(1, len(months) + 1)
    return tuple(_cents(level * (1 - (1 - retention(goal)) * step / MONTHS_PER_YEAR)) for step in steps)


def _known_revenue(context: Context, goal: Goal) -> int:
    """Return the year's recognised revenue so far, in cents."""
    return sum(_cents(goal.actual[month]) for month in known_months(context, goal))


def _cents(amount: Decimal | Fraction) -> int:
    return round(Fraction(amount) * CENTS)


# --- distributions -----------------------------------------------------------------------------------------------


def beta(won: Fraction, lost: Fraction) -> tuple[float, ...]:
    """Return equally likely rates of a beta distribution: the posterior of a share with so many on either side."""
    if not won or not lost:
        return (0.0 if not won else 1.0,) * EQUALLY_LIKELY
    total = won + lost
    mean, variance = won / total, won * lost / (total * total * (total + 1))
    a, b = _decimal(won - 1), _decimal(lost - 1)
    return _equally_likely(lambda rate: a * rate.ln() + b * (1 - rate).ln(), mean, variance, Decimal(1))


def gamma(count: Fraction, months: Fraction) -> tuple[float, ...]:
    """Return equally likely rates a month of a gamma distribution: the posterior after a count in so many months."""
    if not count:
        return (0.0,) * EQUALLY_LIKELY
    shape, rate = _decimal(count - 1), _decimal(months)
    mean, variance = count / months, count / (months * months)
    return _equally_likely(lambda value: shape * value.ln() - rate * value, mean, variance, None)


def _equally_likely(
    log_density: Callable[[Decimal], Decimal], mean: Fraction, variance: Fraction, most: Decimal | None
) -> tuple[float, ...]:
    """Return values at the middles of so many slices of equal chance, for a density on 0 … most."""
    with localcontext() as context:
        context.prec = _DIGITS
        middle, spread = _decimal(mean), _SPREAD * _decimal(variance).sqrt()
        low = max(Decimal(0), middle - spread)
        high = middle + spread if most is None else min(most, middle + spread)
        step = (high - low) / _GRID
        logs = [log_density(low + step * (2 * number + 1) / 2) for number in range(_GRID)]
        top = max(logs)
        sums = list(accumulate((value - top).exp() for value in logs))
        wanted = (sums[-1] * (2 * number + 1) / (2 * EQUALLY_LIKELY) for number in range(EQUALLY_LIKELY))
        return tuple(float(low + step * place) for place in _crossings(sums, wanted))


def _crossings(sums: Sequence[Decimal], wanted: Iterable[Decimal]) -> Iterator[Decimal]:
    """Yield the place, in cells and parts of a cell, where the running sums of cells reach each number; they rise."""
    cell = 0
    for want in wanted:
        while sums[cell] < want:
            cell += 1
        before = sums[cell - 1] if cell else Decimal(0)
        yield cell + (want - before) / (sums[cell] - before)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
