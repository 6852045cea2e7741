"""Finds places in the text: spans of keys and values, and the locations of findings and entries."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import YAMLError
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from revplan.diagnostics import CODE_BY_NAME, Diagnostic, Fix, KeyPlace, Location, TextFix, TextPlace
from revplan.model.base import Ref
from revplan.model.plan import text_path
from revplan.store.yaml.parser import MAX_DEPTH, events

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from revplan.diagnostics import Finding
    from revplan.model.base import Keys
    from revplan.store.loaded import Loaded


class Span(NamedTuple):
    """A stretch of text: offsets in characters, the end excluded."""

    start: int
    end: int


class TextSpan(NamedTuple):
    """The spans of an entry of a mapping or a list; a list item has no key."""

    key: Span | None
    value: Span


def places(text: str, wanted: Iterable[Keys]) -> Mapping[Keys, TextSpan]:
    """Return the spans of the first occurrence of each wanted path of keys. Missing paths are not in the result.

    A text with a syntax error is searched up to the error.
    """
    finder = _Finder(frozenset(wanted))
    with suppress(YAMLError):  # the fault is reported already; the text before the fault has locations all the same
        finder.read(text)
    return finder.found


@dataclass(slots=True)
class _Level:
    """A mapping or list that is being read: its path, its start, and its next entry."""

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
                    return  # the reader stopped here too
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
        """Return the path and the key's span of the current entry, and advance to the next entry."""
        if level is None:
            return (), None
        if level.is_mapping:
            path, span = (*level.path, level.key), level.key_span
            level.key, level.key_span = None, None
            return path, span
        level.count += 1
        return (*level.path, level.count - 1), None

    def _note(self, path: Keys, key: Span | None, value: Span) -> None:
        for wanted in (path, (*path, 0)):  # where a list is wanted, a single value is its first item
            if wanted in self.wanted and wanted not in self.found:
                self.found[wanted] = TextSpan(key, value)


