"""Findings for people, with colour: place, code, the line of text with what is meant underlined, and the way out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from revplan.diagnostics import CODE_BY_NAME, Severity
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from revplan.diagnostics import Diagnostic
    from revplan.formats.table import Findings

Paint = Callable[[str, str], str]
"""Takes text and the name of a style, and returns the text so styled."""

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "good": "32",
    "bad": "31",
    "strong": "1",
    "dim": "2",
    "place": "1;34",
    "hint": "36",
}


def plain(text: str, _style: str) -> str:
    """Return the text as it is."""
    return text


def ansi(text: str, style: str) -> str:
    """Return the text in a style, by the escape sequences every terminal knows."""
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if text else text


_UNSAFE_CATEGORIES = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_SAFE = frozenset(("\u200d", "\ufe0f"))
"""What joins an emoji, and what makes one colourful."""


def visible(text: str) -> str:
    """Return plan text with every character shown that could move the cursor, hide, or turn the line around."""
    if text.isprintable():  # what Python calls printable is in none of the unsafe categories
        return text
    return "".join(_visible_form(character) for character in text)


_NAMED_COMMAND = re.compile(r"`(revplan [^`]+)`")


def split_commands(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a command of revplan, which stands in backticks in the text.

    The backticks are left out. Other backticks are text.
    """
    if "`" not in text:
        return [(text, False)] if text else []
    pieces = enumerate(_NAMED_COMMAND.split(text))
    return [(piece, place % 2 == 1) for place, piece in pieces if piece]


def inert(line: str) -> str:
    """Return a line of output that no CI server takes for a command: the first character of each is spelled out.

    `::` is a command at the start of a line, also after spaces; `##[` wherever it stands.
    """
    bare = line.lstrip()
    line = line.replace("::", r"\x3a:", 1) if bare.startswith("::") else line
    return line.replace("##[", r"\x23#[")


def _visible_form(character: str) -> str:
    if character in _SAFE or unicodedata.category(character) not in _UNSAFE_CATEGORIES:
        return character
    return "    " if character == "\t" else character.encode("unicode_escape").decode("ascii")


WIDEST_EXCERPT = 160
"""Characters of a line that are shown; longer lines are shown around the place meant."""
SHORT_HINT = 40
"""Columns up to which a hint stands beside what is meant; longer ones get a line of their own."""


def draw(found: Findings) -> str:
    """Return findings as text."""
    return findings(found.diagnostics, ansi if found.color else plain, found.columns)


MANY = 3
"""From how many findings of one kind on they are told as one, with a line for each place."""
_LAST = (Severity.ADVICE, Severity.WARNING, Severity.ERROR)
"""The order in which findings are told: the worst stand nearest to the eye."""


def findings(diagnostics: Sequence[Diagnostic], paint: Paint, columns: int | None = None) -> str:
    """Draw findings one below the other, a blank line after each; many of one kind as one.

    Args:
        diagnostics: sorted.
        paint: colours the text.
        columns: the terminal's width, at which lines break between words; None to leave them whole.
    """
    drawn = (
        _lines(group[0], paint, columns) if len(group) == 1 else _together(group, paint)
        for group in _groups(diagnostics)
    )
    return "".join("\n".join(_fold_prose(line, columns) for line in lines) + "\n\n" for lines in drawn)


def _fold_prose(line: str, columns: int | None) -> str:
    """Return a line of a finding broken between words; the plan's own text and the marks under it stay as they are."""
    return line if columns is None or _FRAMED.match(_PAINT.sub("", line)) else fold_line(line, columns)


_FRAMED = re.compile(r"\s*\d*\s\|")


