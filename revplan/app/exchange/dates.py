"""Days, weeks and months as tables of any locale write them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

from revplan.app.exchange.notation import ERRORS, SPACES, CellValues, Refusal, is_missing, read_by_notation
from revplan.errors import InputError
from revplan.formats.xlsx import DAY_ZERO
from revplan.model.base import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import tzinfo

    from revplan.app.exchange.notation import Cell

DateOrder = Literal["dmy", "mdy", "ymd", "serial", "ms"]
ORDER_NAMES: Mapping[str, str] = {
    "mdy": "month first",
    "dmy": "day first",
    "ymd": "year first",
    "serial": "days as a spreadsheet counts them",
    "ms": "milliseconds since 1970",
}

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janv janvier ene enero gennaio gen januari janeiro",
            "feb february februar fév févr février febrero febbraio februari fev fevereiro",
            "mar march märz mär mrz mars marzo maart mrt março",
            "apr april avr avril abr abril aprile",
            "may mai mayo maggio mag mei maio",
            "jun june juni juin junio giugno giu junho",
            "jul july juli juil juillet julio luglio lug julho",
            "aug august août ago agosto augustus",
            "sep sept september septembre septiembre settembre set setembro",
            "oct october okt oktober octobre octubre ottobre ott outubro",
            "nov november novembre noviembre novembro",
            "dec december dez dezember déc décembre dic diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_ZONE = r"(?:Z|(?:UTC|GMT)(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?|[A-Z]{3,4}|[+-][0-9]{2}:?[0-9]{2})"
_TIME = re.compile(
    r"(?:T|,?[ \u00a0\u202f]+(?:at |um )?)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    rf"(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?(?:[ \u00a0]?(?:{_ZONE}|\({_ZONE}\)))?(?: \([A-Za-z ]+\))?$"
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-zä]*\.?,?[ \u00a0]+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_NAMED_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ \-/]+(?:de )?([^\W\d_]+)\.?,?[ \-/]+(?:de )?([0-9]{4}|'?[0-9]{2})"
)
_NAMED_MONTH_DAY = re.compile(r"([^\W\d_]+)\.?[ \-/]+([0-9]{1,2})(?:st|nd|rd|th)?,?[ \-/]+([0-9]{4})")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)? ?"
    r"(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})"
)
"""A moment with its zone, such as programs write; what is at midnight stands for a day."""
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_MILLISECONDS = re.compile(r"[0-9]{12,13}")
_SHORT_WITH_DASHES = re.compile(r"[0-9]{2}-[0-9]{1,2}-[0-9]{2}(?![0-9])")
YEARS = range(1900, 2200)
"""Years that a plan counts with: 9999 is what programs write for never."""
_SHORT_YEAR = 2
"""Digits of a year that says no century."""


def read_dates(cells: Sequence[Cell], order: DateOrder | None = None, zone: tzinfo | None = None) -> CellValues[date]:
    """Read a column of dates; a time of day after the date is left out.

    A year of two digits stands last, unless the order says otherwise; between dashes it may stand first too.

    Args:
        cells: ISO dates, dates with dots, slashes or dashes, dates with a month's name.
        order: the order of day, month and year where the column allows several; `serial` counts a spreadsheet's days.
        zone: whose day a moment with a zone, or in milliseconds, is in; None for that of its own zone.
    """
    orders: tuple[DateOrder, ...] = ("mdy", "dmy")
    if order is not None:
        orders = (order,)
    elif any(isinstance(cell, str) and _SHORT_WITH_DASHES.match(cell.strip(SPACES)) for cell in cells):
        orders = ("mdy", "dmy", "ymd")
    readers: dict[str, Callable[[Cell], date]] = {each: _date_reader(each, zone) for each in orders}
    read = read_by_notation(cells, readers, ORDER_NAMES, "--dates", is_said=order is not None)
    days = f"days of {zone}" if zone is not None else "their own days, for the plan has no timezone"
    moments = f"moments with a zone are taken as {days}" if any(map(_is_moment, cells)) else ""
    return replace(read, notation=", ".join(filter(None, (read.notation, moments))))


def _is_moment(cell: Cell) -> bool:
    found = _MOMENT.fullmatch(cell.strip(SPACES)) if isinstance(cell, str) else None
    return found is not None and not found["time"].startswith("00:00")


def _date_reader(order: DateOrder, zone: tzinfo | None) -> Callable[[Cell], date]:
    return lambda cell: parse_date(cell, order, zone)


def parse_date(cell: Cell, order: DateOrder, zone: tzinfo | None = None) -> date:
    """Read one date in a known order of day and month.

    Raises:
        ValueError: the cell is not surely a date; the message is the reason.
    """
    if not isinstance(cell, str):
        return _stored_date(cell, order)
    text = cell.strip(SPACES + "\t")
    text = text if text[:1].isdigit() else _WEEKDAY.sub("", text)
    if ERRORS.fullmatch(text):
        raise ValueError("is an error of a spreadsheet")
    if _SERIAL.fullmatch(text):
        return _parse_serial(Decimal(text), order)
    moment = _moment_of(text, order)
    if moment is not None:
        return _day_of_moment(moment, zone)
    text = _TIME.sub("", text) if ":" in text else text
    year_first = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if year_first is not None:
        return _day(int(year_first[1]), int(year_first["month"]), int(year_first["day"]))
    found = _YEAR_LAST.fullmatch(text)
    if found is not None:
        return _parse_year_last(found, order)
    return _parse_named_month(text)


def _moment_of(text: str, order: DateOrder) -> datetime | None:
    """Return a moment that is written with its zone, or in milliseconds; None where the text is none.

    Raises:
        ValueError: there is no such moment.
    """
    if order == "ms" and _MILLISECONDS.fullmatch(text):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(text))
    found = _MOMENT.fullmatch(text) if ":" in text else None
    if found is None:
        return None
    offset = "+00:00" if found["zone"] in ("Z", "UTC", "GMT") else found["zone"]
    try:
        moment = datetime.fromisoformat(f"{found['day']}T{found['time']}{offset}")
    except ValueError:
        raise ValueError("is no day of the calendar") from None
    _day(moment.year, moment.month, moment.day)
    return moment


def _day_of_moment(moment: datetime, zone: tzinfo | None) -> date:
    """Return the day of a moment in a zone; midnight stands for a day that has no zone."""
    is_day = moment.time() == time()
    return moment.date() if zone is None or is_day else moment.astimezone(zone).date()


def _stored_date(cell: Decimal | date | timedelta, order: DateOrder) -> date:
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    if isinstance(cell, Decimal) and _SERIAL.fullmatch(str(cell)):
        return _parse_serial(cell, order)
    raise ValueError("is no date")


def _parse_serial(number: Decimal, order: DateOrder) -> date:
    if order != "serial":
        raise ValueError("is a number, as a spreadsheet counts days; say so with --dates serial")
    return DAY_ZERO + timedelta(days=int(number))


def _parse_year_last(found: re.Match[str], order: DateOrder) -> date:
    first, mark, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if order == "ymd" and len(year) == _SHORT_YEAR:
        return _day(2000 + first, second, int(year))
    if order not in ("dmy", "mdy"):
        raise ValueError("is no date of that order")
    if mark == "." and order == "mdy":
        raise ValueError("has dots, which stand after the day")
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(_full_year(year), month, day)


def _parse_named_month(text: str) -> date:
    found = _DAY_NAMED_MONTH.fullmatch(text)
    if found is not None:
        return _day(_full_year(found[3].lstrip("'")), _month(found[2]), int(found[1]))
    found = _NAMED_MONTH_DAY.fullmatch(text)
    if found is not None:
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    raise ValueError("is no date")


def _full_year(text: str) -> int:
    return int(text) + (2000 if len(text) == _SHORT_YEAR else 0)


def _month(name: str) -> int:
    try:
        return _MONTHS[name.lower()]
    except KeyError:
        raise ValueError("names no month that is known here") from None


def _day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValueError(f"is before {YEARS[0]} or after {YEARS[-1]}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def read_dates_as(cells: Sequence[Cell], form: str) -> CellValues[date]:
    """Read a column of dates in one format of `strptime`; what follows the day after a space or a T may be left out."""
    readers: dict[str, Callable[[Cell], date]] = {form: lambda cell: _parse_as(cell, form)}
    return read_by_notation(cells, readers, {form: f"written as {form}"}, "--date-format", is_said=True)


def _parse_as(cell: Cell, form: str) -> date:
    if not isinstance(cell, str):
        return _stored_date(cell, "ymd")
    text = cell.strip(SPACES + "\t")
    for part in (text, text.partition("T")[0], text.partition(" ")[0]):
        try:
            return datetime.strptime(part, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(f"is no date like {form}")


def check_date_format(form: str) -> None:
    """Refuse what cannot say how dates are written.

    Raises:
        InputError: it does not name a day, a month and a year, each once.
    """
    day = date(2026, 11, 28)
    try:
        is_whole = datetime.strptime(day.strftime(form), form).date() == day  # noqa: DTZ007 - a day has no zone
    except (re.error, LookupError, ValueError):
        is_whole = False
    if not is_whole:
        hint = "such as %d.%m.%Y or %m/%d/%y: a day, a month and a year, each once"
        raise InputError(f'"{form}" is no format of dates', hint=hint)


_MONTH_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})"),
    re.compile(r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>20[0-9]{2})(?P<month>0[1-9]|1[0-2])"),
    re.compile(r"(?P<name>[^\W\d_]+)\.?[ \-/,']+(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[ \-/]+(?P<name>[^\W\d_]+)\.?"),
)
_WEEK = re.compile(r"([0-9]{4})[- ]?W([0-9]{1,2})")


def read_months(cells: Sequence[Cell], order: DateOrder | None = None, zone: tzinfo | None = None) -> CellValues[date]:
    """Read a column of months as their first days; a date stands for its month."""
    months = [parse_month(cell) for cell in cells]
    days = ["" if month is not None else cell for month, cell in zip(months, cells, strict=True)]
    dates = read_dates(days, order, zone)
    values = tuple(
        month if month is not None else None if day is None else day.replace(day=1)
        for month, day in zip(months, dates.values, strict=True)
    )
    return CellValues(values, dates.refusals, dates.notation)


def read_period_ends(
    cells: Sequence[Cell], order: DateOrder | None = None, zone: tzinfo | None = None
) -> CellValues[date]:
    """Read a column of days, ISO weeks or months, each by its last day; one column says one of them.

    Weeks are written `2026-W41`, months `2026-10`, `10/2026` or `Oct 2026`.
    """
    for read, name in ((parse_month, "months, each by its last day"), (parse_week, "weeks, each by its Sunday")):
        firsts = [read(cell) for cell in cells]
        if any(firsts):
            ends = [None if first is None else _last_day(first, name) for first in firsts]
            other = {
                at: Refusal(str(cell), f"stands beside {name.partition(',')[0]}, and is none")
                for at, (cell, end) in enumerate(zip(cells, ends, strict=True))
                if end is None and not is_missing(cell)
            }
            return CellValues(tuple(ends), other, name)
    return read_dates(cells, order, zone)


def _last_day(first: date, name: str) -> date:
    if name.startswith("week"):
        return first + timedelta(days=6)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def parse_month(cell: Cell) -> date | None:
    """Return the first day of a month such as `2026-12`, `12/2026` or `Dec 2026`; None where the cell is no month."""
    text = cell.strip(SPACES + "\t") if isinstance(cell, str) else ""
    for form in _MONTH_FORMS:
        found = form.fullmatch(text)
        if found is not None:
            parts = found.groupdict()
            number = _MONTHS.get(parts["name"].lower()) if "name" in parts else int(parts["month"])
            if number is not None and 1 <= number <= MONTHS_PER_YEAR and int(parts["year"]) in YEARS:
                return date(int(parts["year"]), number, 1)
    return None


def parse_week(cell: Cell) -> date | None:
    """Return the Monday of an ISO week such as `2026-W41`; None where the cell is no week."""
    found = _WEEK.fullmatch(cell.strip(SPACES + "\t")) if isinstance(cell, str) else None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1) if found is not None else None
    except ValueError:
        return None


def parse_order(written: str | None) -> DateOrder | None:
    """Return the order of dates that a user names.

    Raises:
        InputError: it is none.
    """
    known = get_args(DateOrder)
    if written is not None and written not in known:
        raise InputError(f'"{written}" is no order of dates', hint=f"one of {', '.join(known)}")
    return written  # type: ignore[return-value]
