"""Says what is wrong with a text that is not YAML, at the place where a person would look for it.

The parser stops where it can no longer go on, which is often a line below the mistake. Each reason here has a place of
its own: where a quote was opened, where a colon is missing, where a space that is none stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml.reader import ReaderError

from revplan.diagnostics import TextFix, text_finding
from revplan.store.yaml.parser import nesting_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import YAMLError

    from revplan.diagnostics import Finding


LONGEST_KEY = 1024
"""Characters up to which YAML takes a text before a colon for a key."""


class _Stop(NamedTuple):
    """Where the parser stopped.

    Attributes:
        problem: the parser's complaint.
        at: offset at which it could not go on.
        begun: offset of what it was reading there; `at` if it does not say.
    """

    text: str
    problem: str
    at: int
    begun: int

    def line_of(self, position: int) -> tuple[int, str]:
        """Return the offset and the text of the line that contains a position."""
        start = max(self.text.rfind("\n", 0, position), self.text.rfind("\r", 0, position)) + 1
        end = LINE_END.search(self.text, position)
        return start, self.text[start : end.start() if end else len(self.text)]


def syntax_faults(error: YAMLError | UnicodeEncodeError, text: str) -> tuple[Finding, ...]:
    """Return the faults for which a text could not be read: each merge conflict in it, or the parser's complaint."""
    return _conflicts(text) or (_syntax_fault(error, text),)


def _conflicts(text: str) -> tuple[Finding, ...]:
    """Return a fault for each merge conflict that git left in the text."""
    if not (_MIDDLE.search(text) and _END.search(text)):
        return ()
    message = "a merge is not finished here: both sides stand in the file"
    hint = "write what is to stay, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return tuple(text_finding("RP002", message, found.start(), 7, hint) for found in _BEGIN.finditer(text))


def _syntax_fault(error: YAMLError | UnicodeEncodeError, text: str) -> Finding:
    control = _CONTROL.search(text)
    if isinstance(error, ReaderError | UnicodeEncodeError) and control is not None:
        message = f"the control character U+{ord(control[0]):04X} cannot stand in a plan"
        return text_finding("RP010", message, control.start(), hint="delete it")
    stop = _stop(error, text)
    if text[stop.at : stop.at + 1] == "\t":
        return text_finding("RP004", "a tab is used for indentation", stop.at, hint="indent with spaces")
    if "maximum nesting depth" in stop.problem:
        return text_finding("RP008", nesting_message(), stop.at)
    if _is_behind_long_key(stop):
        message = f"a key ends here that is longer than {LONGEST_KEY:,} characters"
        return text_finding("RP002", message, stop.at, hint="shorten it")
    for theirs, explain in _REASONS:
        if theirs in stop.problem:
            fault = explain(stop)
            if fault is not None:
                return fault
    return text_finding("RP002", _in_plain_words(stop.problem), stop.at)


def joined_key_fault(key: str, start: int) -> Finding | None:
    """Return the fault of a key in braces that holds a colon and its value; None if it may be meant so."""
    return _no_key(start, key) if _JOINED.match(key) else None


def odd_space_fault(key: str, start: int) -> Finding | None:
    """Return the fault of a plain key with a space at its end that is none to YAML; None if it has none."""
    found = _ODD_SPACES.search(key)
    if found is None:
        return None
    what = f"a {_NAMES.get(found[0][0], 'space of another kind')} (U+{ord(found[0][0]):04X})"
    at = start + found.start()
    return text_finding("RP002", f"{what} stands beside this key", at, len(found[0]), "write plain spaces")


def _stop(error: Any, text: str) -> _Stop:
    at, begun = (
        min(mark.index, len(text)) if mark is not None else None
        for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None))
    )
    problem = getattr(error, "problem", None) or "this is not YAML"
    return _Stop(text, problem, at or 0, begun if begun is not None else at or 0)


def _in_plain_words(problem: str) -> str:
    """Return the parser's complaint in plain words."""
    for theirs, ours in _COMPLAINTS:
        if theirs in problem:
            return ours
    return f"this is not YAML: {problem}"


