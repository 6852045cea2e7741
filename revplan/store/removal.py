"""Which stretch of a text belongs to an entry alone, and goes with it when it is removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.store.lines import Lines
    from revplan.store.tree import Entry, Node


def removals(lines: Lines, node: Node, gone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, from and to, that go with entries of a mapping or list of which something stays."""
    return _in_flow(lines, node, gone) if node.style == "[" else _in_block(lines, node, gone)


def _in_flow(lines: Lines, node: Node, gone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    last_kept = max(index for index, is_gone in enumerate(gone) if not is_gone)
    for index in range(last_kept):
        if gone[index]:
            yield node.entries[index].start, _next_in_flow(lines, node.entries[index], node.entries[index + 1])
    if last_kept + 1 < len(gone):
        before, first = node.entries[last_kept : last_kept + 2]
        yield _tail_in_flow(lines, before, first, node.entries[-1].end)


def _tail_in_flow(lines: Lines, before: Entry, first: Entry, end: int) -> tuple[int, int]:
    """Return what goes with all entries from one to the last, whose end is given; a comment above stays one."""
    if not lines.broken(before.end, first.start):
        return before.end, end
    end = lines.past_comma(end)  # what stays on the line above keeps its comma
    has_comment = "#" in lines.text[before.end : first.start]
    closes_there = lines.text[end : lines.stop(end)].lstrip()[:1] not in ("", "#")
    return (first.start if has_comment and closes_there else lines.stop(lines.above(first.start))), end


def _next_in_flow(lines: Lines, entry: Entry, following: Entry) -> int:
    """Return where the entry that follows begins, or its line where a comment may stand above it."""
    if not lines.broken(entry.end, following.start) or lines.before(entry.start).strip():
        return following.start
    line = lines.next(entry.end)
    return line + lines.indentation(line)


def _in_block(lines: Lines, node: Node, gone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    first_kept = gone.index(False)
    if first_kept and lines.before(node.entries[0].start).strip():
        line = lines.next(_stop_of_own_lines(lines, node.entries[first_kept - 1]))
        yield node.entries[0].start, line + lines.indentation(line)
        gone = [*[False] * first_kept, *gone[first_kept:]]
    for index, entry in enumerate(node.entries):
        if gone[index]:
            stop = _stop_of_own_lines(lines, entry)
            before = node.entries[index - 1] if index else None
            start = _start_of_own_lines(lines, entry, before, stop)
            yield (lines.stop(lines.above(start)), stop) if start else (0, lines.next(stop))


def _start_of_own_lines(lines: Lines, entry: Entry, before: Entry | None, stop: int) -> int:
    """Return where an entry's lines begin: with the comment right above it, and not with two empty lines left.

    What stands above the first entry may be meant for all of them, and stays.
    """
    start = lines.start(entry.start)
    if before is None:
        return start
    limit, column = lines.next(before.end), lines.column(entry.start)
    while start > limit and lines.comment_column(above := lines.above(start)) == column:
        start = above
    is_apart = lines.is_blank(lines.next(stop))
    while is_apart and start > limit and lines.is_blank(above := lines.above(start)):
        start = above
    return start


def _stop_of_own_lines(lines: Lines, entry: Entry) -> int:
    """Return where an entry's last line ends; comments below it that stand further in are its own."""
    stop, column = lines.stop(entry.end), lines.column(entry.start)
    while lines.comment_column(lines.next(stop)) > column:
        stop = lines.stop(lines.next(stop))
    return stop
