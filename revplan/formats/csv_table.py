"""Rows as CSV (RFC 4180) that spreadsheets open without taking text for formulas."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""What a spreadsheet computes, and what reads as if it had been neutralised already."""
_COMMAND = ("::", "##[")
"""What begins a command where a CI server reads the output, also after spaces."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?")


def draw(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a header and its rows."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([neutralise_formula(cell) for cell in header])
    writer.writerows([neutralise_formula(cell) for cell in row] for row in rows)
    return written.getvalue()


def neutralise_formula(cell: str) -> str:
    """Return a cell with an apostrophe before text that a spreadsheet would take for a formula."""
    is_formula = _FORMULA.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if is_formula or cell.lstrip().startswith(_COMMAND) else cell
