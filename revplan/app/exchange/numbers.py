"""Numbers, money and durations as tables of any locale write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

from revplan.app.exchange.notation import ERRORS, SPACES, CellValues, PercentCell, Refusal, cell_text, read_by_notation
from revplan.errors import InputError
from revplan.model.notation import MOST_HOURS
from revplan.model.numbers import strip_zeros

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from revplan.app.exchange.notation import Cell

DecimalMark = Literal[".", ","]
DurationUnit = Literal["h", "m", "s", "ms", "d"]
DECIMAL_NAMES: Mapping[str, str] = {".": "decimal point", ",": "decimal comma"}

_APOSTROPHES = "'’"
_MINUS = "-−–"
_SIGNS: Mapping[str, str] = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₪": "ILS", "₺": "TRY",
    "₽": "RUB", "₴": "UAH", "₦": "NGN", "฿": "THB", "₫": "VND", "₱": "PHP", "zł": "PLN", "Kč": "CZK", "Ft": "HUF",
    "kr": "kr", "kr.": "kr", "lei": "RON", "Fr.": "CHF", "SFr.": "CHF",
}  # fmt: skip
"""Signs of currencies; `kr` is the crown of several countries."""
_CODES = (
    "AED", "ARS", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP",
    "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD",
    "OMR", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD",
    "UAH", "USD", "UYU", "VND", "ZAR",
)  # fmt: skip
_CURRENCY = "|".join(map(re.escape, sorted((*_SIGNS, *_CODES), key=len, reverse=True)))
_LEADING = re.compile(rf"(?:{_CURRENCY})(?![^\W\d_])")
_TRAILING = re.compile(rf"(?<![^\W\d_])(?:{_CURRENCY})$|(?<=[0-9])(?:{_CURRENCY})$|(?<=[0-9][kKMB])(?:{_CURRENCY})$")
_HEADER_CURRENCY = re.compile(
    rf"(?P<name>.*?\w)[\s:,-]*(?:[(\[]\s*(?P<in_brackets>{_CURRENCY})\s*[)\]]|[\s,:-](?:in\s+)?(?P<bare>{_CURRENCY}))"
)
_WORDS = frozenset(("ALL", "TOP", "TRY", "lei", "kr", "Ft"))
"""Currencies that a header may end in and mean something else."""
_SUFFIX = re.compile(rf"(?<=[0-9])[{SPACES}]*(k|K|M|B|[Tt]sd\.?|[Mm]io\.?|[Mm]rd\.?|[Mm]ln|[Mm]n|[Bb]n)$")
_FACTORS: Mapping[str, int] = {
    "k": 10**3, "tsd": 10**3, "M": 10**6, "mio": 10**6, "mln": 10**6, "mn": 10**6, "B": 10**9, "bn": 10**9,
    "mrd": 10**9,
}  # fmt: skip
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_MOST_DIGITS = 18
"""As many digits as a number of the plan has."""
_GROUP = 3
"""Digits between separators of thousands."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a cell writes it.

    Attributes:
        value: per cents are fractions of one.
        is_rate: whether a per cent sign was written.
        currency: the code of the currency that was written; empty where none was.
    """

    value: Decimal
    is_rate: bool = False
    currency: str = ""

    def __str__(self) -> str:
        number = self.value * 100 if self.is_rate else self.value
        return f"{strip_zeros(number)}{'%' if self.is_rate else ''}"


def read_numbers(cells: Sequence[Cell], decimal: DecimalMark | None = None) -> CellValues[Number]:
    """Read a column of numbers.

    Currency signs and codes, a per cent sign, separators of thousands at their places, accounting negatives, the minus
    sign U+2212, exponents and the suffixes k, M and bn are understood. Money with its sign in front has no three
    decimals, so `$1,250` is 1250. A column has one currency: where two are written, every cell with one is refused.

    Args:
        cells: the column's cells.
        decimal: the decimal mark; None infers it from the column.
    """
    marks: tuple[DecimalMark, ...] = (decimal,) if decimal is not None else (".", ",")
    readers: dict[str, Callable[[Cell], Number]] = {mark: _number_reader(mark) for mark in marks}
    return _in_one_currency(cells, read_by_notation(cells, readers, DECIMAL_NAMES, "--decimal", is_said=bool(decimal)))


def _number_reader(mark: DecimalMark) -> Callable[[Cell], Number]:
    return lambda cell: parse_number(cell, mark)


def _in_one_currency(cells: Sequence[Cell], column: CellValues[Number]) -> CellValues[Number]:
    found = {number.currency for number in column.values if number is not None and number.currency}
    if len(found) <= 1:
        return column
    reason = f"is one of several currencies in the column: {', '.join(sorted(found))}"
    mixed = {at: number for at, number in enumerate(column.values) if number is not None and number.currency}
    refusals = {**column.refusals, **{at: Refusal(cell_text(cells[at]), reason) for at in mixed}}
    values = tuple(None if at in mixed else number for at, number in enumerate(column.values))
    return CellValues(values, dict(sorted(refusals.items())), column.notation)


def parse_number(cell: Cell, decimal: DecimalMark) -> Number:
    """Read one number with a known decimal mark.

    Raises:
        ValueError: the cell is not surely a number; the message is the reason.
    """
    if isinstance(cell, Decimal):
        _check_digits(cell)
        return Number(Decimal(cell), isinstance(cell, PercentCell), getattr(cell, "currency", ""))
    if not isinstance(cell, str):
        raise ValueError("is no number, but a day or a time of the spreadsheet")  # noqa: TRY004 - one kind of refusal
    text = cell.strip(SPACES + "\t")
    if ERRORS.fullmatch(text):
        raise ValueError("is an error of a spreadsheet")
    text, first_sign = _take_sign(text)
    text, currency, is_before = _take_currency(text)
    text, second_sign = _take_sign(text) if currency else (text, 0)
    if first_sign and second_sign:
        raise ValueError("has two signs")
    text, is_rate = (text[:-1].rstrip(SPACES), True) if text.endswith("%") else (text, False)
    text, factor = _take_suffix(text)
    if is_rate and (factor != 1 or currency):
        raise ValueError(f"has both {'a currency' if currency else 'a suffix'} and a per cent sign")
    if decimal == "," and is_before and _ONE_GROUP.fullmatch(text):
        raise ValueError("would have three decimals, which money does not have")
    value = parse_digits(text, decimal) * factor * (first_sign or second_sign or 1)
    return Number(value.scaleb(-2) if is_rate else value, is_rate, currency)


def _take_sign(text: str) -> tuple[str, int]:
    """Return a text without its sign, and the sign: 0 where it has none."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(SPACES), -1
    if text[:1] and text[0] in _MINUS:
        return text[1:].lstrip(SPACES), -1
    if text[-1:] and text[-1] in "-−":
        return text[:-1].rstrip(SPACES), -1
    return (text[1:].lstrip(SPACES), 1) if text.startswith("+") else (text, 0)


