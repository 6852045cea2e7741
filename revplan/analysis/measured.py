"""What was measured of the rates that a goal assumes, each with its interval, and the goal with these in their place.

An interval holds the true rate in 95 of 100 cases. Shares (close rate, customers kept) have Wilson's, means (ACV, close
lag) Student's, and a cost per opportunity that of a Poisson count. Counts are those of the last twelve months where
they are known by month.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, Literal, NamedTuple, assert_never

from revplan import wording
from revplan.model.base import MONTHS_PER_YEAR
from revplan.model.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal, History, Retained
    from revplan.model.money import Currency

RateName = Literal[
    "close_rate", "close_lag", "acv", "net_revenue_retention", "gross_revenue_retention", "cost_per_opportunity"
]
"""Fields of a goal that can be measured."""
RATES: tuple[RateName, ...] = (
    *("close_rate", "close_lag", "acv", "net_revenue_retention", "gross_revenue_retention", "cost_per_opportunity"),
)
"""All of them, in the order of the report."""
CountKey = Literal["won", "lost", "created", "new_customers"]
NORMAL = 1.959964
"""The normal distribution's two-sided quantile for 95 of 100."""
LEAST_TO_JUDGE = 10
"""Opportunities, deals or customers from which on what was measured says something against an assumption."""
LEAST_WON = 20
"""Opportunities won from which on forecast and pipeline go by the measured close lag."""
LEAST_MONTHS = 3
"""Months from which on a yearly rate can be told from a part of a year."""
_FOR_MEAN = 2
_DIGITS = 6


class MeasuredRate(NamedTuple):
    """A rate that a goal assumes, as it was measured.

    Attributes:
        name: the goal's field.
        planned: what the goal assumes; of a close lag its mean in months; None where it says nothing.
        value: what was measured, in the same unit.
        low, high: the interval that holds the true value in 95 of 100 cases.
        of: how many opportunities, deals or customers it rests on.
        noun: what these are, in the plural.
        currency: the plan's, in which amounts of the rate are said.
    """

    name: RateName
    planned: Fraction | None
    value: Fraction
    low: Fraction
    high: Fraction
    of: int
    noun: str
    currency: Currency

    @property
    def is_off(self) -> bool:
        """Whether the goal assumes what lies outside the interval; not to be told of few, or where there is none."""
        if self.planned is None or self.of < LEAST_TO_JUDGE:
            return False
        return self.low < self.high and not self.low <= self.planned <= self.high

    @property
    def label(self) -> str:
        """The rate's name in a sentence."""
        return "ACV" if self.name == "acv" else self.name.replace("_", " ")

    def say(self, value: Fraction) -> str:
        """Return a value of this rate as people read it: money, months or a per cent."""
        if self.name in ("acv", "cost_per_opportunity"):
            return self.currency.say(value)
        return wording.quantity(value, "month") if self.name == "close_lag" else wording.rate(value)

    def say_interval(self) -> str:
        """Return the interval: `11.9% to 23.9%`, `2.1 to 3.4 months`."""
        low, high = (self.say(end) for end in (self.low, self.high))
        return f"{low.removesuffix(' months').removesuffix(' month')} to {high}"


# --- intervals -----------------------------------------------------------------------------------------------------


def wilson(count: int, total: int) -> tuple[Fraction, Fraction]:
    """Return the score interval of a share (E. B. Wilson, JASA 22, 1927): it holds for small counts too."""
    share, z = count / total, NORMAL
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return _round_interval(middle - spread if count else 0, middle + spread if count < total else 1, most=1)


def student(values: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return the interval of a mean of two values or more, by Student's distribution."""
    number = len(values)
    mean = sum(values, Fraction(0)) / number
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (number - 1)
    spread = _student_quantile(number - 1) * sqrt(variance / number)
    return _round_interval(float(mean) - spread, float(mean) + spread)


_QUANTILES = {1: 12.706205, 2: 4.302653, 3: 3.182446, 4: 2.776445, 5: 2.570582, 6: 2.446912, 7: 2.364624}
"""Of few degrees of freedom, where the expansion is not exact enough."""


def _student_quantile(freedom: int) -> float:
    """Return Student's quantile by Fisher's expansion (Abramowitz and Stegun, 26.7.5)."""
    if freedom in _QUANTILES:
        return _QUANTILES[freedom]
    z = NORMAL
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / float(freedom**power) for power, term in enumerate(terms, start=1))


