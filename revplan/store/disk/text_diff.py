"""Differences of texts, line by line, in the unified format: in step with their length, however much differs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import Match, SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGE = 2000
"""Lines from which on texts are compared stretch by stretch: `difflib` takes their square where many differ."""
_CONTEXT = 3


def unified_diff(old: Sequence[str], new: Sequence[str], before: str, after: str) -> Iterator[str]:
    """Yield the lines of a difference; none where the texts are alike.

    Args:
        old: the lines, with their ends.
        new: the lines that take their place.
        before: what the old text is called.
        after: what the new text is called.
    """
    is_large = max(len(old), len(new)) > LARGE
    matcher = (_StretchMatcher if is_large else SequenceMatcher)(None, old, new)
    is_begun = False
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        if not is_begun:
            yield f"--- {before}\n"
            yield f"+++ {after}\n"
            is_begun = True
        (_, old_start, _, new_start, _), (_, _, old_end, _, new_end) = group[0], group[-1]
        yield f"@@ -{_span(old_start, old_end)} +{_span(new_start, new_end)} @@\n"
        for tag, start, end, own_start, own_end in group:
            if tag == "equal":
                yield from (f" {line}" for line in old[start:end])
                continue
            yield from (f"-{line}" for line in old[start:end])
            yield from (f"+{line}" for line in new[own_start:own_end])


def _span(start: int, end: int) -> str:
    """Return the first line and the number of lines as the format writes them; one line has no number."""
    count = end - start
    if count == 1:
        return str(start + 1)
    return f"{start + 1 if count else start},{count}"


class _StretchMatcher(SequenceMatcher[str]):
    """Compares what lies between the lines that stand once in each text and in the same order (patience diff)."""

    def __init__(self, _junk: None, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, (), ())
        self._old, self._new = old, new

    def get_matching_blocks(self) -> list[Match]:
        """Return the stretches that are alike, in order; the last is empty, as `difflib` has it."""
        old, new = self._old, self._new
        blocks: list[Match] = []
        at = (0, 0)
        for place, own in (*_anchors(old, new), (len(old), len(new))):
            found = _alike(old[at[0] : place], new[at[1] : own])
            blocks += (Match(at[0] + start, at[1] + own_start, size) for start, own_start, size in found)
            if place < len(old) and own < len(new):
                blocks.append(Match(place, own, 1))
            at = (place + 1, own + 1)
        return [*_join(blocks), Match(len(old), len(new), 0)]


def _alike(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield what is alike in a stretch: its ends, and what lies between them unless that is too long."""
    least = min(len(old), len(new))
    head = next((place for place in range(least) if old[place] != new[place]), least)
    tail = next((place for place in range(least - head) if old[-1 - place] != new[-1 - place]), least - head)
    if head:
        yield 0, 0, head
    middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if middle and other and max(len(middle), len(other)) <= LARGE:
        for block in SequenceMatcher(None, middle, other).get_matching_blocks()[:-1]:
            yield head + block.a, head + block.b, block.size
    if tail:
        yield len(old) - tail, len(new) - tail, tail


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of lines that stand once in each text: of these the most that keep their order."""
    once = [{line for line, count in Counter(text).items() if count == 1} for text in (old, new)]
    places = {line: place for place, line in enumerate(new) if line in once[1]}
    pairs = [(place, places[line]) for place, line in enumerate(old) if line in once[0] and line in places]
    ends: list[int] = []  # by length, the least place in the new text at which a row of this length ends
    last: list[int] = []
    before: list[int | None] = []
    for number, (_, own) in enumerate(pairs):
        length = bisect_left(ends, own)
        before.append(last[length - 1] if length else None)
        ends[length : length + 1] = [own]
        last[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    number_now = last[-1] if last else None
    while number_now is not None:
        row.append(pairs[number_now])
        number_now = before[number_now]
    return row[::-1]


def _join(blocks: Sequence[Match]) -> Iterator[Match]:
    """Yield the blocks, those that touch in both texts as one."""
    now: Match | None = None
    for block in blocks:
        if now is not None and (now.a + now.size, now.b + now.size) == (block.a, block.b):
            now = Match(now.a, now.b, now.size + block.size)
            continue
        if now is not None:
            yield now
        now = block
    if now is not None:
        yield now
