"""Which rows of a table add up others: they say so, or have no name, and their numbers are sums.

A customer may be called Total, and a task "Total redesign": where a word alone does not tell, the numbers do.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.app.exchange.dates import parse_date, parse_month
from revplan.app.exchange.notation import is_missing
from revplan.app.exchange.numbers import parse_number, read_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from revplan.app.exchange.notation import Cell

_WORDS = (
    r"(?:grand |sub)?-?totals?|sums?|zwischensumme|gesamtsumme|summe|gesamt(?:ergebnis)?|insgesamt|total général"
    r"|sous-total|total general|totale|totaal|razem|suma"
)
_TOTAL = re.compile(_WORDS, re.IGNORECASE)
_LIKE_TOTAL = re.compile(rf"(?:{_WORDS})\b.*|.*\b(?:{_WORDS})", re.IGNORECASE)
_OF_WHAT = re.compile(rf"(?:{_WORDS}): .*", re.IGNORECASE)
_LEAST_PARTS = 2
"""Rows from which on a sum is told from a row that says the same."""
_ENDS = 3
"""Rows at the end that may be totals without a word for it; the first one may be, too."""
_LOOKED_AT = 20
"""Rows from which it is known whether rows have names."""
_LEAST_DIGITS = 8
"""Digits of a row's numbers from which on they are no sums by chance."""
_LEAST_DATED_PARTS, _LEAST_DATED_DIGITS = 3, 5
"""The same of a last row with a day, as bookings have: rows, and digits of its one number, zeros at its end aside."""


class Totals(NamedTuple):
    """Which rows add up others, by their places.

    Attributes:
        sure: those that say so, or have no name.
        doubtful: those that have a name of their own, and all of whose numbers are the sums of the others; so has a
            last row with a day, which may be a booking as the others are.
    """

    sure: frozenset[int]
    doubtful: frozenset[int]


def find_totals(rows: Sequence[Sequence[Cell]]) -> Totals:
    """Return which rows of a table, without its header, add up others."""
    said = _at_the_end(rows)
    body = [at for at in range(len(rows)) if at not in said]
    if len(body) <= _LEAST_PARTS:
        return Totals(said, frozenset())
    worded = {at for at in body if _LIKE_TOTAL.fullmatch(_first(rows[at]))}
    ends = {*body[:1], *body[-_ENDS:]}
    has_names = not all(_is_nameless(rows[at]) for at in body[:_LOOKED_AT])
    nameless = {at for at in ends if has_names and _is_nameless(rows[at])}
    sure = worded | nameless
    doubtful = {at for at in ends if not any(map(_is_day, rows[at]))} - sure
    dated = {body[-1]} - sure - doubtful
    if not sure and not doubtful and not dated:
        return Totals(said, frozenset())
    sums = _Sums(rows, said | worded)
    return Totals(
        said | {at for at in sure if sums.tells(at, parts=1 if _is_called_total(_first(rows[at])) else _LEAST_PARTS)},
        frozenset(at for at in doubtful if sums.tells(at, digits=_LEAST_DIGITS)) | set(filter(sums.tells_dated, dated)),
    )


class _Sums:
    """The numbers of a table by columns, to tell which of its rows are sums."""

    def __init__(self, rows: Sequence[Sequence[Cell]], totals: frozenset[int] | set[int]) -> None:
        width = max(map(len, rows))
        columns = (read_numbers([row[at] if at < len(row) else "" for row in rows]).values for at in range(width))
        self.columns = [[None if number is None else number.value for number in column] for column in columns]
        self.totals = totals
        self.parts = [at for at in range(len(rows)) if at not in totals]

    def tells(self, at: int, parts: int = _LEAST_PARTS, digits: int = 0) -> bool:
        """Tell whether all numbers of a row are sums: of the other rows, of those before, or of those since a total.

        Args:
            at: the row's place.
            parts: rows that make a sum at least.
            digits: as many digits as its numbers have together at least, and two numbers: fewer may be so by chance.
        """
        own = [column for column in self.columns if column[at]]
        if not own or (digits and (len(own) < _LEAST_PARTS or _count_digits(at, own) < digits)):
            return False
        return all(self._is_sum(at, column, parts) for column in own)

    def tells_dated(self, at: int) -> bool:
        """Tell whether the only number of a row is the sum of the others, and by its digits not by chance."""
        own = [number for column in self.columns if (number := column[at])]
        return (
            len(own) == 1
            and len(own[0].normalize().as_tuple().digits) >= _LEAST_DATED_DIGITS
            and self.tells(at, parts=_LEAST_DATED_PARTS)
        )

    def _is_sum(self, at: int, column: Sequence[Decimal | None], parts: int) -> bool:
        since = max((total for total in self.totals if total < at), default=-1)
        whole = [part for part in self.parts if part != at and column[part]]
        for places in (whole, [part for part in whole if part < at], [part for part in whole if since < part < at]):
            if len(places) >= parts and sum((column[part] or 0 for part in places), Decimal(0)) == column[at]:
                return True
        return False


def _count_digits(at: int, columns: Sequence[Sequence[Decimal | None]]) -> int:
    return sum(len(number.as_tuple().digits) for column in columns if (number := column[at]) is not None)


def _at_the_end(rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """Return the last rows that a word calls totals."""
    end = len(rows)
    while end and _is_called_total(_first(rows[end - 1])):
        end -= 1
    return frozenset(range(end, len(rows)))


def _is_called_total(text: str) -> bool:
    return _TOTAL.fullmatch(text) is not None or _OF_WHAT.fullmatch(text) is not None


def _first(row: Sequence[Cell]) -> str:
    """Return the first cell that holds anything, where it is text, without a colon at its end."""
    first = next((cell for cell in row if not isinstance(cell, str) or cell.strip()), "")
    return first.strip(": ") if isinstance(first, str) else ""


def _is_nameless(row: Sequence[Cell]) -> bool:
    """Tell whether a row has numbers and days alone."""
    return all(not isinstance(cell, str) or is_missing(cell) or _is_number(cell) or _is_day(cell) for cell in row)


def _is_number(cell: Cell) -> bool:
    return any(_can_read(parse_number, cell, mark) for mark in (".", ","))


def _is_day(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, date)
    return parse_month(cell) is not None or any(_can_read(parse_date, cell, order) for order in ("mdy", "dmy"))


def _can_read(parse: Callable[[Cell, Any], object], cell: Cell, notation: str) -> bool:
    try:
        parse(cell, notation)
    except ValueError:
        return False
    return True
