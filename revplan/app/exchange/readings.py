"""`revplan metric import`: readings from a table of dates and values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from revplan.app.editing.entries import declared_ids, require
from revplan.app.exchange.columns import read_fields
from revplan.app.exchange.fields import Field, known_headers
from revplan.app.exchange.files import Fault, normalise_header
from revplan.app.exchange.memory import Import, Unknown, decide
from revplan.app.exchange.plan_notation import preview_value
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.metrics import PERCENT
from revplan.model.numbers import strip_zeros
from revplan.reports.import_preview import Difference, Preview, PreviewEntry, read_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from revplan.app.exchange.columns import Asked, Record, TableReading
    from revplan.app.exchange.fields import FoundColumn
    from revplan.app.exchange.files import TableFile
    from revplan.app.exchange.memory import Memory, Prefer
    from revplan.app.exchange.numbers import Number
    from revplan.model.plan import Plan

_DAY = Field("date", "period", ("date", "day", "week", "period", "month", "week of", "month of", "day index"), "", True)
_VALUE = Field("value", "number", ("value", "reading", "actual"), is_required=True)
_METRIC = Field("metric", "text", ("metric", "metric id"), is_required=True)
SOURCE = "readings"
"""What readings are remembered under."""
Twice = Literal["sum", "last"]
"""What two values of a metric on one day come to."""


class ReadingOptions(NamedTuple):
    """What the user asks for.

    Attributes:
        metric: whose values they are; None where a column `metric` or the columns' names say so.
        twice: what two values on one day come to; None refuses them.
        prefer: theirs or ours; None to list what differs.
    """

    metric: str | None = None
    twice: Twice | None = None
    prefer: Prefer | None = None


class _Said(NamedTuple):
    """One cell's reading."""

    row: int
    column: str
    metric: str
    day: date
    value: Decimal


def headers(plan: Plan) -> tuple[str, ...]:
    """Return the headers that a table of readings is known by."""
    return (*known_headers((_DAY, _VALUE, _METRIC)), *declared_ids(plan, "metric"))


def readings_from(plan: Plan, table: TableFile, asked: Asked, options: ReadingOptions, memory: Memory) -> Import:
    """Read a table of readings: a column of days, weeks or months, and one of values or one for each metric.

    A week or a month is read by its last day. Nothing is written; the memory gets what the table says now.

    Raises:
        InputError: its columns do not say which reading is whose.
        UnknownIdError: there is no such metric.
    """
    whose = require(plan, "metric", options.metric) if options.metric is not None else None
    values = _value_fields(plan, table, asked, named=whose is not None)
    reading = read_fields(table, (_DAY, *values), asked)
    faults = list(reading.faults)
    said: list[_Said] = []
    signed = _columns_with_signs(reading)
    for record in reading.records:
        try:
            _refuse_unclear(reading, record, signed)
            said += _read_record(plan, reading, record, whose)
        except ValueError as error:
            faults.append(Fault(record.number, *error.args))
    kept = list(_once_a_day(said, options.twice, faults))
    faults.sort(key=lambda fault: fault.row)
    settled = [_settle(plan, each, memory, options.prefer) for each in kept]
    entries = [entry for entry, _ in settled]
    changes = [change for _, change in settled if change is not None]
    preview = Preview(table.name, tuple(entries), tuple(map(str, faults)), read_columns(reading.columns), "readings")
    money = sorted({column.currency for column in reading.columns if column.currency})
    notes = [f"{each} is taken as the metric's unit, one for one" for each in money if each != plan.settings.currency]
    told = preview.with_notes(reading.unread, (*reading.notes, *notes))
    return Import(told, tuple(faults), tuple(changes), memory)


def _value_fields(plan: Plan, table: TableFile, asked: Asked, *, named: bool) -> tuple[Field, ...]:
    """Return the fields that hold values: `value`, with `metric` where nobody names it, or one for each metric."""
    have = {normalise_header(name) for name in table.header}
    mapped = {each.partition("=")[0] for each in asked.maps}
    if named:
        return (_VALUE,)
    if "metric" in mapped or have & {normalise_header(name) for name in _METRIC.headers}:
        return (_VALUE, _METRIC)
    found = [each for each in sorted(declared_ids(plan, "metric")) if normalise_header(each) in have or each in mapped]
    if not found:
        hint = "name the metric with --metric ID, or add a column `metric`"
        raise InputError("no column of the table is a metric's id", hint=hint)
    return tuple(Field(each, "number") for each in found)


