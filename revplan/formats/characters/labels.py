"""Text in a row of characters: cut, broken into lines, or filled up to a width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.formats.characters.breaks import spans_of_lines
from revplan.formats.text import visible
from revplan.formats.text import width as columns_of
from revplan.reports.document import dim, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.reports.document import Words

MOST_ROWS = 40
"""Rows of a drawing that are shown; the table has them all."""


def cut(said: str, room: int) -> str:
    """Return text, or as much of it as has room and an ellipsis."""
    said = visible(" ".join(said.split()))
    if columns_of(said) <= room:
        return said
    taken, kept = 1, ""
    for character in said:
        taken += columns_of(character)
        if taken > room:
            break
        kept += character
    return f"{kept.rstrip()}…" if room > 0 else ""


def wrap(said: str, room: int) -> list[str]:
    """Return text in lines of so many columns, broken between words; a word that is wider is broken too."""
    text = visible(" ".join(said.split()))
    return [text[start:end] for start, end in spans_of_lines(text, room) if start < end]


def legend_lines(said: str, width: int) -> list[Words]:
    """Return what is said below a drawing, in as many lines as it takes."""
    return [words(dim(line)) for line in wrap(said, width)]


def pad(said: str, room: int) -> str:
    """Return text that takes all of its room: cut, or with blanks behind it."""
    shown = cut(said, room)
    return shown + " " * (room - columns_of(shown))


def align_right(said: str, room: int) -> str:
    """Return text that ends at the end of its room."""
    shown = cut(said, room)
    return " " * (room - columns_of(shown)) + shown


def gutter(said: Sequence[str], most: int) -> int:
    """Return the columns of the widest of several texts, so many at most."""
    return min(most, max((columns_of(visible(each)) for each in said), default=0))


def more(count: int) -> list[Words]:
    """Return a line on the rows that are left out; nothing where all are shown."""
    return [words(dim(f"and {count - MOST_ROWS:,} more"))] if count > MOST_ROWS else []
