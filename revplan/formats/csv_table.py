"""Rows as CSV (RFC 4180) that spreadsheets open without taking text for formulas."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*(?:[=+\-@\t\r\n]|\s*(?:::|##\[))")
"""What a spreadsheet computes, what begins a command where a CI server reads the output, and what reads as if it had
been neutralised already."""
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?")


def draw(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a header and its rows."""
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([neutralise_formula(cell) for cell in header])
    writer.writerows([neutralise_formula(cell) for cell in row] for row in rows)
    return written.getvalue()


def neutralise_formula(cell: str) -> str:
    """Return a cell with an apostrophe before text that a spreadsheet or a CI server would take for an order."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
