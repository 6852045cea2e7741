"""`revplan report forecast`: revenue by month as a range, and the odds of each target."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.actuals import footing
from revplan.analysis.drivers import (
    PRIOR_DEALS,
    PRIOR_MONTHS,
    PRIOR_OPPORTUNITIES,
    close_record,
    creation_record,
    drivers,
    lacking,
)
from revplan.analysis.forecast import SEED, forecast
from revplan.analysis.measured import (
    counted_lag,
    last_retention,
    measured_lag,
    measured_rates,
    opportunities_by_month,
    recorded_count,
)
from revplan.analysis.periods import say_year
from revplan.analysis.pipeline import pipeline
from revplan.analysis.revenue import month_by_month
from revplan.model.money import from_cents
from revplan.reports import standing_words
from revplan.reports.document import (
    Align,
    Chart,
    Column,
    Items,
    Line,
    Outline,
    Section,
    Table,
    dim,
    empty,
    show_amount,
    strong,
    words,
)
from revplan.reports.frame import Report, Working
from revplan.reports.goals import goals_ahead
from revplan.reports.revenue_pictures import year_fan
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.actuals import Footing
    from revplan.analysis.drivers import Drivers
    from revplan.analysis.forecast import Forecast, MonthForecast
    from revplan.analysis.revenue import MonthRevenue
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.reports.document import Run, Words

_CAPTION = "Eight runs of ten end in the band; the line is the middle one, the dashes are the target."
_TENTH, _NINETIETH = 0.1, 0.9


def build(context: Context, goal: Goal | None = None) -> Report:
    """Return the forecast of a goal's year, or of this year and later ones that have a goal."""
    goals = goals_ahead(context) if goal is None else (goal,)
    years = [(goal, drivers(context, goal)) for goal in goals]
    told = [(goal, drawn, forecast(drawn)) for goal, drawn in years if drawn is not None]
    sections = [
        _section(context, goal, drawn) if drawn is not None else _untold(context, goal) for goal, drawn in years
    ]
    hint = "`revplan workshop goals` asks for the year's goal, with close rate, close lag and open opportunities."
    return Report(
        name="forecast",
        title="forecast",
        sections=tuple(sections) or (Section(words("Nothing to forecast yet"), (empty(Outline.FAN, hint),)),),
        workings=tuple(each for goal, drawn, found in told for each in _workings(context, goal, drawn, found)),
        data={"seed": SEED, "goals": [_data(goal, drawn, found) for goal, drawn, found in told]},
    )


def _untold(context: Context, goal: Goal) -> Section:
    year = say_year(context.plan.settings, goal.id)
    if not footing(context, goal).months:
        open_months = [entry.month for entry in month_by_month(context, goal) if entry.actual is None]
        missing = wording.join_names([wording.month(month) for month in open_months])
        told = f"is over; there is no revenue yet for {missing}" if open_months else "every month is known"
        return Section(words(f"{year}: {told}"), ())
    missing = standing_words.needs(lacking(context, goal))
    return Section(words(f"{year}: cannot be forecast yet"), (empty(Outline.FAN, f"Add to the goal {missing}."),))


def _section(context: Context, goal: Goal, drawn: Drivers) -> Section:
    found, currency = forecast(drawn), context.plan.settings.currency
    is_known = footing(context, goal).since is not None
    columns = (
        Column("Month", share=1),
        Column("10th", Align.RIGHT),
        Column("50th", Align.RIGHT),
        Column("90th percentile", Align.RIGHT),
        Column("Target", Align.RIGHT),
        Column("Odds", Align.RIGHT),
    )
    known = _known_months(context, goal, found)
    rows = (
        *(_known_row(entry, currency) for entry in known),
        *(_row(entry, currency, is_known) for entry in found.months),
    )
    target = currency.say_briefly(goal.target_revenue)
    odds = standing_words.odds(found.odds, has_actual=is_known)
    year = say_year(context.plan.settings, goal.id)
    title = words(f"{year}: the odds of {target} are ", odds, f", by {found.runs:,} runs of the year")
    chart = Chart(_CAPTION, year_fan(context, goal, found), Table(columns, rows))
    return Section(title, (chart, Line(words(*_range(found, currency))), _list_assumptions(context, goal, drawn)))


def _known_months(context: Context, goal: Goal, found: Forecast) -> tuple[MonthRevenue, ...]:
    """Return the month from which the forecast sets out, where the goal's year has it."""
    before = found.months[0].month.plus(-1)
    return tuple(entry for entry in month_by_month(context, goal) if entry.month == before and entry.actual is not None)


def _known_row(entry: MonthRevenue, currency: Currency) -> tuple[Words, ...]:
    missing = words(dim(wording.MISSING))
    month = words(wording.month(entry.month), dim(" (known)"))
    actual, target = (show_amount(amount, currency.say_briefly) for amount in (entry.actual, entry.target))
    return month, missing, actual, missing, target, missing


def _row(entry: MonthForecast, currency: Currency, is_known: bool) -> tuple[Words, ...]:
    band = entry.band
    return (
        words(wording.month(entry.month)),
        *(words(currency.say_briefly(value)) for value in (band.low, band.middle, band.high)),
        show_amount(entry.target, currency.say_briefly),
        words(standing_words.odds(entry.odds, has_actual=is_known) if entry.odds is not None else dim(wording.MISSING)),
    )


