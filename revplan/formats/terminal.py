"""A Document for a terminal of some width: nothing is cut, long text wraps."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group
from rich.containers import Lines
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table as RichTable
from rich.text import Text

from revplan.formats import characters
from revplan.formats.characters.breaks import least_width, share_width, spans_of_lines
from revplan.formats.text import inert, visible
from revplan.reports.document import Align, Bars, Blank, Chart, Heading, Items, Line, Picture, Table, Tone, dim, words
from revplan.reports.figures import SprintBars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import ConsoleOptions, JustifyMethod, OverflowMethod, RenderableType

    from revplan.formats.table import Screen
    from revplan.reports.document import Bar, Block, Column, Document, Section, Words
    from revplan.reports.figures import Drawing

ROOMY = 140
"""Columns from which on tables show the columns that need room."""
NARROWEST = 40
_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.DIM: "dim",
    Tone.GOOD: "green",
    Tone.WARN: "yellow",
    Tone.BAD: "bold red",
}
_BAR_WIDTH = 24
_GAP = 2
_NARROW = 16
"""Columns of text from which on a sentence reads well."""


def draw(document: Document, screen: Screen) -> str:
    """Return a document as text for so many columns, with escape sequences where colour is wanted."""
    width = max(screen.width, NARROWEST)
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        no_color=not screen.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    with console.capture() as captured:
        for part in _parts(document, width):
            console.print(part, crop=False)
    lines = captured.get().split("\n")
    return "\n".join(inert(line.rstrip()) for line in lines)


def _parts(document: Document, width: int) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(visible(document.title), style="bold")]
    parts += [_text(line) for line in document.lead]
    for section in document.sections:
        parts += _section(section, width)
    if document.close:
        parts += [Text(), *(_text(line) for line in document.close)]
    return parts


def _section(section: Section, width: int) -> list[RenderableType]:
    return [
        Text(),
        _bold(section.title),
        *(_Indented(_block(block, width - 2), width - 2) for block in section.blocks),
    ]


@dataclass(frozen=True, slots=True)
class _Indented:
    """What stands two columns to the right, and keeps a line that is wider than the screen."""

    content: RenderableType
    width: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the lines, as long as they are."""
        for line in Segment.split_lines(console.render(self.content, options.update_width(self.width))):
            yield Segment("  ")
            yield from line
            yield Segment.line()


def _block(block: Block, width: int) -> RenderableType:  # noqa: PLR0911 - one a kind of block
    if isinstance(block, Table):
        return _table(block, width)
    if isinstance(block, Bars):
        return _bars(block, width)
    if isinstance(block, Chart):
        return _chart(block, width)
    if isinstance(block, Picture):
        return _drawing(block.caption, block.drawing, width)
    if isinstance(block, Blank):
        return _blank(block, width)
    if isinstance(block, Items):
        return _items(block)
    if isinstance(block, Heading):
        return _bold(block.words)
    assert isinstance(block, Line)
    return _text(block.words)


def _chart(chart: Chart, width: int) -> RenderableType:
    """Return a chart's drawing above its table; the table alone where characters cannot draw it."""
    table = _table(chart.table, width)
    if isinstance(chart.figure, SprintBars):
        return table
    return Group(_drawing(chart.caption, chart.figure, width), Text(), table)


def _drawing(caption: str, drawing: Drawing, width: int) -> RenderableType:
    head = _text(words(dim(caption)))
    return Group(head, *(_text(line) for line in characters.draw(drawing, width)))


class _Text(Text):
    """Text that breaks between words; ids, commands, days and numbers with their unit stay whole where they can."""

    def blank_copy(self, plain: str = "") -> Text:
        """Return an empty text of the same kind."""
        return _Text(plain, style=self.style, overflow=self.overflow, no_wrap=self.no_wrap, end=self.end)

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Return the text in lines of so many columns."""
        if no_wrap or self.no_wrap:
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = Lines()
        for line in self.split(allow_blank=True):
            line.expand_tabs(tab_size)
            lines.extend(line[start:end] for start, end in spans_of_lines(line.plain, width))
        if justify is not None:
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines


def _text(words: Words) -> Text:
    text = _Text(overflow="fold")
    for run in words:
        text.append(visible(_limit_length(run.text)), style=_STYLES[run.tone])
    return text


_LONGEST = 4000
"""Characters of one text that a terminal shows, some fifty lines: more would take minutes to wrap."""


def _limit_length(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … ({len(text) - _LONGEST:,} characters more)"


def _bold(words: Words) -> Text:
    text = _text(words)
    text.stylize("bold")
    return text


def _table(table: Table, width: int) -> RenderableType:
    shown = [number for number, column in enumerate(table.columns) if width >= ROOMY or not column.roomy]
    columns = [table.columns[number] for number in shown]
    rows = [[_text(row[number]) for number in shown] for row in table.rows]
    widths = _widths(columns, rows, width)
    fits = sum(widths) + _GAP * (len(widths) - 1) <= width
    if not fits or _breaks_addresses(rows, widths):
        return _as_entries(columns, rows)
    justified: list[JustifyMethod] = ["right" if column.align is Align.RIGHT else "left" for column in columns]
    drawn = RichTable(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="dim")
    for column, columns_wide, justify in zip(columns, widths, justified, strict=True):
        drawn.add_column(visible(column.title), justify=justify, overflow="fold", width=columns_wide)
    return Group(drawn, _Rows(rows, widths, justified)) if columns else drawn


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table's rows where every column has the width that it is given.

    The library's own table asks each cell many times how wide it would like to be; here a cell that fits its column is
    laid out at once, which halves the work for a thousand tables.
    """

    rows: Sequence[Sequence[Text]]
    widths: Sequence[int]
    justified: Sequence[JustifyMethod]

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> Iterator[Segment]:
        """Yield the rows from left to right, a row as high as its highest cell."""
        last = len(self.widths) - 1
        for row in self.rows:
            cells = [
                _cell_lines(console, cell, wide, justify)
                for cell, wide, justify in zip(row, self.widths, self.justified, strict=True)
            ]
            for number in range(max(map(len, cells), default=1)):
                for place, lines in enumerate(cells):
                    if number < len(lines):
                        yield from lines[number]
                    else:
                        yield Segment(" " * self.widths[place])
                    if place < last:
                        yield Segment(" " * _GAP)
                yield Segment.line()


