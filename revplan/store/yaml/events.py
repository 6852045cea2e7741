"""Turns YAML text into plain data (mappings, lists and text) by the parser's events.

This module resolves no types; the models do. It skips keys that begin with `x-`, which are the user's own. It reports
what YAML allows and a plan forbids: duplicate keys, merge keys, tags and alias bombs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from revplan.diagnostics import Finding, KeyPlace, TextPlace, text_finding
from revplan.store.yaml.parser import MAX_DEPTH, events, nesting_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.base import Keys
    from revplan.model.change import Data

MAX_EXPANSION = 100_000
"""Largest number of values that all aliases of a file may expand to together."""
CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
"""Tags that change nothing, because the schema decides the type."""


NOT_GIVEN = frozenset(("", "~", "null", "Null", "NULL"))
"""Plain scalars that stand for nothing."""


class Parsed(NamedTuple):
    """A file's data and faults.

    Attributes:
        data: the data; None if the file is empty or could not be parsed to its end.
        faults: the faults found, in the order of the text.
        whole: whether all of the text was read. If not, the file may hold ids that are unknown.
        merged: the path of each mapping that contains a merge key.
    """

    data: Data
    faults: tuple[Finding, ...] = ()
    whole: bool = True
    merged: tuple[Keys, ...] = ()


class _GivenUpError(Exception):
    """Stops reading a file after a fault that makes the rest meaningless or dangerous."""


def parse(text: str) -> Parsed:
    """Return a file's data and faults. Never raises, whatever the text contains."""
    builder = _Builder()
    try:
        builder.read(text)
    except _GivenUpError:
        return Parsed(None, tuple(builder.faults), whole=False, merged=tuple(builder.merged))
    except (YAMLError, UnicodeEncodeError) as error:
        from revplan.store.yaml.syntax import syntax_faults  # noqa: PLC0415 - only for a text with a fault

        return Parsed(None, (*builder.faults, *syntax_faults(error, text)), whole=False, merged=tuple(builder.merged))
    return Parsed(builder.root, tuple(builder.faults), merged=tuple(builder.merged))


_KEY_EXPECTED = object()
_SKIPPED = object()
_IN_LIST = object()
_MERGE = "<<"


class _Open(NamedTuple):
    """A mapping or list whose reading is suspended while an inner mapping or list is read."""

    container: Any
    key: Any
    anchor: str | None
    nodes: int