def _take_currency(text: str) -> tuple[str, str, bool]:
    """Return a text without its currency, the currency's code, and whether it stands before the number."""
    leading = None if text[:1].isdigit() else _LEADING.match(text)
    trailing = None if text[-1:].isdigit() else _TRAILING.search(text)
    if leading and trailing:
        raise ValueError("has two currencies")
    if leading:
        return text[leading.end() :].lstrip(SPACES), _SIGNS.get(leading[0], leading[0]), True
    if trailing:
        return text[: trailing.start()].rstrip(SPACES), _SIGNS.get(trailing[0], trailing[0]), False
    return text, "", False


def currency_of_sign(written: str) -> str:
    """Return a currency's code by its sign or its code; empty where it is neither."""
    return _SIGNS.get(written, written if written in _CODES else "")


def take_header_currency(header: str) -> tuple[str, str]:
    """Return a column's header without the currency at its end, and the currency's code: empty where it names none.

    So are `Amount (EUR)`, `Amount in EUR`, `Amount [€]` and `Amount EUR` read. Codes that are words of other meanings
    too, such as ALL or TOP, count only in brackets.
    """
    found = _HEADER_CURRENCY.fullmatch(header.strip(SPACES + "\t"))
    if found is None or not found["name"] or (found["bare"] in _WORDS):
        return header, ""
    written = found["bare"] or found["in_brackets"]
    return found["name"], _SIGNS.get(written, written)


def with_currency(column: CellValues[Any], currency: str) -> CellValues[Any]:
    """Return a column with its numbers in the currency that its header names; a cell that names another is refused.

    Args:
        column: numbers, and values that are none.
        currency: its code; empty where the header names none.
    """
    values, refusals = list(column.values), dict(column.refusals)
    for at, number in enumerate(column.values if currency else ()):
        if not isinstance(number, Number) or number.is_rate:
            continue
        if number.currency not in ("", currency):
            refusals[at] = Refusal(number.currency, f"stands under a header that says {currency}")
            values[at] = None
        else:
            values[at] = replace(number, currency=currency)
    return CellValues(tuple(values), dict(sorted(refusals.items())), column.notation)


