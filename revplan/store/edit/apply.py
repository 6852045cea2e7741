"""Finds and makes the smallest edits of an old text that make the text hold the new data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import WriteRefusedError
from revplan.store.edit.amend import OWN
from revplan.store.yaml import emit
from revplan.store.yaml.emit import habits_of
from revplan.store.yaml.scalars import plain_or_quoted, plain_or_quoted_in_flow
from revplan.store.yaml.spans import QUOTES
from revplan.store.yaml.tree import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from revplan.model.base import Keys
    from revplan.model.change import Data
    from revplan.store.yaml.tree import Entry, Node


def removals(lines: Lines, node: Node, gone: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each stretch to delete with the entries marked as gone. At least one entry stays."""
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
    """Return the stretch to delete with all entries from `first` to the last; a comment above stays a comment."""
    if not lines.spans_lines(before.end, first.start) or "#" not in lines.text[before.end : first.start]:
        return before.end, end
    end = lines.past_comma(end)  # the entry on the line above keeps its comma
    closes_there = lines.text[end : lines.stop(end)].lstrip()[:1] not in ("", "#")
    return (first.start if closes_there else lines.stop(lines.above(first.start))), end


def _next_in_flow(lines: Lines, entry: Entry, following: Entry) -> int:
    """Return the offset of the following entry, or of its line's start if a comment may stand above that entry."""
    if not lines.spans_lines(entry.end, following.start) or lines.before(entry.start).strip():
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
            is_last = index == len(node.entries) - 1
            start = _start_of_own_lines(
                lines, entry, before, is_last=is_last, is_apart=lines.is_blank(lines.next(stop))
            )
            yield (lines.stop(lines.above(start)), stop) if start else (0, lines.next(stop))


def _start_of_own_lines(lines: Lines, entry: Entry, before: Entry | None, *, is_last: bool, is_apart: bool) -> int:
    """Return the start of an entry's lines, including the comment right above the entry.

    Empty lines above are included if the entry is apart from the next one, so that deleting the lines leaves no two
    empty lines in a row. They are also included for the last entry if it has no comment, so that deleting an entry
    that an edit has added restores the old text. A comment above the first entry may concern all entries, and stays.
    """
    start = lines.start(entry.start)
    if before is None:
        return start
    limit, column = lines.next(before.end), lines.column(entry.start)
    while start > limit and lines.comment_column(above := lines.above(start)) == column:
        start = above
    is_apart = is_apart or (is_last and start == lines.start(entry.start))
    while is_apart and start > limit and lines.is_blank(above := lines.above(start)):
        start = above
    return start


def _stop_of_own_lines(lines: Lines, entry: Entry) -> int:
    """Return the end of an entry's last line. Comments below that are indented more belong to the entry."""
    stop, column = lines.stop(entry.end), lines.column(entry.start)
    while lines.comment_column(lines.next(stop)) > column:
        stop = lines.stop(lines.next(stop))
    return stop


BLOCK_DEPTH = 3
"""Levels of a file that are always blocks: top-level keys, a collection's ids, an entry's fields."""


def rewrite(text: str, root: Node | None, data: dict[str, Data]) -> str:
    """Return the text, edited so that it holds the data.

    Raises:
        WriteRefusedError: the edit would change a value with an alias, or the value of a key without a colon.
    """
    lines = Lines(text)
    if root is None:
        return _restore_end(lines, _beginning(lines, data))
    writer = _Writer(lines, emit.CANONICAL if root.style == "[" else habits_of(lines, root))
    writer.amend_root(root, data)
    return _restore_end(lines, _splice(text, writer.splices))


class _Splice(NamedTuple):
    """A stretch of the old text, and its replacement."""

    start: int
    end: int
    text: str


def _splice(text: str, splices: Iterable[_Splice]) -> str:
    """Return the text with all splices made; splices at one offset are made in the order given."""
    pieces, position = [], 0
    for splice in sorted(splices, key=lambda each: (each.start, each.end > each.start)):
        pieces += [text[position : splice.start], splice.text]
        position = max(position, splice.end)
    return "".join([*pieces, text[position:]])