def _groups(diagnostics: Sequence[Diagnostic]) -> list[tuple[Diagnostic, ...]]:
    """Return the findings in the order in which they are told, those of one kind together where there are many."""
    by_kind: dict[tuple[str, ...], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_kind.setdefault(_kind(diagnostic), []).append(diagnostic)
    groups: list[tuple[Diagnostic, ...]] = []
    for group in by_kind.values():
        groups += [tuple(group)] if len(group) >= MANY else [(each,) for each in group]
    return sorted(groups, key=lambda group: (_LAST.index(group[0].severity), group[0].order))


def _kind(diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the key by which findings are merged: the rule, and for errors also the message."""
    if diagnostic.severity is not Severity.ERROR:
        return (diagnostic.code, diagnostic.severity)
    return (diagnostic.code, diagnostic.severity, diagnostic.message, diagnostic.hint or "")


def _together(group: Sequence[Diagnostic], paint: Paint) -> Iterator[str]:
    """Yield the lines of many findings of one kind: a head, a line for each place, and the way out."""
    first = group[0]
    head = paint(f"{first.severity}[{first.code}]", first.severity)
    said = {diagnostic.message for diagnostic in group}
    what = f"{visible(first.message)}, {len(group)} times" if len(said) == 1 else f"{len(group)} times"
    yield f"{head} {paint(first.slug, 'strong')}: {what}"
    hints = {diagnostic.hint for diagnostic in group}
    places = [f"{visible(each.location.file)}:{each.location.line}:{each.location.column}" for each in group]
    column = max(map(width, places))
    for place, each in zip(places, group, strict=True):
        own = f" ({visible(each.hint)})" if each.hint and len(hints) > 1 else ""
        words = visible(each.message) if len(said) > 1 else ""
        yield f"  {paint('-->', 'place')} {place}{' ' * (column - width(place))}  {words}{own}".rstrip()
    if first.hint and len(hints) == 1:
        yield f"   = {paint(visible(first.hint), 'hint')}"
    yield f"   = {paint(f'revplan explain {first.code}', 'dim')}"


def by_rule(diagnostics: Sequence[Diagnostic], omitted: Mapping[str, int], paint: Paint) -> str:
    """Draw how many findings there are of each rule, the worst last."""
    counts = Counter((diagnostic.severity, diagnostic.code) for diagnostic in diagnostics)
    for code, count in omitted.items():
        counts[next((each for each, own in counts if own == code), CODE_BY_NAME[code].severity), code] += count
    rows = sorted(counts.items(), key=lambda row: (_LAST.index(row[0][0]), row[1], row[0][1]))
    digits = max((len(f"{count:,}") for _, count in rows), default=0)
    return "".join(
        f"{count:>{digits},} {paint(f'{severity}[{code}]', severity)} {CODE_BY_NAME[code].slug}\n"
        for (severity, code), count in rows
    )


def _lines(diagnostic: Diagnostic, paint: Paint, columns: int | None) -> Iterator[str]:
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    yield f"{head} {paint(diagnostic.slug, 'strong')}: {visible(diagnostic.message)}"
    location = diagnostic.location
    gutter = " " * len(str(location.line))
    bar = paint("|", "place")
    yield f"{gutter}{paint('-->', 'place')} {visible(location.file)}:{location.line}:{location.column}"
    hint = visible(diagnostic.hint) if diagnostic.hint else ""
    has_frame = bool(diagnostic.excerpt.strip())
    beside = hint if has_frame and width(hint) <= SHORT_HINT else ""
    if has_frame:
        room = columns - len(gutter) - len(_AROUND) if columns is not None else WIDEST_EXCERPT
        excerpt, before, length = _frame(diagnostic, max(NARROWEST, min(room, WIDEST_EXCERPT)))
        yield f"{gutter} {bar}"
        yield f"{paint(str(location.line), 'place')} {bar} {excerpt}".rstrip()
        under = " " * before + paint("^" * max(length, 1), diagnostic.severity)
        yield f"{gutter} {bar} {under} {paint(beside, 'hint')}".rstrip()
    if hint and not beside:
        yield f"{gutter} = {paint(hint, 'hint')}"
    for other in diagnostic.related:
        yield f"{gutter} = first at {visible(other.file)}:{other.line}:{other.column}"
    yield f"{gutter} = {paint(f'revplan explain {diagnostic.code}', 'dim')}"


_AROUND = " | …  …"
"""What stands around an excerpt that is cut on both sides."""


def _frame(diagnostic: Diagnostic, widest: int) -> tuple[str, int, int]:
    """Return the line as shown, and the column and the width of the marked part in it."""
    location, line = diagnostic.location, diagnostic.excerpt
    start = location.column - 1
    end = location.end_column - 1 if location.end_line == location.line else len(line)
    first = max(0, start - widest // 2) if len(line) > widest else 0
    last = min(len(line), first + widest)
    end = min(max(end, start + 1), max(last, start + 1))
    lead, tail = "… " if first else "", " …" if last < len(line) else ""
    before, meant = visible(line[first:start]), visible(line[start:end])
    return f"{lead}{visible(line[first:last])}{tail}", width(lead + before), width(meant)


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal.

    Pictures that a joiner makes one take the columns of the first; a sign that is asked for as a picture takes two.
    """
    if text.isascii():
        return len(text)
    total = last = 0
    for before, character in zip(f" {text}", text, strict=False):
        if before == _JOINER:
            continue
        own = (last == 1) if character == _AS_PICTURE else _columns(character)
        total += own
        last = 0 if character == _AS_PICTURE else own or last
    return total


_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"
_ADDED = re.compile("[\u1160-\u11ff\U0001f3fb-\U0001f3ff]")
"""Vowels and finals of a Hangul syllable, and colours of skin: they add to the character before them."""
_WITHOUT_WIDTH = frozenset(("Mn", "Mc", "Me", "Cf"))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH or _ADDED.match(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


NARROWEST = 20
"""Columns that lines are broken at, at least."""
_PAINT = re.compile(r"\x1b\[[0-9;]*m")
_PIECE = re.compile(r"\s+|(?:`[^`]*`|[^\s`])+|`")
_SPACING = re.compile(r"\S\s{2,}(?=\S)")


def fold(text: str, columns: int) -> str:
    """Return text whose lines break between words at so many columns; paths, ids and commands in ` ` stay whole."""
    return "\n".join(fold_line(line, columns) for line in text.split("\n"))


def fold_line(line: str, columns: int) -> str:
    """Return a line broken between words. What follows is indented: under a second column, else by two more."""
    columns = max(columns, NARROWEST)
    if width(_PAINT.sub("", line)) <= columns:
        return line
    bare = _PAINT.sub("", line)
    spacing = _SPACING.search(bare)
    start = width(bare[: spacing.end()]) if spacing is not None else columns
    own = len(bare) - len(bare.lstrip()) + 2
    indent = " " * (start if start <= columns // 2 else min(own, columns // 2))
    return "\n".join(_rows_of(line, columns, indent))


def _rows_of(line: str, columns: int, indent: str) -> Iterator[str]:
    """Yield a line in pieces: as many words as fit, one at least."""
    row, used, gap, is_empty = "", 0, "", True
    for piece in _words_of(line, columns - len(indent)):
        if piece.isspace():
            gap = piece
            continue
        needed = width(_PAINT.sub("", piece))
        if not is_empty and used + len(gap) + needed > columns:
            yield row
            row, used, gap = indent, len(indent), ""
        row, used, gap, is_empty = f"{row}{gap}{piece}", used + len(gap) + needed, "", False
    yield row


def _words_of(line: str, room: int) -> Iterator[str]:
    """Yield words and the spaces between them; a command in ` ` is one word if there is room for it in a line."""
    for piece in _PIECE.findall(line):
        if width(piece) > room and " " in piece.strip():
            yield from re.findall(r"\s+|\S+", piece)
        else:
            yield piece


def summary(diagnostics: Sequence[Diagnostic], files: int, omitted: Mapping[str, int] | None = None) -> str:
    """Return how many findings of which severity there are, omitted ones too, and in how many files was looked."""
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    severities = {diagnostic.code: diagnostic.severity for diagnostic in diagnostics}
    for code, count in (omitted or {}).items():
        counts[severities.get(code, CODE_BY_NAME[code].severity)] += count
    said = [_count(counts[severity], severity) for severity in Severity if counts[severity]]
    return f"{', '.join(said) or 'no findings'} in {plural(files, 'file')}"


def _count(count: int, severity: Severity) -> str:
    if severity is Severity.ADVICE:
        return plural(count, "piece of advice", "pieces of advice")
    return plural(count, severity)
