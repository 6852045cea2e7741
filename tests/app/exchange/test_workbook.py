"""What only the parts of a workbook tell: money, errors, formulas that nobody computed, what is hidden."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from revplan.app.exchange.columns import Asked, read_fields
from revplan.app.exchange.fields import Field
from revplan.app.exchange.files import read_table
from revplan.errors import InputError
from revplan.formats.xlsx import draw

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from revplan.app.exchange.columns import TableReading

pytest.importorskip("python_calamine")
FIELDS = (Field("day", "date"), Field("amount", "amount"), Field("who", "text"), Field("key", "key"))
ADDED_STYLE = 3
"""The number of the style that `workbook` adds to its own."""
LOST = (
    '"12345678901234568" is a number whose digits a spreadsheet has not kept: export it again, and do not save it there'
)
ROWS: list[list[str | Decimal | date]] = [
    [date(2026, 10, 5), Decimal(1000), "Ann", "a1"],
    [date(2026, 10, 6), Decimal("2000.5"), "Bob", "a2"],
    [date(2026, 10, 7), Decimal(3), "Eve", "a3"],
]


def workbook(cells: Mapping[str, str], styles: str = "", sheets: str = "") -> bytes:
    """Return ROWS as a workbook, with whole cells by their places, further styles, and another list of sheets."""
    written = io.BytesIO()
    book = draw("Deals", [each.name for each in FIELDS], ROWS)
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for cell, xml in cells.items() if "worksheets/" in name else ():
                text, count = re.subn(rf'<c r="{cell}"[^>]*?(?:/>|>.*?</c>)', xml, text)
                assert count == 1, cell
            if styles and name == "xl/styles.xml":
                text = text.replace("</numFmts>", f'<numFmt numFmtId="170" formatCode="{styles}"/></numFmts>')
                text = text.replace("</cellXfs>", '<xf numFmtId="170"/></cellXfs>')
            text = text.replace('<sheet name="Deals"', f'<sheet name="Deals" {sheets}')
            new.writestr(name, text)
    return written.getvalue()


def reading_of(tmp_path: Path, content: bytes) -> TableReading:
    (tmp_path / "t.xlsx").write_bytes(content)
    return read_fields(read_table(tmp_path / "t.xlsx"), FIELDS, Asked())


def test_a_formula_without_its_value_is_refused_and_never_empty(tmp_path: Path) -> None:
    cells = {"B2": '<c r="B2"><f>500*2</f></c>', "C3": '<c r="C3"><f>A1</f><v></v></c>'}
    reading = reading_of(tmp_path, workbook(cells))
    assert [record.amount("amount") for record in reading.records] == [None, Decimal("2000.5"), Decimal(3)]
    reason = "is a formula without its value: open the file in a spreadsheet program, and save it"
    assert [str(fault) for fault in reading.faults] == [
        f'row 2, amount: "=500*2" {reason}',
        f'row 3, who: "=A1" {reason}',
    ]


def test_a_formula_with_its_value_is_read(tmp_path: Path) -> None:
    cells = {"B2": '<c r="B2"><f>500*2</f><v>1000</v></c>', "C3": '<c r="C3" t="str"><f>""</f><v></v></c>'}
    reading = reading_of(tmp_path, workbook(cells))
    assert [record.amount("amount") for record in reading.records] == [1000, Decimal("2000.5"), 3]
    assert not reading.faults


def test_an_error_is_refused_and_never_empty(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, workbook({"B2": '<c r="B2" t="e"><v>#REF!</v></c>'}))
    assert [str(fault) for fault in reading.faults] == ['row 2, amount: "#REF!" is an error of a spreadsheet']


@pytest.mark.parametrize(
    ("form", "currency"),
    [
        ("#,##0.00\\ [$€-407]", "EUR"),
        ("[$$-1009]#,##0.00", "CAD"),
        ("[$CHF]\\ #,##0", "CHF"),
        ("&quot;£&quot;#,##0;[Red]-&quot;£&quot;#,##0", "GBP"),
        ("[$-409]#,##0.0 &quot;pieces&quot;", ""),
        ("[Red]0.00", ""),
    ],
)
def test_money_is_in_the_currency_in_which_it_is_shown(tmp_path: Path, form: str, currency: str) -> None:
    content = workbook({"B2": f'<c r="B2" s="{ADDED_STYLE}"><v>1000</v></c>'}, form)
    number = reading_of(tmp_path, content).records[0].number_of("amount")
    assert number is not None
    assert (number.value, number.currency) == (1000, currency)


def test_hidden_rows_and_columns_and_merged_cells_are_told(tmp_path: Path) -> None:
    content = workbook({})
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        (sheet,) = (name for name in book.namelist() if "worksheets/" in name)
        parts = {name: book.read(name) for name in book.namelist()}
    parts[sheet] = re.sub(rb'<row r="3"', b'<row r="3" hidden="1"', parts[sheet])
    parts[sheet] = re.sub(
        rb"<sheetData>", b'<cols><col min="2" max="2" hidden="1"/><col min="9" max="99" hidden="1"/></cols><sheetData>',
        parts[sheet],
    )  # fmt: skip
    merged = b'</sheetData><mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="A4:B4"/></mergeCells>'
    parts[sheet] = re.sub(rb"</sheetData>", merged, parts[sheet])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    reading = reading_of(tmp_path, written.getvalue())
    assert len(reading.records) == len(ROWS)
    assert reading.notes == (
        "1 row hidden in the sheet, by a filter or by hand, read as the others",
        "1 column hidden in the sheet, read as the others",
        "merged over several rows, so that the first of them alone has what they say: A2:A3",
    )


def test_what_is_in_sight_comes_before_what_is_hidden(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["day", "amount"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Shown")
    shown.append(["day", "amount"])
    shown.append([date(2026, 10, 5), 7])
    book.active = 1
    book.save(tmp_path / "t.xlsx")
    assert read_table(tmp_path / "t.xlsx").notes == ('the sheet "Shown" is read; not Sheet, which is hidden',)


def test_numbers_that_nobody_counts_with_are_refused(tmp_path: Path) -> None:
    cells = {"B2": '<c r="B2"><v>1E+30</v></c>', "D3": '<c r="D3"><v>12345678901234567</v></c>'}
    reading = reading_of(tmp_path, workbook(cells))
    assert [str(fault).partition(": ")[2] for fault in reading.faults] == [
        f'"{10**30}" has more than 18 digits',
        LOST,
    ]


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04 and no more"])
def test_other_office_files_are_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match=r"is no workbook of the format \.xlsx"):
        reading_of(tmp_path, content)
