"""Monday: the export of a board, a workbook with the board's and the groups' names between the rows.

Sub-items stand below their item, one column further right, under a header of their own: Subitems, Name, Owner …
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.app.exchange.files import TableFile, TableRow, normalise_header
from revplan.app.exchange.notation import cell_text
from revplan.app.exchange.source import Source, signs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.app.exchange.notation import Cell

_PARENT = "Parent item"
"""The column that names a sub-item's item."""
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "key": ("Item ID (auto generated)", "Item ID"),
    "title": ("Name",),
    "notes": ("Notes", "Text"),
    "state": ("Status",),
    "not_before": ("Timeline - Start",),
    "deadline": ("Due date", "Date", "Timeline - End"),
    "hours": ("Estimated hours", "Time estimate", "Hours"),
    "owner": ("Person", "Owner", "People"),
    "tags": ("Tags",),
    "requires": ("Dependent On", "Dependency"),
    "parent": (_PARENT,),
}


def with_sub_items(table: TableFile) -> TableFile:
    """Return a board whose sub-items are rows like the others, each with its item's key in a column of its own."""
    rows: list[TableRow] = []
    parent, columns = "", None
    for row in table.rows:
        texts = [cell_text(cell).strip() for cell in row.cells]
        if [*map(normalise_header, texts[:2])] == ["subitems", "name"]:
            columns = _columns(table.header, texts)
        elif columns is not None and not texts[0] and texts[1]:
            rows.append(TableRow(row.number, _sub_row(table.header, columns, row.cells, parent)))
        else:
            columns, parent = None, _key(table.header, texts)
            rows.append(TableRow(row.number, (*row.cells, "")))
    return replace(table, header=(*table.header, _PARENT), rows=tuple(rows))


def _columns(header: Sequence[str], sub_header: Sequence[str]) -> dict[int, int]:
    """Return which column of the board each column of the sub-items is: of the same name, or of the same field."""
    own = {normalise_header(name): at for at, name in enumerate(header) if name}
    found: dict[int, int] = {}
    for at, name in enumerate(map(normalise_header, sub_header)):
        field = next((names for names in _HEADERS.values() if name in map(normalise_header, names)), ())
        to = next((own[each] for each in (name, *map(normalise_header, field)) if each in own), None)
        if name and to is not None and to not in found.values():
            found[at] = to
    return found


def _sub_row(header: Sequence[str], columns: Mapping[int, int], cells: Sequence[Cell], parent: str) -> tuple[Cell, ...]:
    row: list[Cell] = [""] * len(header)
    for at, to in columns.items():
        row[to] = cells[at]
    key = _key_column(header)
    if key is not None and not cell_text(row[key]).strip():
        row[key] = f"{parent}/{cell_text(cells[1]).strip()}"
    return (*row, parent)


def _key_column(header: Sequence[str]) -> int | None:
    keys = [*map(normalise_header, _HEADERS["key"])]
    return next((at for at, name in enumerate(header) if normalise_header(name) in keys), None)


def _key(header: Sequence[str], texts: Sequence[str]) -> str:
    at = _key_column(header)
    return texts[at] if at is not None else ""


MONDAY = Source(
    "monday",
    "Monday",
    (signs("Name", "Item ID (auto generated)"), signs("Name", "Item ID", "Subitems")),
    _HEADERS,
    has_group_lines=True,
    prepare=with_sub_items,
)
