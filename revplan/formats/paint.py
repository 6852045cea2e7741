"""Colour for plain text: named styles, and what they are on a terminal. No colour is a paint too."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

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
    "place": "34",
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
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_form(character) for character in text)


def _visible_form(character: str) -> str:
    if character in _SAFE or unicodedata.category(character) not in _UNSAFE_CATEGORIES:
        return character
    return "    " if character == "\t" else character.encode("unicode_escape").decode("ascii")
