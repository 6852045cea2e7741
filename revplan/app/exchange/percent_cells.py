"""Which cells of a workbook are shown as per cents: 3.1% is stored as 0.031, and only its style tells.

The library that reads workbooks gives values without their styles, so these are read from the workbook's own parts.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUILT_IN = frozenset(("9", "10"))
"""Number formats 0% and 0.00%."""
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LARGEST = 256 * 1024 * 1024
"""Bytes of a part that are read at most, unpacked."""
_LETTERS = 26


def percent_cells(content: bytes, sheet: str) -> frozenset[tuple[int, int]]:
    """Return (row, column) of a sheet's cells that are shown as per cents, from 1.

    Nothing where the workbook has no such style, or is not laid out as usual: its cells are numbers as stored then.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            styles = _percent_styles(book)
            part = _part_of(book, sheet) if styles else None
            return frozenset(_cells(book, part, styles)) if part is not None else frozenset()
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError, NotImplementedError, OSError):
        return frozenset()


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


def _percent_styles(book: zipfile.ZipFile) -> frozenset[str]:
    """Return the numbers of the cell styles that show per cents."""
    root = ET.fromstring(_read(book, "xl/styles.xml"))  # noqa: S314 - no entities, see _read
    formats = set(_BUILT_IN)
    styles = []
    for element in root.iter():
        if _name(element.tag) == "numFmt" and "%" in _QUOTED.sub("", element.get("formatCode", "")):
            formats.add(element.get("numFmtId", ""))
        elif _name(element.tag) == "cellXfs":
            styles = [each.get("numFmtId", "") for each in element]
    return frozenset(str(number) for number, own in enumerate(styles) if own in formats)


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


def _cells(book: zipfile.ZipFile, part: str, styles: frozenset[str]) -> Iterator[tuple[int, int]]:
    for _, element in ET.iterparse(io.BytesIO(_read(book, part))):  # noqa: S314 - no entities, see _read
        if _name(element.tag) == "c" and element.get("s") in styles:
            found = _CELL.fullmatch(element.get("r", ""))
            if found is not None:
                column = 0
                for letter in found[1]:
                    column = column * _LETTERS + ord(letter) - ord("A") + 1
                yield int(found[2]), column
        elif _name(element.tag) == "row":
            element.clear()
