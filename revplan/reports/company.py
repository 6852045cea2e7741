"""`revplan report company`: the functions that touch the customer, who makes up for whom, whether customers stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.health import STANDARD, below_standard, carried_work, coverings, function_health
from revplan.analysis.measured import LEAST_MONTHS, measured_rates
from revplan.analysis.revenue import goal_on
from revplan.analysis.unit_economics import ACQUIRING, unit_economics
from revplan.model.base import MONTHS_PER_YEAR
from revplan.reports import names, work_pictures
from revplan.reports.document import (
    Align,
    Column,
    Items,
    Line,
    Outline,
    Section,
    Table,
    bad,
    dim,
    empty,
    good,
    strong,
    warn,
    words,
)
from revplan.reports.frame import Report, Working
from revplan.reports.measured import say_measured
from revplan.reports.scoreboard import COLORS
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from revplan.analysis.health import Covering, FunctionHealth
    from revplan.analysis.measured import MeasuredRate
    from revplan.analysis.unit_economics import Acquisition, Churn, UnitEconomics
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.model.plan import Plan
    from revplan.reports.document import Run, Words

_NOT_KNOWN = dim("not known")


def build(context: Context) -> Report:
    """Return the company as the customer meets it."""
    goal = goal_on(context.plan, context.today)
    return Report(
        name="company",
        title="company",
        sections=(*functions(context), *customers(context)),
        workings=tuple(_workings(context, goal)),
        data=_data(context, goal),
    )


def functions(context: Context) -> Iterator[Section]:
    """Yield how the functions are, where customers touch them, and who does whose work."""
    plan = context.plan
    yield _functions(context)
    if plan.company.touchpoints:
        yield _touchpoints(plan)
    if plan.company.cover:
        yield _covers(context)
    yield from _carried_section(context)


def customers(context: Context) -> Iterator[Section]:
    """Yield whether customers stay, where the year has a goal."""
    goal = goal_on(context.plan, context.today)
    if goal is not None:
        yield _customers(context, goal)


# --- functions ---------------------------------------------------------------------------------------------------


def _functions(context: Context) -> Section:
    found = function_health(context.plan, context.today)
    if not found:
        hint = "`revplan workshop align` asks which functions touch a customer, and who answers for each."
        return Section(words("No functions yet"), (empty(Outline.GRID, hint),))
    columns = (Column("Function", share=1), Column("Health"), Column("Accountable", share=1), Column("By", share=3))
    red = sum(own.color == "red" for own in found)
    title = f"Functions: {red} of {len(found)} red, by the worst of their measurables"
    table = Table(columns, tuple(_function_row(context.plan, own) for own in found))
    return Section(words(title), (*work_pictures.draw_health(context), table))


def _function_row(plan: Plan, own: FunctionHealth) -> tuple[Words, ...]:
    answers = own.function.accountable
    return (
        words(own.function.name),
        words(_color(own.color)),
        words(names.member(plan, answers) if answers is not None else bad("nobody")),
        _measurables(own) if own.colors else words(bad("nothing is measured")),
    )


def _color(color: str | None) -> Run:
    return COLORS[color](color) if color is not None else _NOT_KNOWN


def _measurables(own: FunctionHealth) -> Words:
    pieces: list[Run | str] = []
    for metric, color in own.colors.items():
        pieces += [", " if pieces else "", f"{metric} ", _color(color)]
    return words(*pieces)


# --- touchpoints and covers --------------------------------------------------------------------------------------


def _touchpoints(plan: Plan) -> Section:
    rated = [own for own in plan.company.touchpoints.values() if own.rating is not None]
    below = below_standard(plan)
    unrated = len(plan.company.touchpoints) - len(rated)
    title = f"Touchpoints: {len(below)} of {len(rated)} below standard" + (f", {unrated} not rated" if unrated else "")
    if not below:
        return Section(words(title), (Line(words(good("Every rating is 3 of 5 or more."))),))
    columns = (Column("Touchpoint", share=2), Column("Rated"), Column("Standard", share=2), Column("Evidence", share=2))
    rows = tuple(
        (
            words(own.title, dim(f" ({names.function(plan, own.function)})")),
            words(bad(f"{own.rating} of 5")),
            words(own.standard or dim(wording.MISSING)),
            words(own.evidence or dim(wording.MISSING)),
        )
        for _, own in below
    )
    return Section(words(title), (Table(columns, rows),))


def _covers(context: Context) -> Section:
    items = tuple(words(*_cover(context.plan, own)) for own in coverings(context.plan, context.today))
    return Section(words("Who makes up for whom"), (Items(items),))


def _cover(plan: Plan, own: Covering) -> Iterator[Run | str]:
    yield strong(f"{names.function(plan, own.cover.by)} for {names.function(plan, own.cover.for_)}")
    yield f": {own.cover.what}. For {wording.plural(own.days, 'day')}, "
    if own.past is None or own.cover.until is None:
        yield warn("without a limit")
    elif own.past:
        yield bad(f"{wording.plural(own.past, 'day')} past its limit of {wording.short_date(own.cover.until)}")
    else:
        yield good(f"within its limit of {wording.short_date(own.cover.until)}")


def _carried_section(context: Context) -> Iterator[Section]:
    pictures = tuple(work_pictures.draw_carried(context))
    if pictures:
        yield Section(words("Who carries whose work, in this quarter's sprints"), pictures)


# --- customers ---------------------------------------------------------------------------------------------------


def _customers(context: Context, goal: Goal) -> Section:
    found = unit_economics(context, goal)
    columns = (Column("Customers", share=1), Column(goal.id, Align.RIGHT), Column("From", share=2))
    rows = tuple((words(name), words(value), words(how)) for name, value, how in _figures(context, goal, found))
    return Section(words("Whether customers stay, and what one is worth"), (Table(columns, rows),))


def _figures(context: Context, goal: Goal, found: UnitEconomics) -> Iterator[tuple[str, Run | str, str]]:
    currency = context.plan.settings.currency
    margin = wording.rate(goal.gross_margin)
    measured = {rate.name: rate for rate in measured_rates(context, goal)}
    gross, net = (measured.get(name) for name in ("gross_revenue_retention", "net_revenue_retention"))
    yield "Gross revenue retention", *_retention_row("gross", gross, found.gross_retention)
    yield "Net revenue retention", *_retention_row("net", net, found.net_retention)
    early = found.churn is not None and found.churn.is_early
    yield "Logo churn a year", dim("too early") if early else _rate(found.logo_churn), _churn_from(goal, found.churn)
    yield (
        "Acquisition cost (CAC)",
        _money(found.acquisition_cost, currency),
        _say_acquisition(goal, found.acquisition, currency),
    )
    leaves = (
        f"measured CAC / (given ACV × {margin} margin / 12)" if goal.gross_margin is not None else "add gross_margin"
    )
    months = wording.quantity(found.payback_months, "month") if found.payback_months is not None else _NOT_KNOWN
    yield "Payback", months, leaves
    yield "Lifetime value (LTV)", _money(found.lifetime_value, currency), _stays(goal, found)
    yield "LTV : CAC", wording.count(found.ratio) if found.ratio is not None else _NOT_KNOWN, "how many times"


def _retention_row(name: str, measured: MeasuredRate | None, given: Fraction | None) -> tuple[Run | str, str]:
    """Return a retention and where it is from: measured where it was, else given by the goal."""
    if measured is None:
        return _rate(given), "given by the goal" if given is not None else f"add {name}_revenue_retention"
    beside = f"; the goal gives {wording.rate(given)}" if given is not None else ""
    return _rate(measured.value), f"measured: {say_measured(measured)}{beside}"


def _to_add(goal: Goal, *fields: str) -> str:
    """Say what a goal's history lacks of some fields, for nothing is asked for that is there."""
    missing = [name for name in fields if getattr(goal.history, name, None) is None]
    if not missing:
        return f"no month of {goal.id} is over and counted"
    return f"add to the history of {goal.id}: {wording.join_names(missing)}"


