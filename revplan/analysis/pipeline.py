"""How many opportunities are open: one figure with its date, which forecast, coverage and attainment share.

It is what was counted last: the opportunities open at a year's start, or a pipeline that was measured on a day. From
there it is rolled forward month by month: what was created is added, and what the close lag decides goes off. Where a
month's creation is not known, today's pipeline is not known either.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.measured import opportunities_by_month, with_measured
from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from revplan.model.context import Context
    from revplan.model.goals import Goal

MIDDLE_OF_MONTH = 15
"""Up to this day a count stands for its month's start, later for the start of the next."""


class Counted(NamedTuple):
    """A pipeline as it was counted.

    Attributes:
        day: when; the day of today where the plan gives a pipeline without a day.
        opportunities: how many were open.
        amount: what they would bring a year if all were won, in the plan's currency.
        ref: the goal it is written in, and its key.
        is_measured: whether it was measured, and is not the count at a year's start.
        is_dated: whether the plan says when; where it does not, the count stands for whatever month is asked.
    """

    day: date
    opportunities: Fraction
    amount: Fraction
    ref: tuple[str, str]
    is_measured: bool
    is_dated: bool = True

    def stands_for(self, at: Month) -> bool:
        """Tell whether the count was taken at the start of a month; other counts are rolled forward to one."""
        return not self.is_dated or self.month >= at

    @property
    def month(self) -> Month:
        """The month at whose start it stands: the nearest."""
        month = Month.of(self.day)
        return month if self.day.day <= MIDDLE_OF_MONTH else month.plus(1)


class Pipeline(NamedTuple):
    """The opportunities open at the start of a month.

    Attributes:
        at: that month.
        counted: the count it comes from.
        opportunities: how many are open.
        amount: what they would bring a year if all were won, in the plan's currency.
        decided: the part of them that is decided within 1, 2, … months; the last is 1.
        created: what was added on the way, by month.
    """

    at: Month
    counted: Counted
    opportunities: Fraction
    amount: Fraction
    decided: tuple[Fraction, ...]
    created: Mapping[Month, int]

    def share_decided_within(self, months: int) -> Fraction:
        """Return the part that is decided within so many months, won or lost."""
        return self.decided[min(months, len(self.decided)) - 1] if months > 0 else Fraction(0)


def pipeline(context: Context, goal: Goal, at: Month) -> Pipeline | None:
    """Return the opportunities open at the start of a month; None where `pipeline_lacks` something.

    A figure that was counted after that month began stands for it as it is. A close lag that was measured stands in
    place of the goal's.
    """
    goal = with_measured(context, goal, ("close_lag",))
    counted = last_counted(context, goal)
    if counted is None or pipeline_lacks(context, goal, at):
        return None
    if counted.stands_for(at):
        decided = tuple(due_share(goal, number) for number in range(1, max(1, len(goal.close_lag)) + 1))
        return Pipeline(at, counted, counted.opportunities, counted.amount, decided, {})
    return _roll_forward(context, goal, counted, at)


def pipeline_lacks(context: Context, goal: Goal, at: Month) -> tuple[str, ...]:
    """Return the keys of a goal without which the pipeline at the start of a month is not known."""
    goal = with_measured(context, goal, ("close_lag",))
    counted = last_counted(context, goal)
    if counted is None:
        return ("open_opportunities",)
    if counted.stands_for(at):
        return ()
    created = opportunities_by_month(context)
    missing = tuple(f"history.created.{month}" for month in _months_between(counted.month, at) if month not in created)
    return missing if has_sound_lag(goal) else ("close_lag", *missing)


def last_counted(context: Context, goal: Goal) -> Counted | None:
    """Return the pipeline that was counted last, whichever goal has it.

    Where none has been counted by today, it is the count planned for the start of the goal's own year.
    """
    found = tuple(_counts(context, goal))
    by_today = [one for one in found if one.day <= context.today]
    planned = [one for one in found if one.ref[0] == goal.id and not one.is_measured]
    return max(by_today, key=lambda one: (one.day, one.is_measured), default=planned[0] if planned else None)


