"""The line that heads every report and agenda: revenue, because revenue is the scoreboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revplan import wording
from revplan.analysis.actuals import source_metric
from revplan.analysis.periods import say_year
from revplan.analysis.revenue import standing
from revplan.reports import standing_words
from revplan.reports.document import dim, good, strong, warn, words
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from revplan.analysis.revenue import Standing
    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.money import Currency
    from revplan.reports.document import Run, Words


class Headline(NamedTuple):
    """The figures of the line, computed once for whatever says them.

    Attributes:
        found: how revenue stands in the year under way.
        odds: of the year's target; None where it cannot be forecast.
        currency: the plan's.
        metric: the name of the metric whose reading is the last revenue known; None where a goal has it.
    """

    found: Standing
    odds: Fraction | None
    currency: Currency
    metric: str | None


def headline(context: Context) -> Headline | None:
    """Return the figures of the line; None where the year has no goal."""
    found = standing(context)
    if found is None:
        return None
    from revplan.analysis.drivers import drivers  # noqa: PLC0415 - a sprint's screen has no such line
    from revplan.analysis.forecast import forecast  # noqa: PLC0415 - see above

    drawn = drivers(context, found.goal)
    odds = forecast(drawn).odds if drawn is not None else None
    last = found.latest
    source = source_metric(context, found.goal.measure, last.month) if last is not None else None
    return Headline(found, odds, context.plan.settings.currency, source.name if source is not None else None)


def line(said: Headline | None, context: Context) -> Words:
    """Return revenue in one line: the month against its target, growth, the year to date, the run rate, the odds."""
    if said is None:
        return say_no_goal(context)
    return words("Revenue: ", *_pieces(said), ".")


def say_no_goal(context: Context) -> Words:
    """Say that this year has no revenue goal, and which later year has one, or else what sets one."""
    from revplan.analysis.funnel import goals_ahead  # noqa: PLC0415 - where there is no goal

    settings, later = context.plan.settings, min(goals_ahead(context), key=lambda goal: goal.id, default=None)
    if later is None:
        return words(dim("No revenue goal for this year yet: `revplan workshop goals` sets one."))
    target = settings.currency.say_briefly(later.target_revenue)
    return words(dim(f"The revenue goal is for {say_year(settings, later.id)}: {target}. This year has none."))


def _pieces(said: Headline) -> Iterator[Run | str]:
    found, currency = said.found, said.currency
    last = found.latest
    if last is None or last.actual is None:
        yield dim("none known yet")
    else:
        name = wording.month_name if last.month.year == found.this_month.year else wording.month
        yield f"{name(last.month)} "
        yield strong(currency.say_briefly(last.actual))
        yield from _against_target(said)
        if last.growth is not None:
            yield f", {wording.signed_rate(last.growth)} on the month before"
        yield from _year(said)
    yield from _this_month(said)
    if said.odds is not None:
        target = currency.say_briefly(found.goal.target_revenue)
        yield f"; odds of the year's {target} "
        yield standing_words.odds(said.odds, has_actual=last is not None)


def _against_target(said: Headline) -> Iterator[Run | str]:
    entry = said.found.latest
    if entry is not None and entry.target is not None and entry.actual is not None:
        text = f"of {said.currency.say_briefly(entry.target)}"
        yield " "
        yield good(text) if entry.actual >= entry.target else warn(text)


def _year(said: Headline) -> Iterator[str]:
    found, currency = said.found, said.currency
    if found.to_date is not None:
        show = currency.say_change if found.goal.measure == "recurring" else currency.say_briefly
        target = f" of {show(found.to_date_target)}" if found.to_date_target is not None else ""
        yield f"; this year {show(found.to_date)}{target}"
    if found.run_rate is not None:
        yield f"; run rate {currency.say_briefly(found.run_rate)} a year"


def _this_month(said: Headline) -> Iterator[str]:
    now = said.found.now
    if now is None or now.actual is not None or now.target is None:
        return
    name, target = wording.month_name(now.month), said.currency.say_briefly(now.target)
    unknown = _unknown_months(said.found)
    if unknown:
        yield f"; {_say_row([*unknown, now.month])} are not known yet, {name} is to be {target}"
    else:
        yield f"; {name}, not known yet, is to be {target}"


def _unknown_months(found: Standing) -> list[Month]:
    """Return the months between the last one known and the one under way."""
    unknown: list[Month] = []
    following = found.latest.month.plus(1) if found.latest is not None else found.this_month
    while following < found.this_month:
        unknown.append(following)
        following = following.plus(1)
    return unknown


_FEW = 3
"""Months that are named one by one."""


def _say_row(months: Sequence[Month]) -> str:
    """Return months in a row in words, with the year where the row begins in another one than it ends in."""
    name = wording.month_name if months[0].year == months[-1].year else wording.month
    if len(months) > _FEW:
        return f"{name(months[0])} to {name(months[-1])}"
    return wording.join_names([name(each) for each in months])


def workings(said: Headline | None) -> Iterator[tuple[str, str]]:
    """Yield the line's figures with the numbers they come from."""
    if said is None:
        return
    found, currency = said.found, said.currency
    if found.latest is None or found.latest.actual is None:
        return
    goal, last, revenue = found.goal, found.latest, found.latest.actual
    actual = currency.say(revenue)
    kind = "recurring revenue a year, at a month's end" if goal.measure == "recurring" else "revenue a month brought"
    source = f"the readings of {said.metric}" if said.metric is not None else "goals under actual"
    yield "Revenue", f"{kind}; the last is {wording.month(last.month)}, {actual}, by {source}"
    if last.growth is not None:
        before = currency.say(revenue / (1 + last.growth))
        yield "Growth on the month before", f"{actual} / {before} − 1 = {wording.signed_rate(last.growth)}"
    if found.to_date is not None:
        how = f"{actual} − {_start(said)}" if goal.measure == "recurring" else "the months known, added up"
        yield "This year", f"{how} = {currency.say(found.to_date)}"
    if found.run_rate is not None:
        how = "the level as it is" if goal.measure == "recurring" else f"{actual} × 12 months"
        yield "Run rate", f"{how}, {currency.say(found.run_rate)} a year"
    if said.odds is not None:
        yield (
            "Odds",
            f"the part of the forecast's runs that reach it, {wording.rate(said.odds)}; see `revplan report forecast`",
        )


def _start(said: Headline) -> str:
    """Return the revenue at the year's start, and whether it is an actual or the goal's plan."""
    start = said.found.start
    of = f"of {wording.month(start.month)}" if start.month is not None else "planned for its start"
    return f"{said.currency.say(start.amount)} {of}"


def data(said: Headline | None) -> dict[str, Any] | None:
    """Return the line's figures as plain data; None where the year has no goal."""
    if said is None:
        return None
    found = said.found
    last, now = found.latest, found.now
    return {
        "goal": found.goal.id,
        "measure": found.goal.measure,
        "year_target": as_number(found.goal.target_revenue),
        "last_month": str(last.month) if last is not None else None,
        "last_actual": as_number(last.actual) if last is not None else None,
        "last_target": as_number(last.target) if last is not None else None,
        "growth": as_number(last.growth) if last is not None else None,
        "this_month": str(found.this_month),
        "this_month_target": as_number(now.target) if now is not None else None,
        "year_start": as_number(found.start.amount),
        "year_start_is_actual": found.start.month is not None,
        "year_to_date": as_number(found.to_date),
        "year_to_date_target": as_number(found.to_date_target),
        "run_rate": as_number(found.run_rate),
        "odds": as_number(said.odds),
    }
