"""What the cells of a table say: the reader that every import uses.

An import names its fields, each with the headers that programs give it. `read_fields` finds the columns, infers how
each is written, and returns the rows with typed values, all faults of the file, and which columns were not read.

    FIELDS = (Field("day", "date", ("Date", "Started")), Field("hours", "duration", ("Duration",)))
    reading = read_fields(read_table(file, known_headers(FIELDS)), FIELDS, Asked())
    for record in reading.records:
        record.day("day"), record.minutes("hours")
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from revplan.app.exchange import dates, numbers
from revplan.app.exchange.fields import AMOUNTS, FoundColumn, find_columns
from revplan.app.exchange.files import Fault
from revplan.app.exchange.notation import AMBIGUOUS, BadCell, CellValues, Refusal, cell_text
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import tzinfo

    from revplan.app.exchange.fields import Field
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.notation import Cell
    from revplan.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user says of a table.

    Attributes:
        decimal: the decimal mark; None where the columns tell.
        dates: the order of day, month and year; None where the columns tell.
        maps: `FIELD=Column` or `FIELD=Column:unit`.
        date_format: how dates are written, as `strptime` reads it; None for the usual ways.
        day_minutes: minutes of a working day.
        workdays: working days of a week.
        zone: the plan's time zone; None where it has none.
    """

    decimal: numbers.DecimalMark | None = None
    dates: dates.DateOrder | None = None
    maps: tuple[str, ...] = ()
    date_format: str | None = None
    day_minutes: int = 480
    workdays: int = 5
    zone: tzinfo | None = None


def describe_table(
    plan: Plan,
    decimal: str | None,
    order: str | None,
    maps: Sequence[str] = (),
    date_format: str | None = None,
) -> Asked:
    """Return what the user says of a table, with the plan's working day and week.

    Raises:
        InputError: there is no such decimal mark, or no such order of dates.
    """
    sprint = plan.settings.sprint
    minutes, days = int(sprint.hours_per_day * 60), len(sprint.workdays)
    mark, kept, zone = numbers.parse_decimal(decimal), dates.parse_order(order), _zone(plan.settings.timezone)
    return Asked(mark, kept, tuple(maps), date_format, minutes, days, zone)


