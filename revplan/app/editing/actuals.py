"""Changes that record a month's figures: revenue of a fiscal year, spend of a budget line."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from revplan.analysis.periods import fiscal_year
from revplan.app.editing.entries import require
from revplan.errors import InputError, UnknownIdError
from revplan.model.base import BUILT_WHEN_USED, Month, Ref
from revplan.model.change import Change
from revplan.model.money import MONTH, MonthsOfMoney, MonthsOfSignedMoney
from revplan.model.numbers import strip_zeros
from revplan.notations import advice, tidy

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.plan import Plan

_MONEY = TypeAdapter(MonthsOfMoney, config=BUILT_WHEN_USED)
_SIGNED = TypeAdapter(MonthsOfSignedMoney, config=BUILT_WHEN_USED)


def month_of(written: str | None, today: date) -> Month:
    """Return the month that an option names; the last one that is over if there is none.

    Raises:
        InputError: it is no month, or has not begun.
    """
    if written is None:
        return Month.of(today).plus(-1)
    try:
        month: Month = MONTH.validate_python(written)
    except ValidationError as error:
        raise InputError(str(error.errors()[0]["ctx"]["message"])) from None
    if month.first > today:
        raise InputError(f"{month} has not begun", hint="an actual figure is of a month that is over or running")
    return month


def record_revenue(plan: Plan, amount: str, month: Month) -> tuple[Change, ...]:
    """Return the change that records a month's revenue in the goal of its fiscal year.

    Raises:
        UnknownIdError: the plan has no goal for that year.
        InputError: it is no amount of the plan's currency.
    """
    year = str(fiscal_year(plan.settings, month.first))
    if year not in plan.goals:
        hint = f"`revplan goal add {year} …` adds it; a fiscal year is named by the year in which it ends"
        raise UnknownIdError(f"no goal {year}, the fiscal year of {month}", hint=hint)
    return (Change(Ref("goal", year).at("actual", str(month)), amount_of(plan, amount, month)),)


def record_spend(plan: Plan, line: str, amount: str, month: Month, *, more: bool) -> tuple[Change, ...]:
    """Return the change that records what a budget line took in a month.

    Args:
        plan: the plan.
        line: the budget line's id.
        amount: the amount as it was typed.
        month: the month.
        more: the amount comes besides what is recorded already.

    Raises:
        UnknownIdError: there is no such line.
        InputError: it is no amount of the plan's currency.
    """
    budget = plan.budget[require(plan, "budget-line", line)]
    value = amount_of(plan, amount, month, _SIGNED)
    if more:
        read = _SIGNED.validate_python({str(month): value}, context=plan.settings.reading_context())
        value = strip_zeros(budget.actual.get(month, Decimal(0)) + read[month])
    return (Change(Ref("budget-line", line).at("actual", str(month)), value),)


def read_amount(plan: Plan, written: str, month: Month) -> Decimal:
    """Return a month's amount in the plan's currency. Errors are those of `amount_of`."""
    text = amount_of(plan, written, month)
    return _MONEY.validate_python({str(month): text}, context=plan.settings.reading_context())[month]


def amount_of(plan: Plan, written: str, month: Month, notation: TypeAdapter[dict[Month, Decimal]] = _MONEY) -> str:
    """Return a month's amount in the plan's notation, as it was typed where that is so already.

    Raises:
        InputError: it is no amount of money.
    """
    found = tidy(written, plan.settings.currency) or written
    for text in (written, found):
        try:
            notation.validate_python({str(month): text}, context=plan.settings.reading_context())
        except ValidationError as error:
            (detail, *_) = error.errors()
            if detail["type"] == "no_rate":
                raise InputError(detail["ctx"]["message"], hint=detail["ctx"]["hint"]) from None
        else:
            return text
    hint = advice(written, plan.settings.currency) or "write it like 1200, 1.2k or 3M"
    raise InputError(f'"{written}" is no amount of money', hint=hint)
