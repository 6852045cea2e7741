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
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from revplan.analysis.actuals import footing, revenue_kept
from revplan.analysis.budgets import program_budget
from revplan.analysis.funnel import quotient
from revplan.analysis.measured import deal_sizes, opportunities_by_month, recorded_count, with_measured
from revplan.analysis.periods import fiscal_year
from revplan.analysis.pipeline import has_sound_lag, pipeline, pipeline_lacks, shares_decided
from revplan.analysis.targets import monthly_targets
from revplan.model.base import MONTHS_PER_YEAR
from revplan.model.money import to_cents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from revplan.analysis.measured import RateName
    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal

MEASURED: tuple[RateName, ...] = ("close_lag", "net_revenue_retention")
"""What a forecast takes as it was measured; the other rates it draws from what the goal assumes and the record."""
PRIOR_OPPORTUNITIES = 10
"""Number of decided opportunities that the goal's close rate weighs as much as."""
PRIOR_MONTHS = 2
"""Months of observed creation that the opportunities which the budget pays for weigh as much as."""
PRIOR_DEALS = 5
"""Number of deals won that the ACV weighs as much as."""
EQUALLY_LIKELY = 200
"""Values that stand for a distribution."""
_GRID = 400
"""Cells of equal width into which a density is cut to be summed."""
_SPREAD = 6
"""Standard deviations to either side at which a distribution is cut off."""
_DIGITS = 20
"""Significant digits of the decimal arithmetic."""
_REMEMBERED = 64
"""Distributions that are kept: reports of one plan ask for the same few again and again."""


@dataclass(frozen=True, slots=True)
class Drivers:
    """What a year's forecast is drawn from. Money in cents.

    Attributes:
        measure: how revenue counts, as the goal says.
        months: the months to forecast, in order: from the one after the last known to the year's last.
        ahead: how many of them lie before the year.
        base: revenue of the customers there are, at the end of each month (recurring) or in it (recognised).
        known: recognised revenue of the year's months that are known; 0 where revenue is recurring.
        target: the year's target.
        targets: the target of each month; None where it has none.
        close_rates: equally likely parts of opportunities that are won, rising.
        creation: equally likely opportunities created a month of the year, rising.
        deals: sizes of deals a year, each as likely as the others.
        lag: the part of what is won that closes within 0, 1, 2 … months after it was created.
        open: opportunities open before the first month.
        open_lag: the part of these that is decided within the first, the first two … months.
        head_start: months by which the year's creation begins, and ends, earlier than the year.
        before: the same as `creation` for each month that lies before the year, by the budget of its own year; empty
            where they are alike.
    """

    measure: Literal["recurring", "revenue"]
    months: tuple[Month, ...]
    ahead: int
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
    before: tuple[tuple[float, ...], ...] = ()

    def creation_in(self, number: int) -> tuple[float, ...]:
        """Return the equally likely opportunities created in a month, by its number."""
        return self.before[number] if number < len(self.before) else self.creation


def lacking(context: Context, goal: Goal) -> tuple[str, ...]:
    """Return the keys of the goal's fields that a forecast needs and that are missing or incomplete."""
    at = footing(context, goal)
    needs = {
        "close_lag": has_sound_lag(with_measured(context, goal, ("close_lag",))),
        "cost_per_opportunity": creation_record(context, goal) is not None,
        **{f"actual.{month}": goal.measure == "recurring" for month in at.gaps},
    }
    open_lacks = pipeline_lacks(context, goal, at.months[0]) if at.months else ()
    return tuple(dict.fromkeys((*(key for key, given in needs.items() if not given), *open_lacks)))


def lacking_for_attainment(context: Context, goal: Goal) -> tuple[str, ...]:
    """Return the keys of the goal's fields that attainment needs and that are missing: its own close lag counts."""
    lag = () if has_sound_lag(goal) else ("close_lag",)
    return (*lag, *(key for key in lacking(context, goal) if key not in ("close_lag", "cost_per_opportunity")))


