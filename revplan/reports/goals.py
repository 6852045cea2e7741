"""`revplan report goals`: the funnel walked back from the goal, what the budget can buy, and whether the two meet."""

from __future__ import annotations

from fractions import Fraction
from math import fsum
from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.actuals import footing, year_start
from revplan.analysis.drivers import drivers, lacking, lacking_for_attainment
from revplan.analysis.funnel import EVEN_ODDS, RATES, RED_BELOW, STAGES, Outset, outset
from revplan.analysis.levers import judge, levers, levers_by_plan
from revplan.analysis.periods import fiscal_months, fiscal_year, say_year
from revplan.analysis.revenue import month_by_month
from revplan.model.base import MONTHS_PER_YEAR
from revplan.model.money import from_cents
from revplan.reports import standing_words
from revplan.reports.document import (
    Align,
    Chart,
    Column,
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
from revplan.reports.goals_by_month import (
    MOST_OF_EACH,
    budget_data,
    budget_section,
    by_month,
    lever_data,
    lever_words,
    months_data,
    ways_to_green,
)
from revplan.reports.measured import measured_data, measured_section
from revplan.reports.revenue_pictures import STAGE_NAMES, draw_money, year_funnel
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.funnel import Need
    from revplan.analysis.levers import Judgement, Lever
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.reports.document import Block, Run, Words

_VERDICTS = {"green": good("green"), "amber": warn("amber"), "red": bad("red")}
_RULE = (
    f"Green: funding and attainment 100% or more, and odds {wording.rate(EVEN_ODDS)} or more where they are known."
    f" Red: funding or attainment below {wording.rate(RED_BELOW)}. Amber: between."
)
_NOT_KNOWN = dim("not to be told yet")


def build(context: Context, goal: Goal | None = None) -> Report:
    """Return how a goal, or those of this year and later ones, meet with budget, calendar and chance."""
    goals = goals_ahead(context) if goal is None else (goal,)
    judged = [(goal, judge(context, goal), levers(context, goal)) for goal in goals]
    return Report(
        name="goals",
        title="goals and budget",
        sections=tuple(section for entry in judged for section in _sections(context, *entry)) or (_no_goal(),),
        workings=tuple(each for goal, judgement, _ in judged for each in _workings(context, goal, judgement)),
        data={"goals": [_data(*entry) | _more_data(context, *entry[:2]) for entry in judged]},
    )


def goals_ahead(context: Context) -> tuple[Goal, ...]:
    """Return the goals of the fiscal year under way and of later ones, in order."""
    this_year = fiscal_year(context.plan.settings, context.today)
    return tuple(goal for year, goal in sorted(context.plan.goals.items()) if int(year) >= this_year)


def _no_goal() -> Section:
    hint = "`revplan workshop goals` asks for it: where revenue starts, where it is to end, ACV and close rate."
    return Section(words("No goal for this year or a later one"), (empty(Outline.FUNNEL, hint),))


def _sections(context: Context, goal: Goal, judgement: Judgement, found: tuple[Lever, ...]) -> Iterator[Section]:
    verdict = judgement.verdict
    year = say_year(context.plan.settings, goal.id)
    if not footing(context, goal).months:
        yield Section(words(f"{year}: the year is over"), (Line(words(_came_to(context, goal))),))
        return
    blocks: list[Block] = [
        _funnel(context, goal, judgement),
        Line(words(*_sentence(context, goal, judgement))),
        *_both_hold(context, goal, judgement),
        *_sets_out(outset(context, goal)),
        Line(words(dim(_RULE))),
    ]
    yield Section(words(f"{year}: ", _VERDICTS[verdict] if verdict is not None else _NOT_KNOWN), tuple(blocks))
    pictures = tuple(draw_money(context, int(goal.id)))
    if pictures:
        yield Section(words(f"{year}: where the budget goes"), pictures)
    yield from budget_section(context, int(goal.id))
    yield from measured_section(context, goal)
    yield from by_month(context, goal, judgement)
    if verdict in ("amber", "red"):
        yield ways_to_green(context, goal, found)


def _came_to(context: Context, goal: Goal) -> str:
    """Say what a year that is over came to, against its target."""
    currency = context.plan.settings.currency
    actuals = [entry.actual for entry in month_by_month(context, goal)]
    counted = actuals[-1:] if goal.measure == "recurring" else actuals
    known = [actual for actual in counted if actual is not None]
    if len(known) < len(counted):
        return "What it came to is not known: months are missing, see `revplan report scoreboard --year`."
    total, target = sum(known, Fraction(0)), Fraction(goal.target_revenue)
    part = f", {wording.rate(total / target)} of it" if target else ""
    return f"It came to {currency.say(total)}; the target was {currency.say(target)}{part}."


# --- the verdict -------------------------------------------------------------------------------------------------


def _sentence(context: Context, goal: Goal, judgement: Judgement) -> Iterator[Run | str]:
    found = judgement.outlook
    currency = context.plan.settings.currency
    if found.funding is None:
        yield dim("Whether the budget pays for it cannot be told: " + _missing_for_funding(goal, judgement))
        return
    have, needed = (
        wording.quantity(number, "opportunity", "opportunities")
        for number in (found.affordable, found.need.opportunities)
    )
    budget = currency.say_briefly(found.budget or Fraction(0))
    if found.funding < 1:
        yield bad("Caviar goals on a tuna fish budget") if found.funding < RED_BELOW else warn("The budget falls short")
        yield f": {budget} buys {wording.count(found.affordable)} of the {needed} it takes."
    else:
        yield f"The budget of {budget} buys {have}; it takes {wording.count(found.need.opportunities)}."
    yield f" Funding {wording.rate(found.funding)}"
    yield f", attainment {wording.rate(found.attainment)}" if found.attainment is not None else ""
    unknown = [name for name, value in (("attainment", found.attainment), ("odds", judgement.odds)) if value is None]
    if judgement.odds is not None:
        yield f", odds {wording.rate(judgement.odds, 0)}"
    if unknown:
        lacks = lacking_for_attainment(context, goal) if found.attainment is None else lacking(context, goal)
        yield f", {wording.join_names(unknown)} not known{_way_to_know(lacks)}"
        return
    yield "." if footing(context, goal).since is not None else ", told by the plan alone: no actual is known yet."


def _way_to_know(keys: tuple[str, ...]) -> str:
    told = standing_words.needs(keys)
    return f": add to the goal {told}." if told else "."


def _both_hold(context: Context, goal: Goal, judgement: Judgement) -> Iterator[Line]:
    """Explain why attainment and odds differ: attainment assumes the goal's rates, the odds the recorded ones."""
    attained, odds = judgement.outlook.attainment, judgement.odds
    drawn = drivers(context, goal)
    if attained is None or odds is None or drawn is None or (attained >= 1) == (odds >= EVEN_ODDS):
        return
    currency = context.plan.settings.currency
    rate, count = (Fraction(fsum(values) / len(values)) for values in (drawn.close_rates, drawn.creation))
    deal = currency.say(from_cents(sum(drawn.deals)) / len(drawn.deals))
    created = wording.quantity(
        (judgement.outlook.affordable or Fraction(0)) / MONTHS_PER_YEAR, "opportunity", "opportunities"
    )
    planned = f"{wording.rate(goal.close_rate)} won, {created} a month, {currency.say(goal.acv)}"
    known = f"{wording.rate(rate)}, {wording.count(count)} and {deal}"
    text = (
        f"Both hold: attainment goes by the goal and its budget ({planned} a customer), the odds by record and chance"
    )
    yield Line(words(f"{text} ({known} on average)."))


def _missing_for_funding(goal: Goal, judgement: Judgement) -> str:
    if judgement.outlook.budget is None:
        return "add budget lines of the category programs."
    if goal.cost_per_opportunity == 0:
        return "at a cost of 0 any budget buys any number of opportunities; make cost_per_opportunity more than 0."
    return "add cost_per_opportunity and a close rate above 0."


def verdict_lines(context: Context, goal: Goal) -> tuple[Words, ...]:
    """Return a goal's verdict in words, the cheapest change that would do by the plan, and the budget that would."""
    judgement = judge(context, goal)
    said = _VERDICTS[judgement.verdict] if judgement.verdict is not None else _NOT_KNOWN
    lines = [words(said, ": ", *_sentence(context, goal, judgement)), *_still_missing(context, goal)]
    found = levers_by_plan(context, goal)
    if found:
        lines.append(words("Cheapest lever: ", *lever_words(context, found[0]), " by the plan"))
    budget = next((own for own in found if own.name == "budget"), None)
    if budget is not None and budget != found[0]:
        lines.append(words("The budget that would do: ", *lever_words(context, budget), " by the plan"))
    outlook = judgement.outlook
    if outlook.attainment is None and outlook.need.spend is not None and (outlook.funding or 0) < 1:
        spend = context.plan.settings.currency.say(outlook.need.spend)
        lines.append(words("A budget of ", strong(spend), " would pay for it; whether in time is not known yet"))
    elif judgement.verdict in ("amber", "red") and budget is None:
        lines.append(words(dim(_NO_BUDGET if found or judgement.outlook.verdict != "green" else _BY_CHANCE)))
    return tuple(lines)


def _still_missing(context: Context, goal: Goal) -> Iterator[Words]:
    """Say what is known of a year that has begun, and what customers won from then on have to bring."""
    at, currency = footing(context, goal), context.plan.settings.currency
    year = fiscal_months(context.plan.settings, int(goal.id))
    if at.since is None or at.since < year[0] or not at.months:
        return
    missing = outset(context, goal).missing
    known = at.level if goal.measure == "recurring" else at.known
    came = f"{'a year at' if goal.measure == 'recurring' else 'came in by'} the end of {wording.month(at.since)}"
    if missing is None:
        verb = wording.verb(len(at.gaps), "is", "are")
        yield words(
            dim(f"Of the year, {wording.join_names([wording.month(each) for each in at.gaps])} {verb} not known.")
        )
        return
    rest = f"customers won since have to bring {currency.say(missing)} by the end of {wording.month(year[-1])}"
    yield words(f"{currency.say(known)} {came}: ", f"{rest}." if missing else "with what stays, the target is reached.")


_NO_BUDGET = "No budget alone would do: lower the target, or change several figures."
_BY_CHANCE = "By the plan it is enough; by chance it is not: `revplan report goals` says what would make it green."


# --- the funnel --------------------------------------------------------------------------------------------------


def _funnel(context: Context, goal: Goal, judgement: Judgement) -> Chart:
    caption = "What the year needs at each stage, and what there is of it; widths by the square root."
    return Chart(caption, year_funnel(context, goal, judgement.outlook.need), _table(context, goal, judgement))


def _table(context: Context, goal: Goal, judgement: Judgement) -> Table:
    need, currency = judgement.outlook.need, context.plan.settings.currency
    columns = (
        Column("Needed", share=1),
        Column("In the year", Align.RIGHT),
        Column("A month", Align.RIGHT),
        Column("By", share=1),
    )
    brought = f"ACV {currency.say(goal.acv)}"
    if goal.measure == "revenue":
        brought += f", {wording.rate(need.part)} of it within the year on average"
    rows = [
        _money_row("New revenue", need.revenue, _explain_retention(context, goal), currency),
        _row("New customers", need.customers, brought),
        _row("Opportunities", need.opportunities, f"close rate {wording.rate(goal.close_rate)}"),
        *_stage_rows(goal, need),
        _money_row("Spend", need.spend, _each(goal, currency), currency),
    ]
    return Table(columns, tuple(rows))


def _explain_retention(context: Context, goal: Goal) -> str:
    retained = wording.rate(goal.net_revenue_retention) if goal.net_revenue_retention is not None else "100%"
    start = year_start(context, goal)
    if start.month is None:
        return f"target − start × {retained} retained"
    last = context.plan.settings.currency.say_briefly(start.amount)
    if goal.measure == "revenue":
        return f"target − {wording.month(start.month)}'s revenue a month × {retained} retained by month"
    return f"target − {last}, {wording.month(start.month)}'s actual, × {retained} retained"


def _each(goal: Goal, currency: Currency) -> str:
    if goal.cost_per_opportunity is None:
        return "cost_per_opportunity is not given"
    return f"{currency.say(goal.cost_per_opportunity)} an opportunity"


def _stage_rows(goal: Goal, need: Need) -> Iterator[tuple[Words, ...]]:
    """Yield the stages up the funnel, as far as its rates are given."""
    for stage, rate in zip(STAGES, RATES, strict=True):
        share = getattr(goal.funnel, rate, None)
        if share is None:
            yield _row(STAGE_NAMES[stage], None, f"funnel.{rate} is not given")
            return
        yield _row(STAGE_NAMES[stage], need.stages[stage], f"{wording.rate(share)} go on")


def _row(name: str, count: Fraction | None, by: str) -> tuple[Words, ...]:
    a_month = count / MONTHS_PER_YEAR if count is not None else None
    return words(name), words(wording.count(count)), words(wording.count(a_month)), words(by)


def _money_row(name: str, amount: Fraction | None, by: str, currency: Currency) -> tuple[Words, ...]:
    if amount is None:
        return words(name), words(dim(wording.MISSING)), words(dim(wording.MISSING)), words(by)
    a_month = currency.say(amount / MONTHS_PER_YEAR)
    return words(name), words(currency.say(amount)), words(a_month), words(by)


def _sets_out(opening: Outset) -> Iterator[Line]:
    """Return in words the month from which attainment counts, and the open pipeline it counts with."""
    if opening.months and opening.pipeline is not None:
        since = wording.month(opening.months[0].plus(-1))
        text = f"Attainment counts from the end of {since} on, with {standing_words.open_pipeline(opening.pipeline)}."
        yield Line(words(dim(text)))


# --- where it comes from, and plain data -------------------------------------------------------------------------


def _workings(context: Context, goal: Goal, judgement: Judgement) -> Iterator[Working]:
    found, currency = judgement.outlook, context.plan.settings.currency
    need, year = found.need, goal.id
    opening = outset(context, goal)
    target, kept = (currency.say(amount) for amount in (goal.target_revenue, opening.kept))
    revenue = currency.say(need.revenue)
    how = f"{target} − {kept} that earlier customers bring ({_explain_retention(context, goal)}) = {revenue}"
    yield Working(f"{year}, new revenue", how)
    part = f" / {wording.rate(need.part)} of a year" if goal.measure == "revenue" else ""
    customers = f"{revenue} / {currency.say(goal.acv)}{part} = {wording.count(need.customers)}"
    yield Working(f"{year}, new customers", customers)
    how = f"{wording.count(need.customers)} / {wording.rate(goal.close_rate)} = {wording.count(need.opportunities)}"
    yield Working(f"{year}, opportunities", how)
    if found.funding is not None:
        each = currency.say(Fraction(goal.cost_per_opportunity or 0))
        budget = currency.say(found.budget or Fraction(0))
        bought = (
            f"program lines of {budget} / {each} = {wording.quantity(found.affordable, 'opportunity', 'opportunities')}"
        )
        how = f"{bought}; / {wording.count(need.opportunities)} needed = {wording.rate(found.funding)}"
        yield Working(f"{year}, funding", how)
    if found.attainment is not None and opening.pipeline is not None and opening.missing is not None:
        lag = ", ".join(wording.rate(share, 0) for share in goal.close_lag)
        how = (
            f"{wording.quantity(found.closing, 'customer')} closing by the year's end, by a lag of {lag} by month and"
            f" {standing_words.open_pipeline(opening.pipeline)}; / {wording.count(found.customers_missing)} for the"
            f" {currency.say(opening.missing)} still missing = {wording.rate(found.attainment)}"
        )
        yield Working(f"{year}, attainment", how)
    yield Working(f"{year}, verdict", _RULE)
    yield Working(f"{year}, levers", f"{MOST_OF_EACH[0].upper()}{MOST_OF_EACH[1:]}; beyond that it is none")


def _more_data(context: Context, goal: Goal, judgement: Judgement) -> dict[str, Any]:
    return {
        "measured": measured_data(context, goal),
        "months_to_come": months_data(context, goal, judgement),
        "budget_by_month": budget_data(context, int(goal.id)),
    }


def _data(goal: Goal, judgement: Judgement, found: tuple[Lever, ...]) -> dict[str, Any]:
    outlook = judgement.outlook
    return {
        "goal": goal.id,
        "verdict": judgement.verdict,
        "new_revenue": as_number(outlook.need.revenue),
        "customers": as_number(outlook.need.customers),
        "opportunities": as_number(outlook.need.opportunities),
        "stages": {stage: as_number(count) for stage, count in outlook.need.stages.items()},
        "spend": as_number(outlook.need.spend),
        "budget": as_number(outlook.budget),
        "affordable_opportunities": as_number(outlook.affordable),
        "funding": as_number(outlook.funding),
        "closing_customers": as_number(outlook.closing),
        "attainment": as_number(outlook.attainment),
        "odds": as_number(judgement.odds),
        "levers": [lever_data(lever) for lever in found],
    }
