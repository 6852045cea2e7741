"""How a column of a table is written, and what its cells say.

A cell is read exactly, or it is refused with a reason. The notation of a column (decimal comma or point, day or month
first) follows from all of its cells together: `1,250` alone may be 1250 or 1.25, beside `2,5` it can only be a decimal
comma. Where the cells of a column leave two readings, every cell that the readings differ in is refused with both,
until the user says which one is meant. A cell of a spreadsheet file is a value already, and has no notation.

    numbers.read_numbers(cells)      → numbers
    numbers.read_durations(cells)    → minutes
    dates.read_dates(cells)          → days
    dates.read_months(cells)         → months
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, NamedTuple, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Value = TypeVar("Value")
Cell = str | Decimal | date | timedelta
"""What a table holds: text, or the value that a spreadsheet file keeps."""


class PercentCell(Decimal):
    """A number of a workbook that is shown as a per cent: 0.031 where 3.1% is seen."""


class MoneyCell(Decimal):
    """A number of a workbook that is shown with a currency.

    Attributes:
        currency: the currency's code.
    """

    currency: str

    def __new__(cls, number: Decimal, currency: str) -> Self:
        """Return a number with the code of its currency."""
        cell = super().__new__(cls, number)
        cell.currency = currency
        return cell


class BadCell(str):
    """A cell of a workbook that nobody can read, whatever its column is.

    Attributes:
        reason: why, as the rest of a sentence that begins with the cell.
    """

    __slots__ = ("reason",)
    reason: str

    def __new__(cls, text: str, reason: str) -> Self:
        """Return what stands in the cell, with the reason."""
        cell = super().__new__(cls, text)
        cell.reason = reason
        return cell


SPACES = " \u00a0\u2007\u2009\u202f"
AMBIGUOUS = "may be"
"""How the reason begins why a cell with two readings is refused."""
_MISSING = frozenset(("", "-", "--", "–", "—", "n/a", "na", "null", "none", "nil", "(not set)", "(none)", "(blank)"))
ERRORS = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|WERT!|BEZUG!|NV|ZAHL!)", re.IGNORECASE)


class Refusal(NamedTuple):
    """Why a cell is not read.

    Attributes:
        text: the cell.
        reason: the reason, as the rest of a sentence that begins with the cell.
    """

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class CellValues(Generic[Value]):
    """The values of a column's cells.

    Attributes:
        values: one a cell: its value; None where the cell is empty, says that nothing is known, or is refused.
        refusals: why a cell is refused, by the cell's index in the column.
        notation: how the column is written, for the preview; empty where nothing had to be inferred.
    """

    values: tuple[Value | None, ...]
    refusals: Mapping[int, Refusal]
    notation: str


def is_missing(cell: Cell) -> bool:
    """Tell whether a cell is empty, or says that nothing is known."""
    return isinstance(cell, str) and cell.strip(SPACES + "\t").lower() in _MISSING


def cell_text(cell: Cell) -> str:
    """Return a cell as text: numbers with a decimal point, dates as 2026-12-01."""
    if isinstance(cell, PercentCell):
        return f"{(cell * 100).normalize():f}%"
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)


def read_by_notation(
    cells: Sequence[Cell],
    readers: Mapping[str, Callable[[Cell], Value]],
    names: Mapping[str, str],
    option: str,
    *,
    is_said: bool,
    show: Callable[[Value], str] = str,
) -> CellValues[Value]:
    """Read a column by the one notation that its cells allow.

    A notation is possible where it reads every cell that any of the notations reads.

    Args:
        cells: the column.
        readers: how a cell is read, by notation; the first one says why no notation reads a cell.
        names: what notations are called.
        option: the option by which the user names one.
        is_said: whether the user named it.
        show: how a value is said in a refusal.
    """
    readings = {name: _read_all(cells, reader) for name, reader in readers.items()}
    readable = [any(not isinstance(one, Refusal) for one in each) for each in zip(*readings.values(), strict=True)]
    possible = [
        name
        for name, read in readings.items()
        if not any(can and isinstance(one, Refusal) for can, one in zip(readable, read, strict=True))
    ]
    if possible and all(_is_like(readings[name], readings[possible[0]]) for name in possible):
        chosen = readings[possible[0]]
        matters = is_said or any(not _is_like(chosen, other) for other in readings.values())
        return _column(chosen, names[possible[0]] if matters else "")
    return _refuse_differing(cells, readings, names, option, show)


def _is_like(chosen: list[Value | Refusal | None], other: list[Value | Refusal | None]) -> bool:
    """Tell whether two readings are the same, but for the reasons of refusals."""
    pairs = zip(chosen, other, strict=True)
    return all(one == two or (isinstance(one, Refusal) and isinstance(two, Refusal)) for one, two in pairs)


def _read_all(cells: Sequence[Cell], reader: Callable[[Cell], Value]) -> list[Value | Refusal | None]:
    """Read every cell; equal cells are read once."""
    known: dict[tuple[type, Cell], Value | Refusal | None] = {}
    found = []
    for cell in cells:
        key = (type(cell), cell)
        if key not in known:
            known[key] = _read_cell(cell, reader)
        found.append(known[key])
    return found


def _read_cell(cell: Cell, reader: Callable[[Cell], Value]) -> Value | Refusal | None:
    if isinstance(cell, BadCell):
        return Refusal(cell, cell.reason)
    if is_missing(cell):
        return None
    try:
        return reader(cell)
    except ValueError as error:
        return Refusal(cell_text(cell), str(error))


def _column(read: Sequence[Value | Refusal | None], notation: str) -> CellValues[Value]:
    values = tuple(None if isinstance(each, Refusal) else each for each in read)
    return CellValues(values, {at: each for at, each in enumerate(read) if isinstance(each, Refusal)}, notation)


def _refuse_differing(
    cells: Sequence[Cell],
    readings: Mapping[str, list[Value | Refusal | None]],
    names: Mapping[str, str],
    option: str,
    show: Callable[[Value], str],
) -> CellValues[Value]:
    """Return the column with every cell refused that its notations read differently."""
    read: list[Value | Refusal | None] = []
    for cell, *ways in zip(cells, *readings.values(), strict=True):
        by_name = {name: way for name, way in zip(readings, ways, strict=True) if not isinstance(way, Refusal)}
        if (len(by_name) == len(ways) and all(way == ways[0] for way in ways)) or not by_name:
            read.append(ways[0])
            continue
        said = " or ".join(f"{show(way)} ({names[name]})" for name, way in by_name.items() if way is not None)
        other = "" if len(by_name) > 1 else ", beside cells that are not"
        which = " or ".join(f"{option} {name}" for name in readings)
        read.append(Refusal(cell_text(cell), f"{AMBIGUOUS} {said}{other}; say which with {which}"))
    return _column(read, "")