def _read_record(plan: Plan, reading: TableReading, record: Record, whose: str | None) -> Iterator[_Said]:
    """Yield what a row says.

    Raises:
        ValueError: the row is refused, with the column and the reason.
    """
    if "date" in record.refused:
        return
    day = record.day("date")
    if day is None:
        raise ValueError(reading.header("date"), "there is no date")
    for column in reading.columns:
        number = record.number_of(column.field.name)
        if column.field.kind != "number" or number is None:
            continue
        metric = whose or (column.field.name if column.field.name != "value" else record.text("metric"))
        if metric not in declared_ids(plan, "metric"):
            raise ValueError(reading.header("metric"), f'no metric "{metric}"')
        ratio = plan.metrics[metric].ratio if metric in plan.metrics else None
        if ratio is not None:
            raise ValueError(column.header, f"{metric} follows from {ratio.of} / {ratio.to}: take readings of these")
        yield _Said(record.number, column.header, metric, day, _in_unit(plan, metric, column.header, number))


def _columns_with_signs(reading: TableReading) -> frozenset[str]:
    """Return the columns of which some cells have a per cent sign."""
    numbers = (
        (each.field.name, record.number_of(each.field.name)) for record in reading.records for each in _numbers(reading)
    )
    return frozenset(name for name, number in numbers if number is not None and number.is_rate)


def _numbers(reading: TableReading) -> list[FoundColumn]:
    return [column for column in reading.columns if column.field.kind == "number"]


def _refuse_unclear(reading: TableReading, record: Record, signed: frozenset[str]) -> None:
    """Refuse a part of one without a sign where other cells have it: 0.027 beside 2.9% may be either.

    Raises:
        ValueError: the cell has two readings.
    """
    for column in _numbers(reading):
        number = record.number_of(column.field.name)
        if column.field.name not in signed or number is None or number.is_rate or not 0 < abs(number.value) < 1:
            continue
        raise ValueError(
            column.header,
            f'"{number}" may be {number}% or {strip_zeros(number.value * 100)}%: others of the column have the sign',
        )


def _in_unit(plan: Plan, metric: str, header: str, number: Number) -> Decimal:
    """Return a number as its metric counts: 3.1% is 3.1 where the unit is %, and is refused elsewhere."""
    if not number.is_rate:
        return number.value
    unit = plan.metrics[metric].unit
    if unit.strip() != PERCENT:
        raise ValueError(header, f'"{number}" is a per cent, and {metric} is counted in {unit}')
    return number.value * 100


def _once_a_day(said: Sequence[_Said], twice: Twice | None, faults: list[Fault]) -> Iterator[_Said]:
    """Yield one reading a metric and day; refuse a second one unless the user says what two come to."""
    found: dict[tuple[str, date], _Said] = {}
    for each in said:
        key = (each.metric, each.day)
        first = found.get(key)
        if first is None or twice == "last":
            found[key] = each
        elif twice == "sum":
            found[key] = _Said(first.row, first.column, each.metric, each.day, first.value + each.value)
        elif first.value != each.value:
            reason = f"{each.metric} has a value for {each.day} in row {first.row} already; add --sum or --last"
            faults.append(Fault(each.row, each.column, reason))
    yield from found.values()


def _settle(plan: Plan, said: _Said, memory: Memory, prefer: Prefer | None) -> tuple[PreviewEntry, Change | None]:
    """Return what becomes of a reading, and the change; what was corrected here since last time stays."""
    metric = plan.metrics[said.metric]
    value = metric.readings.get(said.day)
    ours, theirs = (strip_zeros(value) if value is not None else None), strip_zeros(said.value)
    key, name = f"{SOURCE}:metric/{said.metric}", str(said.day)
    last = memory.last(key, name)
    verdict = decide(last, ours, theirs, prefer)
    before = None if isinstance(last, Unknown) else preview_value(last)
    difference = (Difference(name, ours, theirs, before),)
    if verdict == "differ":
        hint = "the plan has a reading of its own: --theirs or --ours decides"
        return PreviewEntry("differing", said.metric, metric.name, "", (), said.row, hint, difference), None
    memory.remember(key, name, theirs)
    if verdict == "keep":
        return PreviewEntry("same", said.metric, metric.name, "", (), said.row, kept=difference), None
    if verdict != "take":
        return PreviewEntry("same", said.metric, metric.name, "", difference, said.row), None
    how: Literal["new", "changed"] = "new" if ours is None else "changed"
    change = Change(Ref("metric", said.metric).at("readings", name), theirs)
    return PreviewEntry(how, said.metric, metric.name, "", difference, said.row), change
