"""A sheet as a workbook (ECMA-376) that spreadsheets open: text is text and never a formula, days are days.

The parts of the file carry no time of their own, so the same sheet gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FROZEN_HEADER = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/>'
    "</sheetView></sheetViews>"
)
DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets count a day that there never was."""
LETTERS = 26
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f"<styleSheet {_MAIN}>"
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        "<fonts><font/><font><b/></font></fonts><fills>"
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        "</fills><borders><border/></borders>"
        "<cellStyleXfs><xf/></cellStyleXfs>"
        '<cellXfs><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>'
    ),
}
"""What every workbook of one sheet has; style 1 is a day, style 2 the header."""


_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold or its readers change, and what would read as if it had been spelled."""


_LONGEST = 32_767
"""Characters in a cell at most, those beyond U+FFFF counted twice: spreadsheets refuse a file that has more."""
_MOST_ROWS = 1_048_576


def draw(name: str, header: Sequence[str], rows: Sequence[Sequence[str | Decimal | date]]) -> bytes:
    """Return a workbook of one sheet with its header in the first row.

    Raises:
        InputError: there is more than a sheet can hold, in a cell or in all.
    """
    _check_sizes(header, rows)
    lines = [_row(1, header, style=2), *(_row(number, row) for number, row in enumerate(rows, start=2))]
    sheet = f"<worksheet {_MAIN}>{_FROZEN_HEADER}<sheetData>{''.join(lines)}</sheetData></worksheet>"
    book = (
        f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in {**_PARTS, "xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}.items():
            file.writestr(zipfile.ZipInfo(path), (_HEAD + text).encode(), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _check_sizes(header: Sequence[str], rows: Sequence[Sequence[str | Decimal | date]]) -> None:
    """Refuse what spreadsheets would refuse, or shorten without a word."""
    hint = "export it as CSV, which has no limit"
    if len(rows) >= _MOST_ROWS:
        raise InputError(f"a sheet holds {_MOST_ROWS - 1:,} rows, and these are {len(rows):,}", hint=hint)
    for row in rows:
        for column, cell in zip(header, row, strict=False):
            size = len(cell.encode("utf-16-le", "surrogatepass")) // 2 if isinstance(cell, str) else 0
            if size > _LONGEST:
                message = f"{column} of {row[0]} has {size:,} characters, and a cell holds {_LONGEST:,}"
                raise InputError(message, hint=hint)


def _row(number: int, cells: Sequence[str | Decimal | date], style: int = 0) -> str:
    return f'<row r="{number}">{"".join(_cells(number, cells, style))}</row>'


def _cells(number: int, cells: Sequence[str | Decimal | date], style: int) -> Iterator[str]:
    for at, cell in enumerate(cells):
        place = f'r="{_letters(at)}{number}"' + (f' s="{style}"' if style else "")
        if isinstance(cell, Decimal):
            yield f"<c {place}><v>{cell:f}</v></c>"
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            yield f'<c {place} s="1"><v>{(cell - DAY_ZERO).days}</v></c>'
        elif cell != "":
            yield f'<c {place} t="inlineStr"><is><t xml:space="preserve">{escape(_spell(str(cell)))}</t></is></c>'


def _spell(text: str) -> str:
    """Return a text as a workbook keeps it (ECMA-376, ST_Xstring): what XML cannot hold is spelled `_x0085_`."""
    return _UNKEPT.sub(lambda found: "".join(f"_x{ord(each):04X}_" for each in found[0]), text)


def _letters(at: int) -> str:
    """Return a column's letters: A, B … Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