# --- reasons -----------------------------------------------------------------------------------------------------


def _is_behind_long_key(stop: _Stop) -> bool:
    """Tell whether the parser stopped at the colon of a key that is too long to be one."""
    start = 1 + max(stop.text.rfind(mark, 0, stop.at) for mark in ",[{\n\r")
    return stop.text[stop.at : stop.at + 1] == ":" and len(stop.text[start : stop.at].strip()) > LONGEST_KEY


def _line_without_colon(stop: _Stop) -> Finding | None:
    """Explain a line that the parser takes for a key without a colon."""
    return _no_key(*stop.line_of(stop.begun))


def _no_key(start: int, line: str) -> Finding:
    """Return the fault of a line that should be a key and its value."""
    joined = _JOINED.match(line)
    if joined is not None:
        odd, at = joined["odd"], start + joined.end("key")
        if odd:
            what = f"a {_NAMES.get(odd[0], 'space of another kind')} (U+{ord(odd[0]):04X})"
            message = f"{what} stands after the colon, where a space is expected"
            return text_finding("RP002", message, at, len(odd), "write a space", fix=TextFix(at, at + len(odd), " "))
        message = f'there is no space after the colon of "{joined["name"]}"'
        return text_finding("RP002", message, at - 1, 1, "write a space after the colon", fix=TextFix(at, at, " "))
    word = _FIRST_WORD.match(line)
    at = start + (word.start(1) if word else 0)
    message = "this line has no colon; a key is missing its colon, or text over several lines is missing its quotes"
    found = word[1] if word else ""
    hint = f'write "{found}: …", if {found} is a key' if _NAME.fullmatch(found) else None
    return text_finding("RP002", message, at, max(1, len(line.strip())), hint)


def _text_behind(stop: _Stop) -> Finding | None:
    """Explain text that stands behind a closed quote or bracket."""
    start, line = stop.line_of(stop.at)
    before = line[: stop.at - start].rstrip()
    if before.lstrip(" -") == "" or before[-1] not in _CLOSERS:
        return None
    if line[stop.at - start : stop.at - start + 1] in ("]", "}"):
        return text_finding("RP002", f"there is one {line[stop.at - start]} too many here", stop.at, 1, "delete it")
    message = f"text stands here after the closing {_CLOSERS[before[-1]]}"
    other = "'" if before[-1] == '"' else '"'
    quotes = f"put {other} around the whole text, or write it as a block: |"
    hint = quotes if before[-1] in "\"'" else "put quotes around the whole text"
    return text_finding("RP002", message, stop.at, max(1, len(line) - (stop.at - start)), hint)


def _second_colon(stop: _Stop) -> Finding | None:
    """Explain a colon that cannot stand where it does: in a value, or after a line that goes on below."""
    start, line = stop.line_of(stop.at)
    before = line[: stop.at - start]
    if not _NAME.fullmatch(before.strip(" -\"'")):
        message = "a colon stands in this text, which then looks like a key; quote text that holds a colon"
        return text_finding("RP002", message, stop.at, 1, "put quotes around the whole text")
    above_start, above = _line_above(stop, start)
    if not above.strip():
        return None
    if _KEY_AND_VALUE.match(above) and _indentation(above) < _indentation(line):
        message = "this line is indented deeper than the line above, which has its value already"
        return text_finding("RP002", message, start + _indentation(line), 1, "begin it below the key above")
    return None if _KEY_AND_VALUE.match(above) or above.rstrip().endswith(":") else _no_key(above_start, above)


def _line_above(stop: _Stop, start: int) -> tuple[int, str]:
    """Return the offset and the text of the nearest line above that is neither empty nor a comment."""
    while start > 0:
        start, line = stop.line_of(start - 1)
        if line.strip() and not line.lstrip().startswith("#"):
            return start, line
    return 0, ""


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _unclosed_quote(stop: _Stop) -> Finding | None:
    quote = stop.text[stop.begun : stop.begun + 1]
    if quote not in ("'", '"'):
        return None
    message = f"the text that this {quote} opens is never closed"
    return text_finding("RP002", message, stop.begun, 1, f"write {quote} at its end")