def _churn_from(goal: Goal, churn: Churn | None) -> str:
    if churn is None:
        return _to_add(goal, "customers", "lost_customers")
    if not churn.customers:
        return "measured: there were no customers to lose"
    months = wording.plural(churn.months, "month")
    lost = f"measured: {churn.lost} lost of {wording.plural(churn.customers, 'customer')} in {months}"
    since = f" from {wording.month(churn.first)}"
    if churn.is_early:
        return f"{lost}{since}; told from {LEAST_MONTHS} months on"
    return f"{lost}{since}" if churn.months == MONTHS_PER_YEAR else f"{lost}{since}, × 12 / {churn.months}"


def _say_acquisition(goal: Goal, acquisition: Acquisition | None, currency: Currency) -> str:
    if acquisition is None:
        return _to_add(goal, "new_customers", "acquisition_spend")
    spend = currency.say(acquisition.spend)
    if acquisition.by_budget:
        spend += f" of the budget lines of {wording.join_names(ACQUIRING)}"
    if not acquisition.won:
        return f"measured: {spend} spent, nobody won yet"
    return f"measured: {spend} / {acquisition.won} won since {wording.month(acquisition.first)}"


def _stays(goal: Goal, found: UnitEconomics) -> str:
    if goal.gross_margin is None:
        return "add gross_margin"
    if found.logo_churn == 0:
        return "no end in sight: no customer was lost"
    return "given ACV × margin / measured logo churn"


