"""Tables of a written sprint that several screens show: planned against actual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import phrases
from revplan.reports import names
from revplan.reports.document import Align, Column, Section, Table, bad, dim, good, words
from revplan.reports.plain import hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.analysis.outcome import Figures, Outcome, TacticOutcome
    from revplan.model.plan import Plan
    from revplan.reports.document import Run, Words

_FIGURES = (
    Column("Planned h", Align.RIGHT),
    Column("Spent h", Align.RIGHT),
    Column("Left h", Align.RIGHT),
)


def by_tactic(plan: Plan, outcome: Outcome) -> Section:
    """Return planned against actual by tactic."""
    columns = (Column("Tactic", share=3), Column("Came in"), *_FIGURES, Column("Stands"))
    rows = tuple(
        (
            words(names.tactic(plan, entry.tactic)),
            words(entry.origin),
            *_cells(entry.figures),
            words(_stands(entry)),
        )
        for entry in outcome.tactics
    )
    return Section(words("By tactic"), (Table(columns, rows),))


def by_member(plan: Plan, outcome: Outcome) -> Section:
    """Return planned against actual by member."""
    named = [(names.member(plan, name), figures) for name, figures in outcome.members]
    return _by("member", named)


def by_skill(outcome: Outcome) -> Section:
    """Return planned against actual by skill."""
    return _by("skill", outcome.skills)


def data(outcome: Outcome) -> dict[str, Any]:
    """Return planned against actual as plain data; what was not logged is null."""
    return {
        "total": _data(outcome.total),
        "tactics": [
            {
                "tactic": entry.tactic,
                "origin": entry.origin,
                "dropped": entry.dropped.isoformat() if entry.dropped is not None else None,
                "stands": entry.fate,
                **_data(entry.figures),
            }
            for entry in outcome.tactics
        ],
        "members": [{"member": name, **_data(figures)} for name, figures in outcome.members],
        "skills": [{"skill": name, **_data(figures)} for name, figures in outcome.skills],
    }


def spent(figures: Figures) -> str:
    """Return the hours spent; `–` where none were logged."""
    return phrases.hours(figures.spent) if figures.spent is not None else phrases.MISSING


def _by(what: str, rows: Sequence[tuple[str, Figures]]) -> Section:
    columns = (Column(what.capitalize(), share=1), *_FIGURES)
    table = Table(columns, tuple((words(name), *_cells(figures)) for name, figures in rows))
    return Section(words(f"By {what}"), (table,))


def _cells(figures: Figures) -> tuple[Words, ...]:
    over = figures.spent is not None and figures.spent + figures.left > figures.planned
    spent_hours = bad(spent(figures)) if over and figures.planned else spent(figures)
    return words(phrases.hours(figures.planned)), words(spent_hours), words(phrases.hours(figures.left))


def _stands(entry: TacticOutcome) -> Run | str:
    if entry.fate == "dropped":
        return dim(f"dropped {phrases.short_date(entry.dropped)}" if entry.dropped is not None else "dropped")
    if entry.fate == "done":
        return good("done")
    return f"{entry.done} of {entry.tasks} done" if entry.fate == "begun" else dim("not begun")


def _data(figures: Figures) -> dict[str, Any]:
    logged = hours(figures.spent) if figures.spent is not None else None
    return {"planned": hours(figures.planned), "spent": logged, "left": hours(figures.left)}
