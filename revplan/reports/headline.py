"""The line that heads every report and agenda: revenue, because revenue is the scoreboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.analysis.drivers import drivers
from revplan.analysis.forecast import forecast
from revplan.analysis.revenue import standing
from revplan.reports import standing_words
from revplan.reports.document import dim, good, strong, warn, words
from revplan.reports.plain import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from revplan.analysis.revenue import MonthRevenue, Standing
    from revplan.model.context import Context
    from revplan.reports.document import Run, Words


def line(context: Context) -> Words:
    """Return revenue in one line: the month against its target, growth, the year to date, the run rate, the odds."""
    found = standing(context)
    if found is None:
        return words(
            dim("No revenue goal for this year yet: add one under goals, and every figure here has a purpose.")
        )
    return words("Revenue: ", *_pieces(context, found), ".")


def _pieces(context: Context, found: Standing) -> Iterator[Run | str]:
    currency = context.plan.settings.currency
    last = found.latest
    if last is None or last.actual is None:
        yield dim("none known yet")
    else:
        name = phrases.month_name if last.month.year == found.this_month.year else phrases.month
        yield f"{name(last.month)} "
        yield strong(phrases.amount(last.actual, currency))
        yield from _against(last, currency)
        if last.growth is not None:
            yield f", {phrases.signed_rate(last.growth)} on the month before"
        yield from _year(found, currency)
    yield from _this_month(found, currency)
    odds = year_odds(context)
    if odds is not None:
        target = phrases.amount(found.goal.target_revenue, currency)
        yield f"; odds of the year's {target} "
        yield standing_words.odds(odds, has_actual=last is not None)


def _against(entry: MonthRevenue, currency: str) -> Iterator[Run | str]:
    if entry.target is not None and entry.actual is not None:
        text = f"of {phrases.amount(entry.target, currency)}"
        yield " "
        yield good(text) if entry.actual >= entry.target else warn(text)


def _year(found: Standing, currency: str) -> Iterator[str]:
    if found.to_date is not None:
        show = phrases.change if found.goal.measure == "recurring" else phrases.amount
        target = f" of {show(found.to_date_target, currency)}" if found.to_date_target is not None else ""
        yield f"; this year {show(found.to_date, currency)}{target}"
    if found.run_rate is not None:
        yield f"; run rate {phrases.amount(found.run_rate, currency)} a year"


def _this_month(found: Standing, currency: str) -> Iterator[str]:
    now = found.now
    if now is not None and now.actual is None and now.target is not None:
        yield f"; {phrases.month_name(now.month)}, not known yet, is to be {phrases.amount(now.target, currency)}"


def year_odds(context: Context) -> Fraction | None:
    """Return the odds of the target of the fiscal year under way; None where it cannot be forecast."""
    found = standing(context)
    drawn = drivers(context, found.goal) if found is not None else None
    return forecast(drawn).odds if drawn is not None else None


def workings(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the line's figures with the numbers they come from."""
    found, currency = standing(context), context.plan.settings.currency
    if found is None or found.latest is None or found.latest.actual is None:
        return
    goal, last, revenue = found.goal, found.latest, found.latest.actual
    actual = phrases.money(revenue, currency)
    kind = "recurring revenue a year, at a month's end" if goal.measure == "recurring" else "revenue a month brought"
    yield "Revenue", f"{kind}, as goals have it under actual; the last is {phrases.month(last.month)}, {actual}"
    if last.growth is not None:
        before = phrases.money(revenue / (1 + last.growth), currency)
        yield "Growth on the month before", f"{actual} / {before} − 1 = {phrases.signed_rate(last.growth)}"
    if found.to_date is not None:
        how = f"{actual} − {_start(found, currency)}" if goal.measure == "recurring" else "the months known, added up"
        yield "This year", f"{how} = {phrases.money(found.to_date, currency)}"
    if found.run_rate is not None:
        how = "the level as it is" if goal.measure == "recurring" else f"{actual} × 12 months"
        yield "Run rate", f"{how}, {phrases.money(found.run_rate, currency)} a year"
    odds = year_odds(context)
    if odds is not None:
        yield (
            "Odds",
            f"the part of the forecast's runs that reach it, {phrases.rate(odds)}; see `revplan report forecast`",
        )


def _start(found: Standing, currency: str) -> str:
    """Return the revenue at the year's start, and whether it is an actual or the goal's plan."""
    of = f"of {phrases.month(found.start.month)}" if found.start.month is not None else "planned for its start"
    return f"{phrases.money(found.start.amount, currency)} {of}"


def data(context: Context) -> dict[str, Any] | None:
    """Return the line's figures as plain data; None where the year has no goal."""
    found = standing(context)
    if found is None:
        return None
    last, now = found.latest, found.now
    return {
        "goal": found.goal.id,
        "measure": found.goal.measure,
        "year_target": number(found.goal.target_revenue),
        "last_month": str(last.month) if last is not None else None,
        "last_actual": number(last.actual) if last is not None else None,
        "last_target": number(last.target) if last is not None else None,
        "growth": number(last.growth) if last is not None else None,
        "this_month": str(found.this_month),
        "this_month_target": number(now.target) if now is not None else None,
        "year_start": number(found.start.amount),
        "year_start_is_actual": found.start.month is not None,
        "year_to_date": number(found.to_date),
        "year_to_date_target": number(found.to_date_target),
        "run_rate": number(found.run_rate),
        "odds": number(year_odds(context)),
    }
