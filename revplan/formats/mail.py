"""A Document as a page that survives a mail program, with tables and inline styles alone; or as a whole message."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, assert_never

from revplan.formats import terminal
from revplan.formats.markup import Markup, element, join, lines, text, together
from revplan.formats.svg.canvas import width_of
from revplan.formats.table import Screen
from revplan.formats.text import visible
from revplan.reports.document import Align, Bars, Blank, Chart, Heading, Items, Line, Picture, Table, Tone, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.reports.document import Bar, Block, Column, Document, Run, Section, Words

_INK, _DIM, _EDGE = "#1b1f24", "#57606a", "#d0d7de"
_SIZE, _GAP = 14, 8
"""Pixels of text, and between two columns."""
_FONT = f"font-family: Arial, sans-serif; font-size: {_SIZE}px; line-height: 1.5; color: {_INK}"
_TONES = {
    Tone.STRONG: "font-weight: bold",
    Tone.DIM: f"color: {_DIM}",
    Tone.GOOD: "color: #116329",
    Tone.WARN: "color: #7d4e00",
    Tone.BAD: "color: #a40e26; font-weight: bold",
}
_UNBROKEN = "white-space: nowrap"
_WIDTH = "640"
"""Pixels of the page: mail programs show about so many."""
_PHONE = 312
"""Pixels of a phone's page less the margins of the mail program and of the page."""
_FRAME = f"border-collapse: collapse; table-layout: fixed; width: 100%; max-width: {_WIDTH}px"
"""No wider than a phone, whatever its tables are; Outlook, which knows no greatest width, goes by the attribute."""


def draw(document: Document) -> str:
    """Return a document as a page to be sent: it asks for nothing outside it, and reads alike where styles are lost."""
    content = join(
        element(
            "h1", lines(document.title, style=_UNBROKEN), style="font-size: 20px; line-height: 1.3; margin: 0 0 8px"
        ),
        *map(_paragraph, document.lead),
        *map(_section, document.sections),
        *map(_paragraph, document.close),
    )
    look = document.look
    edge = f"border-top: 6px solid {look.color}; " if look is not None and look.color else ""
    cell = element("td", content, style=f"{edge}padding: 16px; {_FONT}")
    frame = element("table", element("tr", cell), role="presentation", width=_WIDTH, style=_FRAME)
    head = f'<meta charset="utf-8">\n{element("title", text(document.title))}'
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{frame}\n</body>\n</html>\n'


