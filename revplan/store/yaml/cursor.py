"""What stands at an offset of a text: the keys that lead there, also while the line is half written."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from revplan.store.yaml.parser import MAX_DEPTH, events
from revplan.store.yaml.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.base import Keys


class Word(NamedTuple):
    """A key or a value of a text.

    Attributes:
        keys: the path of keys down to it, from the top of the text.
        is_key: whether it is the last key of the path, and not its value.
        text: what it says; empty for an alias.
    """

    keys: Keys
    is_key: bool
    text: str
    span: Span


@dataclass(slots=True)
class _OpenLevel:
    """A mapping or a list that is being read, and the key of its next value; None where a key comes next."""

    path: Keys
    is_mapping: bool
    key: str | None = None
    count: int = 0

    def next(self) -> Keys:
        """Return the path of the next value, and go on to the one after it."""
        if self.is_mapping:
            path, self.key = (*self.path, self.key or ""), None
            return path
        self.count += 1
        return (*self.path, self.count - 1)


def words(text: str) -> Iterator[Word]:
    """Yield every key and every single value of a text, in its order; of a text with a fault, those before it."""
    with suppress(YAMLError, UnicodeEncodeError):
        yield from _words(text)


def _words(text: str) -> Iterator[Word]:
    levels: list[_OpenLevel] = []
    for event in events(text):
        kind = event.__class__
        level = levels[-1] if levels else None
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            levels.pop()
        elif kind is ScalarEvent and level is not None and level.is_mapping and level.key is None:
            level.key = event.value
            yield Word((*level.path, event.value), is_key=True, text=event.value, span=_span(event))
        elif kind in (ScalarEvent, AliasEvent, MappingStartEvent, SequenceStartEvent):
            path = level.next() if level is not None else ()
            if kind is ScalarEvent or kind is AliasEvent:
                yield Word(path, is_key=False, text=getattr(event, "value", ""), span=_span(event))
            elif len(levels) >= MAX_DEPTH:
                return
            else:
                levels.append(_OpenLevel(path, kind is MappingStartEvent))


def _span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


def word_at(text: str, offset: int) -> Word | None:
    """Return the key or the single value at an offset, its end included; None if there is none."""
    for word in words(text):
        if word.span.start <= offset <= word.span.end and word.span.end > word.span.start:
            return word
        if word.span.start > offset:
            return None
    return None


# --- while it is written -------------------------------------------------------------------------------------------


class Writing(NamedTuple):
    """Where something is being written.

    Attributes:
        keys: of a key, the path of the mapping that it is written into; of a value, the path of the value.
        is_key: whether a key is written.
        span: what is written of it so far.
        siblings: the other keys of the mapping; of a value that may become a mapping, none.
        needs_colon: whether a colon is still to be written behind the key.
    """

    keys: Keys
    is_key: bool
    span: Span
    siblings: frozenset[str] = frozenset()
    needs_colon: bool = True


_LETTERS = re.compile(r"[\w./%-]*\Z")
_REST = re.compile(r"[\w./%-]*")
_COLON = re.compile(r"[\"']?[ \t]*:(?=\s|\Z)")
_MARK = "revplan\ue0ffcursor"
"""Stands for the word at the cursor while the text is parsed; nobody writes it."""


def writing_at(text: str, offset: int) -> Writing | None:
    """Return what is being written at an offset; None where nothing of a plan can be, such as in a comment.

    The line is half written most of the time, so the text is parsed with a mark in place of the word at the offset: as
    it is, with a colon behind the mark, and both again without what follows.
    """
    start = offset - len(_LETTERS.search(text, max(0, text.rfind("\n", 0, offset) + 1), offset)[0])  # type: ignore[index]
    end = _REST.match(text, offset).end()  # type: ignore[union-attr]
    before, after = text[:start], text[end:]
    is_known_key = _COLON.match(after) is not None
    for candidate in (f"{_MARK}{after}", f"{_MARK}: {after}", _MARK, f"{_MARK}: "):
        found = list(words(before + candidate))
        place = next((word for word in found if word.text == _MARK), None)
        if place is None:
            continue
        span = Span(start, end)
        if not place.is_key:
            return Writing(place.keys, is_key=False, span=span)
        above = place.keys[:-1]
        siblings = (word for word in found if word.is_key and word.keys[:-1] == above and word.text != _MARK)
        return Writing(above, True, span, frozenset(word.text for word in siblings), not is_known_key)
    return None