def byar(count: int) -> tuple[Fraction, Fraction]:
    """Return the interval of a Poisson count by Byar's approximation (Breslow and Day, IARC 82, 1987)."""

    def bound(number: int, sign: int) -> float:
        return number * (1 - 1 / (9 * number) + sign * NORMAL / (3 * sqrt(number))) ** 3

    return _round_interval(bound(count, -1) if count else 0, bound(count + 1, 1))


def _round_interval(low: float, high: float, most: int | None = None) -> tuple[Fraction, Fraction]:
    """Return an interval rounded to a few digits, from 0 up."""
    rounded = [Fraction(round_half_up(Fraction(max(0.0, end)), _DIGITS)) for end in (low, high)]
    return rounded[0], rounded[1] if most is None else min(Fraction(most), rounded[1])


# --- what was counted ----------------------------------------------------------------------------------------------


def counts_by_month(context: Context, key: CountKey) -> dict[Month, int]:
    """Return what the goals' histories count by month, in months that are over; the later year's word counts."""
    return {
        month: count
        for history in _histories(context)
        if isinstance(value := getattr(history, key), dict)
        for month, count in value.items()
        if month.last <= context.today
    }


def opportunities_by_month(context: Context) -> dict[Month, int]:
    """Return the opportunities created in each month that is over, over all goals; the later year's word counts."""
    return counts_by_month(context, "created")


def recorded_count(context: Context, goal: Goal, key: Literal["won", "lost"]) -> int | None:
    """Return how many opportunities were won, or lost.

    Those of the last twelve months that are known by month; else a goal's count in all, or where it has none, that of
    the last year before which has one.
    """
    by_month = {month: count for month, count in counts_by_month(context, key).items() if month >= _first(context)}
    if by_month:
        return sum(by_month.values())
    counts = (getattr(history, key) for history in _up_to(context, goal))
    return next((count for count in counts if isinstance(count, int)), None)


def _first(context: Context) -> Month:
    """Return the first of the twelve months up to the last one that is known by month, won or lost."""
    known = (*counts_by_month(context, "won"), *counts_by_month(context, "lost"))
    return max(known).plus(1 - MONTHS_PER_YEAR)


def _histories(context: Context) -> Iterator[History]:
    """Yield the goals' histories, the earliest year's first."""
    return (goal.history for _, goal in sorted(context.plan.goals.items()) if goal.history is not None)


def _up_to(context: Context, goal: Goal) -> tuple[History, ...]:
    """Return the histories of a goal and of those of earlier years, the latest first."""
    goals = [goal, *(own for year, own in sorted(context.plan.goals.items(), reverse=True) if year < goal.id)]
    return tuple(own.history for own in goals if own.history is not None)


def counted_lag(context: Context, goal: Goal) -> tuple[int, ...]:
    """Return how many opportunities won closed 0, 1, 2 … months after they were created; nothing where not counted."""
    return next((history.lag for history in _up_to(context, goal) if sum(history.lag)), ())


def deal_sizes(context: Context, goal: Goal) -> tuple[Decimal, ...]:
    """Return the sizes of deals won, as the last goal up to this one has them."""
    return next((history.deals for history in _up_to(context, goal) if history.deals), ())


def last_retention(context: Context) -> Retained | None:
    """Return the retention measured last, over LEAST_MONTHS at least."""
    found: dict[Month, Retained] = {}
    for history in _histories(context):
        found |= {month: own for month, own in history.retention.items() if own.months >= LEAST_MONTHS}
    known = [month for month in found if month.last <= context.today]
    return found[max(known)] if known else None


# --- rates ---------------------------------------------------------------------------------------------------------


def measured_rates(context: Context, goal: Goal, names: Iterable[RateName] = RATES) -> tuple[MeasuredRate, ...]:
    """Return the measured rates of a goal. A rate without measurements is left out."""
    found = (_measure(context, goal, name) for name in names)
    return tuple(each for each in found if each is not None)


def _measure(context: Context, goal: Goal, name: RateName) -> MeasuredRate | None:
    match name:
        case "close_rate":
            return _close_rate(context, goal)
        case "close_lag":
            return _close_lag(context, goal)
        case "acv":
            return _acv(context, goal)
        case "net_revenue_retention" | "gross_revenue_retention":
            return _retention(context, goal, name)
        case "cost_per_opportunity":
            return _cost_per_opportunity(context, goal)
    assert_never(name)


def _close_rate(context: Context, goal: Goal) -> MeasuredRate | None:
    won, lost = (recorded_count(context, goal, key) for key in ("won", "lost"))
    if won is None or lost is None or not won + lost:
        return None
    decided = won + lost
    return MeasuredRate(
        "close_rate",
        Fraction(goal.close_rate),
        Fraction(won, decided),
        *wilson(won, decided),
        decided,
        "decided opportunities",
        context.plan.settings.currency,
    )


