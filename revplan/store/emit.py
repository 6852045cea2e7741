"""Plain data as YAML text in the plan's canonical layout: rows in braces where they fit, everything else in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.store.scalars import literal, plain_or_quoted, plain_or_quoted_in_flow

if TYPE_CHECKING:
    from revplan.model.change import Data

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
