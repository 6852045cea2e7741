"""Ledgers in which accounts stand as headings over their bookings, and totals below them: QuickBooks and Xero.

Every booking gets its account as a column of its own. A total that is not what its bookings add up to is refused: a
row was read that is none, or one was not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.app.exchange.files import Fault, TableFile, TableRow, normalise_header
from revplan.app.exchange.notation import Cell, cell_text, is_missing
from revplan.app.exchange.numbers import parse_number
from revplan.model.numbers import strip_zeros

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ACCOUNT = "Account (heading)"
"""The column that every booking gets."""
ACCOUNT_NAME = "Account without its number"
_NUMBERED = re.compile(r"[0-9][0-9.]* *[-–·]? *(?P<name>[^0-9].*)")
_TOTAL = re.compile(r"total(?: for)? (?P<name>.+?)(?: with sub-?(?:accounts|categories))?", re.IGNORECASE)
_BALANCE = re.compile(r"(?:beginning|opening|closing|ending) balance|net movement", re.IGNORECASE)


@dataclass(slots=True)
class _AccountSums:
    """What the bookings add up to, under the heading they stand under and since each heading."""

    own: Decimal = Decimal(0)
    whole: Decimal = Decimal(0)
    begun: dict[str, Decimal] = field(default_factory=dict)

    def open(self, heading: str) -> None:
        self.own = Decimal(0)
        self.begun.setdefault(heading, self.whole)

    def add(self, amount: Decimal) -> None:
        self.own += amount
        self.whole += amount

    def differs(self, heading: str, total: Decimal) -> bool:
        return heading in self.begun and total not in (self.own, self.whole - self.begun[heading])


@dataclass(slots=True)
class _HeadingReader:
    table: TableFile
    is_booking: Callable[[Sequence[Cell]], bool]
    amounts: Mapping[int, int]
    account: str = ""
    sums: _AccountSums = field(default_factory=_AccountSums)
    rows: list[TableRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read(self, number: int, cells: Sequence[Cell]) -> None:
        first = cell_text(cells[0]).strip()
        others = [cell for cell in cells[1:] if not is_missing(cell)]
        if any(isinstance(cell, str) and _BALANCE.fullmatch(cell.strip()) for cell in cells):
            return
        if self.is_booking(cells):
            self._add(number, cells)
        elif first and not others:
            self.account = first
            self.sums.open(first)
        elif first:
            self._close(number, first, cells)
        elif others:
            self.faults.append(Fault(number, "", "is neither a booking nor an account, and no total"))

    def _add(self, number: int, cells: Sequence[Cell]) -> None:
        if not self.account:
            self.faults.append(Fault(number, "", "stands under no account"))
            return
        numbered = _NUMBERED.fullmatch(self.account)
        self.rows.append(TableRow(number, (*cells, self.account, numbered["name"] if numbered else "")))
        self.sums.add(self._amount(cells) or Decimal(0))

    def _close(self, number: int, first: str, cells: Sequence[Cell]) -> None:
        """Hold a total against what its bookings add up to: others, such as Net Income, are left out."""
        said = _TOTAL.fullmatch(first)
        self.account = ""
        total = self._amount(cells)
        if said is not None and total is not None and self.sums.differs(said["name"], total):
            reason = f'"{first}" says {strip_zeros(total)}, and its bookings add up to another amount'
            self.faults.append(Fault(number, "", reason))

    def _amount(self, cells: Sequence[Cell]) -> Decimal | None:
        """Return what a row adds to its account; None where it has no amount, or one that nobody can read."""
        found = []
        for at, sign in self.amounts.items():
            if not is_missing(cells[at]):
                try:
                    found.append(parse_number(cells[at], ".").value * sign)
                except ValueError:
                    return None  # the reader of the column tells of it
        return sum(found, Decimal(0)) if found else None


def ungroup(table: TableFile, is_booking: Callable[[Sequence[Cell]], bool], amounts: Mapping[str, int]) -> TableFile:
    """Return a table with a booking a row, and its account in a column.

    Args:
        table: the table as it stands in the file.
        is_booking: tells whether a row is a booking, by its cells.
        amounts: the columns whose numbers add to an account (1) or are taken from it (-1).
    """
    width = len(table.header)
    places = {at: amounts[name] for at, name in enumerate(map(normalise_header, table.header)) if name in amounts}
    reader = _HeadingReader(table, is_booking, places)
    for number, cells in table.body:
        reader.read(number, (*cells[:width], *[""] * (width - len(cells))))
    notes = tuple(note for note in table.notes if not note.startswith("left out as totals"))
    whole = (*notes, "accounts are the headings over their rows; totals are held against them and left out")
    return replace(
        table,
        header=(*table.header, ACCOUNT, ACCOUNT_NAME),
        rows=tuple(reader.rows),
        faults=tuple(sorted(reader.faults, key=lambda fault: fault.row)),
        notes=whole,
    )
