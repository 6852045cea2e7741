"""Writes a text in YAML so that it reads back exactly, with quotes only if they are needed.

Every scalar of a plan is text, so `no`, `12:30` and `2026-12-01` need no quotes. Syntax, invisible characters, and the
words that stand for nothing do.
"""

from __future__ import annotations

import re

from revplan.errors import WriteRefusedError

NOTHING = "null"
"""The plain word for a value that is not given, where an empty one cannot stand."""
_SYNTAX_FIRST = re.compile(r"[,\[\]{}#&*!|>'\"%@`?:]|-(?:\s|-|$)|\.\.\.")
_SYNTAX_INSIDE = re.compile(r":(?:\s|$)|\s#|^(?:<<|~|null|Null|NULL)$")
_SYNTAX_IN_FLOW = re.compile(r"[,\[\]{}:?]|^-")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\U000e0000-\U000e0fff]"
)
"""Control characters, unusual line ends, and characters that reverse or hide the text around them."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(f'["\\\\]|{_UNSEEN.pattern}')


def plain_or_quoted(text: str, *, like: str = "") -> str:
    """Return a text on one line, for a value in a block.

    Args:
        text: the text that must be read back.
        like: the preferred quote; empty for quotes only if needed.

    Raises:
        WriteRefusedError: the text contains half a character (a lone surrogate), which no UTF-8 file can hold.
    """
    syntax = _SYNTAX_FIRST.match(text) or _SYNTAX_INSIDE.search(text)
    return _on_one_line(text, like, plain=not syntax)


def plain_or_quoted_in_flow(text: str, *, like: str = "") -> str:
    """Return a text on one line, for a value in brackets or braces, where more characters are syntax.

    Raises:
        WriteRefusedError: the text contains half a character (a lone surrogate), which no UTF-8 file can hold.
    """
    syntax = _SYNTAX_FIRST.match(text) or _SYNTAX_INSIDE.search(text) or _SYNTAX_IN_FLOW.search(text)
    return _on_one_line(text, like, plain=not syntax)


def _on_one_line(text: str, like: str, *, plain: bool) -> str:
    if _SURROGATE.search(text):
        raise WriteRefusedError(f"the text {text!a} holds half a character", hint="write it again")
    if _UNSEEN.search(text):
        return double_quoted(text)
    if plain and text and text == text.strip() and not like:
        return text
    return _in_single_quotes(text) if _single_fits(text, like) else double_quoted(text)


def _single_fits(text: str, like: str) -> bool:
    return like == "'" or (like != '"' and "'" not in text and ('"' in text or "\\" in text))


def _in_single_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double_quoted(text: str) -> str:
    """Return a text in double quotes; the text has no lone surrogates."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    if match[0] in _ESCAPES:
        return _ESCAPES[match[0]]
    return f"\\u{number:04X}" if number <= _LAST_OF_FOUR_DIGITS else f"\\U{number:08X}"


def literal(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the mark and the unindented lines of a literal block; None if the text needs quotes.

    A literal block suits visible text only: no spaces at the ends of lines or before the first line, and at most one
    line end at the end.
    """
    body = text.removesuffix("\n")
    lines = tuple(body.split("\n"))
    visible = all(line == line.rstrip() and not _UNSEEN.search(line) for line in lines)
    if "\n" not in text or not visible or not lines[-1] or lines[0] != lines[0].lstrip() or not lines[0]:
        return None
    if _SURROGATE.search(text):
        return None
    return ("|" if text.endswith("\n") else "|-"), lines


_LAST_OF_FOUR_DIGITS = 0xFFFF
