"""A Document as a page of HTML that stands alone: no script, no network, nothing beside it.

Text becomes markup in one place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.analysis.colors import DARK_PAPER, PAPER, readable
from revplan.formats import svg
from revplan.formats.markup import STYLE, Markup, element, join, lines, prose, text
from revplan.formats.text import visible
from revplan.formats.widths import kind_of, kind_of_board, name_width, text_width
from revplan.reports.document import (
    Align,
    Bars,
    Blank,
    Chart,
    Empty,
    Heading,
    Items,
    Line,
    Picture,
    Spark,
    Table,
    Tone,
    plain,
)
from revplan.reports.figures import SprintBars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from revplan.formats.table import Screen
    from revplan.reports.document import Block, Column, Document, Look, Run, Section, Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is loaded and nothing is run, whatever the page were made to hold."""
_PICTURES = "; img-src data:"
"""What a page with a logo may show: pictures that it holds itself."""
TILE, TILE_HEIGHT, OUTLINE_HEIGHT = 376, 128, 72
"""Width and height of a drawing in a tile, and the height of an outline where nothing is to be drawn yet."""


def draw(document: Document, _screen: Screen) -> str:
    """Return a document as a page."""
    head = element("header", logo(document.look)) if document.look is not None and document.look.logo else Markup("")
    return page(document.title, head, body(document), document.look)


def page(title: str, navigation: Markup, content: Markup, look: Look | None = None) -> str:
    """Return a page: its navigation, where it is one of several, and its content, in the company's look."""
    policy = f"{_POLICY}{_PICTURES}" if look is not None and look.logo else _POLICY
    head = (
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{element('title', text(title))}\n<style>{STYLE}{_style_of(look)}</style>"
    )
    main = element("main", content, id="content")
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{navigation}{main}\n</body>\n</html>\n'


def logo(look: Look | None) -> Markup:
    """Return the company's picture; nothing where there is none.

    It stands in the page as an `img`: in there a browser runs no script of an SVG file, and loads nothing for it.
    """
    if look is None or not look.logo:
        return Markup("")
    return element("img", src=look.logo, alt=look.company, class_="logo")


def _style_of(look: Look | None) -> str:
    """Return the style by which a page has the company's color: as it is at the edge, and readable in links."""
    if look is None:
        return ""
    found = dark = ""
    if look.color:
        by_day, by_night = (f":root {{ --link: {readable(look.color, paper)}; }}" for paper in (PAPER, DARK_PAPER))
        found = f"{by_day}\nbody {{ border-top: .375rem solid {look.color}; }}\n"
        dark = f"  {by_night}\n"
    if look.logo:
        dark += "  .logo { background: #fff; padding: .25rem; border-radius: 4px; }\n"
    return f"{found}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def body(document: Document) -> Markup:
    """Return what a document says, its title a heading of the first level."""
    sections = (_section(section, number) for number, section in enumerate(document.sections, start=1))
    return join(
        element("h1", lines(document.title)),
        *(_paragraph(line) for line in document.lead),
        *sections,
        *(_paragraph(line) for line in document.close),
    )


def words(line: Words, said: Callable[[str], Markup] = prose) -> Markup:
    """Return text in its tones."""
    return join(*(_run(run, said(run.text)) for run in line))


def _run(run: Run, said: Markup) -> Markup:
    if isinstance(run, Spark):
        return svg.spark(run)
    if run.tone is Tone.PLAIN:
        return said
    if run.tone is Tone.STRONG:
        return element("strong", said)
    return element("strong" if run.tone is Tone.BAD else "span", said, class_=run.tone.value)


def _paragraph(line: Words) -> Markup:
    return element("p", words(line, lines))


def anchor(number: int) -> str:
    """Return where a section, numbered from 1, is found on its page."""
    return f"part-{number}"


def _section(section: Section, number: int) -> Markup:
    name = anchor(number)
    blocks = (_block(block, plain(section.title)) for block in section.blocks)
    title = element("h2", words(section.title, lines), id=name)
    return join(Markup("\n"), element("section", title, *blocks, aria_labelledby=name))


def small(block: Block) -> Markup:
    """Return a block of a tile: its drawings are small, and their captions for those who hear them read."""
    if isinstance(block, Empty):
        return join(_paragraph(block.words), svg.outline(block.outline, TILE, OUTLINE_HEIGHT))
    if not isinstance(block, Picture):
        return _block(block, "")
    drawn = svg.draw(block.drawing, TILE, TILE_HEIGHT)
    return element("figure", element("figcaption", text(block.caption), class_="heard"), drawn)


def _block(block: Block, of: str) -> Markup:  # noqa: PLR0911 - one a kind of block
    if isinstance(block, Table):
        return _table(block, of)
    if isinstance(block, Bars):
        return _bars(block)
    if isinstance(block, Heading):
        return element("h3", words(block.words, lines))
    if isinstance(block, Items):
        return _items(block)
    if isinstance(block, Chart):
        return _chart(block)
    if isinstance(block, Picture):
        return _picture(block)
    if isinstance(block, Blank):
        return _blank(block)
    if isinstance(block, Empty):
        return _empty(block)
    assert isinstance(block, Line)
    return _paragraph(block.words)


# --- tables -------------------------------------------------------------------------------------------------------


