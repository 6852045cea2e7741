"""Puts plan files into canonical order and spacing. Moves stretches of text unchanged, and keeps every comment."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from revplan.store.disk.edits import BYTE_ORDER_MARK, Edits, FileEdit, bytes_of
from revplan.store.yaml.comments import comments
from revplan.store.yaml.emit import FILE, rank_keys, under
from revplan.store.yaml.events import parse
from revplan.store.yaml.tree import Lines, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from revplan.model.change import Data
    from revplan.model.fields import FieldType
    from revplan.store.loaded import SourceFile
    from revplan.store.yaml.tree import Entry, Node

_ROW = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
STEP = 2
"""Columns by which a mapping's entries are indented more than its key."""


def reindent(text: str) -> str:
    """Return a faultless text with its mappings and lists indented in steps of two columns.

    The dashes of a list stay under their key or a step further in, as they are in the text.
    """
    root = tree(text)
    if root is None or root.style == "[":
        return text
    lines = Lines(text)
    shifts = dict(_shifts(lines, root, -lines.column(root.start)))
    return "".join(_shift(row, shift) for row, shift in _rows(text, shifts))


def _shifts(lines: Lines, node: Node, shift: int) -> Iterator[tuple[int, int]]:
    """Yield (line's offset, columns to move) for each line of a block. All lines of a value in braces move equally."""
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
    """Return the new column of a mapping or a list whose key moves by `shift` columns."""
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
    """Yield (line, shift). A comment moves with the line below if both are equally indented, else as the line above."""
    rows = _ROW.findall(text)
    starts = list(accumulate(map(len, rows), initial=0))
    moving = [number for number in range(len(rows)) if starts[number] in shifts]
    for number, row in enumerate(rows):
        moved = shifts.get(starts[number])
        yield row, _of_comment(rows, moving, number, lambda at: shifts[starts[at]]) if moved is None else moved


def _of_comment(rows: list[str], moving: list[int], number: int, shift: Callable[[int], int]) -> int:
    """Return the shift of a comment or an empty line, taken from the nearest lines that belong to values."""
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
    """Return a faultless text without trailing spaces, and with at most one empty line in a row."""
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


def squeeze(text: str) -> str:
    """Return a faultless text with one empty line for many in a row, outside of texts.

    `tidy_lines` does the same line by line, and more; a file with millions of empty lines is spared the other steps.
    """
    runs = [found for found in _EMPTY_LINES.finditer(text) if len(found["rest"]) > _MANY]
    if not runs:
        return text
    spans = sorted(_texts(tree(text)))
    pieces, done = [], 0
    for found in runs:
        if not _lies_in(found.end("kept") - 1, spans):
            pieces.append(text[done : found.end("kept")])
            done = found.end("kept") + len(found["rest"].rstrip(" \t"))
    return "".join((*pieces, text[done:]))


_EMPTY_LINES = re.compile(r"(?P<kept>(?:\A|\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n))(?P<rest>[ \t\r\n]*)")
_MANY = 1000
"""Characters of empty lines from which on they are taken out before the other steps."""


def _texts(node: Node | None) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of keys and texts, whose inner spaces and empty lines must not change."""
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


PASSES = 16
"""Largest number of nested levels whose keys are sorted."""


def in_order(text: str) -> str:
    """Return a faultless text with the keys of its entries in the format's order."""
    for _ in range(PASSES):
        root = tree(text)
        moves = list(_of_file(Lines(text), root)) if root is not None else []
        if not moves:
            break
        text = _with(text, moves)
    return text


def _with(text: str, moves: Sequence[_Move]) -> str:
    """Return a text with some stretches replaced. The stretches are sorted and do not overlap."""
    pieces, position = [], 0
    for move in moves:
        pieces += [text[position : move.start], move.text]
        position = move.end
    return "".join([*pieces, text[position:]])


class _Move(NamedTuple):
    """A stretch of text and the same stretch with its keys sorted."""

    start: int
    end: int
    text: str


def _of_file(lines: Lines, root: Node) -> Iterator[_Move]:
    for entry in root.entries:
        yield from _of_node(lines, entry.value, under(FILE, entry.name))


def _of_node(lines: Lines, node: Node, place: FieldType | None) -> Iterator[_Move]:
    """Yield the outermost mappings in a value whose keys must be sorted. The next pass sorts the mappings in them."""
    wanted = _sort(node, place)
    moved = _reorder(lines, node, wanted) if wanted != list(node.entries) else None
    if moved is not None:
        yield moved
        return
    for entry in node.entries:
        yield from _of_node(lines, entry.value, under(place, entry.name or "0"))


def _sort(node: Node, place: FieldType | None) -> list[Entry]:
    """Return a mapping's entries in the format's order. An unknown key stays behind the key that it follows."""
    entries = node.entries
    if node.kind != "mapping":
        return list(entries)
    ranks = rank_keys(place, (entry.name for entry in entries))
    return [entry for _, entry in sorted(zip(ranks, entries, strict=True), key=lambda pair: pair[0])]


def _reorder(lines: Lines, node: Node, wanted: list[Entry]) -> _Move | None:
    return _reorder_flow(lines.text, node, wanted) if node.style == "[" else _reorder_block(lines, node, wanted)


