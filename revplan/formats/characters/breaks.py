"""Where text breaks into lines, and how columns of a table share a width so that it breaks between words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from revplan.formats.text import width as columns_of
from revplan.wording import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG_WORD = 24
"""Columns beyond which a word may break after a hyphen or a slash, as ids do, in a room less than twice as wide."""
_MONTHS = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTH_NAMES)
_UNIT = rf"(?<=\d) (?=(?:h|d|{_MONTHS})\b)"
_COUNT = r"(?<=[^\W\d]) (?!\d{4}\b)(?=[−+]?\d[\d.]*(?:,| ·|$))"
_WORD = re.compile(rf"(?:`[^`\n]*`|{_UNIT}|{_COUNT}|[^\s]|[\u00a0\u202f])+")
"""A word: a command in backticks is one, so are a number with its unit, a day with its month, a name with its hours."""
_PLAIN_WORD = re.compile(r"[^\s\u00a0\u202f]+")
_JOINTS = (re.compile(r"(?<=\w/)(?=\w)"), re.compile(r"(?<=\w-)(?=\w)"))
"""Places inside an id where a line may end; the first kind where that is enough."""
_NOT_FIRST = "、。，．：；！？）」』】〉》・ー…"
"""Wide characters that begin no line."""


def spans_of_lines(text: str, room: int) -> list[tuple[int, int]]:
    """Return where the lines of a text begin and end: between words, and inside a word only where it has no room.

    Between characters of double width, as of Chinese and Japanese, a line may end anywhere.
    """
    spans: list[tuple[int, int]] = []
    begin = end = used = 0
    for start, piece in _pieces_of(text, room):
        gap, wide = start - end, columns_of(piece)
        if end and used + gap + wide > room:
            spans.append((begin, end))
            begin, used = start, wide
        else:
            used += gap + wide
        end = start + len(piece)
    return [*spans, (begin, end)]


def _pieces_of(text: str, room: int) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(text):
        if " " in word[0] and columns_of(word[0]) <= room:
            yield word.start(), word[0]
            continue
        for part in _PLAIN_WORD.finditer(text, word.start(), word.end()):
            start = part.start()
            for piece in _break_word(part[0], room):
                yield start, piece
                start += len(piece)


def _break_word(word: str, room: int) -> Iterator[str]:
    """Yield the pieces of a word between which a line may end, none wider than the room."""
    for piece in _split_at_joints(word, room):
        rest = piece
        while columns_of(rest) > room:
            size = max(1, _fitting(rest, room))
            yield rest[:size]
            rest = rest[size:]
        yield rest


def _split_at_joints(word: str, room: int) -> list[str]:
    pieces = [word] if word.isascii() else list(_split_wide(word))
    most = room if room >= 2 * LONG_WORD else min(room, LONG_WORD)
    for joint in _JOINTS:
        pieces = [part for piece in pieces for part in ([piece] if columns_of(piece) <= most else joint.split(piece))]
    return pieces


def _split_wide(word: str) -> Iterator[str]:
    """Yield a word in pieces that begin at a character of double width, but for those that begin no line."""
    piece = ""
    for character in word:
        may_begin = columns_of(character) > 1 and character not in _NOT_FIRST
        if piece and may_begin and columns_of(f"{piece}{character}") > columns_of(piece):
            yield piece
            piece = ""
        piece += character
    yield piece


def _fitting(text: str, room: int) -> int:
    """Return how many characters of a text have room."""
    used = 0
    for number, character in enumerate(text):
        used += columns_of(character)
        if used > room:
            return number
    return len(text)


def least_width(text: str) -> int:
    """Return the columns that a text needs so that it breaks between words; of a very long word, its share of them."""
    return max((min(columns_of(piece), LONG_WORD) for _, piece in _pieces_of(text, LONG_WORD)), default=0)


def share_width(shares: Sequence[int], least: Sequence[int], needed: Sequence[int], room: int) -> list[int]:
    """Return how wide columns are: what they need, or by their shares of the room where all need more than it.

    A column without a share gets what it needs. None gets less than its least, even where that exceeds the room.
    """
    wide = [own if share == 0 else low for share, low, own in zip(shares, least, needed, strict=True)]
    low, high = 0, max(needed, default=0) * _FINE
    while low < high:
        level = (low + high + 1) // 2
        low, high = (level, high) if sum(_at_level(level, shares, wide, needed)) <= room else (low, level - 1)
    wide = _at_level(low, shares, wide, needed)
    for number, own in enumerate(needed):
        wide[number] += min(1, own - wide[number], max(0, room - sum(wide))) if shares[number] else 0
    return wide


_FINE = 60
"""Steps of one column in which the level rises that columns are filled to: shares of 1 to 6 divide it."""


def _at_level(level: int, shares: Sequence[int], least: Sequence[int], needed: Sequence[int]) -> list[int]:
    return [
        min(own, max(low, level * share // _FINE)) if share else own
        for share, low, own in zip(shares, least, needed, strict=True)
    ]
