"""`revplan export`: the plan for calendars, spreadsheets, diagrams and programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from revplan.analysis.amounts import converted_amounts
from revplan.analysis.events import events
from revplan.analysis.sprint_due import current_sprint
from revplan.app.editing.entries import require
from revplan.app.exchange.fingerprints import COLUMN, say_fingerprints
from revplan.app.exchange.records import RECORDS, record_sheet
from revplan.app.exchange.sheet import (
    LISTED,
    PLURALS,
    Sheet,
    columns_of,
    field_values,
    raw_rows,
    tactic_rows,
    tactic_values,
)
from revplan.app.sprint.lookup import get_sprint
from revplan.errors import InputError, SprintError, UnknownIdError, UnsoundPlanError
from revplan.formats import ics, mermaid
from revplan.formats.table import encode
from revplan.model.fields import type_of
from revplan.model.plan import COLLECTION_BY_KEY, SINGLETON_BY_KEY
from revplan.model.tactics import Tactic
from revplan.reports.sprint_board import stretches_by_member
from revplan.reports.values import as_written
from revplan.spelling import did_you_mean
from revplan.store.edit.amend import OWN
from revplan.store.loaded import merge_files
from revplan.wording import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.base import Part, Ref
    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.money import Converted
    from revplan.store.loaded import Loaded

SCHEMA = "revplan/plan/2"


def calendar(context: Context, member: str | None = None, before: str = "") -> bytes:
    """Return meetings, due dates and launches as an iCalendar file.

    Args:
        context: the plan and the day.
        member: whose calendar; None for everybody's.
        before: the file as it was written before; what differs from it counts as changed.

    Raises:
        UnknownIdError: there is no such member.
        InputError: the plan's time zone is not known on this machine.
    """
    if member is not None:
        require(context.plan, "member", member)
    settings = context.plan.settings
    names = {each.id: each.name for each in context.plan.team.values()}
    text = ics.draw(
        settings.company,
        events(context, member),
        names,
        context.today,
        zone=_zone(settings.timezone),
        published=ics.read_published(before),
    )
    return encode(text)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name is not None else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        hint = "a name of the time zone database, such as Europe/Berlin"
        raise InputError(f'no time zone "{name}" is known here', hint=hint) from None


def table(context: Context, loaded: Loaded, kind: str, only: Sequence[str] = ()) -> Sheet:
    """Return every entry of a kind with every field, or a list of records such as `reading`.

    Scalars are in the notation that imports read back; lists have semicolons between, and what has parts of its own is
    JSON. The last column keeps what the plan says now, so that an import tells what moved in the table from what moved
    here. Of tactics, `hours` is the sum of the tasks, and `stands` says where the sprints have it.

    Args:
        context: the plan.
        loaded: its files.
        kind: what is exported, such as tactic; tactics, as files call them all, will do.
        only: the columns; empty for all.

    Raises:
        UnknownIdError: there is no such kind, or no such column.
    """
    kinds = (*LISTED, *RECORDS)
    kind = PLURALS.get(kind, kind)
    if kind in SINGLETON_BY_KEY:
        raise UnknownIdError(f"{kind} is one, and no list", hint="`revplan export json` has it whole")
    if kind not in kinds:
        hint = did_you_mean(kind, kinds) or f"there are {', '.join(kinds)}"
        raise UnknownIdError(f'there is no list of "{kind}"', hint=hint)
    if not loaded.is_faultless:
        raise UnsoundPlanError("part of the plan cannot be read", hint="`revplan validate` shows what")
    if kind in RECORDS:
        return _with_columns(record_sheet(context, kind), only)
    rows = tactic_rows(context) if kind == "tactic" else raw_rows(merge_files(loaded), kind)
    own = dict.fromkeys(name for row in rows for name in row if name.startswith(OWN))
    header = ("id", *columns_of(kind), *own, COLUMN)
    wanted = ("id", *(name for name in only if name not in ("id", COLUMN)), COLUMN) if only else header
    for row in rows:
        values = _values(context.plan.entries(kind)[str(row["id"])])
        row[COLUMN] = say_fingerprints({name: value for name, value in values.items() if name in wanted})
    whole = Sheet(kind, header, tuple(tuple(row.get(name, "") for name in header) for row in rows))
    return _with_columns(whole, wanted)


def _values(part: Part) -> dict[str, Data]:
    return tactic_values(part) if isinstance(part, Tactic) else field_values(part)


def _with_columns(sheet: Sheet, only: Sequence[str]) -> Sheet:
    """Return a sheet with some of its columns; all of them where none is named.

    Raises:
        UnknownIdError: there is no such column.
    """
    for name in only:
        if name not in sheet.header:
            hint = did_you_mean(name, sheet.header) or ", ".join(sheet.header)
            raise UnknownIdError(f'{sheet.name} has no "{name}"', hint=hint)
    if not only:
        return sheet
    places = [sheet.header.index(name) for name in only]
    return Sheet(sheet.name, tuple(only), tuple(tuple(row[place] for place in places) for row in sheet.rows))


def diagram(context: Context, sprint_id: str | None) -> bytes:
    """Return a written sprint as a Mermaid Gantt chart by member: the one asked for, else the one at hand.

    Raises:
        UnknownIdError: it is not written.
        SprintError: no sprint is written at all.
    """
    sprint = get_sprint(context, sprint_id) if sprint_id is not None else current_sprint(context)
    if sprint is None:
        raise SprintError("no sprint is written yet", hint="`revplan sprint plan --write` writes the next one")
    title = f"{context.plan.settings.company}, sprint {sprint.id}"
    return encode(mermaid.gantt(title, stretches_by_member(context.plan, sprint)))


def everything(loaded: Loaded) -> bytes:
    """Return the whole plan as JSON: what one plan file would hold, in the plan's own notation, numbers as numbers.

    Raises:
        UnsoundPlanError: part of it could not be read.
    """
    if not loaded.is_faultless:
        raise UnsoundPlanError("part of the plan cannot be read", hint="`revplan validate` shows what")
    converted = [_converted_data(ref, amount) for ref, amount in converted_amounts(loaded.plan)]
    data: dict[str, Any] = {"schema": SCHEMA, "plan": _numbers_in(merge_files(loaded))}
    data |= {"converted": converted} if converted else {}
    return encode(json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def _converted_data(ref: Ref, amount: Converted) -> dict[str, Any]:
    """Return an amount in another currency: what is written, and what it is in the plan's currency at which rate."""
    return {
        "kind": ref.kind,
        "id": ref.id,
        "field": list(ref.keys),
        "written": amount.written,
        "amount": as_number(amount),
        "rate": as_number(amount.rate),
        "month": str(amount.month),
    }


def _numbers_in(plan: Mapping[str, Data]) -> dict[str, Any]:
    """Return a plan's data with numbers and booleans where its fields hold such, and text elsewhere."""
    found: dict[str, Any] = {}
    for key, value in plan.items():
        collection = COLLECTION_BY_KEY.get(key)
        if collection is not None and isinstance(value, dict):
            found[key] = {own_id: as_written(body, type_of(collection.model)) for own_id, body in value.items()}
        else:
            found[key] = as_written(value, type_of(SINGLETON_BY_KEY[key].model) if key in SINGLETON_BY_KEY else None)
    return found
