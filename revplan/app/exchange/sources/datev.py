"""DATEV: a batch of bookings (Buchungsstapel, EXTF 21), whose days have no year and whose amounts no sign.

The first line says which fiscal year and which days the batch is of. An amount is booked on two accounts, and S or H
says on which side of the first. Amounts with a key for input tax hold the tax: it is taken off.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.app.exchange.files import Fault, TableFile, TableRow, filled_columns, normalise_header
from revplan.app.exchange.notation import cell_text
from revplan.app.exchange.source import Export, signs
from revplan.errors import InputError
from revplan.model.numbers import round_half_up
from revplan.wording import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from revplan.app.exchange.notation import Cell

_AMOUNT = re.compile(r"([0-9]{1,12})(?:,([0-9]{1,2}))?")
_DAY = re.compile(r"([0-9]{1,2})([0-9]{2})")
_STAMP = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_BATCH = "21"
_YEAR_AT, _FIRST_AT, _LAST_AT, _CURRENCY_AT = 12, 14, 15, 21
"""Places in the first line: where the fiscal year begins, the batch's days, and its currency."""
_TAX: Mapping[str, int] = {"": 0, "40": 0, "8": 7, "9": 19}
"""Per cent of input tax that an amount holds, by its key; 40 takes the account's own tax off."""
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
_HEADER = ("Datum", "Konto", "Soll", "Haben", "Währung", "Buchungstext")


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
        self.taxed = 0
        self.untaxed = 0

    def read(self, row: TableRow) -> list[TableRow]:
        """Return the two sides of a booking.

        Raises:
            ValueError: it is not surely read; the column and the reason.
        """
        day = self._day(self._text(row, "Belegdatum"))
        amount, currency = self._amount(row, day)
        side = self._text(row, "Soll/Haben-Kennzeichen").upper()
        if side not in ("S", "H"):
            raise ValueError("Soll/Haben-Kennzeichen", f'"{side}" is neither S nor H')
        is_reversed = self._text(row, "Generalumkehr", "Generalumkehr (GU)") not in ("", "0")
        if is_reversed:
            amount = -amount
        accounts = [self._text(row, "Konto"), self._text(row, "Gegenkonto (ohne BU-Schlüssel)", "Gegenkonto")]
        if not all(accounts):
            raise ValueError("Konto", "has not both accounts")
        words = self._text(row, "Buchungstext")
        rows = []
        for account, on_debit in zip(accounts, (side == "S", side == "H"), strict=True):
            sides: tuple[Cell, Cell] = (amount, "") if on_debit else ("", amount)
            rows.append(TableRow(row.number, (day, account, *sides, currency, words)))
        return rows

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

    def _amount(self, row: TableRow, day: date) -> tuple[Decimal, str]:
        """Return what is booked without tax, and its currency: that of the books where both are given."""
        base, own = self._text(row, "Basis-Umsatz", "Basisumsatz"), self._text(row, "Umsatz (ohne Soll/Haben-Kz)")
        name = "Basis-Umsatz" if base else "Umsatz (ohne Soll/Haben-Kz)"
        found = _AMOUNT.fullmatch(base or own)
        if found is None:
            raise ValueError(name, f'"{base or own}" is no amount with a decimal comma')
        gross = Fraction(int(f"{found[1]}{(found[2] or '').ljust(2, '0')}"), 100)
        key = self._text(row, "BU-Schlüssel").lstrip("0")
        is_known = key in _TAX and (not _TAX[key] or not _REDUCED[0] <= day <= _REDUCED[1])
        if not is_known:
            reason = (
                f"with the tax key {key}, it is not known what of the amount is tax: book it as a table of net amounts"
            )
            raise ValueError("BU-Schlüssel", reason)
        self.taxed += bool(_TAX[key])
        self.untaxed += not key
        currency = self._text(row, "WKZ Basis-Umsatz", "WKZ Basisumsatz") if base else self._text(row, "WKZ Umsatz")
        return round_half_up(gross * 100 / (100 + _TAX[key]), 2), currency or self.currency

    def notes(self) -> list[str]:
        """Return what is said of the batch."""
        said = [f"bookings of {self.first} to {self.last}, each on two accounts"]
        if self.taxed:
            said.append(f"{plural(self.taxed, 'amount')} with the tax key 8 or 9 taken without that tax of 7% or 19%")
        if self.untaxed:
            said.append("amounts without a tax key are taken as they are: with tax, where their account splits it off")
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
    },
    only=frozenset(("date", "account", "account_name", "cost_center", "vendor", "state", "amount", "debit", "credit")),
    prepare=bookings_of,
    is_whole=True,
)
