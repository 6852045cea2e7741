"""The goals report's months, with what is created and closes in each, and the changes that would make a goal green."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan import wording
from revplan.analysis.budgets import budget_by_month, program_budget
from revplan.analysis.funnel import closing_by_month, outset
from revplan.analysis.levers import MOST_ODDS, MOST_PERCENT, MOST_PERCENT_OF_ACV, levers_by_plan
from revplan.analysis.periods import say_year
from revplan.analysis.targets import monthly_targets
from revplan.model.base import MONTHS_PER_YEAR
from revplan.reports.document import Align, Column, Items, Line, Section, Table, bad, dim, strong, words
from revplan.reports.revenue_pictures import draw_levers
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from revplan.analysis.levers import Judgement, Lever
    from revplan.model.base import Month
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.reports.document import Run, Words


class MonthToCome(NamedTuple):
    """A month in which the budget creates opportunities, and in which some close.

    Attributes:
        target: the goal's revenue of the month; None before the goal's year.
        created: opportunities that are created.
        closing: customers that are won.
        so_far: customers that are won until its end, from the first of these months on.
    """

    month: Month
    target: Decimal | None
    created: Fraction
    closing: Fraction
    so_far: Fraction


def months_to_come(context: Context, goal: Goal, judgement: Judgement) -> tuple[MonthToCome, ...]:
    """Return what is created and what closes in each month to come; a month before the year by its own year's budget.

    Nothing where there is no budget, no close lag, or no month to come.
    """
    affordable, opening = judgement.outlook.affordable, outset(context, goal)
    closing = closing_by_month(goal, opening, affordable / MONTHS_PER_YEAR) if affordable is not None else None
    if affordable is None or closing is None:
        return ()
    targets = monthly_targets(context.plan.settings, goal)
    creation = dict(opening.creation(affordable / MONTHS_PER_YEAR))
    return tuple(
        MonthToCome(month, targets.get(month), creation[number], count, sum(closing[: number + 1], Fraction(0)))
        for number, (month, count) in enumerate(zip(opening.months, closing, strict=True))
    )


def by_month(context: Context, goal: Goal, judgement: Judgement) -> Iterator[Section]:
    """Yield a table of the months to come."""
    months, say = months_to_come(context, goal, judgement), context.plan.settings.currency.say
    if not months:
        return
    columns = (
        Column("Month", share=1),
        Column("Target", Align.RIGHT),
        Column("Created", Align.RIGHT),
        Column("Closing", Align.RIGHT),
        Column("So far", Align.RIGHT),
    )
    rows = tuple(
        (
            words(wording.month(each.month)),
            words(wording.say_or_missing(each.target, say)),
            *(words(wording.count(figure)) for figure in (each.created, each.closing, each.so_far)),
        )
        for each in months
    )
    missing = wording.quantity(judgement.outlook.customers_missing, "customer")
    year, so_far = say_year(context.plan.settings, goal.id), wording.count(months[-1].so_far)
    title = words(f"{year} by month: what the budget creates and when it closes, {so_far} of {missing}")
    yield Section(title, (Table(columns, rows),))


def months_data(context: Context, goal: Goal, judgement: Judgement) -> list[dict[str, Any]]:
    """Return the months to come as plain data; the target in the plan's currency."""
    return [
        {
            "month": str(each.month),
            "target": as_number(each.target),
            "opportunities_created": as_number(each.created),
            "customers_closing": as_number(each.closing),
            "customers_so_far": as_number(each.so_far),
        }
        for each in months_to_come(context, goal, judgement)
    ]


# --- money -------------------------------------------------------------------------------------------------------