def _beginning(lines: Lines, data: dict[str, Data]) -> str:
    """Return a text of comments alone with the data added below."""
    gap = lines.line_end if lines.open_end else ""
    return lines.text + gap + emit.file_text(data, lines.line_end)


def _restore_end(lines: Lines, text: str) -> str:
    """Return a new text, without its last line end if the old text had none."""
    return text.removesuffix(lines.line_end) if lines.open_end else text


class _Writer:
    """Collects the splices that turn an old text into a new text."""

    def __init__(self, lines: Lines, habits: emit.Habits) -> None:
        self.lines = lines
        self.habits = habits
        self.splices: list[_Splice] = []

    def splice(self, start: int, end: int, text: str) -> None:
        self.splices.append(_Splice(start, end, text))

    def join_below(self, lines: Iterable[str]) -> str:
        """Return lines as one text that can follow another line."""
        return "".join(self.lines.line_end + line for line in lines)

    # --- what differs ------------------------------------------------------------------------------------------

    def amend_root(self, root: Node, data: dict[str, Data]) -> None:
        if _keeps_something(root, data):
            self.amend_mapping(root, data, ())
        elif root.data != data:
            whole = emit.file_text(data, self.lines.line_end).rstrip("\r\n")
            self.splice(root.start, root.end, whole if root.style != "[" and data else emit.flow(data))

    def amend(self, parent: Node, entry: Entry, data: Data, keys: Keys) -> None:
        """Change an entry so that it holds the data.

        Raises:
            WriteRefusedError: the entry is shared by an alias, or cannot be rewritten.
        """
        node = entry.value
        if node.data == data:
            return
        goes_into = isinstance(data, dict | list) and node.data.__class__ is data.__class__
        if node.aliased or (node.kind == "alias" and goes_into):
            raise _alias_error(keys)
        if isinstance(data, dict) and _keeps_something(node, data) and not self.is_pair(node):
            self.amend_mapping(node, data, keys)
        elif isinstance(data, list) and data and node.kind == "list" and node.entries:
            self.amend_list(node, data, keys)
        elif node.holds_aliased:
            raise _alias_error(keys)
        elif parent.style == "[":
            self.replace_in_flow(parent, entry, data)
        else:
            self.replace_in_block(parent, entry, data, keys)

    def amend_mapping(self, node: Node, data: dict[str, Data], keys: Keys) -> None:
        kept = [entry for entry in node.entries if entry.name in data]
        for entry in kept:
            if not entry.name.startswith(OWN):
                self.amend(node, entry, data[entry.name], (*keys, entry.name))
        self.remove(node, [entry.name not in data for entry in node.entries], keys)
        first, runs = _runs(kept, data)
        if first and node.style == "[" and self.lines.before(kept[0].start).rstrip()[-1:] in ("", "{", ","):
            self.splice(kept[0].start, kept[0].start, "".join(f"{pair}, " for pair in _pairs(first)))
        elif first:
            runs[kept[-1].name] = first | runs.get(kept[-1].name, {})
        for name, new in runs.items():
            self.insert(node, next(entry for entry in kept if entry.name == name), new, keys)

    def amend_list(self, node: Node, data: list[Data], keys: Keys) -> None:
        old = [entry.value.data for entry in node.entries]
        first, last = _count_shared(old, data)
        both = min(len(old), len(data)) - last
        for index in range(first, both):
            self.amend(node, node.entries[index], data[index], (*keys, index))
        gone = range(both, len(old) - last) if len(old) > len(data) else range(0)
        self.remove(node, [index in gone for index in range(len(old))], keys)
        if len(data) > len(old):
            self.insert_items(node, node.entries[both - 1], data[both : len(data) - last])

    def is_pair(self, node: Node) -> bool:
        """Tell whether a mapping is a single pair in a list in brackets, without braces of its own."""
        return node.style == "[" and self.lines.text[node.end - 1 : node.end] != "}"

    # --- removing ----------------------------------------------------------------------------------------------

    def remove(self, node: Node, gone: list[bool], keys: Keys) -> None:
        for entry, is_gone in zip(node.entries, gone, strict=True):
            if is_gone and entry.value.holds_aliased:
                raise _alias_error((*keys, entry.name) if entry.name else keys)
        for start, end in removals(self.lines, node, gone):
            self.splice(start, end, "")

    # --- inserting ---------------------------------------------------------------------------------------------

    def insert(self, node: Node, after: Entry, data: dict[str, Data], keys: Keys) -> None:
        """Insert new keys below an entry of a mapping."""
        if node.style == "[":
            self.insert_in_flow(after, _pairs(data))
            return
        column = self.lines.column(node.entries[0].start)
        blocks = BLOCK_DEPTH - len(keys) - 1
        if after.value.kind == "mapping" and after.value.style != "[":
            blocks = max(blocks, 1)
        rows = [emit.entry(key, value, column, self.habits, blocks) for key, value in data.items()]
        self.insert_in_block(node, after, column, rows)

    def insert_items(self, node: Node, after: Entry, data: list[Data]) -> None:
        """Insert new items below an item of a list."""
        if node.style == "[":
            self.insert_in_flow(after, [emit.flow(value) for value in data])
        else:
            column = self.lines.column(node.entries[0].start)
            rows = [emit.item(value, column, self.habits) for value in data]
            self.insert_in_block(node, after, column + 1, rows)

    def insert_in_flow(self, after: Entry, rows: list[str]) -> None:
        indentation = self.lines.before(after.start)
        between = ", " if indentation.strip() or not indentation else "," + self.lines.line_end + indentation
        gap = " " if self.lines.text[after.end - 1] == ":" else ""
        self.splice(after.end, after.end, gap + "".join(between + row for row in rows))

    def insert_in_block(self, node: Node, after: Entry, column: int, rows: list[tuple[str, ...]]) -> None:
        """Insert lines below an entry and its comments.

        Comments below belong to the entry if they are indented more than the entry; below the last entry, equal
        indentation is enough. Such an equally indented comment would look like a comment on the new lines, so an
        empty line separates them. Removing the lines again restores the old text.
        """
        is_last = after is node.entries[-1]
        position, last_column = self.below_comments(after, column if is_last else self.lines.column(after.start) + 1)
        is_apart = self.are_apart(node) and (is_last or self.lines.is_blank(self.lines.next(position)))
        gap = self.lines.line_end if is_apart else ""
        first_gap = self.lines.line_end if is_apart or last_column == self.lines.column(after.start) else ""
        text = "".join((gap if index else first_gap) + self.join_below(row) for index, row in enumerate(rows))
        self.splice(position, position, text)

    def below_comments(self, entry: Entry, column: int) -> tuple[int, int]:
        """Return (end, column of the last) of the comments right below an entry indented by `column` or more; or -1."""
        position, last_column = self.lines.stop(entry.end), -1
        below = self.lines.next(position)
        while below > position and self.lines.comment_column(below) >= column:
            position, last_column = self.lines.stop(below), self.lines.comment_column(below)
            below = self.lines.next(position)
        return position, last_column

    def are_apart(self, node: Node) -> bool:
        """Tell whether an empty line separates the last two entries of a block."""
        if len(node.entries) == 1:
            return False
        before, last = node.entries[-2:]
        position, end = self.lines.next(before.end), self.lines.start(last.start)
        while position < end and not self.lines.is_blank(position):
            position = self.lines.next(position)
        return position < end

    # --- replacing ---------------------------------------------------------------------------------------------

    def replace_in_flow(self, parent: Node, entry: Entry, data: Data) -> None:
        node = entry.value
        like = node.style if node.style in QUOTES else ""
        text = plain_or_quoted_in_flow(data, like=like) if isinstance(data, str) else emit.flow(data)
        is_empty = node.start == node.end
        colon = ":" if parent.kind == "mapping" and not entry.colon else ""
        self.splice(node.start, node.end, f"{colon} {text}" if is_empty else text)

    def replace_in_block(self, parent: Node, entry: Entry, data: Data, keys: Keys) -> None:
        node = entry.value
        if parent.kind == "mapping" and not entry.colon:
            raise WriteRefusedError(f'the key "{entry.name}" has no colon', hint="write it as key: value")
        new = self.emit_value(parent, entry, data, keys)
        line_stop = self.lines.stop(entry.mark)
        if node.start > line_stop and not (node.kind == "text" and isinstance(data, str)):
            self.splice(entry.mark, entry.mark, f" {new.inline}" if new.inline else "")
            self.splice(line_stop, self.lines.stop(node.end), self.join_below(new.below))
            return
        if node.start > entry.mark and new.inline and (isinstance(data, str) or not new.below):
            self.splice(node.start, node.end, new.inline)
        else:
            self.splice(entry.mark, node.end, f" {new.inline}" if new.inline else "")
        below = self.lines.stop(node.end)
        self.splice(below, below, self.join_below(new.below))

    def emit_value(self, parent: Node, entry: Entry, data: Data, keys: Keys) -> emit.EmittedValue:
        """Return the text of an entry's new value, in the old value's style if possible."""
        column = self.lines.column(entry.start)
        if isinstance(data, str) and entry.value.kind == "text":
            return self.restyle(entry.value, data, column)
        if parent.kind == "list":
            first, *rest = emit.item(data, column, self.habits)
            return emit.EmittedValue(first[column + 2 :], tuple(rest))
        used = self.lines.column(entry.mark) + 1
        blocks = max(BLOCK_DEPTH - len(keys), int(entry.value.kind == "mapping" and entry.value.style != "["))
        return emit.write(data, column, used, self.habits, blocks)

    def restyle(self, old: Node, text: str, column: int) -> emit.EmittedValue:
        """Return a text in the old text's quotes or block style, if the new text allows that style."""
        if old.style != '"' and self.habits.literals:
            inside = self.lines.next(old.start)
            is_block = old.style in _BLOCKS and self.lines.start(old.end) >= inside
            within = self.lines.indentation(inside) if is_block else 0
            block = emit.text_block(text, within if within > column else column + self.habits.step)
            if block is not None:
                return block
        return emit.EmittedValue(plain_or_quoted(text, like=old.style if old.style in QUOTES else ""))