def _rate(value: Fraction | None) -> Run | str:
    return wording.rate(value) if value is not None else _NOT_KNOWN


def _money(value: Fraction | None, currency: Currency) -> Run | str:
    return currency.say(value) if value is not None else _NOT_KNOWN


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(context: Context, goal: Goal | None) -> Iterator[Working]:
    yield Working("Health", "the worst color of the function's measurables whose last reading is not too old")
    yield Working("Below standard", f"rated under {STANDARD} of 5")
    yield Working("Who carries whose work", "hours planned in the quarter's sprints, by the function of who does them")
    if goal is not None:
        found, currency = unit_economics(context, goal), context.plan.settings.currency
        if found.margin is not None:
            how = f"{currency.say(goal.acv)} × {wording.rate(goal.gross_margin)} a year"
            yield Working("What a customer leaves", f"{how} = {currency.say(found.margin)}")


def _data(context: Context, goal: Goal | None) -> dict[str, Any]:
    plan = context.plan
    found = unit_economics(context, goal) if goal is not None else None
    return {
        "functions": [
            {
                "function": own.id,
                "accountable": own.function.accountable,
                "color": own.color,
                "measurables": dict(own.colors),
            }
            for own in function_health(plan, context.today)
        ],
        "touchpoints_below_standard": [
            {"touchpoint": name, "function": own.function, "rating": own.rating} for name, own in below_standard(plan)
        ],
        "covers": [
            {
                "cover": own.id,
                "for": own.cover.for_,
                "by": own.cover.by,
                "days": own.days,
                "days_past_limit": own.past,
            }
            for own in coverings(plan, context.today)
        ],
        "carried": [{"of": own.of, "by": own.by, "hours": as_hours(own.minutes)} for own in carried_work(context)],
        "customers": _economics_data(found) if found is not None else None,
    }


def _economics_data(found: UnitEconomics) -> dict[str, Any]:
    return {
        "gross_revenue_retention": as_number(found.gross_retention),
        "net_revenue_retention": as_number(found.net_retention),
        "logo_churn": as_number(found.logo_churn),
        "logo_churn_months": found.churn.months if found.churn is not None else None,
        "acquisition_cost": as_number(found.acquisition_cost),
        "payback_months": as_number(found.payback_months),
        "lifetime_value": as_number(found.lifetime_value),
        "ltv_to_cac": as_number(found.ratio),
    }
