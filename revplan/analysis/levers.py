"""What would make goal and budget meet: the least change of one thing at a time, each worked out."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.analysis.budgets import program_budget
from revplan.analysis.drivers import drivers
from revplan.analysis.funnel import need, outlook, outset, verdict, weigh
from revplan.analysis.periods import fiscal_months
from revplan.model.base import MONTHS_PER_YEAR, Month

if TYPE_CHECKING:
    from collections.abc import Callable

    from revplan.analysis.drivers import Drivers
    from revplan.analysis.funnel import Outlook, Outset, Verdict
    from revplan.model.context import Context
    from revplan.model.goals import Goal

    Name = Literal["close rate", "ACV", "budget", "start earlier"]

CHEAPEST = 3
"""How many levers are told."""
MOST_PERCENT = 900
"""A budget that would have to be raised by more than this is no lever."""
MOST_PERCENT_OF_ACV = 100
"""Deals of more than twice the value are another market, and no lever."""
MOST_ODDS = 2
"""A close rate is a lever up to so many times as many opportunities won for each one lost: 20% up to 33.3%."""
STEPS_A_PERCENT = 10
"""Steps in which the least raise is sought: a raise of 14.4% is told as such, not as 15%."""
_NEARBY = 4
"""Steps below the least one found that are looked at too, for about even odds chance is not quite even."""


class Judgement(NamedTuple):
    """A goal's outlook, with the odds of reaching the goal.

    Attributes:
        odds: the part of the forecast's runs that reach the target; None where it cannot be forecast.
    """

    outlook: Outlook
    odds: Fraction | None

    @property
    def verdict(self) -> Verdict | None:
        """Green where funding and attainment are 1 or more and the odds even or better."""
        return verdict(self.outlook.funding, self.outlook.attainment, self.odds)


class Lever(NamedTuple):
    """One change that makes the verdict green by itself.

    Attributes:
        name: what is changed.
        now: what it is: a rate, money in the plan's currency, or 0 months.
        needed: the least that is green, in steps of a thousandth of what it is now, or of a month; of a budget where
            there is none, of what the opportunities cost that it takes.
        change: how much that is against what it is now, or against a year; MOST_PERCENT where there is nothing now.
        judgement: how things stand with the change made.
    """

    name: Name
    now: Fraction
    needed: Fraction
    change: Fraction
    judgement: Judgement


def judge(context: Context, goal: Goal) -> Judgement:
    """Return how a goal stands by budget, calendar and forecast."""
    drawn = drivers(context, goal)
    return Judgement(outlook(context, goal), _odds(drawn) if drawn is not None else None)


def levers(context: Context, goal: Goal) -> tuple[Lever, ...]:
    """Return the changes that would make a goal's verdict green, the smallest first, CHEAPEST at most.

    None are told where it is green already, or where funding or attainment is not known.
    """
    return every_lever(context, goal)[:CHEAPEST]


def every_lever(context: Context, goal: Goal) -> tuple[Lever, ...]:
    """Return every single change that would make a goal's verdict green, the smallest first."""
    if judge(context, goal).verdict in (None, "green"):
        return ()
    return _search(context, replace(_situation(context, goal), drawn=drivers(context, goal)))


def levers_by_plan(context: Context, goal: Goal) -> tuple[Lever, ...]:
    """Return the changes that would bring funding and attainment to 1 by the plan alone, the smallest first.

    Chance is left out, so that the answer comes at once: green may take a little more.
    """
    found = outlook(context, goal)
    if found.verdict in (None, "green"):
        return ()
    return _search(context, _situation(context, goal))


def _situation(context: Context, goal: Goal) -> _Situation:
    budget = program_budget(context.plan, int(goal.id)) or Fraction(0)
    return _Situation(goal, outset(context, goal), budget, None)


def _search(context: Context, now: _Situation) -> tuple[Lever, ...]:
    goal, rate = now.goal, Fraction(now.goal.close_rate)
    found = [
        _find_raise("close rate", rate, lambda by: _with_close_rate(now, by), _most_percent_of_rate(rate)),
        _find_raise("ACV", Fraction(goal.acv), lambda by: _with_acv(now, by), MOST_PERCENT_OF_ACV),
        _find_raise("budget", now.budget, lambda by: _with_budget(now, by)) if now.budget else _from_nothing(now),
        _earlier(lambda months: _with_head_start(now, months), _months_until(context, goal)),
    ]
    return tuple(sorted((lever for lever in found if lever is not None), key=lambda lever: lever.change))


def _months_until(context: Context, goal: Goal) -> int:
    """Return the whole months between this one and the goal's year: none of a year that has begun."""
    first = fiscal_months(context.plan.settings, int(goal.id))[0]
    this_month = Month.of(context.today)
    return max(0, (first.year - this_month.year) * MONTHS_PER_YEAR + first.month - this_month.month - 1)


