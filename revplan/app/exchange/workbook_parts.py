"""What only the parts of a workbook tell: cells shown as per cents or money, formulas without a value, hidden rows.

The library that reads workbooks gives values without their styles: 3.1% is 0.031 and 5 € is 5. It gives nothing at all
where a formula was never computed, or came to an error.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from revplan.app.exchange.notation import BadCell
from revplan.app.exchange.numbers import currency_of_sign
from revplan.formats.xlsx import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[int, int]
"""Row and column, from 1."""
_PERCENT = frozenset(("9", "10"))
"""The built-in number formats 0% and 0.00%."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_CURRENCY = re.compile(r'\[\$([^\]-]*)(?:-([0-9A-Fa-f]+))?\]|"([^"]*)"|\\(.)|([$€£¥])')
_DOLLARS: Mapping[str, str] = {
    "409": "USD", "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "C04": "HKD", "1004": "SGD", "4804": "SGD",
}  # fmt: skip
"""Whose dollar a sign is, by the locale that a number format names."""
_CELL = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_LARGEST = 256 * 1024 * 1024
"""Bytes of a part that are read at most, unpacked."""
_TELLING = re.compile(rb'<(?:\w+:)?f[ >/]|hidden="|\bt="e"|mergeCell ')
"""What a sheet without styles of interest may still hold: formulas, hidden rows, errors, cells over several rows."""

_ROW = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class SheetParts:
    """What the parts of a workbook tell of a sheet.

    Attributes:
        percents: cells that are shown as per cents.
        currencies: the codes of currencies by the cells that are shown with them.
        bad: cells that nobody can read, by row and column: errors, and formulas that no program has computed.
        hidden: rows that are hidden, by a filter or by hand.
        hidden_columns: the first and the last of columns that are hidden, counted from 1.
        merged: cells that are one over several rows, such as A2:A5.
    """

    percents: frozenset[Place] = frozenset()
    currencies: Mapping[Place, str] = field(default_factory=dict)
    bad: Mapping[int, Mapping[int, BadCell]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merged: tuple[str, ...] = ()


class _Styles(NamedTuple):
    """The numbers of cell styles, by what they show."""

    percents: frozenset[str]
    currencies: Mapping[str, str]


def is_workbook(content: bytes) -> bool:
    """Tell whether a file is a workbook of the format .xlsx, and no other office file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return any(name.endswith("workbook.xml") for name in book.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def sheet_parts(content: bytes, sheet: str) -> SheetParts:
    """Return what a workbook's parts tell of one of its sheets; nothing where it is not laid out as usual."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            part = _part_of(book, sheet)
            return _read_sheet(_read(book, part), _read_styles(book)) if part is not None else SheetParts()
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError, NotImplementedError, OSError):
        return SheetParts()


def _read(book: zipfile.ZipFile, part: str) -> bytes:
    """Return a part of the workbook.

    Raises:
        KeyError: there is none.
        ValueError: it is too large, or declares entities, which no workbook needs.
    """
    with book.open(part) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST or b"<!DOCTYPE" in content[:1024].upper():
        raise ValueError(part)
    return content


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _read_styles(book: zipfile.ZipFile) -> _Styles:
    if "xl/styles.xml" not in book.namelist():
        return _Styles(frozenset(), {})
    root = ET.fromstring(_read(book, "xl/styles.xml"))  # noqa: S314 - no entities, see _read
    percents, currencies = set(_PERCENT), {}
    styles: list[str] = []
    for element in root.iter():
        code = element.get("formatCode", "")
        if _name(element.tag) == "numFmt" and "%" in _QUOTED.sub("", code):
            percents.add(element.get("numFmtId", ""))
        elif _name(element.tag) == "numFmt" and (currency := _currency_of(code)):
            currencies[element.get("numFmtId", "")] = currency
        elif _name(element.tag) == "cellXfs":
            styles = [each.get("numFmtId", "") for each in element]
    numbered = [(str(number), own) for number, own in enumerate(styles)]
    return _Styles(
        frozenset(number for number, own in numbered if own in percents),
        {number: currencies[own] for number, own in numbered if own in currencies},
    )


def _currency_of(code: str) -> str:
    """Return the code of the currency that a number format shows; empty where it shows none."""
    for found in _CURRENCY.finditer(code.partition(";")[0]):
        sign, locale, quoted, escaped, bare = found.groups()
        written = (sign or quoted or escaped or bare or "").strip()
        if written == "$" and locale:
            return _DOLLARS.get(locale.upper().lstrip("0"), "USD")
        if currency := currency_of_sign(written):
            return currency
    return ""


def _part_of(book: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the part that holds a sheet."""
    root = ET.fromstring(_read(book, "xl/workbook.xml"))  # noqa: S314 - no entities, see _read
    relations = ET.fromstring(_read(book, "xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for element in root.iter():
        if _name(element.tag) == "sheet" and element.get("name") == sheet:
            relation = next((value for key, value in element.attrib.items() if _name(key) == "id"), None)
            target = targets.get(relation, "")
            return posixpath.normpath(posixpath.join("xl", target)) if target[:1] != "/" else target[1:]
    return None


def _read_sheet(content: bytes, styles: _Styles) -> SheetParts:
    if not styles.percents and not styles.currencies and _TELLING.search(content) is None:
        return SheetParts()
    percents, hidden = set(), set()
    currencies: dict[Place, str] = {}
    bad: dict[int, dict[int, BadCell]] = {}
    merged: list[str] = []
    columns: list[tuple[int, int]] = []
    number = 0
    for _, element in ET.iterparse(io.BytesIO(content)):  # noqa: S314 - no entities, see _read
        if _name(element.tag) != "row":
            _note_layout(element, columns, merged)
            continue
        number = int(element.get("r", number + 1))
        if element.get("hidden") in ("1", "true"):
            hidden.add(number)
        for place, cell in _cells(element, number):
            style = cell.get("s", "")
            if style in styles.percents:
                percents.add(place)
            elif style in styles.currencies:
                currencies[place] = styles.currencies[style]
            if (unreadable := _bad_cell(cell)) is not None:
                bad.setdefault(number, {})[place[1]] = unreadable
        element.clear()
    return SheetParts(frozenset(percents), currencies, bad, frozenset(hidden), tuple(columns), tuple(merged))


def _note_layout(element: ET.Element, columns: list[tuple[int, int]], merged: list[str]) -> None:
    """Note hidden columns, and cells that are one over several rows."""
    if _name(element.tag) == "mergeCell" and len(set(_ROW.findall(element.get("ref", "")))) > 1:
        merged.append(element.get("ref", ""))
    elif _name(element.tag) == "col" and element.get("hidden") in ("1", "true"):
        columns.append((int(element.get("min", 0)), int(element.get("max", 0))))


def _bad_cell(cell: ET.Element) -> BadCell | None:
    texts = {_name(each.tag): each.text or "" for each in cell}
    if cell.get("t") == "e":
        return BadCell(texts.get("v") or "#VALUE!", "is an error of a spreadsheet")
    if "f" in texts and not texts.get("v") and cell.get("t") != "str":
        reason = "is a formula without its value: open the file in a spreadsheet program, and save it"
        return BadCell(f"={texts['f']}", reason)
    return None


def _cells(row: ET.Element, number: int) -> Iterator[tuple[Place, ET.Element]]:
    """Yield the cells of a row with their places; a cell that names none follows the one before."""
    column = 0
    for cell in row:
        found = _CELL.fullmatch(cell.get("r", ""))
        column = _column_number(found[1]) if found is not None else column + 1
        yield (number, column), cell


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number
