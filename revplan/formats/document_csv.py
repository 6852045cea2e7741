"""A Document's figures as CSV, one table a file: numbers as they are, without currency signs or separators.

A document without data, such as an agenda, is written by its tables of text, each below its section's title.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from revplan.formats import csv_table
from revplan.formats.text import visible
from revplan.reports.document import Bars, Chart, Table
from revplan.reports.tables import tables_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.formats.table import Screen
    from revplan.reports.document import Block, Document, Words
    from revplan.reports.tables import DataTable


def draw(document: Document, _screen: Screen) -> str:
    """Return a document's main table; without data, all its tables of text."""
    tables = tables_of(document)
    return draw_table(tables[main_table(tables)]) if tables else _draw_text(document)


def main_table(tables: Mapping[str, DataTable]) -> str:
    """Return the name of the table that a document is about: the first that lies in no other, else the first."""
    return next((name for name in tables if "." not in name), next(iter(tables)))


def draw_table(table: DataTable) -> str:
    """Return one table: a header, then a row for each record. What is not known is empty."""
    return csv_table.draw(table.columns, (tuple(map(_cell, row)) for row in table.rows))


def _cell(value: Any) -> str:  # noqa: ANN401 - plain data
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{Decimal(str(value)):f}"
    return _make_harmless(str(value))


# --- documents without data ----------------------------------------------------------------------------------------


def _draw_text(document: Document) -> str:
    tables = [
        csv_table.draw((_text(section.title),), rows)
        for section in document.sections
        for rows in map(_rows, section.blocks)
        if rows
    ]
    return "\r\n".join((csv_table.draw((_make_harmless(document.title),), ()), *tables))


def _rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """Return a block's header and rows; none where it is no table."""
    if isinstance(block, Chart):
        return _of_table(block.table)
    if isinstance(block, Table):
        return _of_table(block)
    if isinstance(block, Bars):
        return tuple((_make_harmless(bar.label), _text(bar.text)) for bar in block.bars)
    return ()


def _of_table(table: Table) -> tuple[tuple[str, ...], ...]:
    return (tuple(column.title for column in table.columns), *(tuple(map(_text, row)) for row in table.rows))


def _text(words: Words) -> str:
    return _make_harmless("".join(run.text for run in words))


def _make_harmless(text: str) -> str:
    """Return text with control characters shown in place of sent, because people read a report on a terminal."""
    return "\n".join(map(visible, text.split("\n")))
