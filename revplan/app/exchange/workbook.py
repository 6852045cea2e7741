"""The rows of a workbook: of the first sheet in sight that holds anything, with what only its parts tell."""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.app.exchange.notation import MoneyCell, PercentCell
from revplan.app.exchange.workbook_parts import is_workbook, sheet_parts
from revplan.errors import InputError
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.app.exchange.notation import Cell
    from revplan.app.exchange.workbook_parts import SheetParts

ZIPPED = b"PK\x03\x04"
"""What a workbook begins with."""
OLD = b"\xd0\xcf\x11\xe0"
"""What a workbook of the old format .xls begins with."""
_SHOWN = 3
"""Ranges of cells that are told where there may be many."""
_DIGITS = 15
"""Digits of a number that spreadsheets show: what is behind them is an error of their arithmetic."""


def workbook_rows(content: bytes, name: str) -> tuple[list[tuple[int, list[Cell]]], list[str]]:
    """Return the rows of a workbook with their numbers, and what was recognised of it.

    Raises:
        InputError: it cannot be read, is of another format, or is empty.
    """
    if not is_workbook(content):
        raise InputError(f"{name} is no workbook of the format .xlsx", hint="save it as .xlsx, or as CSV in UTF-8")
    sheets = _read_sheets(content, name)
    filled = [each for each in sheets if any(any(cell != "" for cell in row) for row in each[1])]
    in_sight = [each for each in filled if each[2]] or filled
    if not in_sight:
        raise InputError(f"{name} is empty")
    sheet, rows, _ = in_sight[0]
    others = join_names(
        [other if shown else f"{other}, which is hidden" for other, _, shown in filled if other != sheet]
    )
    notes = [f'the sheet "{sheet}" is read; not {others}'] if others else []
    parts = sheet_parts(content, sheet)
    records = [(number, _cells(number, row, parts)) for number, row in enumerate(rows, start=1)]
    hidden = sum(number in parts.hidden and any(cell != "" for cell in cells) for number, cells in records)
    if hidden:
        notes.append(f"{plural(hidden, 'row')} hidden in the sheet, by a filter or by hand, read as the others")
    filled_places = {at for _, cells in records for at, cell in enumerate(cells, start=1) if cell != ""}
    columns = sum(any(first <= at <= last for first, last in parts.hidden_columns) for at in filled_places)
    if columns:
        notes.append(f"{plural(columns, 'column')} hidden in the sheet, read as the others")
    if parts.merged:
        more = f" and {len(parts.merged) - _SHOWN} more" if len(parts.merged) > _SHOWN else ""
        ranges = f"{', '.join(parts.merged[:_SHOWN])}{more}"
        notes.append(f"merged over several rows, so that the first of them alone has what they say: {ranges}")
    return records, notes


def _read_sheets(content: bytes, name: str) -> list[tuple[str, Sequence[Sequence[object]], bool]]:
    """Return each sheet's name, its rows, and whether it is in sight.

    Raises:
        InputError: the workbook cannot be read.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - an extra
    except ImportError:
        hint = "pip install 'revplan[xlsx]', or save it as CSV"
        raise InputError(f"{name} is a workbook, and what reads workbooks is not installed", hint=hint) from None
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (
                sheet.name,
                book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False),
                sheet.visible == SheetVisibleEnum.Visible,
            )
            for sheet in book.sheets_metadata
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise InputError(f"{name} is no workbook that can be read: {error}") from None


def _cells(number: int, row: Sequence[object], parts: SheetParts) -> list[Cell]:
    cells = [_cell((number, at), value, parts) for at, value in enumerate(row, start=1)]
    for at, bad in parts.bad.get(number, {}).items():
        cells += [""] * (at - len(cells))
        cells[at - 1] = bad
    return cells


def _cell(place: tuple[int, int], value: object, parts: SheetParts) -> Cell:
    """Return what a workbook holds as a cell of a table; a time of day is a duration."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        number = Decimal(repr(value)) if float(value).is_integer() else Decimal(f"{value:.{_DIGITS}g}")
        if place in parts.percents:
            return PercentCell(number)
        number = Decimal(int(number)) if number == number.to_integral_value() else number
        return MoneyCell(number, parts.currencies[place]) if place in parts.currencies else number
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    return value if isinstance(value, date | timedelta) else str(value)
