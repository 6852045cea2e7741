"""Tables that other programs export, read as earlier imports need them; `files` reads them for all others."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",;\t|"
_LARGEST = 64 * 1024 * 1024
_NUMBER = re.compile(r"[^\d.,+\-]")
_THOUSANDS = {",": re.compile(r"(?<=\d)\.(?=\d{3})"), ".": re.compile(r"(?<=\d),(?=\d{3})")}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: as a spreadsheet counts, the header being 1.
        cells: by the header's names, without space around them; joined by ; where columns share a name.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table with a header.

    Attributes:
        decimal: the character before the decimals: a comma where semicolons part the cells.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal: str

    def number(self, cell: str) -> str:
        """Return a number as the plan writes it: without a currency's sign, and without separators of thousands."""
        bare = _THOUSANDS[self.decimal].sub("", _NUMBER.sub("", cell))
        return bare.replace(",", ".") if self.decimal == "," else bare


def read_csv(file: Path) -> CsvTable:
    """Read a CSV file.

    Raises:
        InputError: it cannot be read, or has no header.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > _LARGEST:
        raise InputError(f"{file} is larger than {_LARGEST // 1024 // 1024} MB")
    return table_of(_decode(content), str(file))


def table_of(text: str, name: str) -> CsvTable:
    """Read a table from text.

    Raises:
        InputError: it has no header, or is no table.
    """
    separator = _separator(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise InputError(f"{name} is no CSV file: {error}") from None
    if not records or not any(cell.strip() for cell in records[0]):
        raise InputError(f"{name} has no header", hint="its first row names the columns")
    header = tuple(cell.strip() for cell in records[0])
    return CsvTable(header, tuple(_rows(header, records)), "," if separator == ";" else ".")


def day_of(text: str, date_format: str) -> str:
    """Return a day as the plan writes it.

    Raises:
        ValueError: the text is no day of this format.
    """
    return datetime.strptime(text, date_format).date().isoformat()  # noqa: DTZ007 - a day has no zone


def check_date_format(date_format: str) -> None:
    """Refuse what cannot say how dates are written.

    Raises:
        InputError: it does not name a day, a month and a year, each once.
    """
    day = date(2026, 11, 28)
    try:
        is_whole = day_of(day.strftime(date_format), date_format) == day.isoformat()
    except (re.error, LookupError, ValueError):
        is_whole = False
    if not is_whole:
        hint = "such as %d.%m.%Y or %m/%d/%y: a day, a month and a year, each once"
        raise InputError(f'"{date_format}" is no format of dates', hint=hint)


def _rows(header: tuple[str, ...], records: list[list[str]]) -> Iterator[Row]:
    for number, record in enumerate(records[1:], start=2):
        cells = [_plain(cell) for cell in record]
        if any(cells):
            named: dict[str, str] = {}
            for name, cell in zip(header, cells, strict=False):
                named[name] = "; ".join(part for part in (named.get(name), cell) if part)
            yield Row(number, named)


def _plain(cell: str) -> str:
    """Return a cell without space around it, and without the quote that keeps a spreadsheet from computing it."""
    bare = cell.strip()
    return bare[1:] if bare[:1] == "'" and bare[1:2] in ("=", "+", "-", "@") else bare


def _decode(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """Return the character that parts the cells of the header: what stands there most, outside of quotes."""
    head = re.sub(r'"[^"]*"', "", text.lstrip().partition("\n")[0])
    return max(_SEPARATORS, key=head.count)
