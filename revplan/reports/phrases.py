"""Dates, hours, money and scores as people write them; the same in every locale."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.model.base import MINUTES_PER_HOUR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_QUARTER_HOUR = 15
_VALUE_UNIT = 1000
_CENTS = 100


def short_date(day: date) -> str:
    """Return a day like `3 Dec`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"


def period(start: date, end: date) -> str:
    """Return a stretch of days like `1–31 December 2026`."""
    last = f"{end.day} {MONTH_NAMES[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = f"{start.day} {MONTH_NAMES[start.month - 1]}"
    return f"{first} – {last}" if start.year == end.year else f"{first} {start.year} – {last}"


def hours(minutes: int) -> str:
    """Return minutes as hours: exact where they are quarters of an hour, else to a tenth."""
    if minutes % _QUARTER_HOUR == 0:
        return trimmed(Decimal(minutes) / MINUTES_PER_HOUR)
    return trimmed(rounded(Fraction(minutes, MINUTES_PER_HOUR), 1))


def about(minutes: int) -> str:
    """Return minutes as hours to the nearest half: what is computed is not known better than that."""
    return trimmed(rounded(Fraction(minutes * 2, MINUTES_PER_HOUR), 0) / 2)


def score(value: int) -> str:
    """Return a value in thousandths as a score to a tenth."""
    return trimmed(rounded(Fraction(value, _VALUE_UNIT), 1))


def cash(cents: int, currency: str) -> str:
    """Return an amount of cents in whole units of its currency."""
    return money(Decimal(cents) / _CENTS, currency)


def money(amount: Decimal, currency: str) -> str:
    """Return an amount in whole units, with its currency's sign where it has a common one."""
    whole = f"{rounded(Fraction(amount), 0):,}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{whole}" if symbol is not None else f"{whole} {currency}"


def percent(part: int, whole: int) -> str:
    """Return a part of a whole as a whole per cent; `–` where there is no whole."""
    return f"{rounded(Fraction(100 * part, whole), 0)}%" if whole else "–"


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return a number of things."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """Return names in a row: `a`, `a and b`, `a, b and c`."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def rounded(number: Fraction, digits: int) -> Decimal:
    """Return a number rounded half up, by exact arithmetic."""
    scale = int(10**digits)
    return Decimal((2 * number.numerator * scale + number.denominator) // (2 * number.denominator)) / scale


def trimmed(number: Decimal) -> str:
    """Return a number without idle zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