def _most_percent_of_rate(rate: Fraction) -> Fraction:
    """Return by how much a rate may be raised: MOST_ODDS / (MOST_ODDS × rate + 1 − rate) times what it is."""
    return 100 * (Fraction(MOST_ODDS) / ((MOST_ODDS - 1) * rate + 1) - 1)


def _find_raise(
    name: Name, now: Fraction, changed: Callable[[Fraction], Judgement], most_percent: Fraction | int = MOST_PERCENT
) -> Lever | None:
    """Return the least raise that is green, of at most so many per cent; None where none is."""
    whole, most = 100 * STEPS_A_PERCENT, floor(most_percent * STEPS_A_PERCENT)

    def does(steps: int) -> bool:
        return _is_green(changed(Fraction(whole + steps, whole)))

    low, high = 0, 8
    while high <= most and not does(high):  # small raises come first: a forecast of a much larger year takes longer
        low, high = high, high * 2
    found = bisect_left(range(low + 1, min(high, most + 1)), True, key=does) + low + 1
    if found > most or not now:
        return None
    nearby = range(max(1, found - _NEARBY), found)
    factor = Fraction(whole + next(filter(does, nearby), found), whole)
    return Lever(name, now, now * factor, factor - 1, changed(factor))


def _from_nothing(now: _Situation) -> Lever | None:
    """Return the least budget that does by the plan where there is none yet; its change counts as the most there is.

    By chance nothing is said: forecasts of a year without a record of opportunities tell little.
    """
    if now.drawn is not None:
        return None
    spend = need(now.goal, now.opening.kept).spend
    if not spend:
        return None
    whole = Judgement(weigh(now.goal, spend, now.opening), None)
    found = _find_raise("budget", spend, lambda by: Judgement(weigh(now.goal, spend * by, now.opening), None))
    if _is_green(whole):
        found = Lever("budget", _NOTHING, spend, _NOTHING, whole)
    return found and found._replace(now=_NOTHING, change=Fraction(MOST_PERCENT, 100))


_NOTHING = Fraction(0)


def _earlier(changed: Callable[[int], Judgement], most: int) -> Lever | None:
    most = min(most, MONTHS_PER_YEAR)
    months = bisect_left(range(1, most + 1), True, key=lambda by: _is_green(changed(by))) + 1
    if months > most:
        return None
    return Lever("start earlier", Fraction(0), Fraction(months), Fraction(months, MONTHS_PER_YEAR), changed(months))


def _is_green(judgement: Judgement) -> bool:
    return judgement.verdict == "green"


# --- one thing changed -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Situation:
    """A goal with the figures that its verdict is drawn from."""

    goal: Goal
    opening: Outset
    budget: Fraction
    drawn: Drivers | None


def _with_close_rate(now: _Situation, factor: Fraction) -> Judgement:
    changed = now.goal.model_copy(update={"close_rate": min(Fraction(1), Fraction(now.goal.close_rate) * factor)})
    drawn = now.drawn
    rates = drawn and replace(drawn, close_rates=tuple(min(1.0, rate * float(factor)) for rate in drawn.close_rates))
    return _judge(weigh(changed, now.budget, now.opening), rates)


def _with_acv(now: _Situation, factor: Fraction) -> Judgement:
    changed = now.goal.model_copy(update={"acv": Fraction(now.goal.acv) * factor})
    deals = now.drawn and replace(now.drawn, deals=tuple(round(deal * factor) for deal in now.drawn.deals))
    return _judge(weigh(changed, now.budget, now.opening), deals)


def _with_budget(now: _Situation, factor: Fraction) -> Judgement:
    more = now.drawn and replace(now.drawn, creation=tuple(count * float(factor) for count in now.drawn.creation))
    return _judge(weigh(now.goal, now.budget * factor, now.opening), more)


def _with_head_start(now: _Situation, months: int) -> Judgement:
    found = weigh(now.goal, now.budget, now.opening, months)
    return _judge(found, now.drawn and replace(now.drawn, head_start=months))


def _judge(found: Outlook, drawn: Drivers | None) -> Judgement:
    """Return the judgement; the odds, which cost most, only where they can still turn the verdict."""
    return Judgement(found, _odds(drawn) if drawn is not None and found.verdict == "green" else None)


def _odds(drawn: Drivers) -> Fraction | None:
    """Return the part of the forecast's runs that reach the target."""
    from revplan.analysis.forecast import forecast  # noqa: PLC0415 - numpy, 0.1 s: a rule needs levers without odds

    return forecast(drawn).odds
