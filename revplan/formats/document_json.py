"""A Document for programs: its figures, under a versioned schema. A document without figures gives its text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from revplan.reports.document import Bars, Blank, Chart, Heading, Items, Line, Picture, Table, Tone

if TYPE_CHECKING:
    from revplan.formats.table import Screen
    from revplan.reports.document import Block, Document, Run, Section, Words

SCHEMA = "revplan/document/2"
_ASCII = frozenset(("revplan/sprint-plan/1",))
"""Contracts whose first readers got other characters as escapes, and still do."""


def draw(document: Document, _screen: Screen) -> str:
    """Return a document as JSON: its contract, else its title and data, else its text.

    Lines of text are lists of runs; a run's tone is left out where it is plain.
    """
    content = document.contract if document.contract is not None else _document(document)
    return json.dumps(content, indent=2, ensure_ascii=content["schema"] in _ASCII) + "\n"


def _document(document: Document) -> dict[str, Any]:
    if document.data is not None:
        return {"schema": SCHEMA, "title": document.title, "data": document.data}
    return {
        "schema": SCHEMA,
        "title": document.title,
        "lead": [_words(line) for line in document.lead],
        "sections": [_section(section) for section in document.sections if not section.is_drawn],
        "close": [_words(line) for line in document.close],
    }


def _section(section: Section) -> dict[str, Any]:
    said = (block.said if isinstance(block, Picture) else block for block in section.blocks)
    blocks = [_block(block) for block in said if block is not None]
    return {"title": _words(section.title), "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:  # noqa: PLR0911 - one a kind of block
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        return {"kind": "chart", "caption": block.caption, "table": _table(block.table)}
    if isinstance(block, Blank):
        return {"kind": "blank", "label": block.label, "hint": block.hint}
    if isinstance(block, Bars):
        bars = [
            {"label": bar.label, "part": bar.part, "whole": bar.whole, "text": _words(bar.text)} for bar in block.bars
        ]
        return {"kind": "bars", "bars": bars}
    if isinstance(block, Heading):
        return {"kind": "heading", "text": _words(block.words)}
    if isinstance(block, Items):
        depths = {"depths": list(block.depths)} if block.depths else {}
        return {"kind": "items", "items": [_words(item) for item in block.items], **depths}
    assert isinstance(block, Line)
    return {"kind": "line", "text": _words(block.words)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "columns": [{"title": column.title, "align": column.align.value} for column in table.columns],
        "rows": [[_words(cell) for cell in row] for row in table.rows],
    }


def _words(words: Words) -> list[dict[str, str]]:
    return [_run(run) for run in words]


def _run(run: Run) -> dict[str, str]:
    return {"text": run.text} if run.tone is Tone.PLAIN else {"text": run.text, "tone": run.tone.value}
