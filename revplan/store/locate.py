"""Where things stand in the text: worked out only when something must be shown or edited."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from revplan.diagnostics import Location
from revplan.store.events import MAX_DEPTH, events

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from revplan.model.base import Keys


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text by offsets in characters, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Where an entry of a mapping or a list stands; a list item has no key."""

    key: Span | None
    value: Span


def places(text: str, wanted: Iterable[Keys]) -> Mapping[Keys, TextSpan]:
    """Find the first occurrence of each wanted path of keys; what is not there is not in the answer.

    Text that breaks off is searched up to where it breaks.
    """
    finder = _Finder(frozenset(wanted))
    with suppress(YAMLError):  # the fault itself has been told; what stands before it can still be pointed at
        finder.read(text)
    return finder.found


@dataclass(slots=True)
class _Level:
    """A mapping or list being read: its path, its own place so far, and the entry that comes next."""

    path: Keys
    is_mapping: bool
    start: int
    own_key: Span | None
    key: Any = None
    key_span: Span | None = None
    count: int = 0


class _Finder:
    def __init__(self, wanted: frozenset[Keys]) -> None:
        self.wanted = wanted
        self.found: dict[Keys, TextSpan] = {}

    def read(self, text: str) -> None:
        levels: list[_Level] = []
        end = 0
        for event in events(text):
            kind = event.__class__
            level = levels[-1] if levels else None
            if kind is ScalarEvent and level is not None and level.is_mapping and level.key_span is None:
                level.key = event.value
                level.key_span = Span(event.start_mark.index, event.end_mark.index)
                continue
            if kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(levels) >= MAX_DEPTH:
                    return  # reading ended here too
                path, key_span = self._next(level)
                levels.append(_Level(path, kind is MappingStartEvent, event.start_mark.index, key_span))
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                closed = levels.pop()
                flow_end = event.end_mark.index if event.end_mark.index > event.start_mark.index else end
                self._note(closed.path, closed.own_key, Span(closed.start, max(flow_end, closed.start)))
            elif hasattr(event, "anchor"):
                path, key_span = self._next(level)
                self._note(path, key_span, Span(event.start_mark.index, event.end_mark.index))
            else:
                continue
            end = max(end, event.end_mark.index) if event.end_mark.index > event.start_mark.index else end

    def _next(self, level: _Level | None) -> tuple[Keys, Span | None]:
        """Return the path and key of the entry that is being read, and make ready for the next."""
        if level is None:
            return (), None
        if level.is_mapping:
            path, span = (*level.path, level.key), level.key_span
            level.key, level.key_span = None, None
            return path, span
        level.count += 1
        return (*level.path, level.count - 1), None

    def _note(self, path: Keys, key: Span | None, value: Span) -> None:
        if path in self.wanted and path not in self.found:
            self.found[path] = TextSpan(key, value)


class SourceLines:
    """Turns offsets into lines and columns, and back into the lines' text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        position = text.find("\n")
        while position >= 0:
            self.starts.append(position + 1)
            position = text.find("\n", position + 1)

    def location(self, file: str, span: Span) -> Location:
        """Return the lines and columns, from 1, of a stretch of text."""
        line, column = self._point(span.start)
        end_line, end_column = self._point(max(span.end, span.start))
        return Location(file, line, column, end_line, end_column)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and a column, from 1."""
        return self.starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Return the text of a line, from 1, without its line end."""
        start = self.starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")

    def _point(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.starts, offset) - 1
        return index + 1, offset - self.starts[index] + 1
