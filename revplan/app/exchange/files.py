"""Tables as they really come: encodings, separators, titles above the header, totals below it, workbooks."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from revplan.app.exchange.fingerprints import COLUMN
from revplan.app.exchange.notation import ERRORS, Cell, cell_text
from revplan.app.exchange.totals import find_totals
from revplan.app.exchange.workbook import OLD, ZIPPED, workbook_rows
from revplan.errors import BadRowsError, InputError
from revplan.wording import join_names, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",;\t|"
_SEPARATOR_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LARGEST = 64 * 1024 * 1024
_LOOKED_AT = 50
"""Records from which the separator and the header are known."""
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*(?:\r\n|\r|\n)", re.IGNORECASE)
_LEAST_ROWS = 2
"""Rows from which on a shorter last one is told from a table of short rows."""
_QUOTED_FORMULA = re.compile(r"'+(?:[=+\-@\t\r\n]|\s*(?:::|##\[))")


@dataclass(frozen=True, slots=True)
class Fault:
    """What of a table cannot be used, and why.

    Attributes:
        row: as a spreadsheet counts, from 1.
        column: the column's name; empty where it is about the whole row.
        reason: a whole sentence without its end.
    """

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.reason}"


def refuse_faults(faults: Sequence[Fault]) -> None:
    """Refuse a table with faults.

    Raises:
        BadRowsError: there are faults.
    """
    if faults:
        count = plural(len({fault.row for fault in faults}), "row")
        raise BadRowsError(f"{count} cannot be used; nothing was written", hint="correct them, or add --skip-bad")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table.

    Attributes:
        number: as a spreadsheet counts, from 1.
        cells: as many as the header has.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table with a header.

    Attributes:
        name: the file's name.
        header: the columns' names; several may share one.
        faults: rows that are no rows of this table.
        notes: what was recognised: how the text is written, what was left out and why.
        separator: the character between the cells of a text; empty for a workbook.
        above: what stands above the header.
        body: what stands below it, totals and headings included, with the rows' numbers.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    separator: str = ""
    above: tuple[tuple[str, ...], ...] = ()
    body: Sequence[tuple[int, Sequence[Cell]]] = ()


@dataclass(slots=True)
class _Records:
    """Rows as they stand in the file, with their numbers."""

    records: list[tuple[int, list[Cell]]]
    notes: list[str] = field(default_factory=list)
    separator: str = ""


def normalise_header(name: str) -> str:
    """Return a column's name whatever its case, spaces and punctuation."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold()))


def read_bytes(file: Path) -> bytes:
    """Read a file of moderate size.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(content) > _LARGEST:
        raise InputError(f"{file} is larger than {_LARGEST // 1024 // 1024} MB")
    return content


def read_table(file: Path, known: Collection[str] = ()) -> TableFile:
    """Read a table from a CSV file or a workbook.

    Args:
        file: the file.
        known: names of columns; they tell the header where titles that look like one stand above it.

    Raises:
        InputError: it cannot be read, or has no header.
    """
    content = read_bytes(file)
    if content.startswith((ZIPPED, OLD)):
        return _table(file.name, _Records(*workbook_rows(content, file.name)), known)
    text, encoding = _decode(content, file.name)
    if text.lstrip()[:1] in ("{", "<"):
        kind = "JSON" if text.lstrip().startswith("{") else "XML or HTML"
        raise InputError(f"{file.name} is {kind}, and no table", hint="export it as CSV or .xlsx")
    return parse_table(text, file.name, known, encoding)


def parse_table(text: str, name: str, known: Collection[str] = (), encoding: str = "") -> TableFile:
    """Read a table from text.

    Raises:
        InputError: it has no header, or is no table.
    """
    return _table(name, _text_records(text, name, encoding), known)


def _table(name: str, found: _Records, known: Collection[str]) -> TableFile:
    records = _without_comments(found)
    at = _header_index(records, frozenset(map(normalise_header, known)))
    if at is None:
        raise InputError(f"{name} has no header", hint="its first row names the columns")
    if at:
        found.notes.append(f"the header is row {records[at][0]}; what stands above it is left out")
    names = [cell_text(cell).strip() for cell in records[at][1]]
    last = max((place for place, column in enumerate(names) if column), default=-1)
    header = tuple(names[: last + 1])
    rows, faults = [], []
    body = [(number, cells) for number, cells in records[at + 1 :] if tuple(cells[: len(header)]) != header]
    is_own = COLUMN in header
    totals = find_totals([cells for _, cells in body] if not is_own else [])
    if totals.sure:
        found.notes.append(
            f"left out as totals: row {join_names([str(body[place][0]) for place in sorted(totals.sure)])}"
        )
    cut = _cut_row([cells for _, cells in body], header)
    for place, (number, cells) in enumerate(body):
        if place in totals.sure:
            continue
        if any(map(_is_filled, cells[len(header) :])):
            faults.append(Fault(number, "", _too_many(cells, header)))
        elif place in totals.doubtful:
            faults.append(Fault(number, "", "has the sums of the other rows: take it out, if it is a total"))
        elif place == cut:
            reason = f"ends after {len(cells)} of {len(header)} cells: the file may be cut off here"
            faults.append(Fault(number, "", reason))
        else:
            whole = [*cells[: len(header)], *[""] * (len(header) - len(cells))]
            rows.append(TableRow(number, tuple(whole)))
    above = tuple(tuple(cell_text(cell).strip() for cell in cells) for _, cells in records[:at])
    return TableFile(name, header, tuple(rows), tuple(faults), tuple(found.notes), found.separator, above, body)


def filled_columns(table: TableFile, besides: Collection[str]) -> tuple[str, ...]:
    """Return the columns in which any cell is filled, besides some, whatever their case, spaces and punctuation."""
    read = {normalise_header(name) for name in besides}
    filled = {at for row in table.rows for at, cell in enumerate(row.cells) if _is_filled(cell)}
    return tuple(name for at, name in enumerate(table.header) if at in filled and normalise_header(name) not in read)


def _too_many(cells: Sequence[Cell], header: Sequence[str]) -> str:
    return f"has {len(cells)} cells where the header has {len(header)}; a cell with a separator in it needs quotes"


def _cut_row(rows: Sequence[Sequence[Cell]], header: Sequence[str]) -> int | None:
    """Return the place of a last row that has fewer cells than every other one."""
    if len(rows) < _LEAST_ROWS or not 1 < len(rows[-1]) < len(header):
        return None
    return len(rows) - 1 if all(len(row) >= len(header) for row in rows[:-1]) else None


def _is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())


def _plain(cell: Cell) -> Cell:
    """Return a cell without the quote that keeps a spreadsheet from computing it."""
    return cell[1:] if isinstance(cell, str) and _QUOTED_FORMULA.match(cell) else cell


# What is no row --------------------------------------------------------------------------------------------------


def _without_comments(found: _Records) -> list[tuple[int, list[Cell]]]:
    """Return the records that hold anything, without lines that begin with #."""
    kept, comments = [], 0
    for number, cells in found.records:
        filled = [cell for cell in cells if _is_filled(cell)]
        if filled and _is_comment(cells, len(filled)):
            comments += 1
        elif filled:
            kept.append((number, cells))
    if comments:
        found.notes.append(f"{comments} {'line' if comments == 1 else 'lines'} with # left out")
    return kept


