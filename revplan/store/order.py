"""The keys of an entry in the order in which the format names them: texts are moved whole, nothing is written anew.

What a careful writer has set apart stays: where a comment stands by itself between the keys of an entry, their order is
the writer's. Ids keep their order, and so do a file's own keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.store.lines import Lines
from revplan.store.sequence import FILE, rank_keys, under
from revplan.store.tree import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.store.tree import Entry, Node

PASSES = 16
"""Levels of a file at most that hold keys to be put in order."""


def in_order(text: str) -> str:
    """Return a text without faults with the keys of its entries in the format's order."""
    for _ in range(PASSES):
        root = tree(text)
        moves = list(_of_file(Lines(text), root)) if root is not None else []
        if not moves:
            break
        text = _with(text, moves)
    return text


def _with(text: str, moves: Sequence[_Move]) -> str:
    """Return a text with stretches of it replaced, which stand in order and apart."""
    pieces, position = [], 0
    for move in moves:
        pieces += [text[position : move.start], move.text]
        position = move.end
    return "".join([*pieces, text[position:]])


class _Move(NamedTuple):
    """A stretch of text whose keys change places."""

    start: int
    end: int
    text: str


def _of_file(lines: Lines, root: Node) -> Iterator[_Move]:
    for entry in root.entries:
        yield from _of_node(lines, entry.value, under(FILE, entry.name))


def _of_node(lines: Lines, node: Node, place: Any) -> Iterator[_Move]:
    """Yield what moves in a value, the outermost alone: what is in it has its turn in the next pass."""
    wanted = _sort(node, place)
    moved = _reorder(lines, node, wanted) if wanted != list(node.entries) else None
    if moved is not None:
        yield moved
        return
    for entry in node.entries:
        yield from _of_node(lines, entry.value, under(place, entry.name or "0"))


def _sort(node: Node, place: Any) -> list[Entry]:
    """Return a mapping's entries in the format's order; a key that it does not know follows the one it stands after."""
    entries = node.entries
    if node.kind != "mapping":
        return list(entries)
    ranks = rank_keys(place, (entry.name for entry in entries))
    return [entry for _, entry in sorted(zip(ranks, entries, strict=True), key=lambda pair: pair[0])]


def _reorder(lines: Lines, node: Node, wanted: list[Entry]) -> _Move | None:
    return _reorder_flow(lines.text, node, wanted) if node.style == "[" else _reorder_block(lines, node, wanted)


def _reorder_flow(text: str, node: Node, wanted: list[Entry]) -> _Move | None:
    """Return a mapping in braces with its pairs in order; None where a comment stands between them."""
    gaps = [text[first.end : second.start] for first, second in zip(node.entries, node.entries[1:], strict=False)]
    start, end = node.entries[0].start, node.entries[-1].end
    if any("#" in gap for gap in gaps):
        return None
    pairs = [text[entry.start : entry.end] for entry in wanted]
    return _Move(start, end, "".join(pair + gap for pair, gap in zip(pairs, [*gaps, ""], strict=True)))


def _reorder_block(lines: Lines, node: Node, wanted: list[Entry]) -> _Move | None:
    """Return a mapping's lines in order, each key with the comments on it; None where they cannot be told apart."""
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
    """Return the stretch of each entry with its comments, from the begin of a line to the end of one.

    Comments right above a key are about it, and so are those below it that stand further in. None where there is
    another comment, or a key that does not begin its line.
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
    """Return where the comments right above a key begin, or its line."""
    start = lines.start(entry.start)
    while start > 0 and lines.comment_column(lines.above(start)) == column:
        start = lines.above(start)
    return start


def _end(lines: Lines, entry: Entry, column: int) -> int:
    """Return where the last line of an entry ends, with the comments below that stand further in."""
    end = lines.stop(entry.end)
    position = lines.next(end)
    while position > end and (lines.comment_column(position) > column or _is_gap_in(lines, position, column)):
        end = lines.stop(position)
        position = lines.next(end)
    return end


def _is_gap_in(lines: Lines, position: int, column: int) -> bool:
    """Tell whether a line is empty, and the one below a comment that stands further in than a column."""
    is_last = lines.next(position) == len(lines.text)
    return not is_last and lines.is_blank(position) and lines.comment_column(lines.next(position)) > column


def _has_comment(lines: Lines, start: int, end: int) -> bool:
    return "#" in lines.text[start:end]
