"""A plan file's text as a tree of entries with offsets, and as lines by offset. Edits are computed from this tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from revplan.store.yaml.events import NOT_GIVEN
from revplan.store.yaml.parser import events
from revplan.store.yaml.syntax import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.change import Data


class Lines:
    """A text and the offsets of its lines, for any kind of line end."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = LINE_END.search(text)
        self.line_end = found[0] if found else "\n"
        self.open_end = bool(text) and text[-1] not in "\r\n"

    def start(self, position: int) -> int:
        """Return the start of the line that contains a position."""
        newline = self.text.rfind("\n", 0, position)
        return max(newline, self.text.rfind("\r", newline + 1, position)) + 1

    def stop(self, position: int) -> int:
        """Return the end of the line that contains a position, without the line end."""
        found = LINE_END.search(self.text, position)
        return found.start() if found else len(self.text)

    def next(self, position: int) -> int:
        """Return the start of the next line after a position."""
        found = LINE_END.search(self.text, position)
        return found.end() if found else len(self.text)

    def above(self, position: int) -> int:
        """Return the start of the line above the line that contains a position."""
        start = self.start(position)
        return self.start(start - (2 if self.text[start - 2 : start] == "\r\n" else 1))

    def column(self, position: int) -> int:
        """Return the column of a position, from 0."""
        return position - self.start(position)

    def before(self, position: int) -> str:
        """Return the text before a position on its line."""
        return self.text[self.start(position) : position]

    def comment_column(self, start: int) -> int:
        """Return the column of the comment that fills the line starting at `start`; -1 if the line is not a comment."""
        found = _COMMENT.match(self.text, start)
        return found.end() - 1 - start if found else -1

    def is_blank(self, start: int) -> bool:
        """Tell whether the line starting at `start` is empty, or the text ends there."""
        return not self.text[start : self.stop(start)].strip()

    def indentation(self, start: int) -> int:
        """Return the number of spaces at the beginning of a line."""
        return len(self.text[start : self.stop(start)]) - len(self.text[start : self.stop(start)].lstrip(" "))

    def past_comma(self, position: int) -> int:
        """Return the offset after the comma that follows a position; the position itself if no comma follows."""
        found = _COMMA.match(self.text, position)
        return found.end() if found else position

    def spans_lines(self, start: int, end: int) -> bool:
        """Tell whether a stretch of text contains a line end."""
        return LINE_END.search(self.text, start, end) is not None


_COMMA = re.compile(r"[ \t]*,")
_COMMENT = re.compile(r"[ \t]*#")


NodeKind = Literal["text", "mapping", "list", "alias"]


class Node(NamedTuple):
    """A value and its stretch of text, including anchor and tag, excluding the end.

    Attributes:
        style: for a text, its opening character, empty for plain text; for a mapping or a list, `[` if it is in
            brackets or braces.
        data: the value as plain data.
        aliased: whether an alias elsewhere refers to the value.
        entries: the entries of a mapping or the items of a list, in order.
    """

    kind: NodeKind
    start: int
    end: int
    style: str
    data: Data
    aliased: bool
    entries: tuple[Entry, ...] = ()

    @property
    def holds_aliased(self) -> bool:
        """Whether an alias elsewhere refers to the value or to a part of the value."""
        return self.aliased or any(entry.value.holds_aliased for entry in self.entries)


class Entry(NamedTuple):
    """An entry of a mapping or an item of a list.

    Attributes:
        name: the key; empty for an item of a list.
        start: offset of the key or the dash; of the value if the entry has neither.
        mark: offset after the colon or dash; after the key if there is no colon.
        colon: whether the key has a colon.
    """

    name: str
    start: int
    mark: int
    colon: bool
    value: Node

    @property
    def end(self) -> int:
        """The end of the entry's text."""
        return max(self.mark, self.value.end)


@lru_cache(maxsize=2)
def tree(text: str) -> Node | None:
    """Return the tree of a faultless text; None if the text is empty.

    The last two trees are cached, because an edit reads its old and its new text several times in turn.
    """
    return _Grower(text).root()


