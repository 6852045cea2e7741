"""Numbers as people type them. A decimal comma is read; what may be one of two numbers is refused, with both.

2.5, 2,5                     two and a half
1,234.50, 1.234,50           one thousand two hundred and thirty-four, and a half
1,200,000, 1.200.000         one million two hundred thousand
1,200, 1.200                 refused: may be 1.2 or 1200
0,2 0,5 0,3                  three numbers
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from revplan.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMERAL = re.compile(r"(?P<number>[+-]?[\d.,]*\d)(?P<unit>\s*(?:%|[A-Za-z]{1,3})?)", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_GROUPS = {sign: re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+") for sign in ",."}
_ROUNDED = ("%", "k", "K", "m", "M", "B")
"""Units of numbers that nobody writes with a sign between their thousands."""
_IN_TWO = 2
_BETWEEN = re.compile(r"[\s;]+|(?<=%),|,(?=\s|$)")


def with_point(text: str) -> str:
    """Return a number with a decimal point and without signs between thousands; other text as it is.

    Raises:
        InputError: it may be one of two numbers, such as 1,200.
    """
    match = _NUMERAL.fullmatch(text.strip())
    if match is None:
        return text
    number, unit = match["number"], match["unit"]
    return (_plain(text.strip(), number, is_exact=unit.strip() not in _ROUNDED) or number) + unit


def _plain(text: str, number: str, *, is_exact: bool) -> str | None:
    """Return a number in plain notation; None where it is in no notation that is known."""
    if number.isdigit() or number[1:].isdigit():
        return number
    last = max(number, key=lambda sign: number.rfind(sign) if sign in ",." else -1)
    other = "." if last == "," else ","
    whole, _, part = number.rpartition(last)
    if is_exact and _EITHER.fullmatch(number):
        readings = f"{number.replace(last, '.').rstrip('0').rstrip('.')} or {number.replace(last, '')}"
        raise InputError(f'"{text}" may be {readings}', hint="write one of the two")
    if _DECIMAL.fullmatch(number):
        return number.replace(",", ".")
    if _GROUPS[last].fullmatch(number):
        return number.replace(last, "")
    return f"{whole.replace(other, '')}.{part}" if part and _GROUPS[other].fullmatch(whole) else None


def split_numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a row: spaces, semicolons and commas stand between them, or commas in them.

    Raises:
        InputError: a comma may stand between two numbers or in one, as in 0,2,0,5.
    """
    pieces = [piece for piece in _BETWEEN.split(text.strip()) if piece]
    for piece in pieces:
        parts = piece.split(",")
        if len(parts) == 1:
            yield piece
        elif "." in piece:
            yield from (part for part in parts if part)
        elif len(parts) > _IN_TWO or (len(pieces) == 1 and not piece.endswith("%")):
            hint = "write points in numbers, and spaces between them: 0.2 0.5 0.3"
            raise InputError(f'"{piece}" may be one number or several', hint=hint)
        else:
            yield with_point(piece)
