"""The spaces and empty lines of a plan file: steps of two, one empty line at most, and none at either end."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from revplan.store.lines import Lines
from revplan.store.tree import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from revplan.store.tree import Entry, Node

_ROW = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
STEP = 2
"""Columns that what is in a mapping stands further in than its key."""


def reindent(text: str) -> str:
    """Return a text without faults whose mappings and lists stand in steps of two.

    The dashes of a list may stand under their key or a step further in, as the writer has them.
    """
    root = tree(text)
    if root is None or root.style == "[":
        return text
    lines = Lines(text)
    shifts = dict(_shifts(lines, root, -lines.column(root.start)))
    return "".join(_shift(row, shift) for row, shift in _rows(text, shifts))


def _shifts(lines: Lines, node: Node, shift: int) -> Iterator[tuple[int, int]]:
    """Yield how far each line of a block moves, by where it begins; what stands in braces moves as one."""
    for entry in node.entries:
        value = entry.value
        yield from _same(lines, entry.start, value.end, shift)
        is_below = bool(value.entries) and value.style != "[" and value.start > lines.stop(entry.mark)
        if is_below:
            wanted = _column(lines, node, entry, shift)
            yield from _shifts(lines, value, wanted - lines.column(value.entries[0].start))
        elif value.entries and value.style != "[":
            yield from _shifts(lines, value, shift)


def _column(lines: Lines, node: Node, entry: Entry, shift: int) -> int:
    """Return where a mapping or a list is to stand below a key that moves so far."""
    value, column = entry.value, lines.column(entry.start)
    under_key = value.kind == "list" and node.kind == "mapping"
    is_level = under_key and lines.column(value.entries[0].start) == column
    return column + shift if is_level else column + shift + STEP


def _same(lines: Lines, start: int, end: int, shift: int) -> Iterator[tuple[int, int]]:
    position = lines.start(start)
    while position <= end and position < len(lines.text):
        yield position, shift
        position = lines.next(position)


def _rows(text: str, shifts: dict[int, int]) -> Iterator[tuple[str, int]]:
    """Yield each line with its shift; a comment moves with the line below where it stands as far in, else above."""
    rows = _ROW.findall(text)
    starts = list(accumulate(map(len, rows), initial=0))
    moving = [number for number in range(len(rows)) if starts[number] in shifts]
    for number, row in enumerate(rows):
        moved = shifts.get(starts[number])
        yield row, _of_comment(rows, moving, number, lambda at: shifts[starts[at]]) if moved is None else moved


def _of_comment(rows: list[str], moving: list[int], number: int, shift: Callable[[int], int]) -> int:
    """Return how far a line moves that is no part of a value, of the lines that are."""
    column, place = _indentation(rows[number]), bisect_right(moving, number)
    before, following = moving[place - 1 : place], moving[place : place + 1]
    if following and (_indentation(rows[following[0]]) >= column or not before):
        return shift(following[0])
    return shift(before[0]) if before else 0


def _indentation(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _shift(row: str, shift: int) -> str:
    if not row.strip():
        return row
    return " " * shift + row if shift > 0 else row[min(-shift, _indentation(row)) :]


# --- empty lines and the ends of lines -----------------------------------------------------------------------------


def tidy_lines(text: str) -> str:
    """Return a text without faults with no spaces at the ends of its lines, and one empty line at most in a row."""
    lines = Lines(text)
    spans = sorted(_texts(tree(text)))
    kept: list[str] = []
    position = 0
    while position < len(text):
        stop, after = lines.stop(position), lines.next(position)
        is_inside = _lies_in(stop, spans)
        row = text[position:stop] if is_inside else text[position:stop].rstrip(" \t")
        if row or is_inside or (kept and kept[-1].strip("\r\n")):
            kept.append(row + text[stop:after])
        position = after
    while kept and not kept[-1].strip() and not _lies_in(len(text) - 1, spans):
        kept.pop()
    whole = "".join(kept)
    return whole + lines.line_end if whole and not whole.endswith(("\n", "\r")) else whole


def _texts(node: Node | None) -> Iterator[tuple[int, int]]:
    """Yield where keys and texts stand: what is in them is theirs."""
    if node is None:
        return
    if node.kind == "text":
        yield node.start, node.end
    for entry in node.entries:
        if entry.name:
            yield entry.start, entry.mark
        yield from _texts(entry.value)


def _lies_in(offset: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (offset, offset)) - 1
    return index >= 0 and offset < spans[index][1]
