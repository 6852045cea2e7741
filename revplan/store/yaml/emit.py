"""Writes plain data as YAML text.

Short values become rows in braces, other values become blocks. Keys follow the format's order, and the indentation
follows the file's own habits.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from revplan.model.base import Part
from revplan.model.fields import FieldType, mapping_to, type_of
from revplan.model.plan import COLLECTIONS, SINGLETONS
from revplan.store.shape import field_names
from revplan.store.yaml.scalars import NOTHING, literal, plain_or_quoted, plain_or_quoted_in_flow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from revplan.model.change import Data
    from revplan.store.yaml.tree import Lines, Node


def habits_of(lines: Lines, root: Node | None) -> Habits:
    """Return a file's habits of indentation, taken from its first mapping and its first list in block style."""
    steps = {"mapping": CANONICAL.step, "list": CANONICAL.list_step}
    missing = set(steps)
    for kind, step in _steps(lines, root) if root is not None else ():
        if kind in missing:
            steps[kind] = step
            missing.remove(kind)
        if not missing:
            break
    return Habits(steps["mapping"], steps["list"], literals=not lines.open_end)


def _steps(lines: Lines, node: Node) -> Iterator[tuple[str, int]]:
    """Yield (kind, columns) for each mapping and list in block style: its indentation relative to its key."""
    if node.style == "[":
        return
    for entry in node.entries:
        below = entry.value
        if node.kind == "mapping" and below.entries and below.style != "[":
            yield below.kind, lines.column(below.entries[0].start) - lines.column(entry.start)
        yield from _steps(lines, below)


FILE = FieldType("file", "file", "file")
"""Stands for the type of a whole file where functions take a type as `place`."""
_TOP: dict[str, FieldType] = {
    **{kind.path[0]: type_of(kind.model) for kind in SINGLETONS},
    **{kind.path[0]: mapping_to(kind.model) for kind in COLLECTIONS},
}


def under(place: FieldType | None, key: str) -> FieldType | None:
    """Return the type at a key of a place; in a list any index has the same type. None if the type is unknown."""
    if place is None:
        return None
    return _TOP.get(key) if place is FILE else place.at(key)


def ranks(place: FieldType | None) -> dict[str, int]:
    """Return the rank of each key of an entry's type, empty for other types. Keys that all entries share come last."""
    return {} if place is None or place.model is None else _ranks(place.model)


@cache
def _ranks(model: type[Part]) -> dict[str, int]:
    names = sorted(field_names(model, ()), key=lambda name: name in Part.model_fields)
    return {name: rank for rank, name in enumerate(names)}


def rank_keys(place: FieldType | None, names: Iterable[str]) -> list[int]:
    """Return the rank of each name in turn. A name that the format does not know gets the rank of the name before."""
    found, known = [-1], ranks(place)
    for name in names:
        found.append(known.get(name, found[-1]))
    return found[1:]


def position(place: FieldType | None, names: Collection[str], new: str) -> int:
    """Return the index at which a new key belongs: after the last existing key of a lower rank."""
    own = ranks(place).get(new)
    if own is None:
        return len(names)
    return max((at + 1 for at, rank in enumerate(rank_keys(place, names)) if rank < own), default=0)


