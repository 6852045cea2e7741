"""`revplan metric import`: readings from a table of dates and values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from revplan.app.editing.entries import declared_ids, require
from revplan.app.exchange.tables import check_date_format, day_of
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.change import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.app.exchange.tables import CsvTable, Row
    from revplan.model.plan import Plan

_DATES = ("date", "day", "week", "period", "month")
_VALUES = ("value", "reading", "actual")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that says nothing usable.

    Attributes:
        number: as a spreadsheet counts.
    """

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Readings:
    """What a table says of metrics."""

    changes: tuple[Change, ...]
    bad: tuple[BadRow, ...]


def readings(plan: Plan, table: CsvTable, metric: str | None, date_format: str) -> Readings:
    """Read a table of readings: a column of dates, and one of values or one for each metric.

    Args:
        plan: the plan.
        table: the table.
        metric: whose values they are; None where a column `metric` or the columns' names say so.
        date_format: how its dates are written, as `strptime` reads it.

    Raises:
        InputError: its columns do not say which reading is whose.
        UnknownIdError: there is no such metric.
    """
    check_date_format(date_format)
    day = _column(table, _DATES, "date")
    columns = _columns(plan, table, metric)
    changes: list[Change] = []
    bad: list[BadRow] = []
    for row in table.rows:
        try:
            changes += _of_row(plan, table, row, columns, _day(row.cells.get(day, ""), date_format))
        except ValueError as error:
            bad.append(BadRow(row.number, str(error)))
    return Readings(tuple(changes), tuple(bad))


def _columns(plan: Plan, table: CsvTable, metric: str | None) -> dict[str, str | None]:
    """Return the columns that hold values, with their metric; None where the row names it."""
    if metric is not None:
        return {_column(table, _VALUES, "value"): require(plan, "metric", metric)}
    if "metric" in table.header:
        return {_column(table, _VALUES, "value"): None}
    known = declared_ids(plan, "metric")
    found: dict[str, str | None] = {name: name for name in table.header if name in known}
    if not found:
        hint = "name the metric with --metric ID, or add a column `metric`"
        raise InputError("no column of the table is a metric's id", hint=hint)
    return found


def _of_row(plan: Plan, table: CsvTable, row: Row, columns: dict[str, str | None], day: str) -> Iterator[Change]:
    for column, known in columns.items():
        metric = known or row.cells.get("metric", "")
        if metric not in declared_ids(plan, "metric"):
            raise ValueError(f'no metric "{metric}"')
        cell = row.cells.get(column, "")
        if cell:
            yield Change(Ref("metric", metric).at("readings", day), _number(table, cell))


def _number(table: CsvTable, cell: str) -> str:
    text = table.number(cell)
    if not _is_number(text):
        raise ValueError(f'"{cell}" is no number')
    return text


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _day(cell: str, date_format: str) -> str:
    if not cell:
        raise ValueError("there is no date")
    try:
        return day_of(cell[:_ISO] if date_format == "%Y-%m-%d" else cell, date_format)
    except ValueError:
        raise ValueError(f'"{cell}" is no date like {date_format}') from None


_ISO = 10
"""Characters of a day; what follows is the time of day."""


def _column(table: CsvTable, names: tuple[str, ...], what: str) -> str:
    found = next((name for name in table.header if name.lower() in names), None)
    if found is None:
        raise InputError(f"the table has no column for the {what}", hint=f"name it {names[0]} in the first row")
    return found
