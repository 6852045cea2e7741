"""What a sprint may spend, and what placing a tactic costs it and the sprints after it, in cents.

A *purse* is what a budget line has to spend: in a month where the line is planned by month, in a fiscal year where it
is planned by year. The sprint's purse is called by the line's id, another by line and month or year. Instalments
that a tactic leaves for later need money in later purses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from revplan.analysis.budgets import month_budget, year_budget
from revplan.analysis.payments import (
    committed_payments,
    first_payment,
    is_due_within,
    later_payments,
    paying_sprints,
    payments,
)
from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.model.base import Month
from revplan.model.money import to_cents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from revplan.model.goals import BudgetLine
    from revplan.planning.problem import Candidate
    from revplan.planning.situation import Situation


@dataclass(frozen=True, slots=True)
class Cash:
    """What may be spent, in cents.

    Attributes:
        budget: by the sprint; None where there is no limit.
        lines: left in each purse that a candidate needs.
    """

    budget: int | None
    lines: Mapping[str, int]


class _Purse(NamedTuple):
    line: BudgetLine
    months: frozenset[Month]


def cost(situation: Situation, tactic: str) -> int:
    """Return what placing a tactic costs the sprint; nothing where it was begun in another, which bore the cost."""
    if situation.progress[tactic].begun_before:
        return 0
    return to_cents(first_payment(situation.plan.tactics[tactic], situation.period.start, situation.period.end))


def later(situation: Situation, tactic: str) -> tuple[tuple[str, int], ...]:
    """Return what placing a tactic costs after the sprint, as (purse, cents); nothing where it was begun in another."""
    own = situation.plan.tactics[tactic]
    line = situation.plan.budget.get(own.budget or "")
    if line is None or situation.progress[tactic].begun_before:
        return ()
    found: dict[str, int] = {}
    for month, amount in later_payments(own, situation.period.start, situation.period.end).items():
        year = fiscal_year(situation.plan.settings, month.first)
        if year_budget(situation.plan.settings, line, year) is None:  # no budget yet is not a budget of nothing
            continue
        name = _purse_name(situation, line, month)
        found[name] = found.get(name, 0) + to_cents(amount)
    return tuple(sorted(found.items()))


def later_by_month(situation: Situation, tactic: str) -> tuple[tuple[Month, int], ...]:
    """Return (month, cents) of what placing a tactic costs after the sprint, whatever pays."""
    if situation.progress[tactic].begun_before:
        return ()
    due = later_payments(situation.plan.tactics[tactic], situation.period.start, situation.period.end)
    return tuple((month, to_cents(amount)) for month, amount in due.items())


def finished_cash(situation: Situation) -> int:
    """Return the cents that the sprint pays for tactics that are finished in it."""
    return sum(cost(situation, name) for name in _tactics_finished_here(situation))


def committed_cash(situation: Situation) -> int:
    """Return the cents of instalments that fall due in the sprint, for tactics that other sprints have begun."""
    start, end = situation.period.start, situation.period.end
    paying = paying_sprints(situation.plan, situation.today)
    tactics = situation.plan.tactics
    return sum(
        to_cents(amount)
        for name, sprint in paying.items()
        if sprint.end < start
        for month, amount in later_payments(tactics[name], sprint.start, sprint.end).items()
        if is_due_within(month, start, end)
    )


def cash(situation: Situation, drafts: Iterable[Candidate]) -> Cash:
    """Return the limits on cash. They are never below what tactics that must stay in have cost already."""
    kept: dict[str | None, int] = {}
    names: set[str] = set()
    for draft in drafts:
        names |= draft.purses
        if draft.kept:
            kept[None] = kept.get(None, 0) + draft.cost
            for purse in draft.purses:
                kept[purse] = kept.get(purse, 0) + draft.takes(purse)
    limit = situation.plan.settings.sprint.budget
    spent = finished_cash(situation) + committed_cash(situation)
    committed = tuple(_commitments(situation))
    return Cash(
        budget=None if limit is None else max(to_cents(limit) - spent, kept.get(None, 0)),
        lines={name: max(_cash_left(situation, name, committed), kept.get(name, 0)) for name in sorted(names)},
    )


# --- purses ----------------------------------------------------------------------------------------------------------


def _purse_name(situation: Situation, line: BudgetLine, month: Month) -> str:
    """Return the name of the purse that pays what falls in a month."""
    settings = situation.plan.settings
    now = Month.of(situation.period.start)
    if line.annual is None:
        return line.id if month == now else f"{line.id} {month}"
    year = fiscal_year(settings, month.first)
    return line.id if year == fiscal_year(settings, now.first) else f"{line.id} {year}"


def _purse(situation: Situation, name: str) -> _Purse:
    """Return a purse by its name."""
    line_id, _, when = name.partition(" ")
    line, settings = situation.plan.budget[line_id], situation.plan.settings
    now = Month.of(situation.period.start)
    if line.annual is not None:
        year = int(when) if when else fiscal_year(settings, now.first)
        return _Purse(line, frozenset(fiscal_months(settings, year)))
    return _Purse(line, frozenset({Month(*map(int, when.split("-"))) if when else now}))


def _cash_left(situation: Situation, name: str, committed: Iterable[tuple[str, Month, int]]) -> int:
    """Return what is left in a purse: its limit − actuals − what is committed for its months that have no actual.

    A month without an amount has none.
    """
    line, months = _purse(situation, name)
    settings = situation.plan.settings
    limit = to_cents(sum(month_budget(settings, line, month) or 0 for month in months))
    spent = sum(to_cents(line.actual[known]) for known in months & line.actual.keys())
    unknown = months - line.actual.keys()
    taken = sum(cents for of, month, cents in committed if of == line.id and month in unknown)
    return max(0, limit - spent - taken)


def _commitments(situation: Situation) -> Iterator[tuple[str, Month, int]]:
    """Yield (budget line, month, cents) of what other sprints commit, and of tactics that this one has finished."""
    tactics, here = situation.plan.tactics, situation.period.id
    paying = paying_sprints(situation.plan, situation.today)
    elsewhere = {name: sprint for name, sprint in paying.items() if sprint.id != here}
    for name, month, amount in committed_payments(situation.plan, situation.today, elsewhere):
        if tactics[name].budget is not None:
            yield tactics[name].budget or "", month, to_cents(amount)
    for name in _tactics_finished_here(situation):
        if tactics[name].budget is not None and name not in elsewhere:
            for month, amount in payments(tactics[name], Month.of(situation.period.start)).items():
                yield tactics[name].budget or "", month, to_cents(amount)


def _tactics_finished_here(situation: Situation) -> Iterator[str]:
    for name, progress in situation.progress.items():
        if progress.is_done and progress.finished_in == situation.period.id:
            yield name