def _cell_lines(console: Console, cell: Text, width: int, justify: JustifyMethod) -> list[list[Segment]]:
    """Return a cell's lines, each as wide as its column."""
    taken = cell_len(cell.plain)
    if taken > width or not cell.plain.isprintable() or cell.plain.endswith(" "):
        lines = cell.wrap(console, width, justify=justify, overflow="fold")
        return [_pad(list(line.render(console)), width - cell_len(line.plain), "left") for line in lines]
    return [_pad(list(cell.render(console)), width - taken, justify)]


def _pad(segments: list[Segment], room: int, justify: JustifyMethod) -> list[Segment]:
    if room <= 0:
        return segments
    blank = Segment(" " * room)
    return [blank, *segments] if justify == "right" else [*segments, blank]


def _is_address(cell: Text) -> bool:
    """Tell whether a cell is nothing but an address or the parameters of one."""
    return ("://" in cell.plain or cell.plain.startswith("?")) and len(cell.plain.split()) == 1


def _breaks_addresses(rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> bool:
    """Tell whether a column breaks an address, which nobody could copy then."""
    return any(
        cell_len(cell.plain) > wide and _is_address(cell)
        for row in rows
        for cell, wide in zip(row, widths, strict=True)
    )


def _as_entries(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> RenderableType:
    """Return each row as lines: the cell that names it, then the others with their titles; no address is broken."""
    names_it = _naming_column(columns, rows)
    parts: list[RenderableType] = []
    for row in rows:
        known = [number for number, cell in enumerate(row) if number != names_it and cell.plain.strip(" –")]
        addresses = [number for number in known if _is_address(row[number])]
        told = [number for number in known if number not in addresses]
        details = (Text.assemble((f"{columns[number].title} ", "dim"), row[number]) for number in told)
        if row[names_it].plain:
            parts.append(row[names_it])
        parts += [Padding(_Text(" · ", overflow="fold").join(details), (0, 0, 0, 2))]
        parts += [Text.assemble("  ", row[number], no_wrap=True, overflow="ignore") for number in addresses]
    return Group(*parts)


def _naming_column(columns: Sequence[Column], rows: Sequence[Sequence[Text]]) -> int:
    """Return the first column of text in which no two rows say the same; the first one where there is none."""
    texts = [number for number, column in enumerate(columns) if column.align is Align.LEFT] or [0]
    for number in texts:
        said = [row[number].plain for row in rows if row[number].plain]
        if len(set(said)) == len(said):
            return number
    return texts[0]


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Text]], width: int) -> list[int]:
    """Return how wide columns are drawn: titles break between words where text would have too little room else."""
    room, shares = width - _GAP * (len(columns) - 1), [column.share for column in columns]
    contents = [max((cell_len(row[number].plain) for row in rows), default=0) for number in range(len(columns))]
    titles = [cell_len(column.title) for column in columns]
    wide = list(map(max, contents, titles))
    if sum(wide) <= room:
        return wide
    least = [
        max((least_width(row[number].plain) for row in rows), default=0) if column.share else 0
        for number, column in enumerate(columns)
    ]
    wide = share_width(shares, list(map(max, least, titles)), list(map(max, contents, titles)), room)
    if sum(wide) <= room and all(wide[number] >= min(own, _NARROW) for number, own in enumerate(contents)):
        return wide
    words_of = [max((cell_len(word) for word in column.title.split()), default=0) for column in columns]
    return share_width(shares, list(map(max, least, words_of)), list(map(max, contents, words_of)), room)


def _bars(bars: Bars, width: int) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    bar_width = _BAR_WIDTH if width >= 2 * _BAR_WIDTH + 20 else _BAR_WIDTH // 2
    for bar in bars.bars:
        grid.add_row(_text(words(bar.label)), _bar(bar, bar_width), _text(bar.text))
    return grid


def _bar(bar: Bar, width: int) -> Text:
    filled = bar.cells_filled(width)
    style = _STYLES[Tone.BAD] if bar.part > bar.whole else _STYLES[Tone.GOOD]
    return Text.assemble(("█" * filled, style), ("░" * (width - filled), "dim"))


def _items(items: Items) -> RenderableType:
    return Group(*(Padding(_item(item), (0, 0, 0, 2 * depth)) for item, depth in items.with_depths))


def _item(item: Words) -> RichTable:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("-", _text(item))
    return grid


def _blank(blank: Blank, width: int) -> RenderableType:
    hint = f": {visible(blank.hint)}" if blank.hint else ""
    head = Text.assemble(visible(blank.label), (hint, "dim"), overflow="fold")
    return Text("\n").join((head, *(Text("_" * width, style="dim") for _ in range(blank.lines))))
