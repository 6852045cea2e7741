"""The tables of a Document as CSV, for spreadsheets: each below its section's title, a blank line between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.formats import csv_table
from revplan.formats.text import visible
from revplan.reports.document import Bars, Chart, Table

if TYPE_CHECKING:
    from revplan.formats.table import Screen
    from revplan.reports.document import Block, Document, Words


def draw(document: Document, _screen: Screen) -> str:
    """Return the tables of a document, its bars and what its charts show among them; what is no table is left out."""
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
    """Return text that does a terminal no harm; unlike an export, a report is read by people."""
    return "\n".join(map(visible, text.split("\n")))