def budget_section(context: Context, year: int) -> Iterator[Section]:
    """Yield a fiscal year's budget by month, where tactics in sprints still take some of it."""
    months, say = budget_by_month(context, year), context.plan.settings.currency.say
    if not any(each.committed for each in months):
        return
    columns = (
        Column("Month", share=1),
        Column("Planned", Align.RIGHT),
        Column("Spent", Align.RIGHT),
        Column("Committed", Align.RIGHT),
        Column("Left", Align.RIGHT),
    )
    rows = tuple(
        (
            words(wording.month(each.month)),
            words(say(each.planned) if each.planned is not None else dim(wording.MISSING)),
            words(say(each.spent) if each.spent else dim(wording.MISSING)),
            words(say(each.committed) if each.committed else dim(wording.MISSING)),
            words(bad(say(each.left)) if each.left < 0 else say(each.left))
            if each.left is not None
            else words(dim(wording.MISSING)),
        )
        for each in months
    )
    said = say_year(context.plan.settings, year)
    yield Section(
        words(f"{said}: the budget by month, and what tactics in sprints commit of it"),
        (Table(columns, rows),),
    )


def budget_data(context: Context, year: int) -> list[dict[str, Any]]:
    """Return a fiscal year's budget by month as plain data."""
    return [
        {
            "month": str(each.month),
            "planned": as_number(each.planned),
            "spent": as_number(each.spent),
            "committed": as_number(each.committed),
        }
        for each in budget_by_month(context, year)
    ]


# --- levers ------------------------------------------------------------------------------------------------------


MOST_OF_EACH = (
    f"a close rate is tried up to {MOST_ODDS} times as many won for each one lost, an ACV up to"
    f" {MOST_PERCENT_OF_ACV}% more, a budget up to {MOST_PERCENT}% more"
)
"""How far levers are sought, for people."""


def ways_to_green(context: Context, goal: Goal, found: tuple[Lever, ...]) -> Section:
    """Return the levers that would each make a goal green by itself."""
    year = say_year(context.plan.settings, goal.id)
    title = words(f"{year}: what would make it green, each by itself, the smallest change first")
    by_plan = [Line(each) for each in _budget_from_nothing(context, goal, found)]
    if not found:
        nothing = f"Nothing does alone ({MOST_OF_EACH}): lower the target, or change several."
        return Section(title, (Line(words(nothing)), *by_plan))
    items = tuple(words(*lever_words(context, lever)) for lever in found)
    return Section(title, (draw_levers(found, Items(items)), Items(items), *by_plan))


def _budget_from_nothing(context: Context, goal: Goal, found: tuple[Lever, ...]) -> Iterator[Words]:
    """Say which budget does by the plan where there is none yet: of nothing no raise can be forecast."""
    if program_budget(context.plan, int(goal.id)) or any(lever.name == "budget" for lever in found):
        return
    for lever in levers_by_plan(context, goal):
        if lever.name == "budget":
            yield words("By the plan, with chance left out: ", *lever_words(context, lever))


def lever_words(context: Context, lever: Lever) -> Iterator[Run | str]:
    """Yield a lever in words, with how things stand once it is moved."""
    yield strong(_change(lever, context.plan.settings.currency))
    by = lever.judgement.outlook
    figures = f": funding {wording.rate(by.funding)}, attainment {wording.rate(by.attainment)}"
    odds = f", odds {wording.rate(lever.judgement.odds, 0)}" if lever.judgement.odds is not None else ""
    yield f"{figures}{odds}"


def _change(lever: Lever, currency: Currency) -> str:
    match lever.name:
        case "close rate":
            return f"close rate {wording.rate(lever.needed)}, not {wording.rate(lever.now)}"
        case "ACV":
            return f"ACV {currency.say(lever.needed)}, not {currency.say(lever.now)}"
        case "budget":
            return f"budget {currency.say(lever.needed)}, not {currency.say(lever.now)}"
        case "start earlier":
            return f"start {wording.plural(int(lever.needed), 'month')} before the year"


def lever_data(lever: Lever) -> dict[str, Any]:
    """Return a lever as plain data."""
    return {
        "lever": lever.name,
        "now": as_number(lever.now),
        "needed": as_number(lever.needed),
        "change": as_number(lever.change),
        "funding": as_number(lever.judgement.outlook.funding),
        "attainment": as_number(lever.judgement.outlook.attainment),
        "odds": as_number(lever.judgement.odds),
    }
