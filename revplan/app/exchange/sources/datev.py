"""DATEV: a batch of bookings (Buchungsstapel, EXTF 21), whose days have no year and whose amounts no sign.

The first line says which fiscal year and which days the batch is of. An amount is booked on two accounts, and S or H
says on which side of the first. Amounts with a key for input tax hold the tax, and so do those on accounts that
split it off themselves (Automatikkonten): it is taken off. Where that is not sure, a budget line's booking is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.app.exchange.files import Fault, TableFile, TableRow, filled_columns, normalise_header
from revplan.app.exchange.notation import cell_text
from revplan.app.exchange.source import Export, signs
from revplan.errors import InputError
from revplan.model.numbers import round_half_up
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.app.exchange.notation import Cell

_AMOUNT = re.compile(r"([0-9]{1,12})(?:,([0-9]{1,2}))?")
_DAY = re.compile(r"([0-9]{1,2})([0-9]{2})")
_STAMP = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_BATCH = "21"
_YEAR_AT, _LENGTH_AT, _FIRST_AT, _LAST_AT, _CURRENCY_AT, _CHART_AT = 12, 13, 14, 15, 21, 26
"""Places in the first line: where the fiscal year begins, digits of an account, the batch's days, its currency, and the
chart of accounts."""
_TAX: Mapping[str, int] = {"40": 0, "8": 7, "9": 19, **dict.fromkeys(("18", "19", "91", "94"), 0)}
"""Per cent of tax that an amount holds, by its key: 40 takes the account's own tax off, and what one owes the tax of
oneself (18, 19, 91, 94) is booked without it."""


class _Chart(NamedTuple):
    """Which accounts of a chart split tax off themselves.

    Attributes:
        rates: the first of ten accounts, and the per cent of tax that amounts on them hold.
        classes: first digits of accounts of which some do.
        plain: accounts of these classes that do not.
    """

    rates: Mapping[int, int]
    classes: str
    plain: frozenset[int]


_CHARTS: Mapping[str, _Chart] = {
    "03": _Chart({3300: 7, 3400: 19, 8300: 7, 8400: 19}, "38", frozenset((3100, 3109))),
    "04": _Chart({4300: 7, 4400: 19, 5300: 7, 5400: 19}, "45", frozenset((5900, 5909))),
}
"""By the chart's number, as the first line has it: SKR 03 and SKR 04."""
_DIGITS, _DECADE = 4, 10
_REDUCED = (date(2020, 7, 1), date(2020, 12, 31))
"""Days on which the keys meant other rates."""
_READ = (
    *(
        "Umsatz (ohne Soll/Haben-Kz)",
        "Soll/Haben-Kennzeichen",
        "WKZ Umsatz",
        "Basis-Umsatz",
        "WKZ Basis-Umsatz",
        "Konto",
    ),
    *("Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Buchungstext", "Generalumkehr", "Kurs"),
)
"""Columns of a batch that are read."""
_WAY = "book it as a table of net amounts"
_HEADER = ("Datum", "Konto", "Soll", "Haben", "Währung", "Buchungstext", "Zweifel")


def bookings_of(table: TableFile) -> TableFile:
    """Return a row for each of the two accounts of every booking, with its day, and its side.

    Raises:
        InputError: the first line is not one of a batch of bookings, or does not say which days it is of.
    """
    head = next((cells for cells in table.above if cells and cells[0] in ("EXTF", "DTVF")), ())
    if len(head) <= _LAST_AT or head[2] != _BATCH:
        hint = "export the bookings as DATEV-Format, Buchungsstapel (EXTF, category 21), with its first line"
        raise InputError("this is no batch of bookings of DATEV", hint=hint)
    reader = _BatchReader(table, head)
    rows: list[TableRow] = []
    faults = [*table.faults]
    for row in table.rows:
        try:
            rows += reader.read(row)
        except ValueError as error:
            faults.append(Fault(row.number, *error.args))
    unread = filled_columns(table, _READ)
    notes = (
        *(note for note in table.notes if not note.startswith("the header is row")),
        *reader.notes(),
        *([f"columns of the batch that are not read: {', '.join(unread)}"] if unread else []),
    )
    return replace(table, header=_HEADER, rows=tuple(rows), faults=tuple(faults), notes=notes)


