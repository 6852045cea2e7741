"""What an import asks of a table, and which of its columns says so: by the user's word, else by the header."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.app.exchange import numbers
from revplan.app.exchange.files import normalise_header
from revplan.app.exchange.notation import is_missing
from revplan.errors import InputError
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.app.exchange.files import TableFile

Kind = Literal[
    "text", "verbatim", "number", "duration", "seconds", "date", "month", "period", "money", "amount", "key", "booking"
]  # fmt: skip
"""What cells are: text; text with the space around it; numbers with or without a currency or %; durations in minutes,
or in exact seconds; days; months by their first day; days, weeks or months by their last day; numbers, or mappings of
them as JSON; numbers that are no per cents; text that tells rows apart; days, or months by
their first."""
AMOUNTS = ("number", "money", "amount")
"""Kinds of columns whose header may name a currency."""
_UNITS: Mapping[str, tuple[str, ...]] = {
    "duration": ("h", "m", "s", "ms", "d"),
    "seconds": ("h", "m", "s", "ms", "d"),
    "date": ("ms", "serial"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a table may say of each row.

    Attributes:
        name: what the import calls it; also a header that it is known by.
        kind: what its cells are.
        headers: headers that it is known by, the best first.
        unit: what a number in it counts: of a duration h, m, s, ms or d; of a date ms or serial.
        is_required: whether a table without such a column is refused.
    """

    name: str
    kind: Kind = "text"
    headers: tuple[str, ...] = ()
    unit: str = ""
    is_required: bool = False


class FoundColumn(NamedTuple):
    """A field's column.

    Attributes:
        header: the column's name in the table.
        indices: where it stands; several where columns share the name.
        notation: how it is written, as it was inferred or said; empty where nothing had to be.
        currency: the code of the currency that its cells name; empty where they name none.
    """

    field: Field
    header: str
    indices: tuple[int, ...]
    notation: str = ""
    currency: str = ""


def known_headers(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return every header that fields are known by."""
    return tuple(name for each in fields for name in (*each.headers, each.name))


def find_columns(table: TableFile, fields: Sequence[Field], maps: Sequence[str]) -> tuple[FoundColumn, ...]:
    """Return the column of each field that has one: the one that is mapped to it, else one that it is known by.

    Raises:
        InputError: a map names no field, column or unit; or a field that is required has no column.
    """
    mapped = dict(_parse_map(table, fields, written) for written in maps)
    taken, filled = {column.header for column in mapped.values()}, _filled_headers(table)
    found = []
    for each in fields:
        column = mapped.get(each.name) or _find_by_header(table, each, taken, filled)
        if column is not None:
            found.append(column)
            taken.add(column.header)
    lacking = [each for each in fields if each.is_required and all(column.field.name != each.name for column in found)]
    if lacking:
        names = " and the ".join(each.name.replace("_", " ") for each in lacking)
        hint = f"say which it is: --map {lacking[0].name}=COLUMN; the table has {', '.join(filter(None, table.header))}"
        raise InputError(f"no column is known to be the {names}", hint=hint)
    return tuple(found)


def _find_by_header(table: TableFile, field: Field, taken: set[str], filled: frozenset[str]) -> FoundColumn | None:
    """Return the column that a field is known by: the first one that holds anything, else the first."""
    by_name: dict[str, str] = {}
    for header in table.header:
        by_name.setdefault(normalise_header(header), header)
    if field.kind in AMOUNTS:  # `Amount (EUR)` is known as `Amount`
        for header in table.header:
            by_name.setdefault(normalise_header(numbers.take_header_currency(header)[0]), header)
    known = [by_name[name] for name in map(normalise_header, (*field.headers, field.name)) if name in by_name]
    free = [header for header in known if header not in taken]
    found = next((header for header in free if header in filled), free[0] if free else None)
    return _column_at(table, field, found) if found is not None else None


def _filled_headers(table: TableFile) -> frozenset[str]:
    """Return the headers of the columns in which any cell says something."""
    empty = set(range(len(table.header)))
    for row in table.rows:
        empty -= {at for at in empty if not is_missing(row.cells[at])}
        if not empty:
            break
    return frozenset(name for at, name in enumerate(table.header) if at not in empty)


def _column_at(table: TableFile, field: Field, header: str) -> FoundColumn:
    wanted = normalise_header(header)
    indices = tuple(at for at, name in enumerate(table.header) if normalise_header(name) == wanted)
    return FoundColumn(field, header, indices)


def _parse_map(table: TableFile, fields: Sequence[Field], written: str) -> tuple[str, FoundColumn]:
    name, equals, column = written.partition("=")
    known = {each.name: each for each in fields}
    if not equals or name not in known:
        hint = did_you_mean(name, known) or f"a field is one of {', '.join(known)}"
        raise InputError(f'"{written}" maps no field to a column', hint=hint)
    headers = {normalise_header(header): header for header in reversed(table.header) if header}
    whole = headers.get(normalise_header(column)) if column in table.header or ":" not in column else None
    unit = ""
    if whole is None:
        column, _, unit = column.rpartition(":") if ":" in column else (column, "", "")
        whole = headers.get(normalise_header(column))
    if whole is None:
        hint = did_you_mean(column, list(headers.values())) or f"the table has {', '.join(headers.values())}"
        raise InputError(f'the table has no column "{column}"', hint=hint)
    units = _UNITS.get(known[name].kind, ())
    if unit and unit not in units:
        hint = f"one of {', '.join(units)}" if units else f"the {name} has no units"
        raise InputError(f'"{unit}" is no unit of the {name}', hint=hint)
    mapped = known[name]
    # A column that the user names is not the one that the source's unit was known for.
    return name, _column_at(table, Field(mapped.name, mapped.kind, mapped.headers, unit, mapped.is_required), whole)
