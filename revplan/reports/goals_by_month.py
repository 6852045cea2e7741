"""The goals report's months, with what is created and closes in each, and the changes that would make a goal green."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.budgets import budget_by_month
from revplan.analysis.funnel import closing_by_month, outset
from revplan.analysis.levers import MOST_PERCENT
from revplan.analysis.periods import say_year
from revplan.analysis.targets import monthly_targets
from revplan.model.base import MONTHS_PER_YEAR
from revplan.reports.document import Align, Column, Items, Line, Section, Table, bad, dim, strong, words
from revplan.reports.revenue_pictures import draw_levers
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.analysis.levers import Judgement, Lever
    from revplan.model.context import Context
    from revplan.model.goals import Goal
    from revplan.model.money import Currency
    from revplan.reports.document import Run


def by_month(context: Context, goal: Goal, judgement: Judgement) -> Iterator[Section]:
    """Yield what is created and what closes in each month to come; a month before the year by its own year's budget."""
    affordable, opening = judgement.outlook.affordable, outset(context, goal)
    closing = closing_by_month(goal, opening, affordable / MONTHS_PER_YEAR) if affordable is not None else None
    if affordable is None or closing is None or not opening.months:
        return
    targets = monthly_targets(context.plan.settings, goal)
    columns = (
        Column("Month", share=1),
        Column("Target", Align.RIGHT),
        Column("Created", Align.RIGHT),
        Column("Closing", Align.RIGHT),
        Column("So far", Align.RIGHT),
    )
    rows, so_far = [], 0 * affordable
    creation = dict(opening.creation(affordable / MONTHS_PER_YEAR))
    for number, (month, count) in enumerate(zip(opening.months, closing, strict=True)):
        so_far += count
        target = context.plan.settings.currency.say(targets[month]) if month in targets else wording.MISSING
        figures = (target, wording.count(creation[number]), wording.count(count), wording.count(so_far))
        rows.append((words(wording.month(month)), *map(words, figures)))
    customers = f"{wording.count(so_far)} of {wording.quantity(judgement.outlook.customers_missing, 'customer')}"
    year = say_year(context.plan.settings, goal.id)
    title = words(f"{year} by month: what the budget creates and when it closes, {customers}")
    yield Section(title, (Table(columns, tuple(rows)),))


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


def ways_to_green(context: Context, goal: Goal, found: tuple[Lever, ...]) -> Section:
    """Return the levers that would each make a goal green by itself."""
    year = say_year(context.plan.settings, goal.id)
    title = words(f"{year}: what would make it green, each by itself, the smallest change first")
    if not found:
        return Section(
            title,
            (Line(words(f"Nothing does alone, raised by {MOST_PERCENT}%: lower the target, or change several.")),),
        )
    items = tuple(words(*lever_words(context, lever)) for lever in found)
    return Section(title, (draw_levers(found, Items(items)), Items(items)))


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
