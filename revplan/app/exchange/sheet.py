"""A collection as a sheet with every field: for spreadsheets, and for `import` to take back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.analysis.standing import standings
from revplan.app.exchange.cells import data_cell
from revplan.app.exchange.plan_notation import in_notation, say_minutes, split_list
from revplan.model.base import Part, keys_by_name
from revplan.model.fields import type_of
from revplan.model.money import Converted
from revplan.model.numbers import strip_zeros
from revplan.model.plan import COLLECTIONS, KIND_BY_NAME, SINGLETON_BY_KEY
from revplan.model.tactics import Task
from revplan.store.edit.amend import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.change import Data
    from revplan.model.context import Context
    from revplan.model.tactics import Tactic

PLURALS = {kind.path[0]: kind.name for kind in COLLECTIONS}
"""Kinds by the top-level keys of plan files."""
LISTED = tuple(name for name in KIND_BY_NAME if name not in SINGLETON_BY_KEY)
"""Kinds that have entries."""
SheetCell = str | Decimal | date
"""A cell: text, a number, or a day."""


class Sheet(NamedTuple):
    """A table of entries.

    Attributes:
        name: what it is of.
        header: the columns' names.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]

    def as_text(self) -> tuple[tuple[str, ...], ...]:
        """Return the rows as text: numbers with a decimal point, days as 2026-12-01."""
        return tuple(tuple(_cell_text(cell) for cell in row) for row in self.rows)


def _cell_text(cell: SheetCell) -> str:
    if isinstance(cell, Decimal):
        return strip_zeros(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind: every field by its key in the plan, notes last."""
    keys = keys_by_name(KIND_BY_NAME[kind].model)
    names = [key for name, key in keys.items() if name not in ("id", "notes")]
    if kind == "tactic":
        names = [*(name for name in names if name != "tasks"), "hours", "tasks", "stands"]
    return (*names, "notes")


def tactic_rows(context: Context) -> list[dict[str, SheetCell]]:
    """Return the plan's tactics, by id: what is given, in the one notation that each value has."""
    stands = standings(context)
    rows = []
    for own_id, tactic in sorted(context.plan.tactics.items()):
        said = _given_values(tactic)
        row: dict[str, SheetCell] = {"id": own_id, **{name: _cell(value) for name, value in said.items()}}
        row["hours"] = Decimal(tactic.minutes) / 60 if tactic.minutes % 15 == 0 else say_minutes(tactic.minutes)
        row["stands"] = str(stands[own_id]) if own_id in stands else ""
        rows.append(row)
    return rows


def _given_values(part: Part) -> dict[str, Any]:
    """Return the fields that a part gives, by their keys in the plan."""
    said = {
        key: _plain(getattr(part, name), is_minutes="minutes" in name)
        for name, key in keys_by_name(type(part)).items()
        if name in part.model_fields_set and name != "id" and getattr(part, name) is not None
    }
    return {**said, "owner": part.owner} if isinstance(part, Task) and part.owner is not None else said


def _plain(value: object, *, is_minutes: bool = False) -> Any:  # noqa: ANN401, PLR0911 - plain data, one return a type
    """Return a field's value as plain data whose scalars are text, numbers or days."""
    if isinstance(value, Part):
        return _given_values(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return say_minutes(value) if is_minutes else Decimal(value)
    if isinstance(value, Converted):
        return value.written
    if isinstance(value, Decimal | date | str):
        return value
    if isinstance(value, dict):
        return {str(key): _plain(each, is_minutes=is_minutes) for key, each in value.items()}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [_plain(each) for each in value]
    return str(value)


def _cell(value: Any) -> SheetCell:  # noqa: ANN401 - plain data
    if isinstance(value, str | Decimal | date):
        return value
    if isinstance(value, list):
        joined = "; ".join(map(str, value))
        return joined if split_list(joined) == value else _json(value)
    return _json(value)


def _json(value: Any) -> str:  # noqa: ANN401 - plain data
    return json.dumps(value, ensure_ascii=False, default=_cell_text)


def raw_rows(plan: Mapping[str, Data], kind: str) -> list[dict[str, SheetCell]]:
    """Return the entries of a kind as the plan's files say them, by id."""
    return [
        {"id": own_id, **raw_cells(kind, body or {})}
        for own_id, body in sorted(raw_entries(plan, kind).items())
        if (body is None or isinstance(body, dict)) and not own_id.rpartition("/")[2].startswith(OWN)
    ]


def raw_cells(kind: str, body: Mapping[str, Data]) -> dict[str, SheetCell]:
    """Return the fields of an entry as cells, as the plan's files say them."""
    shape = type_of(KIND_BY_NAME[kind].model)
    return {name: data_cell(value, shape.at(name)) for name, value in body.items()}


def raw_texts(kind: str, body: Mapping[str, Data]) -> dict[str, str]:
    """Return the fields of an entry as the texts of cells, as the plan's files say them."""
    return {name: plain_lines(_cell_text(cell)) for name, cell in raw_cells(kind, body).items()}


def plain_lines(text: str) -> str:
    """Return a text whose lines end as a plan's file has them."""
    return text.replace("\r\n", "\n")


def field_values(part: Part) -> dict[str, Data]:
    """Return every field of an entry by its key, in the one notation that each value has."""
    keys = keys_by_name(type(part)).items()
    return {key: in_notation(getattr(part, name)) for name, key in keys if name != "id"}


def task_values(tasks: Mapping[str, Task]) -> dict[str, Data]:
    """Return every field of every task, in the one notation that each value has."""
    return {own_id: field_values(task) for own_id, task in tasks.items()}


def tactic_values(tactic: Tactic) -> dict[str, Data]:
    """Return every field of a tactic by the columns of its sheet, in the one notation that each value has."""
    return {**field_values(tactic), "tasks": task_values(tactic.tasks), "hours": say_minutes(tactic.minutes)}


def raw_entries(plan: Mapping[str, Data], kind: str) -> dict[str, Data]:
    """Return the entries of a kind as the plan's files say them, by id; those of an owner as `owner/id`."""
    found = KIND_BY_NAME[kind]
    if found.owner is not None and found.within is not None:
        owners = raw_entries(plan, found.owner)
        return {
            f"{owner}/{own_id}": part
            for owner, body in owners.items()
            for own_id, part in _mapping(body, found.within).items()
        }
    data: Data = dict(plan)
    for key in found.path:
        data = _mapping(data, key)
    return data if isinstance(data, dict) else {}


def _mapping(data: Data, key: str) -> dict[str, Data]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}
