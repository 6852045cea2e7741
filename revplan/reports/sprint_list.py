"""Every written sprint in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from revplan import wording
from revplan.analysis.outcome import outcome
from revplan.analysis.periods import in_order
from revplan.reports.document import Align, Column, Document, Line, Section, Table, dim, good, words
from revplan.reports.look import look
from revplan.reports.sprint_tables import spent_cell
from revplan.wording import as_hours

if TYPE_CHECKING:
    from revplan.model.plan import Plan
    from revplan.model.sprints import Sprint
    from revplan.reports.document import Words

SCHEMA = "revplan/sprint-list/2"


def layout(plan: Plan) -> Document:
    """Lay out the written sprints, the earliest first."""
    sprints = in_order(plan)
    return Document(
        title=f"{plan.settings.company} · sprints",
        lead=()
        if sprints
        else (words(dim("No sprint is written yet: `revplan sprint plan --write` writes the next.")),),
        sections=(_section(plan, sprints),) if sprints else (),
        data={"schema": SCHEMA, "sprints": [_data(plan, sprint) for sprint in sprints]},
        look=look(plan),
    )


def _section(plan: Plan, sprints: tuple[Sprint, ...]) -> Section:
    columns = (
        Column("Sprint"),
        Column("Stands"),
        Column("Tactics", Align.RIGHT),
        Column("Done", Align.RIGHT),
        Column("Committed h", Align.RIGHT),
        Column("Planned h", Align.RIGHT),
        Column("Spent h", Align.RIGHT),
        Column("Goal", share=1),
    )
    table = Table(columns, tuple(_row(plan, sprint) for sprint in sprints))
    note = Line(words(dim("`revplan sprint show SPRINT` shows one of them.")))
    return Section(words(wording.plural(len(sprints), "sprint")), (table, note))


def _row(plan: Plan, sprint: Sprint) -> tuple[Words, ...]:
    found = outcome(plan, sprint)
    kept = [entry for entry in found.tactics if entry.fate != "dropped"]
    return (
        words(sprint.id),
        words(good(sprint.status) if sprint.status == "active" else sprint.status),
        words(wording.count(len(kept))),
        words(wording.count(sum(entry.fate == "done" for entry in kept))),
        words(wording.hours(found.total.committed)),
        words(wording.hours(found.total.planned)),
        words(spent_cell(found.total)),
        words(sprint.goal or dim(wording.MISSING)),
    )


def _data(plan: Plan, sprint: Sprint) -> dict[str, Any]:
    found = outcome(plan, sprint)
    return {
        "sprint": sprint.id,
        "start": sprint.start.isoformat(),
        "end": sprint.end.isoformat(),
        "status": sprint.status,
        "goal": sprint.goal,
        "tactics": len(found.tactics),
        "committed_hours": as_hours(found.total.committed),
        "planned_hours": as_hours(found.total.planned),
        "spent_hours": as_hours(found.total.spent) if found.total.spent is not None else None,
    }
