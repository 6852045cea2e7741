"""What a sprint may spend, and what placing a tactic costs it, in cents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.analysis.periods import fiscal_months, fiscal_year
from revplan.analysis.progress import is_open
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
        lines: left on each budget line that a candidate names.
    """

    budget: int | None
    lines: Mapping[str, int]


def cost(situation: Situation, tactic: str) -> int:
    """Return what placing a tactic costs the sprint; nothing where it was begun in another, which bore the cost."""
    return 0 if situation.progress[tactic].begun_before else to_cents(situation.plan.tactics[tactic].cost)


def cash(situation: Situation, drafts: Iterable[Candidate]) -> Cash:
    """Return the limits on cash. They are never below what tactics that must stay in have cost already."""
    kept: dict[str | None, int] = {}
    names = set()
    for draft in drafts:
        names.add(draft.line)
        for key in {None, draft.line} if draft.kept else ():
            kept[key] = kept.get(key, 0) + draft.cost
    limit = situation.plan.settings.sprint.budget
    finished = sum(cost(situation, name) for name in _finished_here(situation))
    return Cash(
        budget=None if limit is None else max(to_cents(limit) - finished, kept.get(None, 0)),
        lines={name: max(_left_on(situation, name), kept.get(name, 0)) for name in sorted(filter(None, names))},
    )


def _left_on(situation: Situation, line_id: str) -> int:
    """Return what is left on a budget line: its limit − actuals − what open sprints commit in other months.

    A monthly line's limit is that of the month in which the sprint starts; a month without an amount has none.
    """
    line = situation.plan.budget[line_id]
    settings = situation.plan.settings
    month = Month.of(situation.period.start)
    year = fiscal_year(settings, month.first)
    if line.year is not None and line.year != year:
        return 0
    if line.monthly is not None:
        limit, months = _monthly_limit(line, month), {month}
    else:
        limit, months = to_cents(line.annual or 0), set(fiscal_months(settings, year))
    spent = sum(to_cents(line.actual[known]) for known in months & line.actual.keys())
    unknown = months - line.actual.keys()
    committed = sum(amount for when, amount in _committed(situation, line_id) if when in unknown)
    return max(0, limit - spent - committed)


def _monthly_limit(line: BudgetLine, month: Month) -> int:
    amount = line.monthly.get(month, 0) if isinstance(line.monthly, dict) else line.monthly
    return to_cents(amount or 0)


def _committed(situation: Situation, line_id: str) -> Iterator[tuple[Month, int]]:
    """Yield (month, cents) of tactics on the line: those of other open sprints, and those this one has finished."""
    tactics = situation.plan.tactics
    for sprint in situation.plan.sprints.values():
        if sprint.id == situation.period.id or not is_open(sprint, situation.today):
            continue
        for name, row in sprint.tactics.items():
            if row.dropped is None and name in tactics and tactics[name].budget == line_id:
                yield Month.of(sprint.start), to_cents(tactics[name].cost)
    for name in _finished_here(situation):
        if tactics[name].budget == line_id:
            yield Month.of(situation.period.start), cost(situation, name)


def _finished_here(situation: Situation) -> Iterator[str]:
    for name, progress in situation.progress.items():
        if progress.is_done and progress.finished_in == situation.period.id:
            yield name