@dataclass(slots=True)
class _Builder:
    """Builds plain data from events."""

    root: Any = None
    faults: list[Finding] = field(default_factory=list)
    merged: list[Keys] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    expanded: int = 0
    documents: int = 0

    def read(self, text: str) -> None:  # noqa: C901, PLR0912, PLR0915 - one branch an event, in one loop
        """Build the root from the events. One loop with local names is fast; reading a plan spends most time here.

        In a mapping, `key` is the key of the next value, or a mark: the next event is a key (_KEY_EXPECTED), or the
        value is skipped (_SKIPPED).
        """
        container: Any = None
        key: Any = None
        stack: list[_Open] = []
        plain: dict[str, str] = {}
        nodes = 0
        for event in events(text):
            kind = event.__class__
            if kind is ScalarEvent:
                value = event.value
                if event.tag is not None:
                    self.check_tag(event)
                if key is _KEY_EXPECTED:
                    known = plain.get(value)  # share one object for equal texts, so that a plan holds each word once
                    if known is not None and known not in container:
                        key = known
                    else:
                        key = self.new_key(event, container, stack)
                        if key is not _SKIPPED and key != _MERGE:
                            plain[key] = key
                    continue
                if value in NOT_GIVEN and not event.style:
                    value = None
                    if key.__class__ is str and ":" in key:
                        key, value = self.separate(key, event.start_mark.index, text)
                if event.anchor is not None:
                    self.anchors[event.anchor] = (value, 1)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = container
                container, key, anchor, before = stack.pop()
                if anchor is not None:
                    self.anchors[anchor] = (value, nodes - before + 1)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.check_start(event, len(stack), in_key=key is _KEY_EXPECTED)
                stack.append(_Open(container, key, event.anchor, nodes))
                container, key = ({}, _KEY_EXPECTED) if kind is MappingStartEvent else ([], _IN_LIST)
                continue
            elif kind is AliasEvent:
                value, more = self.expand(event, in_key=key is _KEY_EXPECTED)
                nodes += more
            else:
                if kind is DocumentStartEvent:
                    self.start_document(event)
                continue
            nodes += 1
            if key is _IN_LIST:
                container.append(value)
            elif container is None:
                self.root = value
            else:
                if key is not _SKIPPED:
                    container[key] = value
                key = _KEY_EXPECTED

    def start_document(self, event: Any) -> None:
        """Refuse a second document.

        Raises:
            _GivenUpError: there is one.
        """
        self.documents += 1
        if self.documents > 1:
            raise self.give_up(event, "RP012", "a plan file holds one document", "remove the line ---")

    def check_start(self, event: Any, depth: int, *, in_key: bool) -> None:
        """Refuse a mapping or a list that is a key or is nested too deeply.

        Raises:
            _GivenUpError: it is one of these.
        """
        if in_key:
            raise self.give_up(event, "RP013", "a key is plain text, not a mapping or a list")
        if event.tag is not None:
            self.check_tag(event)
        if depth >= MAX_DEPTH:
            raise self.give_up(event, "RP008", nesting_message())
        if event.anchor is not None:
            self.anchors[event.anchor] = (None, _OPEN)

    def new_key(self, event: Any, container: dict[str, Any], stack: Sequence[_Open]) -> Any:
        """Return a key that is new in its mapping, or the mark that its value is skipped."""
        key: str = event.value
        if key in container:
            place, first = TextPlace(event.start_mark.index, len(key)), KeyPlace("", (*_path(stack), key))
            self.faults.append(Finding("RP003", place, f'"{key}" stands here twice', related=(first,)))
            return _SKIPPED
        if key == _MERGE and not event.style:
            hint = "write the keys out, or use an alias for the whole value"
            start = event.start_mark.index
            self.faults.append(text_finding("RP006", "merge keys are not read", start, len(key), hint))
            self.merged.append(_path(stack))
            return _SKIPPED
        if key.strip() != key and not event.style:
            from revplan.store.yaml.syntax import odd_space_fault  # noqa: PLC0415 - likewise

            self.faults.extend(filter(None, [odd_space_fault(key, event.start_mark.index)]))
            return _SKIPPED
        return _SKIPPED if key.startswith("x-") else key

    def separate(self, key: str, end: int, text: str) -> tuple[str, str | None]:
        """Return the key and the value of an entry in braces whose colon has no space behind it, and report it."""
        from revplan.store.yaml.syntax import joined_key_fault  # noqa: PLC0415 - likewise

        start = end - len(key)
        fault = joined_key_fault(key, start) if text[start:end] == key else None
        if fault is None:
            return key, None
        self.faults.append(fault)
        name, _, value = key.partition(":")
        return name, value

    def check_tag(self, event: Any) -> None:
        """Refuse a tag that would change the value's meaning, and a ! that is meant as text."""
        tag = str(event.tag)
        is_all = event.__class__ is ScalarEvent and not event.value and not event.style
        if (tag != "!" or is_all) and tag not in CORE_TAGS:
            hint = "quote it where it is text" if is_all else "remove the tag; a field's type follows from its name"
            start = event.start_mark.index
            self.faults.append(text_finding("RP005", f"tags such as {tag} are not read", start, len(tag), hint))

    def expand(self, event: Any, *, in_key: bool) -> tuple[Any, int]:
        """Return the value of an alias, and the number of values in it; refuse an expansion over MAX_EXPANSION.

        Raises:
            _GivenUpError: the alias is a key, holds itself, names nothing, or stands for too much.
        """
        if in_key:
            raise self.give_up(event, "RP013", "a key is plain text, not an alias")
        value, nodes = self.anchors.get(event.anchor, (None, 0))
        if nodes <= 0:
            what = "a value cannot hold itself:" if nodes == _OPEN else "no value is named"
            raise self.give_up(event, "RP007", f"{what} &{event.anchor}")
        self.expanded += nodes
        if self.expanded > MAX_EXPANSION:
            message = f"the aliases of this file stand for more than {MAX_EXPANSION:,} values"
            raise self.give_up(event, "RP007", message)
        return value, nodes

    def give_up(self, event: Any, code: str, message: str, hint: str | None = None) -> _GivenUpError:
        """Record a fault; return the error that stops reading the file."""
        self.faults.append(text_finding(code, message, event.start_mark.index, 1, hint))
        return _GivenUpError()


def _path(stack: Sequence[_Open]) -> Keys:
    """Return the keys down to the container that is being read."""
    return tuple(len(place.container) if place.container.__class__ is list else place.key for place in stack[1:])


_OPEN = -1
