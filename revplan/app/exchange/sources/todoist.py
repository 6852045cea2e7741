"""Todoist: the CSV of a project. Tasks have no keys, and stand below their parents, told by INDENT; all are open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from revplan.app.exchange.files import TableFile, TableRow, normalise_header
from revplan.app.exchange.notation import cell_text
from revplan.app.exchange.source import Source, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARENT, _HOURS, _OWNER = "Parent task", "Time", "Assignee"
"""Columns that the table gets: the parent's title, a duration with its unit, and a name without its number."""
_NUMBER = re.compile(r"\s*\(\d+\)$")


def with_parents(table: TableFile) -> TableFile:
    """Return the tasks alone, each with the title of the task that it stands below and its duration in minutes."""
    at = {normalise_header(name): place for place, name in enumerate(table.header)}
    rows: list[TableRow] = []
    above: list[str] = []
    for row in table.rows:
        texts = [cell_text(cell).strip() for cell in row.cells]
        if _cell(texts, at, "type") != "task":
            continue
        indent = _cell(texts, at, "indent")
        level = int(indent) if indent.isdigit() else 1
        del above[max(0, level - 1) :]
        parent = above[-1] if above else ""
        above.append(" ".join(_cell(texts, at, "content").split()))
        count, unit = _cell(texts, at, "duration"), _cell(texts, at, "durationunit")
        hours = f"{count}m" if count and unit != "day" else ""
        owner = _NUMBER.sub("", _cell(texts, at, "responsible"))
        rows.append(TableRow(row.number, (*row.cells, parent, hours, owner)))
    return replace(table, header=(*table.header, _PARENT, _HOURS, _OWNER), rows=tuple(rows))


def _cell(texts: Sequence[str], at: dict[str, int], name: str) -> str:
    return texts[at[name]] if name in at else ""


TODOIST = Source(
    "todoist",
    "Todoist",
    (signs("TYPE", "CONTENT", "PRIORITY"),),
    {
        "title": ("CONTENT",),
        "notes": ("DESCRIPTION",),
        "deadline": ("DEADLINE", "DATE"),
        "hours": (_HOURS,),
        "owner": (_OWNER,),
        "parent": (_PARENT,),
    },
    has_keys=False,
    prepare=with_parents,
)
