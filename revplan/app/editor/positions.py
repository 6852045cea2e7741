"""Positions of the language server protocol, and offsets in a text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from lsprotocol.types import Position, Range

from revplan.store.yaml.spans import SourceLines
from revplan.store.yaml.syntax import LINE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lsprotocol.types import TextDocumentContentChangeEvent

    from revplan.diagnostics import Location

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"
"""The units in which a client may count the columns of a line."""
BYTE_ORDER_MARK = "\ufeff"
_FIRST_OF_TWO_UNITS = 0x10000
"""The first character that takes two units of UTF-16."""


class TextPositions:
    """Converts between offsets in a text, in characters, and positions as a client counts them.

    A line ends as the protocol says: at CR LF, LF or CR, and at nothing else. Offsets do not count a byte order mark,
    which the plan's reader takes off too. Every position of a client has an offset: one beyond the end of a line is the
    end of the line, and one beyond the last line is the end of the text.
    """

    def __init__(self, text: str, encoding: str = UTF_16) -> None:
        self.text = text
        self.encoding = encoding
        self.mark = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
        self.starts = [0, *(found.end() for found in LINE_END.finditer(text))]

    def line(self, number: int) -> str:
        """Return a line, from 0, without its line end; empty beyond the last line."""
        if number >= len(self.starts):
            return ""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")

    def offset(self, position: Position) -> int:
        """Return the offset of a position."""
        if position.line >= len(self.starts):
            return len(self.text) - self.mark
        line = self.line(position.line)
        column = position.character if line.isascii() else self._characters(line, position.character)
        return max(0, self.starts[position.line] + min(column, len(line)) - self.mark)

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        place = min(offset + self.mark, len(self.text))
        number = bisect_right(self.starts, place) - 1
        before = self.text[self.starts[number] : place]
        return Position(number, len(before) if before.isascii() else sum(map(self._units, before)))

    def range(self, start: int, end: int) -> Range:
        """Return the range between two offsets."""
        return Range(self.position(start), self.position(max(start, end)))

    def _characters(self, line: str, units: int) -> int:
        """Return how many characters of a line fill some units; a character that they split does not count."""
        for count, character in enumerate(line):
            units -= self._units(character)
            if units < 0:
                return count
        return len(line)

    def _units(self, character: str) -> int:
        if self.encoding == UTF_8:
            return len(character.encode("utf-8", "surrogatepass"))
        return 2 if self.encoding == UTF_16 and ord(character) >= _FIRST_OF_TWO_UNITS else 1


class PlacedLocations:
    """Converts the locations of findings in one file's text to ranges."""

    def __init__(self, text: str, positions: TextPositions) -> None:
        self.lines = SourceLines(text)
        self.positions = positions

    def offsets(self, location: Location) -> tuple[int, int]:
        """Return the offsets of a location's start and end."""
        start = self.lines.offset(location.line, location.column)
        return start, max(start, self.lines.offset(location.end_line, location.end_column))

    def range(self, location: Location) -> Range:
        """Return the range of a location."""
        return self.positions.range(*self.offsets(location))


def apply_changes(text: str, changes: Sequence[TextDocumentContentChangeEvent], encoding: str) -> str:
    """Return a buffer's text after the changes of one message, made in their order."""
    for change in changes:
        place = getattr(change, "range", None)
        if place is None:
            text = change.text
            continue
        positions = TextPositions(text, encoding)
        start, end = positions.offset(place.start) + positions.mark, positions.offset(place.end) + positions.mark
        text = text[:start] + change.text + text[max(start, end) :]
    return without_surrogates(text)


def without_surrogates(text: str) -> str:
    """Return a client's text with a replacement character for each half of a pair, which no file could hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
