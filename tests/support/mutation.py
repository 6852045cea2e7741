"""Texts that are nearly right: sound ones, changed here and there as a slip, a merge or another program would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    Mutation = Callable[[random.Random, str, Sequence[str]], str]

ODD = (
    *("", " ", "0", "-1", "1e999999", "9" * 40, "NaN", ".inf", "null", "~", "true", "20%", "1:30", "٣", "½"),
    *("2026-02-30", "0001-01-01", "9999-12-31", "2026-12-21..2026-12-20", "2026-12", "Q4", "tomorrow"),
    *("{", "}", "[", "]", ": ", "- ", "? ", "#", "&a", "*a", "<<", "!!x", "|", ">-", "'", '"', "`", "%", "@", "---"),
    *("\t", "\r", "\n", "\0", "\x1b[31m", "\u202e", "\ufeff", "\u2028", "\ud800", "é", "e\u0301", "😀", "=1+1"),
    *("<script>", "](x)", "::error::", "../x", "/dev/null", "a/b", "no-one", ",", ";", "{a: 1}", "[a, b]", "w" * 300),
)
"""Values that nobody should write, and some will."""
_WORD = re.compile(r"[^\s,:;()\[\]{}|*]+")


def mutated(chance: random.Random, text: str, words: Sequence[str] = ODD) -> str:
    """Return a text with one to four changes; its own words, lines and stretches are put where they do not belong."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        text = chance.choice(_MUTATIONS)(chance, text, words)
    return text


def _replace_word(chance: random.Random, text: str, words: Sequence[str]) -> str:
    found = _any_word(chance, text)
    return text if found is None else text[: found[0]] + chance.choice(words) + text[found[1] :]


def _copy_word(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    here, there = _any_word(chance, text), _any_word(chance, text)
    if here is None or there is None:
        return text
    return text[: here[0]] + text[there[0] : there[1]] + text[here[1] :]


def _any_word(chance: random.Random, text: str) -> tuple[int, int] | None:
    found = _WORD.search(text, chance.randint(0, len(text)))
    return None if found is None else found.span()


def _insert(chance: random.Random, text: str, words: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(words) + text[at:]


def _cut(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.choice((1, 1, 2, 5, 20)) :]


def _end_early(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    return text[: chance.randint(0, len(text))]


def _flip(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chr(chance.choice((chance.randrange(128), chance.randrange(0xD800)))) + text[at + 1 :]


def _move_line(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        lines.insert(chance.randint(0, len(lines) - 1), lines.pop(chance.randrange(len(lines))))
    return "".join(lines)


def _double_lines(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    first = chance.randint(0, len(lines))
    taken = lines[first : first + chance.choice((1, 1, 2, 5))]
    at = chance.randint(0, len(lines))
    return "".join([*lines[:at], *taken, *lines[at:]])


def _drop_lines(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    first = chance.randint(0, len(lines))
    return "".join(lines[:first] + lines[first + chance.choice((1, 1, 2, 5)) :])


def _shift_line(chance: random.Random, text: str, _words: Sequence[str]) -> str:
    lines = text.splitlines(keepends=True)
    if lines:
        at = chance.randrange(len(lines))
        lines[at] = (
            chance.choice(("  ", " ", "\t", "- ", "    ")) + lines[at] if chance.random() < 0.5 else lines[at][1:]
        )
    return "".join(lines)


_MUTATIONS: tuple[Mutation, ...] = (
    *(_replace_word, _replace_word, _replace_word, _copy_word, _copy_word, _insert, _cut, _end_early, _flip),
    *(_move_line, _double_lines, _drop_lines, _shift_line),
)