def _range(found: Forecast, currency: Currency) -> Iterator[Run | str]:
    low, middle, high = (currency.say_briefly(value) for value in (found.year.low, found.year.middle, found.year.high))
    yield "The year ends between "
    yield strong(f"{low} and {high}")
    yield f" in eight runs of ten, at {middle} in the middle; {wording.plural(found.wins, 'customer')} won by then."


# --- what it is drawn from ---------------------------------------------------------------------------------------


def _list_assumptions(context: Context, goal: Goal, drawn: Drivers) -> Items:
    return Items(tuple(words(strong(name), f": {text}") for name, text in _assumptions(context, goal, drawn)))


def _assumptions(context: Context, goal: Goal, drawn: Drivers) -> Iterator[tuple[str, str]]:
    currency = context.plan.settings.currency
    low, high = (wording.rate(_at(drawn.close_rates, share)) for share in (_TENTH, _NINETIETH))
    won, lost = recorded_count(context, goal, "won"), recorded_count(context, goal, "lost")
    record = f"{won or 0} won and {lost or 0} lost" if won is not None or lost is not None else "no record yet"
    yield "Close rate", f"{low} to {high}; {record}, and the goal's {wording.rate(goal.close_rate)}"
    least, most = (wording.count(_at(drawn.creation, share)) for share in (_TENTH, _NINETIETH))
    created = opportunities_by_month(context)
    seen = f"{sum(created.values())} in {wording.plural(len(created), 'month')}" if created else "no record yet"
    yield "Opportunities created a month", f"{least} to {most}; {seen}, and what the budget can create"
    known = len(drawn.deals) - PRIOR_DEALS
    deals = f"any of {wording.plural(known, 'deal')} won" if known else "no deals known"
    yield "Deal size", f"{deals}, and the ACV of {currency.say(goal.acv)}"
    yield from _as_measured(context, goal)
    at = footing(context, goal)
    found = pipeline(context, goal, drawn.months[0])
    if found is not None:
        yield "Open pipeline", standing_words.open_pipeline(found)
    level = currency.say_briefly(at.level)
    yield "It sets out from", f"{level}, {_origin(at)}"


def _as_measured(context: Context, goal: Goal) -> Iterator[tuple[str, str]]:
    """Yield what was measured and stands in place of what the goal assumes."""
    if measured_lag(context, goal) != goal.close_lag:
        count = sum(counted_lag(context, goal))
        yield "Close lag", f"as measured of {wording.quantity(Fraction(count), 'opportunity', 'opportunities')} won"
    kept = last_retention(context)
    if kept is not None:
        rate = next(each for each in measured_rates(context, goal) if each.name == "net_revenue_retention")
        planned = f"; {wording.rate(rate.planned)} planned" if rate.planned is not None else ""
        text = (
            f"{wording.rate(rate.value)} a year, as measured of {wording.plural(kept.customers, 'customer')}{planned}"
        )
        yield "Net revenue retention", text


def _origin(at: Footing) -> str:
    return f"the actual of {wording.month(at.since)}" if at.since is not None else "the plan's start: no actual yet"


def _at(values: tuple[float, ...], share: float) -> Fraction:
    return Fraction(values[int(share * len(values))])


def _workings(context: Context, goal: Goal, drawn: Drivers, found: Forecast) -> Iterator[Working]:
    won, lost = close_record(context, goal)
    rate = f"Beta({wording.count(won)} won, {wording.count(lost)} lost), {PRIOR_OPPORTUNITIES} of them the goal's"
    yield Working(f"{goal.id}, close rate", rate)
    record = creation_record(context, goal)
    if record is not None:
        count, months = record
        known = f"{wording.count(count)} in {wording.quantity(months, 'month')}"
        how = f"Gamma({known}), {PRIOR_MONTHS} of them the budget's"
        yield Working(f"{goal.id}, creation", f"{how}; each month's count is Poisson")
    lag = ", ".join(wording.rate(share, 0) for share in measured_lag(context, goal))
    yield Working(f"{goal.id}, lag", f"{lag} of what is won, by months after it was created")
    first, last = drawn.base[0], drawn.base[-1]
    currency = context.plan.settings.currency
    base = f"{currency.say(from_cents(first))} in {drawn.months[0]}, {currency.say(from_cents(last))}"
    from_ = f"from {_origin(footing(context, goal))}"
    yield Working(f"{goal.id}, today's customers", f"{base} in {drawn.months[-1]}, by net revenue retention {from_}")
    how = f"{wording.rate(found.odds)} of {found.runs:,} runs, from seed {SEED}; the same plan gives the same figures"
    yield Working(f"{goal.id}, odds", how)


def _data(goal: Goal, drawn: Drivers, found: Forecast) -> dict[str, Any]:
    return {
        "goal": goal.id,
        "measure": goal.measure,
        "target": as_number(goal.target_revenue),
        "odds": as_number(found.odds),
        "runs": found.runs,
        "p10": as_number(found.year.low),
        "p50": as_number(found.year.middle),
        "p90": as_number(found.year.high),
        "sets_out_from": str(drawn.months[0].plus(-1)),
        "customers_to_win": found.wins,
        "open_opportunities": drawn.open,
        "months": [_month_data(entry) for entry in found.months],
    }


def _month_data(entry: MonthForecast) -> dict[str, Any]:
    return {
        "month": str(entry.month),
        "p10": as_number(entry.band.low),
        "p50": as_number(entry.band.middle),
        "p90": as_number(entry.band.high),
        "target": as_number(entry.target),
        "odds": as_number(entry.odds),
    }