def _counts(context: Context, goal: Goal) -> Iterator[Counted]:
    settings = context.plan.settings
    now = {goal.id, str(fiscal_year(settings, context.today))}
    for own in (goal, *(other for other in context.plan.goals.values() if other.id != goal.id)):
        acv = Fraction(own.acv)
        if own.open_opportunities is not None:
            count, first = Fraction(own.open_opportunities), fiscal_months(settings, int(own.id))[0].first
            yield Counted(first, count, count * acv, (own.id, "open_opportunities"), is_measured=False)
        if isinstance(own.pipeline, dict):
            for day, measured in own.pipeline.items():
                yield from _count_pipeline(
                    own.id, day, _as_fraction(measured.count), _as_fraction(measured.amount), acv
                )
        elif own.pipeline is not None and own.id in now:
            undated = _count_pipeline(own.id, context.today, None, Fraction(own.pipeline), acv)
            yield from (one._replace(is_dated=False) for one in undated)


def _count_pipeline(
    year: str, day: date, count: Fraction | None, amount: Fraction | None, acv: Fraction
) -> Iterator[Counted]:
    """Yield a measured pipeline. Of count and amount, one may be missing: the ACV gives it from the other."""
    if count is None and amount is not None and acv:
        count = amount / acv
    if amount is None and count is not None:
        amount = count * acv
    if count is not None and amount is not None:
        yield Counted(day, count, amount, (year, "pipeline"), is_measured=True)


def _as_fraction(value: Decimal | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


# --- rolling forward -----------------------------------------------------------------------------------------------


def _roll_forward(context: Context, goal: Goal, counted: Counted, at: Month) -> Pipeline:
    """Return a count, plus what was created since, less what the close lag decided: open = Σ cohort × (1 − F(age)).

    What was open when it was counted is taken to have been created evenly before (see `due_share`).
    """
    created, months = opportunities_by_month(context), _months_between(counted.month, at)
    rest = {len(months): counted.opportunities}
    lag = shares_decided(goal)
    open_of = {
        age: (created[month], [1 - _at(lag, age + ahead) for ahead in range(len(lag) + 1)])
        for age, month in enumerate(reversed(months))
    }
    left = [
        sum((count * (1 - due_share(goal, gone + ahead)) for gone, count in rest.items()), Fraction(0))
        + sum((count * shares[ahead] for count, shares in open_of.values()), Fraction(0))
        for ahead in range(len(lag) + 1)
    ]
    now = left[0]
    return Pipeline(
        at=at,
        counted=counted,
        opportunities=now,
        amount=now * _average(counted, goal),
        decided=tuple(1 - later / now for later in left[1:]) if now else (Fraction(1),),
        created={month: created[month] for month in months},
    )


def _average(counted: Counted, goal: Goal) -> Fraction:
    return counted.amount / counted.opportunities if counted.opportunities else Fraction(goal.acv)


def _months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Return the months from one up to the one before another."""
    count = (last.year - first.year) * MONTHS_PER_YEAR + last.month - first.month
    return tuple(first.plus(number) for number in range(count))


def _at(shares: tuple[Fraction, ...], months: int) -> Fraction:
    return shares[min(months, len(shares) - 1)]


def shares_decided(goal: Goal) -> tuple[Fraction, ...]:
    """Return the parts of all decided opportunities that are decided within 0, 1, 2 … months after their creation."""
    return tuple(accumulate(Fraction(share) for share in goal.close_lag))


def has_sound_lag(goal: Goal) -> bool:
    """Tell whether the close lag is given and adds up to all that is won."""
    return sum(goal.close_lag) == 1


def due_share(goal: Goal, months: int) -> Fraction:
    """Return the part of an open pipeline that is decided within so many months; all of it where no lag is given.

    The pipeline is taken to have been created evenly, so that of what was created a months ago the part 1 − F(a) is
    open and F(a + months) − F(a) is decided in time, F being the close lag added up.
    """
    closed = shares_decided(goal)
    still_open = sum((closed[-1] - done for done in closed), Fraction(0)) if closed else Fraction(0)
    if not still_open:
        return Fraction(1)
    in_time = sum((closed[min(age + months, len(closed) - 1)] - done for age, done in enumerate(closed)), Fraction(0))
    return in_time / still_open
