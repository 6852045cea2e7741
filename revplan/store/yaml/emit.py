"""Plain data as YAML text.

Rows in braces where they fit, blocks elsewhere, keys in the format's order, in the file's own habits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from revplan.model.base import Part
from revplan.model.plan import COLLECTIONS, SINGLETONS
from revplan.store.shape import below, field_names
from revplan.store.yaml.scalars import literal, plain_or_quoted, plain_or_quoted_in_flow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from revplan.model.change import Data
    from revplan.store.yaml.tree import Lines, Node


def habits_of(lines: Lines, root: Node | None) -> Habits:
    """Return how a file is written, going by the first mapping and the first list in a block of it."""
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
    """Yield how far in each mapping and list of a block stands from its key."""
    if node.style == "[":
        return
    for entry in node.entries:
        below = entry.value
        if node.kind == "mapping" and below.entries and below.style != "[":
            yield below.kind, lines.column(below.entries[0].start) - lines.column(entry.start)
        yield from _steps(lines, below)


FILE = object()
"""The place of a whole file."""
_TOP: dict[str, Any] = {
    **{kind.path[0]: kind.model for kind in SINGLETONS},
    **{kind.path[0]: dict[str, kind.model] for kind in COLLECTIONS},  # type: ignore[name-defined]
}


def under(place: Any, key: str) -> Any:
    """Return the type of what stands at a key of a place, in a list at any number; None where nothing is known."""
    return _TOP.get(key) if place is FILE else below(place, key)


@cache
def ranks(place: Any) -> dict[str, int]:
    """Return the keys of a place with their ranks, those of every entry (notes) last; none where it is no entry."""
    if not (isinstance(place, type) and issubclass(place, Part)):
        return {}
    names = sorted(field_names(place, ()), key=lambda name: name in Part.model_fields)
    return {name: rank for rank, name in enumerate(names)}


def rank_keys(place: Any, names: Iterable[str]) -> list[int]:
    """Return the rank of each name in turn; one that the format does not know shares that of the name before it."""
    found, known = [-1], ranks(place)
    for name in names:
        found.append(known.get(name, found[-1]))
    return found[1:]


def position(place: Any, names: Collection[str], new: str) -> int:
    """Return where a new key belongs among those there are: after the last that the format names before it."""
    own = ranks(place).get(new)
    if own is None:
        return len(names)
    return max((at + 1 for at, rank in enumerate(rank_keys(place, names)) if rank < own), default=0)


def arrange(value: Data, place: Any) -> Data:
    """Return a value with the keys of its entries in the format's order; ids stay as they are."""
    if isinstance(value, list):
        return [arrange(each, under(place, str(index))) for index, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    order = dict(zip(value, rank_keys(place, value), strict=True))
    return {key: arrange(value[key], under(place, key)) for key in sorted(value, key=order.__getitem__)}


WIDTH = 120
"""Columns that a row in braces may take."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a file is written.

    Attributes:
        step: columns that a mapping stands further in than its key.
        list_step: columns that the dashes of a list stand further in than its key.
        literals: whether texts of several lines may stand as they are; not where the file's last line is open,
            because their last line end would be lost.
    """

    step: int = 2
    list_step: int = 2
    literals: bool = True


CANONICAL = Habits()


@dataclass(frozen=True, slots=True)
class EmittedValue:
    """A value as it is written.

    Attributes:
        inline: what stands on the line of its key or dash.
        below: the lines under it, indented.
    """

    inline: str
    below: tuple[str, ...] = ()


def file_text(data: dict[str, Data], line_end: str = "\n") -> str:
    """Return the text of a whole new file: collections and their entries always in blocks."""
    return "".join(line + line_end for key, value in data.items() for line in entry(key, value, 0, CANONICAL, 2))


def entry(key: str, data: Data, column: int, habits: Habits, blocks: int = 0) -> tuple[str, ...]:
    """Return the lines of a key and its value.

    Args:
        key: the key as it is to be read.
        data: the value; not None.
        column: where the key stands, from 0.
        habits: how the file is written.
        blocks: how many levels, counted from the value, stand in blocks even where they would fit in braces.
    """
    head = f"{' ' * column}{plain_or_quoted(key)}:"
    value = write(data, column, len(head) + 1, habits, blocks)
    return (f"{head} {value.inline}" if value.inline else head, *value.below)


def write(data: Data, column: int, used: int, habits: Habits, blocks: int = 0) -> EmittedValue:
    """Return a value that belongs to a key at a column, of whose line so much is used."""
    if isinstance(data, str):
        return _text(data, column + habits.step, habits)
    if not data or (blocks <= 0 and _is_row(data) and used + len(flow(data)) <= WIDTH):
        return EmittedValue(flow(data))
    if isinstance(data, list):
        return EmittedValue("", _items(data, column + habits.list_step, habits))
    return EmittedValue("", _entries(data, column + habits.step, habits, blocks - 1))


def item(data: Data, column: int, habits: Habits) -> tuple[str, ...]:
    """Return the lines of an item of a list whose dash stands at a column."""
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
    return plain_or_quoted_in_flow(data or "")


def text_block(text: str, column: int) -> EmittedValue | None:
    """Return a text of several lines as it is, indented to a column; None where it must stand in quotes."""
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
    """Tell whether a value reads well on one line: a list of words, or a mapping that is no map of ids."""
    if isinstance(data, list):
        return all(map(_is_word, data))
    return any(map(_is_word, data.values())) and all(
        _is_word(value) or (isinstance(value, dict | list) and _holds_words(value)) for value in data.values()
    )


def _holds_words(data: list[Data] | dict[str, Data]) -> bool:
    return all(map(_is_word, data.values() if isinstance(data, dict) else data))


def _is_word(data: Data) -> bool:
    return isinstance(data, str) and "\n" not in data
