"""What a word must have been meant to be: slips of the finger.

`validate --fix` writes what is found here, so nothing here guesses; `did_you_mean` only asks. A word with a meaning of
its own is no slip: `leads-2027-q1` is not `leads-2026-q4`, `cto` is not `cfo`, and `triweekly` is not `weekly`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

# --- slips -------------------------------------------------------------------------------------------------------

_SHORTEST = 4
"""Fewest letters of a word that may be a slip for another."""
_REPLACED = 6
"""Fewest letters of a word in which one letter may stand for another."""


def fold(word: str) -> str:
    """Return a word in small letters, with hyphens for spaces and underscores."""
    return word.strip().lower().replace("_", "-").replace(" ", "-")


def is_slip(word: str, meant: str, words: Collection[str] = ()) -> bool:
    """Tell whether a word can only be another one, mistyped: in one letter of one part, and in no digit.

    Args:
        word: the word as it is written.
        meant: the known word.
        words: parts of known words. What is one of them has a meaning of its own.
    """
    written, wanted = fold(word), fold(meant)
    if written == wanted:
        return True
    pairs = list(zip(written.split("-"), wanted.split("-"), strict=False))
    differing = [(one, other) for one, other in pairs if one != other]
    same_parts = written.count("-") == wanted.count("-")
    return same_parts and len(differing) == 1 and differing[0][0] not in words and _is_one_slip(*differing[0])


def _is_one_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or one[0] != other[0] or not (one + other).isalpha():
        return False
    start = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):  # a letter is missing or too much, within the word or doubled at its end
        inside = start < len(short) or long[-1] == long[-2]
        return short[start:] == long[start + 1 :] and inside
    swapped = short[start + 1 : start + 2] + short[start] + short[start + 2 :] == long[start:]
    replaced = short[start + 1 :] == long[start + 1 :] and len(short) >= _REPLACED and start < len(short) - 1
    return swapped or replaced


# --- near words ---------------------------------------------------------------------------------------------------


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a word; None if no known word is similar."""
    return next(iter(_near_matches(word, known)), None)


def single_near_match(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a word must have been meant to be; None if it may mean something else."""
    return hint_and_match(word, known)[1]


def _near_matches(word: str, known: Iterable[str]) -> list[str]:
    """Return up to two known words most like a word, the most similar first; one if only case or separators differ."""
    words = _words(tuple(known))
    exact = words.folded.get(fold(word))
    if exact is not None:
        return [exact]
    return get_close_matches(word[:_LONGEST], words.like(word[:_LONGEST]), n=2, cutoff=0.7)


_LONGEST = 80
"""Number of letters of a word that are compared."""
_FEW = 300
"""Largest number of known words that are all compared. Of more words, those that share letters are compared."""
_COMPARED = 16
_STRETCH = 3
_COMMON = 100
"""Largest number of known words that a stretch of letters may occur in and still select words to compare."""


class _Words:
    """Known words with an index that finds the words similar to another word without comparing all of them."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self.options = sorted(known)
        self.folded = {fold(option): option for option in reversed(self.options)}
        self.by_stretch: dict[str, list[str]] = {}
        self.backwards = sorted(option[::-1] for option in self.options) if len(self.options) > _FEW else []
        for option in self.options if self.backwards else ():
            for stretch in _stretches(option[:_LONGEST]):
                self.by_stretch.setdefault(stretch, []).append(option)

    @cached_property
    def parts(self) -> frozenset[str]:
        """The words that the known words are made of."""
        return frozenset(part for option in self.options for part in fold(option).split("-"))

    def like(self, word: str) -> list[str]:
        """Return the words to compare: neighbours by first or last letters, and words that share rare stretches."""
        if not self.backwards:
            return self.options
        near = {*_neighbours(self.options, word), *(each[::-1] for each in _neighbours(self.backwards, word[::-1]))}
        lists = (self.by_stretch.get(stretch, ()) for stretch in _stretches(word))
        shared = Counter(option for found in lists if len(found) <= _COMMON for option in found)
        most = sorted(shared, key=lambda option: (-shared[option], abs(len(option) - len(word)), option))
        return sorted(near.union(most[:_COMPARED]))


_words = lru_cache(maxsize=16)(_Words)


def _stretches(word: str) -> set[str]:
    around = f" {word} "
    return {around[start : start + _STRETCH] for start in range(len(around) - _STRETCH + 1)}


def _neighbours(options: list[str], word: str) -> list[str]:
    place = bisect_left(options, word)
    return options[max(0, place - _COMPARED // 4) : place + _COMPARED // 4]


def hint_and_match(word: str, known: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the results of `did_you_mean` and `single_near_match` from one search."""
    known = tuple(known)
    matches = _near_matches(word, known)
    is_sure = len(matches) == 1 and is_slip(word, matches[0], _words(known).parts)
    return _question(matches), matches[0] if is_sure else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a hint that names the known word most like a word; None if no known word is similar."""
    return _question(_near_matches(word, known))


def word_asked_for(hint: str | None) -> str | None:
    """Return the word that a hint of `did_you_mean` asks for; None if the hint is another one, or none."""
    asked = _ASKED.fullmatch(hint or "")
    return asked[1] if asked is not None else None


_ASKED = re.compile(r'did you mean "([^"]+)"\?')


def _question(matches: list[str]) -> str | None:
    return f'did you mean "{matches[0]}"?' if matches else None