def draw_message(document: Document) -> bytes:
    """Return a document as a message that a mail program opens as a draft: as text, and as HTML.

    It has no sender, no recipients and no day: whoever sends it gives them. The same document gives the same bytes.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    message["Subject"] = " ".join(visible(document.title).split())
    message["X-Unsent"] = "1"
    message.set_content(terminal.draw(document, Screen(_TEXT_WIDTH, color=False)), cte="quoted-printable")
    message.add_alternative(draw(document), subtype="html", cte="quoted-printable")
    message.set_boundary("=_revplan")
    return message.as_bytes()


_TEXT_WIDTH = 72
"""Characters of a line of text in a mail."""


def _words(line: Words) -> Markup:
    return join(*map(_run, line))


def _run(run: Run) -> Markup:
    said = lines(run.text, style=_UNBROKEN)
    return said if run.tone is Tone.PLAIN else element("span", said, style=_TONES[run.tone])


def _paragraph(line: Words) -> Markup:
    return element("p", _words(line), style="margin: 0 0 8px")


def _section(section: Section) -> Markup:
    if section.is_drawn:
        return Markup("")
    heading = element("h2", _words(section.title), style="font-size: 16px; margin: 20px 0 6px")
    return join(Markup("\n"), heading, *map(_block, section.blocks))


def _block(block: Block) -> Markup:  # noqa: PLR0911 - one a kind of block
    match block:
        case Table():
            return _table(block)
        case Chart():
            return _table(block.table)
        case Bars():
            return element("table", *map(_bar, block.bars), width="100%", style=f"border-collapse: collapse; {_FONT}")
        case Heading():
            return element("h3", _words(block.words), style="font-size: 14px; margin: 12px 0 4px")
        case Items():
            return element("ul", *_items(block), style="margin: 0 0 8px; padding-left: 20px")
        case Picture():
            return _block(block.said) if block.said is not None else Markup("")
        case Blank():
            return _blank(block)
        case Line():
            return _paragraph(block.words)
        case _:
            assert_never(block)


def _items(items: Items) -> Iterator[Markup]:
    for item, depth in items.with_depths:
        yield element("li", _words(item), style=f"margin-left: {20 * depth}px" if depth else None)


def _table(table: Table) -> Markup:
    """Return a table; row by row where its columns side by side are too wide for a phone."""
    frame = f"border-collapse: collapse; margin: 0 0 8px; {_FONT}"
    if _least_width(table) > _PHONE:
        return element("table", *(_entry(table, row) for row in table.rows), width="100%", style=frame)
    head = element("tr", *(_cell("th", column, text(column.title)) for column in table.columns))
    rows = (
        element("tr", *(_cell("td", column, _words(cell)) for column, cell in zip(table.columns, row, strict=True)))
        for row in table.rows
    )
    return element("table", head, *rows, width="100%", style=frame)


def _least_width(table: Table) -> float:
    """Return the pixels that a table takes at least: in each column, its longest word."""
    found = 0.0
    for place, column in enumerate(table.columns):
        said = [column.title, *(plain(row[place]) for row in table.rows)]
        found += max((width_of(word, _SIZE) for each in said for word in together(each).split(" ")), default=0.0) + _GAP
    return found


def _entry(table: Table, row: tuple[Words, ...]) -> Markup:
    """Return a row as one cell: what names it, and below that what each other column says."""
    named, details = table.naming_column, list[Markup]()
    for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        if place != named and plain(cell).strip(" –"):
            title = element("span", text(f"{column.title} "), style=_TONES[Tone.DIM]) if column.title else Markup("")
            details.append(join(Markup("; ") if details else Markup(""), title, _words(cell)))
    lines = [element("strong", _words(row[named]))] if named is not None and plain(row[named]).strip() else []
    lines += [join(*details)] if details else []
    content = (element("p", line, style="margin: 0") for line in lines)
    style = f"vertical-align: top; padding: 6px 0; border-bottom: 1px solid {_EDGE}"
    return element("tr", element("td", *content, style=style))


def _cell(tag: str, column: Column, said: Markup) -> Markup:
    side = "right" if column.align is Align.RIGHT else "left"
    style = f"text-align: {side}; vertical-align: top; padding: 4px {_GAP}px 4px 0; border-bottom: 1px solid {_EDGE}"
    return element(tag, said, align=side, style=style)


def _bar(bar: Bar) -> Markup:
    """Return a bar as two cells side by side, with its figures in words; what exceeds the whole is red."""
    is_over = bar.part > bar.whole
    full = round(100 * bar.whole / bar.part) if is_over else bar.cells_filled(100)
    parts = [(full, "#3a6ea5"), (100 - full, "#a40e26" if is_over else _EDGE)]
    cells = (
        element("td", Markup("&nbsp;"), width=f"{part}%", bgcolor=shade, style=f"background: {shade}; font-size: 8px")
        for part, shade in parts
        if part
    )
    drawn = element("table", element("tr", *cells), role="presentation", width="100%", cellspacing="0", cellpadding="0")
    style = "padding: 2px 8px 2px 0"
    return element(
        "tr",
        element("td", text(bar.label), style=style),
        element("td", drawn, width="40%", style=style),
        element("td", _words(bar.text), style=style),
    )


def _blank(blank: Blank) -> Markup:
    hint = element("span", text(f": {blank.hint}"), style=_TONES[Tone.DIM]) if blank.hint else Markup("")
    label = element("p", element("strong", text(blank.label)), hint, style="margin: 8px 0 0")
    line = element("tr", element("td", Markup("&nbsp;"), style=f"border-bottom: 1px solid {_DIM}; height: 24px"))
    return join(label, element("table", *([line] * blank.lines), role="presentation", width="100%"))