def _take_suffix(text: str) -> tuple[str, int]:
    found = None if text[-1:].isdigit() else _SUFFIX.search(text)
    if found is None:
        return text, 1
    word = found[1].rstrip(".")
    return text[: found.start()], _FACTORS[word if len(word) == 1 and word != "K" else word.lower()]


def parse_digits(text: str, decimal: DecimalMark) -> Decimal:
    """Read digits with a decimal mark, separators of thousands and an exponent.

    Raises:
        ValueError: the text is anything else; the message is the reason.
    """
    mantissa, has_exponent, exponent = text.replace("E", "e").partition("e")
    whole, mark, fraction = mantissa.partition(decimal)
    if not _is_grouped(whole, "," if decimal == "." else ".") and not (whole == "" and mark):
        raise ValueError("is no number")
    if mark and not _is_digits(fraction):
        raise ValueError("is no number")
    if has_exponent and not re.fullmatch(r"[+-]?[0-9]{1,2}", exponent):
        raise ValueError("is no number")
    digits = re.sub(r"[^0-9]", "", whole) or "0"
    number = Decimal(f"{digits}.{fraction or '0'}e{exponent or '0'}")
    _check_digits(number)
    return number.normalize() + 0


def _check_digits(number: Decimal) -> None:
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    if len(digits) > _MOST_DIGITS or number.adjusted() > _MOST_DIGITS:
        raise ValueError(f"has more than {_MOST_DIGITS} digits")


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _is_grouped(whole: str, separator: str) -> bool:
    """Tell whether digits are bare, or parted into groups of three by one separator (in India, by two and three)."""
    if _is_digits(whole):
        return True
    marks = {character for character in whole if not character.isdigit()}
    if len(marks) != 1:
        return False
    mark = marks.pop()
    first, *groups = whole.split(mark)
    if mark not in separator + SPACES + _APOSTROPHES or not all(map(_is_digits, (first, *groups))):
        return False
    if first[0] == "0" or len(first) > _GROUP or len(groups[-1]) != _GROUP:
        return False
    is_indian = mark == "," and len(first) < _GROUP and all(len(group) == _GROUP - 1 for group in groups[:-1])
    return is_indian or all(len(group) == _GROUP for group in groups)


# Durations -------------------------------------------------------------------------------------------------------

_CLOCK = re.compile(r"([0-9]{1,5}):([0-5][0-9])(?::([0-5][0-9]))?")
_HOURS_AND_MINUTES = re.compile(r"([0-9]{1,5})h([0-5][0-9])")
_MINUTES_AND_SECONDS = re.compile(r"^([0-9]{1,5}):([0-5][0-9]) min$")
_ISO_DURATION = re.compile(r"PT(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?")
_TERM = re.compile(
    rf"([0-9][0-9.,]*)[{SPACES}]*(w|weeks?|wks?|wochen?|d|days?|tage?|jours?|h|hours?|hrs?|std\.?|stunden?|heures?"
    rf"|m|mins?\.?|minuten?|minutes?|s|secs?|seconds?|sekunden?)(?![^\W\d_])[{SPACES},]*",
    re.IGNORECASE,
)
_LETTERS: Mapping[str, str] = {"t": "d", "j": "d"}
"""The unit's letter where a word begins with another one: Tage, jours."""
_SECONDS_PER: Mapping[str, Fraction] = {
    "ms": Fraction(1, 1000), "s": Fraction(1), "m": Fraction(60), "h": Fraction(3600),
}  # fmt: skip
_UNIT_ORDER = "wdhms"