def _close_lag(context: Context, goal: Goal) -> MeasuredRate | None:
    counts = counted_lag(context, goal)
    months = [Fraction(age) for age, count in enumerate(counts) for _ in range(count)]
    if len(months) < _FOR_MEAN:
        return None
    planned = sum((age * Fraction(share) for age, share in enumerate(goal.close_lag)), Fraction(0))
    mean = sum(months, Fraction(0)) / len(months)
    return MeasuredRate(
        "close_lag",
        planned if goal.close_lag else None,
        mean,
        *student(months),
        len(months),
        "opportunities won",
        context.plan.settings.currency,
    )


def _acv(context: Context, goal: Goal) -> MeasuredRate | None:
    sizes = [Fraction(size) for size in deal_sizes(context, goal)]
    if len(sizes) < _FOR_MEAN:
        return None
    mean = sum(sizes, Fraction(0)) / len(sizes)
    currency = context.plan.settings.currency
    return MeasuredRate("acv", Fraction(goal.acv), mean, *student(sizes), len(sizes), "deals won", currency)


def _retention(context: Context, goal: Goal, name: RateName) -> MeasuredRate | None:
    found = last_retention(context)
    if found is None or not found.customers:
        return None
    is_net, planned = name == "net_revenue_retention", getattr(goal, name)
    rate, error = (found.net, found.net_error) if is_net else (found.gross, found.gross_error)
    spread = NORMAL * float(error) if error is not None else 0.0
    low, high = (_yearly(float(rate) + way * spread, found.months) for way in (-1, 1))
    return MeasuredRate(
        name,
        Fraction(planned) if planned is not None else None,
        Fraction(round_half_up(Fraction(_yearly(float(rate), found.months)), _DIGITS)),
        *_round_interval(low, high, None if is_net else 1),
        found.customers,
        "customers",
        context.plan.settings.currency,
    )


def _yearly(rate: float, months: int) -> float:
    """Return a year's retention, extrapolated from the retention of `months` months: rate^(12 / months)."""
    return max(0.0, rate) if months == MONTHS_PER_YEAR else max(0.0, rate) ** (MONTHS_PER_YEAR / months)


def _cost_per_opportunity(context: Context, goal: Goal) -> MeasuredRate | None:
    """Return what creating an opportunity cost: the program lines' spending / opportunities created, by months of both.

    A month counts where every program line that has any spending has its own.
    """
    spent = [line.actual for line in context.plan.budget.values() if line.category == "programs" and line.actual]
    created = counts_by_month(context, "created")
    months = sorted(month for month in created if spent and all(month in actual for actual in spent))[-MONTHS_PER_YEAR:]
    count = sum(created[month] for month in months)
    if not count:
        return None
    cost = sum((Fraction(actual[month]) for actual in spent for month in months), Fraction(0))
    if cost < 0:
        return None  # more came back than was spent
    low, high = byar(count)
    planned = Fraction(goal.cost_per_opportunity) if goal.cost_per_opportunity is not None else None
    return MeasuredRate(
        "cost_per_opportunity",
        planned,
        cost / count,
        cost / high,
        cost / low,
        count,
        "opportunities",
        context.plan.settings.currency,
    )


# --- the goal with what was measured -------------------------------------------------------------------------------


def measured_lag(context: Context, goal: Goal) -> tuple[Decimal, ...]:
    """Return the close lag as it was measured on LEAST_WON or more, as shares that sum to 1; else the goal's own."""
    counts = counted_lag(context, goal)
    total = sum(counts)
    if total < LEAST_WON:
        return goal.close_lag
    shares = [round_half_up(Fraction(count, total), _DIGITS) for count in counts]
    return (*shares[:-1], 1 - sum(shares[:-1], Decimal(0)))


def with_measured(context: Context, goal: Goal, names: Iterable[RateName] = RATES) -> Goal:
    """Return a goal whose assumed rates are replaced by the measured ones, where there are any.

    Args:
        context: the plan and the day.
        goal: the goal.
        names: which of its rates.
    """
    found: dict[str, object] = {
        rate.name: round_half_up(rate.value, _DIGITS)
        for rate in measured_rates(context, goal, [name for name in names if name != "close_lag"])
    }
    if "close_lag" in names:
        found["close_lag"] = measured_lag(context, goal)
    return goal.model_copy(update=found)
