"""What a report is made of, without saying how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Tone(Enum):
    """What a piece of text wants to say besides its words."""

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


Words = tuple[Run, ...]
"""A line or a cell of text."""


def words(*pieces: str | Run) -> Words:
    """Return text made of plain pieces and runs in a tone; empty pieces are left out."""
    runs = (piece if isinstance(piece, Run) else Run(piece) for piece in pieces)
    return tuple(run for run in runs if run.text)


def strong(text: str) -> Run:
    """Return text that stands out."""
    return Run(text, Tone.STRONG)


def dim(text: str) -> Run:
    """Return text that stands back."""
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


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column.

    Attributes:
        share: how much of the room that is left over it gets, against the others; 0 for as little as it needs.
        roomy: shown only where there is room for detail; whatever it says is also to be had elsewhere.
    """

    title: str
    align: Align = Align.LEFT
    share: int = 0
    roomy: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, as many as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
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


@dataclass(frozen=True, slots=True)
class Bars:
    """Parts of wholes, one below the other."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Items:
    """A list of paragraphs."""

    items: tuple[Words, ...]


Block = Table | Bars | Line | Items


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands below it."""

    title: Words
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report: its title, lines that say what it is of, sections, and the lines it ends with.

    Attributes:
        data: the figures behind it as plain data with a `schema` of its own, for the formats that programs read;
            None where there are none besides its text.
    """

    title: str
    lead: tuple[Words, ...]
    sections: tuple[Section, ...]
    close: tuple[Words, ...] = ()
    data: Mapping[str, Any] | None = None
