"""What an import would bring: one row for each that is new or changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from revplan.reports.document import Column, Document, Section, Table, dim, good, strong, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.reports.document import Words

SCHEMA = "revplan/import/1"
_SHOWN = {"new": good("new"), "update": strong("update")}


@dataclass(frozen=True, slots=True)
class Taken:
    """What becomes of a row.

    Attributes:
        how: it is new, changes a tactic that is there, is there already as it is, or is over where it comes from.
        what: the fields that change.
    """

    how: Literal["new", "update", "same", "over"]
    id: str
    title: str
    source: str
    what: tuple[str, ...] = ()


def layout(name: str, taken: Sequence[Taken]) -> Document:
    """Lay out what becomes of the rows of a table."""
    counts = Counter(each.how for each in taken)
    said = (
        f"{counts['new']} new, {counts['update']} changed, {counts['same']} as they are, "
        f"{counts['over']} over where they come from and left out"
    )
    rows = tuple(_row(each) for each in taken if each.how in _SHOWN)
    columns = (Column(""), Column("id"), Column("title", share=2), Column("from"), Column("fields"))
    data = {"schema": SCHEMA, "rows": [_data(each) for each in taken]}
    return Document(name, (), (Section(words(said), (Table(columns, rows),) if rows else ()),), data=data)


def _row(each: Taken) -> tuple[Words, ...]:
    cells = (_SHOWN[each.how], each.id, each.title, dim(each.source), ", ".join(each.what))
    return tuple(words(cell) for cell in cells)


def _data(each: Taken) -> dict[str, object]:
    return {"how": each.how, "id": each.id or None, "title": each.title, "source": each.source, "fields": [*each.what]}