def read_durations(
    cells: Sequence[Cell],
    unit: DurationUnit = "h",
    *,
    day_minutes: int = 480,
    workdays: int = 5,
    decimal: DecimalMark | None = None,
) -> CellValues[int]:
    """Read a column of durations as minutes, rounded half up to whole ones: the plan counts no seconds.

    Args:
        cells: `2h 30m`, `1:30`, `1d 4h`, `PT2H30M`, `90 min`, or numbers of the unit.
        unit: what a number without a unit counts.
        day_minutes: minutes of a working day.
        workdays: working days of a week.
        decimal: the decimal mark; None infers it from the column.
    """
    found = read_seconds(cells, unit, day_minutes=day_minutes, workdays=workdays, decimal=decimal)
    minutes = tuple(None if value is None else int((value / 60 + Fraction(1, 2)) // 1) for value in found.values)
    return CellValues(minutes, found.refusals, found.notation)


def read_seconds(
    cells: Sequence[Cell],
    unit: DurationUnit = "h",
    *,
    day_minutes: int = 480,
    workdays: int = 5,
    decimal: DecimalMark | None = None,
) -> CellValues[Fraction]:
    """Read a column of durations as exact seconds, for those that are added up; else as `read_durations`."""
    per = {**_SECONDS_PER, "d": Fraction(day_minutes * 60), "w": Fraction(day_minutes * 60 * workdays)}

    def reader(mark: DecimalMark) -> Callable[[Cell], Fraction]:
        return lambda cell: _in_bounds(parse_duration(cell, per, unit, mark))

    marks: tuple[DecimalMark, ...] = (decimal,) if decimal is not None else (".", ",")
    readers: dict[str, Callable[[Cell], Fraction]] = {mark: reader(mark) for mark in marks}
    return read_by_notation(cells, readers, DECIMAL_NAMES, "--decimal", is_said=bool(decimal), show=_hours)


def _in_bounds(seconds: Fraction) -> Fraction:
    if seconds > MOST_HOURS * 3600:
        raise ValueError(f"is longer than {MOST_HOURS:,} hours")
    return seconds


def _hours(seconds: Fraction) -> str:
    return f"{float(seconds / 3600):g} h"


def parse_duration(
    cell: Cell, seconds_per: Mapping[str, Fraction], unit: DurationUnit, decimal: DecimalMark
) -> Fraction:
    """Read one duration as seconds.

    Args:
        cell: the cell.
        seconds_per: how long a unit is.
        unit: what a number without a unit counts.
        decimal: the decimal mark.

    Raises:
        ValueError: the cell is not surely a duration; the message is the reason.
    """
    if not isinstance(cell, str):
        return _stored_duration(cell, seconds_per[unit])
    text = _MINUTES_AND_SECONDS.sub(r"\1m \2s", cell.strip(SPACES + "\t"))
    clock = _CLOCK.fullmatch(text) or _HOURS_AND_MINUTES.fullmatch(text)
    if clock is not None:
        hours, minutes, *seconds = (int(part or 0) for part in clock.groups())
        return Fraction(hours * 3600 + minutes * 60 + sum(seconds))
    iso = _ISO_DURATION.fullmatch(text)
    terms = _terms(text) if iso is None else [(part, name) for part, name in zip(iso.groups(), "hms", strict=True)]
    if any(count for count, _ in terms):
        mark = decimal if iso is None else "."
        return sum(
            (Fraction(parse_digits(count, mark)) * seconds_per[name] for count, name in terms if count), Fraction(0)
        )
    if ERRORS.fullmatch(text):
        raise ValueError("is an error of a spreadsheet")
    try:
        return Fraction(parse_digits(text, decimal)) * seconds_per[unit]
    except ValueError:
        raise ValueError("is no duration, such as 2.5, 2h 30m or 1:30") from None


def _stored_duration(cell: Decimal | date | timedelta, per_unit: Fraction) -> Fraction:
    if isinstance(cell, timedelta) and cell >= timedelta(0):
        return Fraction(cell // timedelta(microseconds=1), 1_000_000)
    if isinstance(cell, Decimal) and cell >= 0:
        return Fraction(cell) * per_unit
    raise ValueError("is no duration")


def _terms(text: str) -> list[tuple[str, str]]:
    """Return (count, unit) of each term of `1d 4h`, the longest unit first; nothing where the text is anything else."""
    found, at = [], 0
    while at < len(text):
        term = _TERM.match(text, at)
        if term is None or term[2] == "M":  # months, or millions
            return []
        found.append((term[1], _unit_letter(term[2].lower())))
        at = term.end()
    places = [_UNIT_ORDER.index(unit) for _, unit in found]
    return found if places == sorted(set(places)) else []


def _unit_letter(word: str) -> str:
    return "h" if word.startswith("st") else _LETTERS.get(word[0], word[0])


def parse_decimal(written: str | None) -> DecimalMark | None:
    """Return the decimal mark that a user names.

    Raises:
        InputError: it is none.
    """
    for mark in get_args(DecimalMark):
        if written in (mark, {".": "point", ",": "comma"}[mark]):
            return mark  # type: ignore[no-any-return]
    if written is not None:
        raise InputError(f'"{written}" is no decimal mark', hint="--decimal . or --decimal ,")
    return None
