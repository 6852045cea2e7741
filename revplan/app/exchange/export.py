"""`revplan export`: the plan for calendars, spreadsheets, diagrams and programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from revplan.analysis.calendar import events
from revplan.analysis.sprint_due import current_sprint
from revplan.app.sprint.lookup import get_sprint
from revplan.diagnostics import did_you_mean
from revplan.errors import SprintError, UnknownIdError, UnsoundPlanError
from revplan.formats import csv_table, ics, mermaid
from revplan.reports import listing
from revplan.reports.sprint_board import stretches_by_member
from revplan.store.loaded import merge_files

if TYPE_CHECKING:
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

SCHEMA = "revplan/plan/1"


def calendar(context: Context) -> str:
    """Return meetings, due dates and launches from today on as an iCalendar file."""
    names = {member.id: member.name for member in context.plan.team.values()}
    return ics.draw(context.plan.settings.company, events(context), names, context.today)


def table(context: Context, kind: str) -> str:
    """Return every entry of a kind as CSV.

    Raises:
        UnknownIdError: there is no such kind.
    """
    if kind not in listing.COLUMNS:
        hint = did_you_mean(kind, listing.COLUMNS) or f"there are {', '.join(listing.COLUMNS)}"
        raise UnknownIdError(f'there is no list of "{kind}"', hint=hint)
    header, rows = listing.cells(listing.build(context, kind, listing.Filter({}, over=True)))
    return csv_table.draw(header, rows)


def diagram(context: Context, sprint_id: str | None) -> str:
    """Return a written sprint as a Mermaid Gantt chart by member: the one asked for, else the one at hand.

    Raises:
        UnknownIdError: it is not written.
        SprintError: no sprint is written at all.
    """
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else current_sprint(context)
    if sprint is None:
        raise SprintError("no sprint is written yet", hint="`revplan sprint plan --write` writes the next one")
    title = f"{context.plan.settings.company}, sprint {sprint.id}"
    return mermaid.gantt(title, stretches_by_member(context.plan, sprint))


def everything(loaded: Loaded) -> str:
    """Return the whole plan as JSON: what one plan file would hold, in the plan's own notation.

    Raises:
        UnsoundPlanError: part of it could not be read.
    """
    if not loaded.sound:
        raise UnsoundPlanError("part of the plan cannot be read", hint="`revplan validate` shows what")
    return json.dumps({"schema": SCHEMA, "plan": merge_files(loaded)}, indent=2, ensure_ascii=False) + "\n"