def drivers(context: Context, goal: Goal) -> Drivers | None:
    """Return what a goal's year is forecast from; None where something needed is lacking, or no month is left.

    Close lag and net retention are those that were measured, where they were.
    """
    plan, at = context.plan, footing(context, goal)
    record = creation_record(context, goal)
    found = pipeline(context, goal, at.months[0]) if at.months else None
    if found is None or record is None or lacking(context, goal):
        return None
    targets = monthly_targets(plan.settings, goal)
    goal = with_measured(context, goal, MEASURED)
    return Drivers(
        measure=goal.measure,
        months=at.months,
        ahead=at.ahead,
        base=tuple(map(to_cents, revenue_kept(goal, at))),
        known=to_cents(at.known),
        target=to_cents(goal.target_revenue),
        targets=tuple(to_cents(targets[month]) if month in targets else None for month in at.months),
        close_rates=beta(*close_record(context, goal)),
        creation=gamma(*record),
        deals=(*deals(context, goal), *[to_cents(goal.acv)] * PRIOR_DEALS),
        lag=tuple(map(float, shares_decided(goal))),
        open=round(found.opportunities),
        open_lag=tuple(map(float, found.decided)),
        before=_creation_before(context, goal, at.months[: at.ahead]),
    )


def _creation_before(context: Context, goal: Goal, months: tuple[Month, ...]) -> tuple[tuple[float, ...], ...]:
    """Return opportunities created in months before a goal's year, by the budget of each month's year where known."""
    years = [fiscal_year(context.plan.settings, month.first) for month in months]
    goals = {year: context.plan.goals.get(str(year)) or goal for year in years}
    records = {year: creation_record(context, own) or creation_record(context, goal) for year, own in goals.items()}
    rates = {year: gamma(*record) for year, record in records.items() if record is not None}
    return tuple(rates[year] for year in years if year in rates)


# --- records and priors ------------------------------------------------------------------------------------------


def close_record(context: Context, goal: Goal) -> tuple[Fraction, Fraction]:
    """Return opportunities won and lost, the prior's among them: the parameters of a beta distribution."""
    prior = PRIOR_OPPORTUNITIES * Fraction(goal.close_rate)
    won, lost = (recorded_count(context, goal, key) or 0 for key in ("won", "lost"))
    return prior + won, PRIOR_OPPORTUNITIES - prior + lost


def creation_record(context: Context, goal: Goal) -> tuple[Fraction, Fraction] | None:
    """Return opportunities created and months, the prior's among them: the parameters of a gamma distribution.

    The record is that of all goals. None where there is neither a record nor a budget to go by.
    """
    created = opportunities_by_month(context)
    affordable = quotient(program_budget(context.plan, int(goal.id)), goal.cost_per_opportunity)
    prior = (affordable / MONTHS_PER_YEAR * PRIOR_MONTHS, PRIOR_MONTHS) if affordable is not None else (Fraction(0), 0)
    months = Fraction(len(created) + prior[1])
    return (sum(created.values()) + prior[0], months) if months else None


def deals(context: Context, goal: Goal) -> tuple[int, ...]:
    """Return the sizes of deals won, in cents, as the last goal up to this one has them."""
    return tuple(map(to_cents, deal_sizes(context, goal)))


# --- distributions -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=_REMEMBERED)
def beta(won: Fraction, lost: Fraction) -> tuple[float, ...]:
    """Return equally likely rates of a beta distribution: the posterior of a share with so many on either side."""
    if not won or not lost:
        return (0.0 if not won else 1.0,) * EQUALLY_LIKELY
    total = won + lost
    mean, variance = won / total, won * lost / (total * total * (total + 1))
    a, b = _decimal(won - 1), _decimal(lost - 1)
    return _equally_likely(lambda rate: a * rate.ln() + b * (1 - rate).ln(), mean, variance, Decimal(1))


@lru_cache(maxsize=_REMEMBERED)
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
    """Yield where the running sums of cells reach each of the rising numbers, in cells and fractions of a cell."""
    cell = 0
    for want in wanted:
        while sums[cell] < want:
            cell += 1
        before = sums[cell - 1] if cell else Decimal(0)
        yield cell + (want - before) / (sums[cell] - before)


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)
