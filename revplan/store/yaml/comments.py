"""Comments with which the plan's author suppresses a finding: `# revplan: ignore[slug, …] reason`."""

from __future__ import annotations

import re
from bisect import bisect_right
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from yaml import YAMLError
from yaml.events import ScalarEvent

from revplan.store.yaml.parser import events
from revplan.store.yaml.spans import SourceLines, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.store.loaded import SourceFile

MARK = "revplan: ignore"
"""Only files that hold this text are searched."""
_COMMENT = re.compile(r"(?:^|(?<=\s))#[ \t]*revplan: ignore(?:\[([^\]\n]*)\])?", re.MULTILINE)
_ANY_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)
_NAME = re.compile(r"[^\s,]+")
_COMMA_AFTER = re.compile(r"\s*,\s*")
_COMMA_BEFORE = re.compile(r"\s*,\s*\Z")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_LINE_END = re.compile(r"(?:\r\n|\r|\n)?")


class IgnoreComment(NamedTuple):
    """One rule in an ignore comment.

    Attributes:
        file: the file's name, as in `SourceFile`.
        name: the code or slug as written; empty if the comment names no rule.
        span: the span of the name; of the whole comment if it names no rule.
        line: the line, from 1, whose findings the comment suppresses.
    """

    file: str
    name: str
    span: Span
    line: int


def ignore_comments(source: SourceFile) -> Iterator[IgnoreComment]:
    """Yield every rule that an ignore comment of a file names, in the order of the text."""
    if MARK not in source.text:
        return
    lines = SourceLines(source.text)
    scalars = _scalars(source.text)
    for match in _COMMENT.finditer(source.text):
        if not _lies_in(match.start(), scalars):
            line = _target_line(lines, lines.location(source.name, Span(match.start(), match.start())).line)
            yield from _rules_in(source.name, match, line)


def comments(text: str) -> Iterator[str]:
    """Yield every comment of a text, in the order of the text."""
    scalars = _scalars(text) if "#" in text else []
    for match in _ANY_COMMENT.finditer(text):
        if not _lies_in(match.start(), scalars):
            yield match[0]


def removal(text: str, comment: IgnoreComment) -> tuple[int, int]:
    """Return (start, end) of the text to delete to remove a rule from an ignore comment.

    If the comment names other rules too, delete the name alone. Otherwise delete the comment, and the whole line if
    nothing else is on it.
    """
    start, end = comment.span.start, comment.span.end
    hash_mark = text.rfind("#", 0, start + 1)
    comma = _COMMA_AFTER.match(text, end) or _COMMA_BEFORE.search(text, hash_mark, start)
    if comma is not None:
        return min(start, comma.start()), max(end, comma.end())
    line_start, line_end = text.rfind("\n", 0, hash_mark) + 1, _REST_OF_LINE.match(text, hash_mark).end()  # type: ignore[union-attr]
    before = text[line_start:hash_mark]
    if before.strip():
        return hash_mark - (len(before) - len(before.rstrip())), line_end
    return line_start, _LINE_END.match(text, line_end).end()  # type: ignore[union-attr]


def additions(source: SourceFile, line: int, slug: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, text to insert) of ignore comments that may suppress a rule's findings on a line, the best first.

    A comment that ignores other rules on the line gets one more name. Else the comment is written at the end of the
    line, or on a line of its own above. The caller has to check that the text still says the same: a line may end in
    the middle of a text.
    """
    lines = SourceLines(source.text)
    known = [comment for comment in ignore_comments(source) if comment.line == line and comment.name]
    if known:
        yield known[-1].span.end, f", {slug}"
    start, written = lines.starts[line - 1], lines.line(line)
    yield start + len(written.rstrip()), f"  # {MARK}[{slug}]"
    indentation = written[: len(written) - len(written.lstrip(" "))]
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    yield start, f"{indentation}# {MARK}[{slug}]{line_end}"


def _rules_in(file: str, match: re.Match[str], line: int) -> Iterator[IgnoreComment]:
    names = list(_NAME.finditer(match[1] or ""))
    for name in names:
        start = match.start(1) + name.start()
        yield IgnoreComment(file, name[0], Span(start, start + len(name[0])), line)
    if not names:
        yield IgnoreComment(file, "", Span(match.start(), match.end()), line)


def _target_line(lines: SourceLines, line: int) -> int:
    """Return the line that a comment is about: its own line, or the next other line if the comment fills its line."""
    while lines.line(line).lstrip().startswith("#") and line < len(lines.starts):
        line += 1
    return line


def _scalars(text: str) -> list[Span]:
    """Return the spans of values and keys, in order. A `#` in them begins no comment. Stop at a syntax error."""
    found: list[Span] = []
    with suppress(YAMLError):
        marks = ((event.start_mark, event.end_mark) for event in events(text) if event.__class__ is ScalarEvent)
        found.extend(Span(start.index, end.index) for start, end in marks)
    return found


def _lies_in(offset: int, spans: list[Span]) -> bool:
    index = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return index >= 0 and offset < spans[index].end


@lru_cache(maxsize=64)  # a plan of a thousand entries without a title asks a thousand times
def hint_of_comment(text: str, key: str) -> str | None:
    """Return the way out if a key's value is taken for a comment, as in `title: #1 priority`; None if none is."""
    own = rf"^(?P<indent>[ \t-]*)[\"']?{re.escape(key)}[\"']?:[ \t]+(?P<value>#[^\s#][^\r\n]*+)"
    found = re.search(own + r"(?!\s*[\r\n]+(?P=indent)[ \t])", text, re.MULTILINE)
    return f'what follows # is a comment; write {key}: "{found["value"]}"' if found else None