class _Grower:
    def __init__(self, text: str) -> None:
        self.text = text
        self.events: Iterator[Any] = iter(events(text))
        self.anchors: dict[str, Data] = {}
        self.aliases = frozenset(_names_of_aliases(text))

    def root(self) -> Node | None:
        for event in self.events:
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
                return self.node(event, event.start_mark.index)
        return None

    def node(self, event: Any, mark: int) -> Node:
        """Read one value. An empty value gets `mark` as its offset."""
        if isinstance(event, MappingStartEvent):
            return self.mapping(event)
        if isinstance(event, SequenceStartEvent):
            return self.listing(event)
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            return Node("alias", start, end, "", self.anchors.get(event.anchor), aliased=False)
        style = event.style or ""
        data = event.value if style or event.value not in NOT_GIVEN else None
        if start == end:
            start = end = mark
        if style in ("|", ">"):
            end = self.block_end(start, end)
        return Node("text", start, end, style, data, aliased=self.name(event, data))

    def block_end(self, start: int, end: int) -> int:
        """Return the end of a block scalar. Blank lines below belong to it only if the header says so (`+`)."""
        if _KEEPS.match(self.text, start, end):
            return end - len(_LAST_BREAK.search(self.text, start, end)[0])  # type: ignore[index]
        return start + len(self.text[start:end].rstrip(" \t\r\n"))

    def mapping(self, event: Any) -> Node:
        data: dict[str, Data] = {}
        entries: list[Entry] = []
        while not isinstance(key := next(self.events), MappingEndEvent):
            mark, colon = self.after_colon(key.end_mark.index)
            value = self.node(next(self.events), mark)
            entries.append(Entry(key.value, key.start_mark.index, mark, colon, value))
            data[key.value] = value.data
        return self.collection("mapping", event, key, data, entries)

    def listing(self, event: Any) -> Node:
        data: list[Data] = []
        entries: list[Entry] = []
        position = event.start_mark.index
        while not isinstance(item := next(self.events), SequenceEndEvent):
            start = item.start_mark.index if event.flow_style else self.dash(position)
            mark = start if event.flow_style else start + 1
            value = self.node(item, mark)
            entries.append(Entry("", start, mark, colon=False, value=value))
            data.append(value.data)
            position = entries[-1].end
        return self.collection("list", event, item, data, entries)

    def collection(self, kind: NodeKind, event: Any, end_event: Any, data: Data, entries: list[Entry]) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        if event.flow_style:
            end = max(end, end_event.end_mark.index)
        elif entries:
            end = entries[-1].end
        style = "[" if event.flow_style else ""
        return Node(kind, start, end, style, data, self.name(event, data), tuple(entries))

    def name(self, event: Any, data: Data) -> bool:
        """Record the data of an anchor; return whether an alias refers to the anchor."""
        if event.anchor is not None:
            self.anchors[event.anchor] = data
        return event.anchor in self.aliases

    def after_colon(self, position: int) -> tuple[int, bool]:
        """Return (offset after a key's colon, True), or (offset after the key, False) if there is no colon."""
        found = _BLANK.match(self.text, position).end()  # type: ignore[union-attr]
        return (found + 1, True) if self.text[found : found + 1] == ":" else (position, False)

    def dash(self, position: int) -> int:
        """Return the offset of the next item's dash, past comments, an anchor and a tag."""
        found = _BLANK_OR_NAME.match(self.text, position)
        return found.end() if found else position


def _names_of_aliases(text: str) -> Iterator[str]:
    if "*" in text:
        yield from (event.anchor for event in events(text) if isinstance(event, AliasEvent))


_BLANK = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*")
_BLANK_OR_NAME = re.compile(r"(?:\s|#[^\r\n]*|[&!]\S*)*")
_KEEPS = re.compile(r"(?:[&!]\S*\s+)*[|>]\d?\+")
_LAST_BREAK = re.compile(r"(?:\r\n|\r|\n)?\Z")