def _is_comment(cells: Sequence[Cell], filled: int) -> bool:
    first = cells[0]
    if not isinstance(first, str) or not first.startswith("#") or ERRORS.fullmatch(first.strip()):
        return False
    return filled == 1 and len(first.strip()) > 1 if not first.startswith(("# ", "##", "#-")) else True


def _header_index(records: Sequence[tuple[int, list[Cell]]], known: frozenset[str]) -> int | None:
    """Return which record is the header: the first that names as many columns as half of the widest record has cells.

    Where this one names none that is known, the first that names two, or one, is the header.
    """
    head = records[:_LOOKED_AT]
    if not head:
        return None
    filled = [sum(map(_is_filled, cells)) for _, cells in head]
    found = next(at for at, count in enumerate(filled) if count * 2 >= max(filled))
    named = [sum(normalise_header(cell_text(cell)) in known for cell in cells) for _, cells in head]
    if not named[found] and any(named):
        return next(at for at, count in enumerate(named) if count >= min(2, max(named)))
    return found


# Text ------------------------------------------------------------------------------------------------------------


def _text_records(text: str, name: str, encoding: str) -> _Records:
    notes = [encoding] if encoding else []
    said = _SEPARATOR_LINE.match(text)
    body = text[said.end() :] if said else text
    separator = said[1] if said else _separator(body)
    if separator != ",":
        notes.append(f"cells are parted by {_SEPARATOR_NAMES.get(separator, separator)}")
    try:
        records = [(number, [*map(_plain, cells)]) for number, cells in _records(body, separator)]
    except csv.Error as error:
        raise InputError(f"{name} is no CSV file: {error}") from None
    return _Records(records, notes, separator)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the number that a spreadsheet gives its row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    yield from enumerate(reader, start=1)


def _separator(text: str) -> str:
    """Return the character that parts the most records into the same number of cells; the header counts too."""
    return max(_SEPARATORS, key=lambda separator: _consistency(text, separator))


def _consistency(text: str, separator: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for number, cells in _records(text, separator):
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
            if number == _LOOKED_AT:
                break
    except csv.Error:
        return (0, 0)
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _decode(content: bytes, name: str) -> tuple[str, str]:
    """Return a text, and how it is written where that is not plain UTF-8.

    Raises:
        InputError: it is no text in its own encoding.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding, name), "" if encoding == "utf-8-sig" else "written in UTF-16"
    if content[:2].count(0) == 1:
        encoding = "utf-16-be" if content[0] == 0 else "utf-16-le"
        return _decode_as(content, encoding, name), "written in UTF-16"
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _decode_as(content, "cp1252", name), "written in Windows-1252, as far as can be told"


def _decode_as(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        hint = "save it as CSV in UTF-8"
        raise InputError(f"{name} is written in an encoding that is not known here", hint=hint) from None