class _BatchReader:
    def __init__(self, table: TableFile, head: Sequence[str]) -> None:
        self.places = {normalise_header(name): at for at, name in reversed([*enumerate(table.header)])}
        self.begin, self.first, self.last = (_stamp(head[at]) for at in (_YEAR_AT, _FIRST_AT, _LAST_AT))
        if self.first is None or self.last is None:
            hint = "fields 15 and 16 of the first line are the batch's first and last day, such as 20260901"
            raise InputError("the first line does not say which days the bookings are of", hint=hint)
        self.currency = head[_CURRENCY_AT] if len(head) > _CURRENCY_AT else ""
        chart = head[_CHART_AT] if len(head) > _CHART_AT else ""
        self.chart = _CHARTS.get(chart.strip().zfill(2))
        self.digits = int(head[_LENGTH_AT]) if head[_LENGTH_AT].isdigit() else _DIGITS
        self.taxed = 0
        self.automatic = 0
        self.untaxed = 0

    def read(self, row: TableRow) -> list[TableRow]:
        """Return the two sides of a booking.

        Raises:
            ValueError: it is not surely read; the column and the reason.
        """
        day = self._day(self._text(row, "Belegdatum"))
        gross, currency = self._amount(row)
        side = self._text(row, "Soll/Haben-Kennzeichen").upper()
        if side not in ("S", "H"):
            raise ValueError("Soll/Haben-Kennzeichen", f'"{side}" is neither S nor H')
        if self._text(row, "Generalumkehr", "Generalumkehr (GU)") not in ("", "0"):
            gross = -gross
        accounts = [self._text(row, "Konto"), self._text(row, "Gegenkonto (ohne BU-Schlüssel)", "Gegenkonto")]
        if not all(accounts):
            raise ValueError("Konto", "has not both accounts")
        key = self._text(row, "BU-Schlüssel").lstrip("0")
        self.taxed += bool(_TAX.get(key))
        self.untaxed += not key and self.chart is None
        words = self._text(row, "Buchungstext")
        rows = []
        for account, on_debit in zip(accounts, (side == "S", side == "H"), strict=True):
            rate, doubt = self._tax(account, key, day)
            amount = round_half_up(gross * 100 / (100 + rate), 2)
            sides: tuple[Cell, Cell] = (amount, "") if on_debit else ("", amount)
            rows.append(TableRow(row.number, (day, account, *sides, currency, words, doubt)))
        return rows

    def _tax(self, account: str, key: str, day: date) -> tuple[int, str]:
        """Return the per cent of tax that an amount on an account holds, and why that is not sure."""
        if key and key not in _TAX:
            return 0, f"with the tax key {key}, it is not known what of the amount is tax: {_WAY}"
        rate: int | None = _TAX[key] if key else self._rate_of(account)
        if rate is None:
            return 0, f"the account {account} may split tax off by itself (Automatikkonto): {_WAY}"
        if rate and _REDUCED[0] <= day <= _REDUCED[1]:
            return 0, f"{_REDUCED[0]} to {_REDUCED[1]}, tax was at other rates: {_WAY}"
        self.automatic += bool(rate and not key)
        return rate, ""

    def _rate_of(self, account: str) -> int | None:
        """Return the per cent of tax that an account splits off by itself; None where that is not known."""
        if self.chart is None or not account.isdigit() or len(account) > self.digits:
            return 0
        number, rest = divmod(int(account), 10 ** max(self.digits - _DIGITS, 0))
        if f"{number:0{_DIGITS}}"[0] not in self.chart.classes or (number in self.chart.plain and not rest):
            return 0
        return self.chart.rates.get(number - number % _DECADE) if not rest else None

    def _text(self, row: TableRow, *names: str) -> str:
        at = next((self.places[name] for name in map(normalise_header, names) if name in self.places), None)
        if at is None:
            return ""
        text = cell_text(row.cells[at]).strip()
        return text if isinstance(row.cells[at], str) else text.replace(".", ",")  # a number of a workbook

    def _day(self, text: str) -> date:
        """Return a day and month as the day of the batch."""
        found = _DAY.fullmatch(text)
        assert self.first is not None and self.last is not None  # noqa: PT018 - both are checked when it is made
        for year in range(self.first.year, self.last.year + 1) if found is not None else ():
            try:
                day = date(year, int(found[2]), int(found[1]))  # type: ignore[index]
            except ValueError:
                continue
            if self.first <= day <= self.last:
                return day
        raise ValueError("Belegdatum", f'"{text}" is no day from {self.first} to {self.last}, as the first line says')

    def _amount(self, row: TableRow) -> tuple[Fraction, str]:
        """Return what is booked, with its tax, and its currency: that of the books where both are given."""
        base, own = self._text(row, "Basis-Umsatz", "Basisumsatz"), self._text(row, "Umsatz (ohne Soll/Haben-Kz)")
        name = "Basis-Umsatz" if base else "Umsatz (ohne Soll/Haben-Kz)"
        found = _AMOUNT.fullmatch(base or own)
        if found is None:
            raise ValueError(name, f'"{base or own}" is no amount with a decimal comma')
        currency = self._text(row, "WKZ Basis-Umsatz", "WKZ Basisumsatz") if base else self._text(row, "WKZ Umsatz")
        return Fraction(int(f"{found[1]}{(found[2] or '').ljust(2, '0')}"), 100), currency or self.currency

    def notes(self) -> list[str]:
        """Return what is said of the batch."""
        said = [f"bookings of {self.first} to {self.last}, each on two accounts"]
        if self.taxed:
            said.append(f"{plural(self.taxed, 'amount')} with the tax key 8 or 9 taken without that tax of 7% or 19%")
        if self.automatic:
            on = plural(self.automatic, "amount")
            said.append(f"{on} on accounts that split 7% or 19% of tax off themselves taken without it")
        if self.untaxed:
            said.append(
                "amounts without a tax key are taken as they are: the first line names no chart of accounts,"
                " 03 or 04, that tells which accounts split tax off"
            )
        return said


def _stamp(text: str) -> date | None:
    found = _STAMP.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found is not None else None
    except ValueError:
        return None


DATEV_SPEND = Export(
    "datev",
    "DATEV (Buchungsstapel)",
    (signs("Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "Konto", "Belegdatum"),),
    {
        "date": ("Datum",),
        "account": ("Konto",),
        "debit": ("Soll",),
        "credit": ("Haben",),
        "currency": ("Währung",),
        "doubt": ("Zweifel",),
    },
    only=frozenset(("date", "account", "account_name", "cost_center", "vendor", "state", "amount", "debit", "credit")),
    prepare=bookings_of,
    is_whole=True,
)
