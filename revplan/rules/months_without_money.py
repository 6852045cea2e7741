"""Months of a fiscal year in which no budget line has money, though lines have in others.

What: of the fiscal year under way and later ones, months from now on of which no budget line says anything, while
some line plans money for other months of the same year. A month that is to have none is written as 0.
Why: nothing can be bought in such a month, and plans of what the budget creates are short by it. Mostly a list of
months ended where a year did, or a step was meant to go on.

Bad:
    budget:
      ads: {category: programs, function: marketing,
        monthly: {2026-11: 4k, 2026-12: 4k, 2027-01: 5k, 2027-02: 5k}}

Good:
    budget:
      ads: {category: programs, function: marketing,
        monthly: {2026-11: 4k, 2026-12: 4k, from 2027-01: 5k}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.budgets import months_without_money, year_budget
from revplan.analysis.periods import fiscal_year, say_year
from revplan.diagnostics import Finding, Severity
from revplan.model.base import Month, Ref
from revplan.model.money import FromMonth
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.context import Context

CODE = "RP718"
SLUG = "months-without-money"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for each fiscal year with months that no line has money for."""
    settings = context.plan.settings
    for year in _years(context):
        without = [month for month in months_without_money(context.plan, year) if month >= Month.of(context.today)]
        if not without:
            continue
        lines = (line for line in context.plan.budget.values() if year_budget(settings, line, year) is not None)
        ref = Ref("budget-line", next(lines).id, ("monthly",))
        has = f"{plural(len(without), 'month')} {'has' if len(without) == 1 else 'have'}"
        message = f"{say_year(settings, year)}: {has} no money in any budget line: {join_names(_stretches(without))}"
        hint = f"add the months, or a step such as monthly: {{from {without[0]}: 1500}}; write 0 where none is meant"
        yield Finding(CODE, ref, message, hint)


def _stretches(months: list[Month]) -> list[str]:
    """Return months in order as text, those in a row as `first to last`."""
    rows: list[list[Month]] = []
    for month in months:
        if rows and rows[-1][-1].plus(1) == month:
            rows[-1].append(month)
        else:
            rows.append([month])
    return [str(row[0]) if len(row) == 1 else f"{row[0]} to {row[-1]}" for row in rows]


def _years(context: Context) -> list[int]:
    """Return the fiscal years from now on in which a line names a month."""
    settings = context.plan.settings
    monthly = (line.monthly for line in context.plan.budget.values())
    named = {key for amounts in monthly if isinstance(amounts, dict) for key in amounts}
    months = {key.month if isinstance(key, FromMonth) else key for key in named}
    now = fiscal_year(settings, context.today)
    return sorted(year for year in {now} | {fiscal_year(settings, month.first) for month in months} if year >= now)