class SourceLines:
    """Converts offsets to lines and columns and back, and returns the text of lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        position = text.find("\n")
        while position >= 0:
            self.starts.append(position + 1)
            position = text.find("\n", position + 1)

    def location(self, file: str, span: Span) -> Location:
        """Return the location of a stretch of text; lines and columns count from 1."""
        line, column = self._point(span.start)
        end_line, end_column = self._point(max(span.end, span.start))
        return Location(file, line, column, end_line, end_column)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and a column, both from 1."""
        return self.starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Return the text of a line, from 1, without its line end."""
        start = self.starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")

    def _point(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.starts, offset) - 1
        return index + 1, offset - self.starts[index] + 1


def locations(loaded: Loaded, spots: Sequence[tuple[Ref, bool]]) -> tuple[Location, ...]:
    """Return the location of each (ref, on_key): of the key if `on_key`, else of the value. Searches each file once."""
    homes = [(loaded.home(text_path(ref)), text_path(ref), on_key) for ref, on_key in spots]
    found = {}
    for file in {home for home, _, _ in homes}:
        text = loaded.sources[file].text
        found[file] = (SourceLines(text), places(text, [keys for home, keys, _ in homes if home == file]))
    return tuple(_location(file, *found[file], keys, on_key=on_key) for file, keys, on_key in homes)


def text_of(loaded: Loaded, ref: Ref) -> str:
    """Return the lines of an entry, unchanged, under a comment with its file and line."""
    keys = text_path(ref)
    file = loaded.home(keys)
    text = loaded.sources[file].text
    place = places(text, [keys]).get(keys)
    if place is None or place.key is None:
        return f"# {file}\n"
    lines = SourceLines(text)
    spot = lines.location(file, place.key)
    start = text.rfind("\n", 0, place.key.start) + 1
    stop = text.find("\n", max(place.value.end, place.key.end) - 1)
    body = text[start : stop if stop >= 0 else len(text)]
    return f"# {file}:{spot.line}\n{body.rstrip()}\n"


def _location(file: str, lines: SourceLines, found: Mapping[Keys, TextSpan], keys: Keys, *, on_key: bool) -> Location:
    place = found.get(keys)
    if place is None:
        return Location(file)
    return lines.location(file, place.key if on_key and place.key is not None else place.value)


def locate(loaded: Loaded, findings: Iterable[Finding]) -> tuple[Diagnostic, ...]:
    """Return findings with locations, sorted by file, line, column and code. Searches each file once."""
    findings = tuple(findings)
    finder = _Placer(loaded, findings)
    return tuple(sorted((finder.diagnostic(finding) for finding in findings), key=lambda found: found.order))


class _Placer:
    """Finds the locations of the keys that some findings name."""

    def __init__(self, loaded: Loaded, findings: tuple[Finding, ...]) -> None:
        self.loaded = loaded
        wanted: dict[str, set[Keys]] = defaultdict(set)
        for finding in findings:
            for place in (finding.place, *finding.related):
                file, keys = self.key_place(place)
                wanted[file].update(keys[:length] for length in range(len(keys) + 1))
        self.texts = {file: loaded.sources[file].text for file in wanted if file in loaded.sources}
        self.lines = {file: SourceLines(text) for file, text in self.texts.items()}
        self.excerpts: dict[tuple[str, int], str] = {}
        self.places: dict[str, Mapping[Keys, TextSpan]] = {
            file: places(text, wanted[file]) for file, text in self.texts.items()
        }

    def key_place(self, place: Ref | KeyPlace | TextPlace) -> tuple[str, Keys]:
        """Return (file, path of keys) of a place; no keys for a stretch of text."""
        if isinstance(place, Ref):
            keys = text_path(place)
            return self.loaded.home(keys), keys
        return place.file, place.keys if isinstance(place, KeyPlace) else ()

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return a finding with its location."""
        file, keys = self.key_place(finding.place)
        if isinstance(finding.place, TextPlace):
            location = self._stretch(file, finding.place.start, finding.place.start + finding.place.length)
        else:
            location = self.location(file, keys, on_key=finding.on_key)
        related = tuple(self.location(*self.key_place(place), on_key=True) for place in finding.related)
        code, excerpt = CODE_BY_NAME[finding.code], self._line(location.file, location.line)
        fix = self._fix(finding, file, keys)
        return Diagnostic(code.code, code.severity, location, finding.message, finding.hint, excerpt, related, fix)

    def _stretch(self, file: str, start: int, end: int) -> Location:
        lines = self.lines.get(file)
        return lines.location(file, Span(start, end)) if lines is not None else Location(file)

    def _fix(self, finding: Finding, file: str, keys: Keys) -> Fix | None:
        """Return a finding's correction with its location, if the finding has one and its file could be read."""
        fix = finding.fix
        if fix is None or file not in self.lines:
            return None
        if isinstance(fix, TextFix):
            return Fix(self._stretch(file, fix.start, fix.end), fix.text)
        return self._replacement(file, keys, fix, on_key=finding.on_key)

    def _replacement(self, file: str, keys: Keys, text: str, *, on_key: bool) -> Fix | None:
        """Return the fix that replaces a key or value and keeps its quotes; None if the value is more than a word."""
        place = self.places.get(file, {}).get(keys)
        span = (place.key if on_key else place.value) if place is not None else None
        if span is None:
            return None
        written = self.texts[file][span.start : span.end]
        quote = written[:1] if written[:1] in QUOTES else ""
        if not written or (written[0] in _NO_WORD and not quote) or "\n" in written:
            return None
        from revplan.store.yaml.scalars import plain_or_quoted_in_flow  # noqa: PLC0415 - only where a fix is known

        location = self.lines[file].location(file, span)
        return Fix(location, plain_or_quoted_in_flow(text, like=quote))

    def _line(self, file: str, number: int) -> str:
        """Return a line of a file. All findings on a line share one text, because a line may be long and have many."""
        if (file, number) not in self.excerpts:
            lines = self.lines.get(file)
            self.excerpts[file, number] = lines.line(number) if lines is not None else ""
        return self.excerpts[file, number]

    def location(self, file: str, keys: Keys, *, on_key: bool) -> Location:
        """Return the location of a path of keys; if its last keys do not exist, of the nearest existing parent key."""
        found = self.places.get(file, {})
        for length in range(len(keys), 0, -1):
            place = found.get(keys[:length])
            if place is not None:
                exact = length == len(keys) and not on_key
                span = place.value if exact and place.value.end > place.value.start else place.key or place.value
                return self.lines[file].location(file, span)
        return Location(file)


QUOTES = ("'", '"')
_NO_WORD = "&*!|>[{?"
"""First characters of a value that is not a single word."""
