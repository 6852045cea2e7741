"""Turns YAML text into plain data (mappings, lists and text) by the parser's events.

This module resolves no types; the models do. It skips keys that begin with `x-`, which are the user's own. It reports
what YAML allows and a plan forbids: duplicate keys, merge keys, tags and alias bombs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.base import Keys
    from revplan.model.change import Data

MAX_DEPTH = 64
"""Levels of nesting in a plan file; the format itself needs eight."""
MAX_EXPANSION = 100_000
"""Largest number of values that all aliases of a file may expand to together."""
CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)
"""Tags that change nothing, because the schema decides the type."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a plan's text.

    Attributes:
        start: offset of the fault in the text, in characters.
        length: number of characters, from 1.
        first: for a duplicate key, the path of the first occurrence.
        within: for a merge key, the path of the mapping that contains it.
        fix: (start, end, new text) if only one correction is possible.
    """

    code: str
    message: str
    start: int
    length: int = 1
    hint: str | None = None
    first: Keys = ()
    within: Keys = ()
    fix: tuple[int, int, str] | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's data and faults.

    Attributes:
        data: the data; None if the file is empty or could not be parsed to its end.
        faults: the faults found, in the order of the text.
        whole: whether all of the text was read. If not, the file may hold ids that are unknown.
    """

    data: Data
    faults: tuple[Fault, ...] = ()
    whole: bool = True


class _GivenUpError(Exception):
    """Stops reading a file after a fault that makes the rest meaningless or dangerous."""


def parse(text: str) -> Parsed:
    """Return a file's data and faults. Never raises, whatever the text contains."""
    builder = _Builder()
    try:
        builder.read(text)
    except _GivenUpError:
        return Parsed(None, tuple(builder.faults), whole=False)
    except (YAMLError, UnicodeEncodeError) as error:
        return Parsed(None, (*builder.faults, *(_conflicts(text) or (_syntax_fault(error, text),))), whole=False)
    return Parsed(builder.root, tuple(builder.faults))


_PARSER: Any = YAML(typ="safe").Parser


def events(text: str) -> Iterator[Any]:
    """Yield the parser's events.

    The function calls the C parser directly, because `YAML.parse` would add a tenth to the time of reading a plan.

    Raises:
        YAMLError: the text is not YAML.
    """
    if not hasattr(_PARSER, "raw_parse"):  # the C parser is not installed
        return YAML(typ="safe", pure=True).parse(text)  # type: ignore[no-any-return]
    return iter(_PARSER(text).get_event, None)


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
    faults: list[Fault] = field(default_factory=list)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    expanded: int = 0
    documents: int = 0

    def read(self, text: str) -> None:  # noqa: C901, PLR0912 - one branch an event, in one loop
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
                if event.ctag is not None:
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
                if not value and not event.style:
                    value = None
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
        """Refuse a second document."""
        self.documents += 1
        if self.documents > 1:
            raise self.give_up(event, "RP012", "a plan file holds one document", "remove the line ---")

    def check_start(self, event: Any, depth: int, *, in_key: bool) -> None:
        """Refuse a mapping or a list that is a key or is nested too deeply."""
        if in_key:
            raise self.give_up(event, "RP013", "a key is plain text, not a mapping or a list")
        if event.tag is not None:
            self.check_tag(event)
        if depth >= MAX_DEPTH:
            raise self.give_up(event, "RP008", f"this is nested more than {MAX_DEPTH} levels deep")
        if event.anchor is not None:
            self.anchors[event.anchor] = (None, _OPEN)

    def new_key(self, event: Any, container: dict[str, Any], stack: Sequence[_Open]) -> Any:
        """Return a key that is new in its mapping, or the mark that its value is skipped."""
        key: str = event.value
        if key in container:
            first = (*_path(stack), key)
            self.faults.append(
                Fault("RP003", f'"{key}" stands here twice', event.start_mark.index, len(key), first=first)
            )
            return _SKIPPED
        if key == _MERGE and not event.style:
            hint = "write the keys out, or use an alias for the whole value"
            start = event.start_mark.index
            self.faults.append(Fault("RP006", "merge keys are not read", start, len(key), hint, within=_path(stack)))
            return _SKIPPED
        return _SKIPPED if key.startswith("x-") else key

    def check_tag(self, event: Any) -> None:
        """Refuse a tag that would change the value's meaning."""
        tag = str(event.tag)
        if tag != "!" and tag not in CORE_TAGS:
            hint = "remove the tag; a field's type follows from its name"
            start = event.start_mark.index
            self.faults.append(Fault("RP005", f"tags such as {tag} are not read", start, len(tag), hint))

    def expand(self, event: Any, *, in_key: bool) -> tuple[Any, int]:
        """Return the value of an alias, and the number of values in it; refuse an expansion over MAX_EXPANSION."""
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
        self.faults.append(Fault(code, message, event.start_mark.index, 1, hint))
        return _GivenUpError()


def _path(stack: Sequence[_Open]) -> Keys:
    """Return the keys down to the container that is being read."""
    return tuple(len(place.container) if place.container.__class__ is list else place.key for place in stack[1:])


def _conflicts(text: str) -> tuple[Fault, ...]:
    """Return a fault for each merge conflict that git left in the text."""
    if not (_MIDDLE.search(text) and _END.search(text)):
        return ()
    message = "a merge is not finished here: both sides stand in the file"
    hint = "write what is to stay, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return tuple(Fault("RP002", message, found.start(), 7, hint) for found in _BEGIN.finditer(text))


def _syntax_fault(error: YAMLError | UnicodeEncodeError, text: str) -> Fault:
    control = _CONTROL.search(text)
    if isinstance(error, ReaderError | UnicodeEncodeError) and control is not None:
        message = f"the control character U+{ord(control[0]):04X} cannot stand in a plan"
        return Fault("RP010", message, control.start(), hint="delete it")
    mark = getattr(error, "problem_mark", None)
    start = min(mark.index, len(text)) if mark is not None else 0
    if text[start : start + 1] == "\t":
        return Fault("RP004", "a tab is used for indentation", start, hint="indent with spaces")
    problem = getattr(error, "problem", None) or "this is not YAML"
    return Fault("RP002", _in_plain_words(problem), start)


def _in_plain_words(problem: str) -> str:
    """Return the parser's complaint in plain words."""
    for theirs, ours in _COMPLAINTS:
        if theirs in problem:
            return ours
    return f"this is not YAML: {problem}"


_OPEN = -1
_BEGIN, _MIDDLE, _END = (re.compile(rf"^{mark}{{7}}(?: |\r?$)", re.MULTILINE) for mark in "<=>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_COMPLAINTS = (
    ("mapping values are not allowed", "a colon stands where none is expected; quote text that holds a colon"),
    ("could not find expected ':'", "a key is missing its colon, or text over several lines is missing its quotes"),
    ("did not find expected key", "this does not line up with the lines above it"),
    ("did not find expected '-' indicator", "this does not line up with the list above it"),
    ("did not find expected ',' or ']'", "a list opened by [ is missing its comma or its ]"),
    ("did not find expected ',' or '}'", "a mapping opened by { is missing its comma or its }"),
    ("did not find expected node content", "a value is missing here, or a [ or { is never closed"),
    ("found unexpected end of stream", "the file ends within a quoted text"),
    ("cannot start any token", "this character cannot begin a value; quote the text"),
    ("found undefined alias", "an alias names nothing"),
    ("block sequence entries are not allowed", "a list item stands where none is expected"),
    ("did not find expected alphabetic or numeric character", "a * or & needs a name; quote the text"),
)
