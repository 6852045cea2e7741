"""Pictures of revenue and money: what came of the year so far, what may come, what is needed, and what is left."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from revplan import wording
from revplan.analysis.budgets import commitments_by_line, to_date, year_budget
from revplan.analysis.measured import CountKey, counts_by_month, opportunities_by_month
from revplan.analysis.periods import fiscal_months, fiscal_year, say_year
from revplan.analysis.revenue import month_by_month
from revplan.reports.document import Items, Picture, Tone
from revplan.reports.figures import (
    Columns,
    Fan,
    FunnelFigure,
    FunnelStage,
    Measure,
    Ranking,
    Spread,
    Tick,
    Tree,
    TreeNode,
    Upright,
    Waterfall,
    WaterfallStep,
    ticks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from revplan.analysis.forecast import Forecast
    from revplan.analysis.funnel import Need
    from revplan.analysis.levers import Lever
    from revplan.analysis.revenue import MonthRevenue, Standing
    from revplan.analysis.scorecard import ScorecardEntry
    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.reports.document import Run

COLOR_TONES = {"green": Tone.GOOD, "amber": Tone.WARN, "red": Tone.BAD, None: Tone.DIM}
STAGE_NAMES = {"sqls": "SQLs", "sals": "SALs", "mqls": "MQLs", "leads": "Leads", "visitors": "Visitors"}


def axis(currency: Currency, values: Iterable[float], *, from_zero: bool = True) -> tuple[Tick, ...]:
    """Return the ticks of an axis of amounts, all of a unit with as many digits."""
    found = ticks(values, str, from_zero=from_zero)
    texts = currency.say_alike([_exact(tick.value) for tick in found])
    return tuple(Tick(tick.value, text) for tick, text in zip(found, texts, strict=True))


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(1000)


def _month(month: Month) -> str:
    return wording.month_name(month)[:3]


# --- revenue -----------------------------------------------------------------------------------------------------


def draw_revenue(context: Context, found: Standing) -> Iterator[Picture]:
    """Yield the year's months, actual against target, where any month has either."""
    currency = context.plan.settings.currency
    texts = iter(currency.say_alike([entry.actual for entry in found.months if entry.actual is not None]))
    uprights = tuple(
        Upright(
            _month(entry.month),
            _number(entry.actual),
            _number(entry.target),
            next(texts) if entry.actual is not None else wording.MISSING,
        )
        for entry in found.months
    )
    values = [value for one in uprights for value in (one.value, one.target) if value is not None]
    if values:
        caption = f"Revenue in {found.goal.id} by month: columns are actual, lines are the target."
        yield Picture(caption, Columns(uprights, axis(currency, values)))


def _number(value: Fraction | None) -> float | None:
    return float(value) if value is not None else None


def year_fan(context: Context, goal: Goal, found: Forecast) -> Fan:
    """Return the year's known months, and then how what may come spreads, with the target."""
    currency = context.plan.settings.currency
    first = found.months[0].month
    known = [entry for entry in month_by_month(context, goal) if entry.month < first and entry.actual is not None]
    spreads = (*map(_known_spread, known), *(_ahead(entry.month, entry.band, entry.target) for entry in found.months))
    values = [value for one in spreads for value in (one.low, one.high, one.target) if value is not None]
    last, targets = spreads[-1], [one.target for one in spreads if one.target is not None]
    ends = tuple(currency.say_briefly(_exact(value)) for value in (last.high, last.middle, last.low, *targets[-1:]))
    lowest, highest = currency.say_alike([_exact(value) for value in (min(values), max(values))])
    return Fan(spreads, lowest, highest, len(known), axis(currency, values, from_zero=False), ends)


def _known_spread(entry: MonthRevenue) -> Spread:
    actual = float(entry.actual or 0)
    return Spread(_month(entry.month), actual, actual, actual, _number(entry.target))


def _ahead(month: Month, band: object, target: Fraction | None) -> Spread:
    low, middle, high = (float(getattr(band, name)) for name in ("low", "middle", "high"))
    return Spread(_month(month), low, middle, high, _number(target))


def draw_tree(entries: tuple[ScorecardEntry, ...], said: Items, state: Callable[[ScorecardEntry], Run]) -> Picture:
    """Return what drives what up to revenue, each metric with its last reading and its state."""
    nodes = []
    for entry in entries:
        word = state(entry)
        now = f"{wording.reading(entry.reading.value)}, " if entry.reading is not None else ""
        nodes.append(TreeNode(entry.metric.name, f"{now}{word.text}", entry.depth, word.tone))
    return Picture("Each metric below what it drives.", Tree(tuple(nodes)), said)


# --- goals and money ---------------------------------------------------------------------------------------------


def year_funnel(context: Context, goal: Goal, need: Need) -> FunnelFigure:
    """Return what the year needs at each stage, the widest first, and what there is of it as far as it is counted."""
    counts = {STAGE_NAMES[stage]: need.stages[stage] for stage in reversed(tuple(need.stages))}
    counts |= {"Opportunities": need.opportunities, "New customers": need.customers}
    actual = _counts(context, goal)
    return FunnelFigure(
        tuple(
            FunnelStage(name, float(count), _stage_words(count, actual.get(name)), actual.get(name))
            for name, count in counts.items()
            if count is not None
        )
    )