def _table(table: Table, of: str) -> Markup:
    """Return a table in a frame that scrolls by keyboard too where the screen is too narrow for it.

    A table shows row by row on screens that are too narrow for it: the name, then what each column says.
    """
    head = element("tr", *(_head(column) for column in table.columns))
    named = table.naming_column
    rows = (element("tr", *_cells(table, row, named)) for row in table.rows)
    kind = kind_of(table)
    style = _column_names([column.title for column in table.columns]) if kind is not None else None
    drawn = element("table", element("thead", head), element("tbody", *_by_line(rows)), class_=kind, style=style)
    return element("div", drawn, class_="scroll", role="group", tabindex="0", aria_label=f"Table: {of}")


def _column_names(titles: Sequence[str]) -> str:
    """Return the columns' names as the style sheet knows them: `--c1` for the first."""
    return ";".join(f"--c{place}:'{_quote(title)}'" for place, title in enumerate(titles, start=1))


def _quote(said: str) -> str:
    """Return text for a string of a style sheet, in which nothing can end it."""
    return "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in visible(said))


def _by_line(rows: Iterator[Markup]) -> Iterator[Markup]:
    for row in rows:
        yield Markup(f"\n{row}")


def _head(column: Column) -> Markup:
    right = "right" if column.align is Align.RIGHT else None
    return element("th", text(column.title), scope="col", class_=right) if column.title else element("td")


def _cells(table: Table, row: tuple[Words, ...], named: int | None) -> Iterator[Markup]:
    for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        said = plain(cell)
        if number == named and said.strip():
            yield element("th", words(cell, lines), scope="row", class_=name_width(said))
        else:
            kind = "right" if column.align is Align.RIGHT else text_width(said)
            yield element("td", words(cell, lines), class_=kind)


# --- drawings -----------------------------------------------------------------------------------------------------


def _bars(bars: Bars) -> Markup:
    rows = (
        element(
            "li", element("span", text(bar.label)), svg.bar(bar), element("span", words(bar.text, lines)), class_="bar"
        )
        for bar in bars.bars
    )
    return element("ul", *rows, class_="rows")


def _items(items: Items) -> Markup:
    """Return a list, with what stands deeper as a list inside the item above it."""
    open_lists: list[list[Markup]] = [[]]
    for item, depth in items.with_depths:
        _close(open_lists, depth)
        while len(open_lists) <= depth:
            open_lists.append([])
        open_lists[depth].append(words(item, lines))
    _close(open_lists, 0)
    return element("ul", *(element("li", each) for each in open_lists[0]))


def _close(open_lists: list[list[Markup]], depth: int) -> None:
    """Close the open lists deeper than a depth, each as a part of the item above it."""
    while len(open_lists) > depth + 1:
        inner = element("ul", *(element("li", each) for each in open_lists.pop()))
        above = open_lists[-1]
        above[-1:] = [join(*above[-1:], inner)]


def _chart(chart: Chart) -> Markup:
    caption = element("figcaption", prose(chart.caption))
    if isinstance(chart.figure, SprintBars):
        return element("figure", caption, _board(chart.figure, chart.caption))
    summary = element("summary", text("The same as a table"))
    table = element("details", summary, _table(chart.table, chart.caption))
    return join(element("figure", caption, svg.figure(chart.figure)), table)


def _picture(picture: Picture) -> Markup:
    """Return a drawing, with the same in words folded away where the section does not say it anyway."""
    drawn = element("figure", element("figcaption", prose(picture.caption)), svg.figure(picture.drawing))
    if picture.said is None:
        return drawn
    return join(drawn, element("details", element("summary", text("The same as a list")), _items(picture.said)))


def _empty(empty: Empty) -> Markup:
    """Return a frame with the outline of what will be drawn in it, above the words that say how it is filled."""
    return element("div", svg.outlines(empty.outline), _paragraph(empty.words), class_="empty")


def _board(board: SprintBars, of: str) -> Markup:
    """Return a board, which is a table in itself: a row each, a column a week.

    It shows week by week below each name on screens that are too narrow for it.
    """
    head = element("tr", element("td"), *(element("th", text(name), scope="col") for name in board.columns))
    rows = (
        element("tr", element("th", text(lane.label), scope="row"), *(map(_cell, lane.cells))) for lane in board.lanes
    )
    kind = kind_of_board(board)
    style = _column_names(("", *board.columns)) if kind is not None else None
    kinds = f"board {kind}" if kind is not None else "board"
    drawn = element("table", element("thead", head), element("tbody", *_by_line(rows)), class_=kinds, style=style)
    return element("div", drawn, class_="scroll", role="group", tabindex="0", aria_label=f"Board: {of}")


def _cell(tasks: tuple[Words, ...]) -> Markup:
    return element("td", element("ul", *(element("li", *map(_task, task)) for task in tasks)) if tasks else Markup(""))


def _task(run: Run) -> Markup:
    """Return a task's id, which may break behind its tactic's."""
    said = Markup("/<wbr/>".join(text(part) for part in run.text.split("/")))
    return said if run.tone is Tone.PLAIN else element("span", said, class_=run.tone.value)


def _blank(blank: Blank) -> Markup:
    hint = element("span", text(f": {blank.hint}"), class_="dim") if blank.hint else Markup("")
    label = join(element("strong", text(blank.label)), hint)
    lines = (element("i", aria_hidden="true") for _ in range(blank.lines))
    return element("div", element("p", label), *lines, class_="blank")