def arrange(value: Data, place: FieldType | None) -> Data:
    """Return a value with the keys of its entries in the format's order. The order of ids stays the same."""
    if isinstance(value, list):
        return [arrange(each, under(place, str(index))) for index, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    order = dict(zip(value, rank_keys(place, value), strict=True))
    return {key: arrange(value[key], under(place, key)) for key in sorted(value, key=order.__getitem__)}


WIDTH = 120
"""Largest width of a row in braces, in columns."""


class Habits(NamedTuple):
    """A file's style of indentation and of long texts.

    Attributes:
        step: columns by which a mapping is indented more than its key.
        list_step: columns by which a list's dashes are indented more than its key.
        literals: whether texts of several lines may be literal blocks. False if the file's last line has no line
            end, because a literal block at the end would lose its last line end.
    """

    step: int = 2
    list_step: int = 2
    literals: bool = True


CANONICAL = Habits()


class EmittedValue(NamedTuple):
    """The text of a value.

    Attributes:
        inline: the part on the line of the value's key or dash.
        below: the indented lines under that line.
    """

    inline: str
    below: tuple[str, ...] = ()


def file_text(data: dict[str, Data], line_end: str = "\n") -> str:
    """Return the text of a new file. Collections and their entries are always blocks."""
    return "".join(line + line_end for key, value in data.items() for line in entry(key, value, 0, CANONICAL, 2))


def entry(key: str, data: Data, column: int, habits: Habits, blocks: int = 0) -> tuple[str, ...]:
    """Return the lines of a key and its value.

    Args:
        key: the key, unquoted.
        data: the value; not None.
        column: the key's column, from 0.
        habits: the file's style.
        blocks: the number of levels, from the value down, that are blocks even if they would fit in braces.
    """
    head = f"{' ' * column}{plain_or_quoted(key)}:"
    value = write(data, column, len(head) + 1, habits, blocks)
    return (f"{head} {value.inline}" if value.inline else head, *value.below)


def write(data: Data, column: int, used: int, habits: Habits, blocks: int = 0) -> EmittedValue:
    """Return the text of a key's value. The key is at `column`; `used` columns of its line are taken."""
    if isinstance(data, str):
        return _text(data, column + habits.step, habits)
    if not data or (blocks <= 0 and _is_row(data) and used + len(flow(data)) <= WIDTH):
        return EmittedValue(flow(data))
    if isinstance(data, list):
        return EmittedValue("", _items(data, column + habits.list_step, habits))
    return EmittedValue("", _entries(data, column + habits.step, habits, blocks - 1))


def item(data: Data, column: int, habits: Habits) -> tuple[str, ...]:
    """Return the lines of a list item; `column` is the column of its dash."""
    head, within = f"{' ' * column}- ", column + 2
    if isinstance(data, str):
        text = _text(data, within, habits)
        return (head + text.inline, *text.below)
    if not data or (_is_row(data) and within + len(flow(data)) <= WIDTH):
        return (head + flow(data),)
    lines = _items(data, within, habits) if isinstance(data, list) else _entries(data, within, habits, 0)
    return (head + lines[0][within:], *lines[1:])


def flow(data: Data) -> str:
    """Return a value on one line, in braces or brackets."""
    if isinstance(data, dict):
        rows = (f"{plain_or_quoted_in_flow(key)}: {flow(value)}" for key, value in data.items())
        return "{" + ", ".join(rows) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    return NOTHING if data is None else plain_or_quoted_in_flow(data)


def text_block(text: str, column: int) -> EmittedValue | None:
    """Return a text of several lines as a literal block indented to a column; None if it needs quotes."""
    lines = literal(text)
    if lines is None:
        return None
    mark, body = lines
    return EmittedValue(mark, tuple(f"{' ' * column}{line}" if line else "" for line in body))


def _text(text: str, column: int, habits: Habits) -> EmittedValue:
    block = text_block(text, column) if habits.literals else None
    return block or EmittedValue(plain_or_quoted(text))


def _entries(data: dict[str, Data], column: int, habits: Habits, blocks: int) -> tuple[str, ...]:
    return tuple(line for key, value in data.items() for line in entry(key, value, column, habits, blocks))


def _items(data: list[Data], column: int, habits: Habits) -> tuple[str, ...]:
    return tuple(line for value in data for line in item(value, column, habits))


def _is_row(data: list[Data] | dict[str, Data]) -> bool:
    """Tell whether a value is readable on one line: a list of words, or a mapping of words that is no map of ids."""
    if isinstance(data, list):
        return all(map(_is_word, data))
    return any(map(_is_word, data.values())) and all(
        _is_word(value) or (isinstance(value, dict | list) and _holds_words(value)) for value in data.values()
    )


def _holds_words(data: list[Data] | dict[str, Data]) -> bool:
    return all(map(_is_word, data.values() if isinstance(data, dict) else data))


def _is_word(data: Data) -> bool:
    return isinstance(data, str) and "\n" not in data