def _unclosed_bracket(stop: _Stop) -> Finding | None:
    """Explain a bracket that is never closed, where the next line begins as in a block; else a comma is missing."""
    start, line = stop.line_of(stop.at)
    opener = stop.text[stop.begun : stop.begun + 1]
    opened, opening_line = stop.line_of(stop.begun)
    deeper = _indentation(line) > _indentation(opening_line)
    if opener not in ("[", "{") or opened == start or (deeper and stop.at < len(stop.text)):
        return None
    closer = {"[": "]", "{": "}"}[opener]
    return text_finding("RP002", f"the {opener} that is opened here is missing its {closer}", stop.begun)


def _colon_before_mark(stop: _Stop) -> Finding | None:
    """Explain a colon that a comma or a closing bracket follows at once."""
    if stop.text[stop.at : stop.at + 1] != ":" or stop.text[stop.at + 1 : stop.at + 2] not in (",", "]", "}"):
        return None
    message = "there is no space after this colon"
    after = stop.at + 1
    return text_finding("RP002", message, stop.at, 1, "write a space after the colon", fix=TextFix(after, after, " "))


def _mark_before_text(stop: _Stop) -> Finding | None:
    mark = stop.text[stop.begun : stop.begun + 1]
    message = f"text that begins with {mark} needs quotes: {mark} alone begins a text over several lines"
    return text_finding("RP002", message, stop.begun, 1, "put quotes around the text") if mark in ("|", ">") else None


LINE_END = re.compile(r"\r\n|\r|\n")
_BEGIN, _MIDDLE, _END = (re.compile(rf"^{mark}{{7}}(?: |\r?$)", re.MULTILINE) for mark in "<=>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[\w-]+")
_FIRST_WORD = re.compile(r"[\s-]*(\S+)")
_JOINED = re.compile(r"(?P<key>[\s-]*(?P<name>[^\W\d][\w-]*):)(?P<odd>[^\S \t\r\n]*)(?=[^\s/]| (?<=[^\S ] ))")
_KEY_AND_VALUE = re.compile(r"[\s-]*[^\s:#][^:#]*:\s+[^\s#]")
_ODD_SPACES = re.compile(r"^\s+|\s+$")
_NAMES = {"\xa0": "non-breaking space", "\u202f": "narrow non-breaking space", "\u3000": "wide space"}
_CLOSERS = {'"': "quote", "'": "quote", "]": "]", "}": "}"}
_REASONS: tuple[tuple[str, Callable[[_Stop], Finding | None]], ...] = (
    ("could not find expected ':'", _line_without_colon),
    ("did not find expected key", _text_behind),
    ("mapping values are not allowed", _second_colon),
    ("found unexpected end of stream", _unclosed_quote),
    ("found unexpected document indicator", _unclosed_quote),
    ("did not find expected ',' or", _unclosed_bracket),
    ("found unexpected ':'", _colon_before_mark),
    ("did not find expected comment or line break", _mark_before_text),
)
_COMPLAINTS = (
    ("mapping values are not allowed", "a colon stands where none is expected; quote text that holds a colon"),
    ("did not find expected key", "this does not line up with the lines above it"),
    ("did not find expected '-' indicator", "this does not line up with the list above it"),
    ("did not find expected ',' or ']'", "a list opened by [ is missing its comma or its ]"),
    ("did not find expected ',' or '}'", "a mapping opened by { is missing its comma or its }"),
    ("did not find expected node content", "a value is missing here, or a [ or { is never closed"),
    ("found unexpected end of stream", "the file ends within a quoted text"),
    ("cannot start any token", "this character cannot begin a value; quote the text"),
    ("found undefined alias", "an alias names nothing"),
    (
        "block sequence entries are not allowed",
        "a list item stands where none is expected; quote text that begins so",
    ),
    ("did not find expected alphabetic or numeric character", "a * or & needs a name; quote the text"),
    (
        "found unknown escape character",
        "a \\ in double quotes begins a sign such as \\n; use ' around the text",
    ),
)