def _zone(name: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name is not None else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # RP316 tells of it


@dataclass(frozen=True, slots=True)
class Record:
    """A row with the values of its fields; what is empty, not known, or refused has none.

    Attributes:
        number: the row as a spreadsheet counts, from 1.
        refused: the fields whose cells are refused.
    """

    number: int
    values: Mapping[str, Any]
    refused: frozenset[str] = field(default_factory=frozenset)

    def text(self, name: str) -> str:
        """Return a field as text; empty where the row has none."""
        return str(self.values.get(name) or "")

    def number_of(self, name: str) -> numbers.Number | None:
        """Return a field of numbers."""
        found = self.values.get(name)
        return found if isinstance(found, numbers.Number) else None

    def amount(self, name: str) -> Decimal | None:
        """Return a field of numbers as a plain number; per cents as fractions of one."""
        found = self.number_of(name)
        return found.value if found is not None else None

    def minutes(self, name: str) -> int | None:
        """Return a field of durations in minutes."""
        found = self.values.get(name)
        return found if isinstance(found, int) else None

    def seconds(self, name: str) -> Fraction | None:
        """Return a field of exact durations in seconds."""
        found = self.values.get(name)
        return found if isinstance(found, Fraction) else None

    def day(self, name: str) -> date | None:
        """Return a field of days, months or periods as a day."""
        found = self.values.get(name)
        return found if isinstance(found, date) else None


class TableReading(NamedTuple):
    """What a table says.

    Attributes:
        columns: the fields that have a column.
        unread: the names of the columns that no field has.
        records: the rows.
        faults: what of the file is refused, by row.
        notes: what was recognised of the file.
    """

    columns: tuple[FoundColumn, ...]
    unread: tuple[str, ...]
    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Tell whether a field has a column."""
        return any(column.field.name == name for column in self.columns)

    def header(self, name: str) -> str:
        """Return the header of a field's column; the field's name where it has none."""
        return next((column.header for column in self.columns if column.field.name == name), name)


def read_fields(table: TableFile, fields: Sequence[Field], asked: Asked) -> TableReading:
    """Read the fields of a table.

    Each row counts, also where rows are alike in every cell: two equal lines of a ledger are two payments. See
    `without_twins` for tables whose rows are told apart by a key.

    Raises:
        InputError: a map names no field, column or unit; or a field that is required has no column.
    """
    if asked.date_format:
        dates.check_date_format(asked.date_format)
    columns = find_columns(table, fields, asked.maps)
    values: list[dict[str, Any]] = [{} for _ in table.rows]
    refused: list[set[str]] = [set() for _ in table.rows]
    faults: list[Fault] = list(table.faults)
    found = []
    for column, read in zip(columns, _read_columns(table, columns, asked), strict=True):
        name = column.field.name
        for at, value in enumerate(read.values):
            if value is not None:
                values[at][name] = value
        for at, refusal in read.refusals.items():
            refused[at].add(name)
            faults.append(Fault(table.rows[at].number, column.header, f'"{_short(refusal.text)}" {refusal.reason}'))
        found.append(_with_notation(column, read))
    records = tuple(
        Record(row.number, said, frozenset(bad)) for row, said, bad in zip(table.rows, values, refused, strict=True)
    )
    taken = {at for column in columns for at in column.indices}
    unread = dict.fromkeys(name for at, name in enumerate(table.header) if at not in taken and name)
    faults.sort(key=lambda fault: fault.row)
    return TableReading(
        tuple(found), tuple(unread), records, tuple(faults), (*table.notes, *_say_twins(table, "each counts"))
    )


def without_twins(table: TableFile) -> TableFile:
    """Return a table without the rows that stand in it once more, cell by cell; its notes tell how many there were."""
    first = {row.cells: row for row in reversed(table.rows)}
    rows = tuple(row for row in table.rows if first[row.cells] is row)
    return replace(table, rows=rows, notes=(*table.notes, *_say_twins(table, "read once")))


def _say_twins(table: TableFile, what: str) -> Iterator[str]:
    """Yield how many rows stand in the table once more, cell by cell, and what becomes of them."""
    twins = len(table.rows) - len({row.cells for row in table.rows})
    if twins:
        yield f"{plural(twins, 'row')} exactly like another one of the table, {what}"


def _cells(table: TableFile, column: FoundColumn) -> list[Cell]:
    """Return the cells of a field's column; where columns share the name, what is filled is joined as text."""
    if column.field.kind == "verbatim":
        return [row.cells[column.indices[0]] for row in table.rows]
    if len(column.indices) == 1:
        return [_strip(row.cells[column.indices[0]]) for row in table.rows]
    return ["; ".join(filter(None, (cell_text(row.cells[at]).strip() for at in column.indices))) for row in table.rows]


def _read_columns(table: TableFile, columns: Sequence[FoundColumn], asked: Asked) -> list[CellValues[Any]]:
    """Read all columns; what leaves one of them two readings is read as the others of its kind are written.

    A program writes all dates of a file in one order, and all numbers with one decimal mark.
    """
    cells = [_cells(table, column) for column in columns]
    read = [_read_column(own, column.field, asked) for own, column in zip(cells, columns, strict=True)]
    for kinds, names, option in (_DATES, _NUMBERS):
        known = {
            each.notation.partition(", ")[0]
            for each, column in zip(read, columns, strict=True)
            if column.field.kind in kinds
        }
        said = [key for key, name in names.items() if name in known]
        if len(said) != 1 or getattr(asked, option) is not None:
            continue
        settled = replace(asked, **{option: said[0]})  # type: ignore[arg-type]  # one of the literals
        for at, (own, column) in enumerate(zip(cells, columns, strict=True)):
            if column.field.kind in kinds and any(AMBIGUOUS in each.reason for each in read[at].refusals.values()):
                again = _read_column(own, column.field, settled)
                read[at] = again if len(again.refusals) < len(read[at].refusals) else read[at]
    return [
        numbers.with_currency(own, numbers.take_header_currency(column.header)[1])
        if column.field.kind in AMOUNTS
        else own
        for own, column in zip(read, columns, strict=True)
    ]


_ORDERS = {name: dates.ORDER_NAMES[name] for name in ("dmy", "mdy", "ymd")}
_DATES = (("date", "month", "period", "booking"), _ORDERS, "dates")
_NUMBERS = (("number", "money", "amount", "duration", "seconds"), numbers.DECIMAL_NAMES, "decimal")


def _strip(cell: Cell) -> Cell:
    return cell.strip() if isinstance(cell, str) and not isinstance(cell, BadCell) else cell


def _read_column(cells: Sequence[Cell], field: Field, asked: Asked) -> CellValues[Any]:
    readers: Mapping[str, Callable[[], CellValues[Any]]] = {
        "text": lambda: _read_text(cells),
        "verbatim": lambda: _read_text(cells),
        "number": lambda: numbers.read_numbers(cells, asked.decimal),
        "key": lambda: _read_keys(cells),
        "amount": lambda: _read_amounts(cells, asked),
        "money": lambda: _read_money(cells, asked),
        "duration": lambda: numbers.read_durations(cells, **_duration(field, asked)),
        "seconds": lambda: numbers.read_seconds(cells, **_duration(field, asked)),
        "date": lambda: _read_dates(cells, field, asked),
        "booking": lambda: _read_bookings(cells, field, asked),
        "month": lambda: dates.read_months(cells, asked.dates, asked.zone),
        "period": lambda: (
            _read_dates(cells, field, asked)
            if asked.date_format
            else dates.read_period_ends(cells, asked.dates, asked.zone)
        ),
    }
    return readers[field.kind]()


def _read_text(cells: Sequence[Cell]) -> CellValues[str]:
    refusals = {at: Refusal(cell, cell.reason) for at, cell in enumerate(cells) if isinstance(cell, BadCell)}
    values = tuple(None if at in refusals else cell_text(cell) or None for at, cell in enumerate(cells))
    return CellValues(values, refusals, "")


def _read_keys(cells: Sequence[Cell]) -> CellValues[str]:
    """Read texts that tell rows apart; a number that a spreadsheet shortened tells several as one."""
    read = _read_text(cells)
    short = {at for at, cell in enumerate(cells) if _is_shortened(cell)}
    reason = "is a number whose digits a spreadsheet has not kept: export it again, and do not save it there"
    refusals = {**read.refusals, **{at: Refusal(cell_text(cells[at]), reason) for at in short}}
    return CellValues(tuple(None if at in short else each for at, each in enumerate(read.values)), refusals, "")


def _is_shortened(cell: Cell) -> bool:
    if isinstance(cell, Decimal):
        return abs(cell) > _MOST_EXACT
    return isinstance(cell, str) and _SHORTENED.fullmatch(cell.strip()) is not None


_MOST_EXACT = 2**53
"""The largest whole number up to which workbooks keep each."""
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")


def _read_amounts(cells: Sequence[Cell], asked: Asked) -> CellValues[Any]:
    read = numbers.read_numbers(cells, asked.decimal)
    rates = {at for at, number in enumerate(read.values) if number is not None and number.is_rate}
    refusals = {at: Refusal(cell_text(cells[at]), "is a per cent, and no amount") for at in rates}
    values = tuple(None if at in rates else number for at, number in enumerate(read.values))
    return CellValues(values, {**read.refusals, **refusals}, read.notation)


def _read_money(cells: Sequence[Cell], asked: Asked) -> CellValues[Any]:
    """Read numbers; a mapping, such as instalments by month in our own export, stays text."""
    mappings = {place: cell.strip() for place, cell in enumerate(cells) if isinstance(cell, str) and "{" in cell[:1]}
    read = numbers.read_numbers(["" if place in mappings else cell for place, cell in enumerate(cells)], asked.decimal)
    values = tuple(mappings.get(place, value) for place, value in enumerate(read.values))
    return CellValues(values, read.refusals, read.notation)


def _read_dates(cells: Sequence[Cell], field: Field, asked: Asked) -> CellValues[date]:
    if asked.date_format:
        return dates.read_dates_as(cells, asked.date_format)
    return dates.read_dates(cells, dates.parse_order(field.unit or None) or asked.dates, asked.zone)


def _read_bookings(cells: Sequence[Cell], field: Field, asked: Asked) -> CellValues[date]:
    """Read days; months, by their first days, where a cell is one."""
    if any(dates.parse_month(cell) is not None for cell in cells):
        return dates.read_months(cells, asked.dates, asked.zone)
    return _read_dates(cells, field, asked)


def _duration(field: Field, asked: Asked) -> dict[str, Any]:
    return {
        "unit": field.unit or "h",
        "day_minutes": asked.day_minutes,
        "workdays": asked.workdays,
        "decimal": asked.decimal,
    }


_UNIT_NAMES = {"h": "hours", "m": "minutes", "s": "seconds", "ms": "milliseconds", "d": "days"}


def _with_notation(column: FoundColumn, read: CellValues[Any]) -> FoundColumn:
    currencies = {value.currency for value in read.values if isinstance(value, numbers.Number) and value.currency}
    unit = _UNIT_NAMES[column.field.unit or "h"] if column.field.kind in ("duration", "seconds") else ""
    said = ", ".join(filter(None, (read.notation, f"plain numbers are {unit}" if unit else "", *sorted(currencies))))
    return FoundColumn(column.field, column.header, column.indices, said, "".join(currencies))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 80
