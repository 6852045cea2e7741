"""What a report is made of, without saying how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.wording import MISSING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from revplan.reports.figures import Drawing, Figure


class Tone(Enum):
    """The emphasis of a piece of text."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one tone. Plan text stands in it as it is: formats escape it."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Spark(Run):
    """A row of values small enough to stand in a line; its text draws it in characters.

    Attributes:
        values: from the oldest to the newest; None where there is none.
        spoken: the same in words, for those who hear it read.
        target: what the values are to reach; None where nothing is aimed at.
    """

    values: tuple[float | None, ...] = ()
    spoken: str = ""
    target: float | None = None


Words = tuple[Run, ...]
"""A line or a cell of text."""


def words(*pieces: str | Run) -> Words:
    """Return text made of plain pieces and runs in a tone; empty pieces are left out."""
    runs = (piece if isinstance(piece, Run) else Run(piece) for piece in pieces)
    return tuple(run for run in runs if run.text)


def plain(line: Words) -> str:
    """Return text without its tones."""
    if len(line) == 1:
        return line[0].text
    return "".join(run.text for run in line)


def show_amount(amount: Decimal | Fraction | None, say: Callable[[Decimal | Fraction], str]) -> Words:
    """Return a cell with an amount as `say` says it, such as a currency's `say`; dimly where it is not known."""
    return words(say(amount) if amount is not None else dim(MISSING))


def strong(text: str) -> Run:
    """Return text in a strong tone."""
    return Run(text, Tone.STRONG)


def dim(text: str) -> Run:
    """Return text in a faint tone."""
    return Run(text, Tone.DIM)


def good(text: str) -> Run:
    """Return text that says all is well."""
    return Run(text, Tone.GOOD)


def warn(text: str) -> Run:
    """Return text that asks for attention."""
    return Run(text, Tone.WARN)


def bad(text: str) -> Run:
    """Return text that says something is wrong."""
    return Run(text, Tone.BAD)


class Align(Enum):
    """Where a column's text stands."""

    LEFT = "left"
    RIGHT = "right"


class Column(NamedTuple):
    """A table's column.

    Attributes:
        share: how much of the room that is left over it gets, against the others; 0 for as little as it needs.
        roomy: shown only where there is room for detail; whatever it says is also to be had elsewhere.
    """

    title: str
    align: Align = Align.LEFT
    share: int = 0
    roomy: bool = False


_STATES = frozenset((Tone.GOOD, Tone.WARN, Tone.BAD))


def _is_state(cell: Words) -> bool:
    """Tell whether a cell says no more than whether all is well."""
    return bool(cell) and all(run.tone in _STATES for run in cell)


class Table(NamedTuple):
    """Rows of cells, as many as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]

    @property
    def naming_column(self) -> int | None:
        """The place of the column that names the rows: the first of text in which no two say the same.

        A column that says only whether all is well names nothing. Where there is none, it is the first of text; None
        where no column has text.
        """
        texts = [number for number, column in enumerate(self.columns) if column.align is Align.LEFT]
        texts = [number for number in texts if not all(_is_state(row[number]) for row in self.rows)] or texts
        for number in texts:
            said = [plain(row[number]).strip() for row in self.rows]
            if all(said) and len(set(said)) == len(said):
                return number
        return texts[0] if texts else None


class Bar(NamedTuple):
    """A part of a whole.

    Attributes:
        part: how much; may exceed the whole.
        whole: 100%.
        text: the figures in words, with their unit.
    """

    label: str
    part: int
    whole: int
    text: Words

    def cells_filled(self, cells: int) -> int:
        """Return how many of so many cells the part fills, to the nearest; all of them where it exceeds the whole."""
        if self.part > self.whole:
            return cells
        return (2 * self.part * cells + self.whole) // (2 * self.whole) if self.whole else 0


class Bars(NamedTuple):
    """Parts of wholes, one below the other."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    words: Words


class Outline(Enum):
    """What is to be drawn where nothing is there yet."""

    BARS = "bars"
    COLUMNS = "columns"
    FAN = "fan"
    FUNNEL = "funnel"
    GRID = "grid"
    LINES = "lines"
    POINTS = "points"
    TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class Empty(Line):
    """A paragraph in the place of a drawing: what is not there yet, and the command that fills it.

    Attributes:
        outline: what would be drawn, for formats that people look at.
    """

    outline: Outline


class Heading(NamedTuple):
    """A heading of the blocks below it, inside a section."""

    words: Words


class Items(NamedTuple):
    """A list of paragraphs.

    Attributes:
        depths: how deep each stands below those before it, 0 for the outermost; empty where all stand side by side.
    """

    items: tuple[Words, ...]
    depths: tuple[int, ...] = ()

    @property
    def with_depths(self) -> tuple[tuple[Words, int], ...]:
        """Every paragraph with its depth."""
        return tuple(zip(self.items, self.depths or (0,) * len(self.items), strict=True))


class Chart(NamedTuple):
    """A drawing, and the table that says the same where nothing can be drawn.

    Attributes:
        caption: what it shows, in a sentence.
    """

    caption: str
    figure: Figure
    table: Table


class Picture(NamedTuple):
    """A drawing of what the section says besides, for formats that people look at.

    Attributes:
        caption: what it shows, in a sentence.
        said: the same in words for formats that do not draw; None where the section says it anyway.
    """

    caption: str
    drawing: Drawing
    said: Items | None = None


class Blank(NamedTuple):
    """Room to write by hand.

    Attributes:
        label: what belongs there.
        hint: how to write it, so that it can be read back; empty where anything goes.
        lines: how many lines there are room for.
    """

    label: str
    hint: str = ""
    lines: int = 3


def empty(outline: Outline, hint: str) -> Empty:
    """Return what stands in the place of a drawing as long as nothing is there to draw."""
    return Empty(words(dim(hint)), outline)


Block = Table | Bars | Line | Heading | Items | Chart | Picture | Blank


def is_drawing(block: Block) -> bool:
    """Tell whether a block is looked at rather than read; a sprint's board is a table."""
    from revplan.reports.figures import SprintBars  # noqa: PLC0415 - figures are made of a document's words

    return isinstance(block, Bars | Picture) or (isinstance(block, Chart) and not isinstance(block.figure, SprintBars))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it.

    Attributes:
        is_detail: only for those who want to know all; folded away where a format can.
        page: the report that says more; empty where the section says all.
    """

    title: Words
    blocks: tuple[Block, ...]
    is_detail: bool = False
    page: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the section holds only drawings. Formats that draw nothing leave such a section out."""
        pictures = [block for block in self.blocks if isinstance(block, Picture)]
        return bool(pictures) and len(pictures) == len(self.blocks) and not any(one.said for one in pictures)


class Look(NamedTuple):
    """How the company's pages look, for formats that have a look.

    Attributes:
        company: its name, for who cannot see the logo.
        color: of links and the edge, as `#rrggbb`; None for the usual one.
        logo: the picture as a `data:` address; None where there is none.
    """

    company: str
    color: str | None = None
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its title, lines that say what it is of, sections, and the lines it ends with.

    Attributes:
        data: the figures behind it as plain data with a `schema` of its own, for the formats that programs read;
            None where there are none besides its text.
        contract: what programs get in place of all the rest, with a `schema` of its own; None where JSON holds the
            text and the data.
        look: how its page looks; None for the usual look.
    """

    title: str
    lead: tuple[Words, ...]
    sections: tuple[Section, ...]
    close: tuple[Words, ...] = ()
    data: Mapping[str, Any] | None = None
    contract: Mapping[str, Any] | None = None
    look: Look | None = None