def _keeps_something(node: Node, data: dict[str, Data]) -> bool:
    return node.kind == "mapping" and any(entry.name in data for entry in node.entries)


def _runs(kept: list[Entry], data: dict[str, Data]) -> tuple[dict[str, Data], dict[str, dict[str, Data]]]:
    """Return the new keys before all that stay, and each other run of new keys by the key that the run follows."""
    names = {entry.name for entry in kept}
    first: dict[str, Data] = {}
    runs: dict[str, dict[str, Data]] = {}
    before: str | None = None
    for key, value in data.items():
        if key in names:
            before = key
        elif before is None:
            first[key] = value
        else:
            runs.setdefault(before, {})[key] = value
    return first, runs


def _pairs(data: dict[str, Data]) -> list[str]:
    """Return new entries of a mapping in braces."""
    return [f"{plain_or_quoted_in_flow(key)}: {emit.flow(value)}" for key, value in data.items()]


def _count_shared(old: list[Data], new: list[Data]) -> tuple[int, int]:
    """Return the number of items that two lists share at the beginning, and the number they share at the end."""
    least = min(len(old), len(new))
    first = next((index for index in range(least) if old[index] != new[index]), least)
    last = 0
    while last < least - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return (first, 0) if last == least < len(new) else (first, last)


def _alias_error(keys: Keys) -> WriteRefusedError:
    place = ".".join(map(str, keys))
    hint = "write the value out in both places, without & and *, and run the command again"
    return WriteRefusedError(f"{place} is shared by an alias: an edit here would change another place too", hint=hint)


_BLOCKS = ("|", ">")