def _reorder_flow(text: str, node: Node, wanted: list[Entry]) -> _Move | None:
    """Return the move that sorts a mapping in braces; None if there is a comment between its pairs."""
    gaps = [text[first.end : second.start] for first, second in zip(node.entries, node.entries[1:], strict=False)]
    start, end = node.entries[0].start, node.entries[-1].end
    if any("#" in gap for gap in gaps):
        return None
    pairs = [text[entry.start : entry.end] for entry in wanted]
    moved = "".join(_apart(pair, gap) + gap for pair, gap in zip(pairs, [*gaps, text[end : end + 1]], strict=True))
    return _Move(start, end, moved.removesuffix(text[end : end + 1]))


def _apart(pair: str, gap: str) -> str:
    """Return a pair of braces; a space parts a key without a value from what follows, for `{a:}` has no key a."""
    return f"{pair} " if pair.endswith(":") and not gap[:1].isspace() else pair


def _reorder_block(lines: Lines, node: Node, wanted: list[Entry]) -> _Move | None:
    """Return the move that sorts a mapping's lines, each key with its comments; None if a comment's key is unclear."""
    chunks = _chunks(lines, node.entries)
    if chunks is None:
        return None
    text = lines.text
    gaps = [text[chunks[at][1] : chunks[at + 1][0]] for at in range(len(chunks) - 1)]
    by_start = {entry.start: chunk for entry, chunk in zip(node.entries, chunks, strict=True)}
    pieces = [text[slice(*by_start[entry.start])] for entry in wanted]
    start, end = chunks[0][0], chunks[-1][1]
    return _Move(start, end, "".join(piece + gap for piece, gap in zip(pieces, [*gaps, ""], strict=True)))


def _chunks(lines: Lines, entries: Sequence[Entry]) -> list[tuple[int, int]] | None:
    """Return the whole lines of each entry with its comments, as (start, end).

    Comments right above a key belong to the key, and so do comments below that are indented more. Return None if
    there is any other comment, or a key that does not begin its line.
    """
    column = lines.column(entries[0].start)
    chunks: list[tuple[int, int]] = []
    for entry in entries:
        if lines.before(entry.start).strip():
            return None
        start = _start(lines, entry, column)
        if chunks and _has_comment(lines, chunks[-1][1], start):
            return None
        chunks.append((start, _end(lines, entry, column)))
    after = lines.next(chunks[-1][1])
    return None if lines.comment_column(after) == column else chunks


def _start(lines: Lines, entry: Entry, column: int) -> int:
    """Return the offset of the comments right above a key, or of the key's line."""
    start = lines.start(entry.start)
    while start > 0 and lines.comment_column(lines.above(start)) == column:
        start = lines.above(start)
    return start


def _end(lines: Lines, entry: Entry, column: int) -> int:
    """Return the end of an entry's last line, including the comments below that are indented more."""
    end = lines.stop(entry.end)
    position = lines.next(end)
    while position > end and (lines.comment_column(position) > column or _is_gap_in(lines, position, column)):
        end = lines.stop(position)
        position = lines.next(end)
    return end


def _is_gap_in(lines: Lines, position: int, column: int) -> bool:
    """Tell whether a line is empty and the next line is a comment that is indented more than a column."""
    is_last = lines.next(position) == len(lines.text)
    return not is_last and lines.is_blank(position) and lines.comment_column(lines.next(position)) > column


def _has_comment(lines: Lines, start: int, end: int) -> bool:
    return "#" in lines.text[start:end]


ROUNDS = 8
"""Number of rounds after which a text that still changes is returned unchanged."""


def canonical(text: str) -> str:
    """Return a faultless text in canonical form; unchanged if the canonical order would change its meaning.

    Sorting can bring a comment next to another key, so the function repeats its steps until the text stays the same.
    """
    before, found = text, _once(text)
    for _ in range(ROUNDS):
        if found == before:
            return found
        before, found = found, _once(found)
    return text


def _once(text: str) -> str:
    for step in (squeeze, reindent, in_order, tidy_lines):
        changed = step(text)
        if changed != text and _same_meaning(text, changed):
            text = changed
    return text


def _same_meaning(old: str, new: str) -> bool:
    """Tell whether two texts hold the same data, the same keys of the user's own, and the same comments."""
    if parse(new).faults or _data(old) != _data(new):
        return False
    return sorted(map(str.rstrip, comments(old))) == sorted(map(str.rstrip, comments(new)))


def _data(text: str) -> Data:
    root = tree(text)
    return root.data if root is not None else None


def reformat(root: Path, sources: Iterable[SourceFile]) -> Edits:
    """Return the edits that bring files into canonical form. Nothing is written."""
    edits = (_edit(source) for source in sources)
    return Edits(root, tuple(edit for edit in edits if edit.old != edit.new))


def _edit(source: SourceFile) -> FileEdit:
    old = bytes_of(source)
    mark = BYTE_ORDER_MARK if old.startswith(BYTE_ORDER_MARK) else b""
    return FileEdit(source.name, source.path, old, mark + canonical(source.text).encode())