def _counts(context: Context, goal: Goal) -> dict[str, float]:
    """Return what of the year's opportunities and customers there is, where a month of it was counted.

    Customers are those counted as new; where nobody counts them, the deals that were won.
    """
    months = fiscal_months(context.plan.settings, int(goal.id))
    created = [count for month, count in opportunities_by_month(context).items() if month in months]
    found = {"Opportunities": float(sum(created))} if created else {}
    keys: tuple[CountKey, ...] = ("new_customers", "won")
    for key in keys:
        own = getattr(goal.history, key, None)
        by_month = [count for month, count in counts_by_month(context, key).items() if month in months]
        if by_month or isinstance(own, int):
            return found | {"New customers": float(own if isinstance(own, int) else sum(by_month))}
    return found


def _stage_words(needed: Fraction, actual: float | None) -> str:
    return wording.count(needed) if actual is None else f"{wording.count(Fraction(actual))} of {wording.count(needed)}"


def _months_so_far(context: Context, year: int) -> list[Month]:
    return [month for month in fiscal_months(context.plan.settings, year) if month.first <= context.today]


def draw_money(context: Context, year: int) -> Iterator[Picture]:
    """Yield where a year's budget goes: what each line has spent, what it is still to spend, and what that leaves."""
    plan, currency = context.plan, context.plan.settings.currency
    lines = [(line, year_budget(plan.settings, line, year)) for line in plan.budget.values()]
    known = [(line, amount) for line, amount in lines if amount is not None]
    if not any(amount for _, amount in known):
        return
    months = _months_so_far(context, year)
    whole = sum((amount for _, amount in known), Fraction(0))
    taken = []
    for line, _ in sorted(known, key=lambda each: (-each[1], each[0].id)):
        spent = sum((Fraction(amount) for month, amount in line.actual.items() if month in months), Fraction(0))
        if spent:
            taken.append((line.id, -spent))
    if taken:
        left = whole + sum(amount for _, amount in taken)
        first, *changes, last = currency.say_alike([whole, *(amount for _, amount in taken), left])
        steps = (
            WaterfallStep(f"Budget {year}", float(whole), first, is_total=True),
            *(WaterfallStep(name, float(amount), text) for (name, amount), text in zip(taken, changes, strict=True)),
            WaterfallStep("Left", float(left), last, is_total=True),
        )
        said = say_year(plan.settings, year)
        caption = f"The budget of {said}, what its lines have spent, and what is left of it."
        yield Picture(caption, Waterfall(steps))


def money_ranking(context: Context) -> Ranking:
    """Return what is spent and committed of each budget line of the year under way, with the year's pace as a mark."""
    plan, currency = context.plan, context.plan.settings.currency
    year = fiscal_year(plan.settings, context.today)
    committed = commitments_by_line(context, year)
    measures = []
    for line in plan.budget.values():
        whole, stands = year_budget(plan.settings, line, year), to_date(plan.settings, line, context.today)
        if whole is None or stands is None:
            continue
        more = committed.get(line.id, Fraction(0))
        tone = Tone.WARN if stands.spent > stands.planned else Tone.PLAIN
        text = f"{currency.say_briefly(whole - stands.spent - more)} left"
        spent, target = max(0.0, float(stands.spent)), float(stands.planned)
        measures.append((whole, Measure(line.id, spent, text, target, tone, float(more), float(whole))))
    return Ranking(tuple(measure for _, measure in sorted(measures, key=lambda each: (-each[0], each[1].label))))


def money_words(context: Context) -> str:
    """Return what of the year's budget is spent, committed and left, of the lines that have money in the year."""
    plan, currency = context.plan, context.plan.settings.currency
    year = fiscal_year(plan.settings, context.today)
    whole = {name: year_budget(plan.settings, line, year) for name, line in plan.budget.items()}
    months = _months_so_far(context, year)
    of_year = {name: amount for name, amount in whole.items() if amount is not None}
    spent = sum((Fraction(plan.budget[name].actual.get(month, 0)) for name in of_year for month in months), Fraction(0))
    more = sum((amount for name, amount in commitments_by_line(context, year).items() if name in of_year), Fraction(0))
    left = sum(of_year.values(), Fraction(0)) - spent - more
    said = (f"{currency.say_briefly(amount)} {what}" for amount, what in ((spent, "spent"), (more, "committed")))
    return f"{', '.join(said)}, {currency.say_briefly(left)} left; the mark is the year's pace."


def draw_levers(levers: tuple[Lever, ...], said: Items) -> Picture:
    """Return how far each lever alone has to be moved to make the goal green."""
    measures = tuple(
        Measure(lever.name, abs(float(lever.change)), f"{wording.signed_rate(lever.change)}", tone=Tone.PLAIN)
        for lever in levers
    )
    return Picture("How far each must change by itself, the smallest first.", Ranking(measures), said)
