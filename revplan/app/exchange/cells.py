"""Values of the plan's files as cells of a table, and back: every value comes back as it was.

Text and numbers stand as they are written. Lists of words have semicolons between; what has parts of its own is JSON.
Where this would be read as something else, the cell is `json:` with the value behind it.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from revplan.app.exchange.plan_notation import as_text
from revplan.model.numbers import strip_zeros

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.app.exchange.sheet import SheetCell
    from revplan.model.change import Data
    from revplan.model.fields import FieldType

_EXACTLY = "json:"
_WORDS = re.compile(r"\s*[;\n]\s*")
_IDS = re.compile(r"\s*[,;\n]\s*")
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?")
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")

FLAGS: Mapping[str, str] = {
    **dict.fromkeys(("wahr", "vrai", "verdadero", "verdadeiro", "vero", "waar", "prawda", "ja", "oui", "1"), "true"),
    **dict.fromkeys(("falsch", "faux", "falso", "onwaar", "fałsz", "nein", "non", "0"), "false"),
}
"""How spreadsheets of other languages say true and false."""


def data_cell(value: Data, shape: FieldType | None) -> SheetCell:
    """Return a value of a plan file as a cell: a number or a day where it is one as plain as a spreadsheet's.

    Args:
        value: the value, with its scalars as text.
        shape: what the field holds; None for a key that revplan does not read.
    """
    text = data_text(value, shape)
    if shape is None or text != value:
        return text
    if shape.plain in (int, Decimal) and _PLAIN_NUMBER.fullmatch(text) and strip_zeros(Decimal(text)) == text:
        return Decimal(text)
    if shape.plain is date and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def data_text(value: Data, shape: FieldType | None) -> str:
    """Return a value of a plan file as the text of a cell, which `cell_data` reads back."""
    if value is None:
        return ""
    ways = [value] if isinstance(value, str) else []
    if isinstance(value, list) and _is_list(shape) and all(isinstance(each, str) for each in value):
        ways.append("; ".join(map(str, value)))
    if not isinstance(value, str):
        ways.append(_json(value))
    return next((way for way in ways if _is_read_as(way, value, shape)), _EXACTLY + _json(value))


def _is_read_as(text: str, value: Data, shape: FieldType | None) -> bool:
    try:
        found = cell_data(text, shape)
    except ValueError:
        return False
    return found in (value, [value]) if _is_list(shape) else found == value


def cell_data(text: str, shape: FieldType | None) -> Data:
    """Return what a cell says in the plan's notation; None where it is empty.

    Raises:
        ValueError: the cell is to be JSON, and is none.
    """
    if not text:
        return None
    if text.startswith(_EXACTLY):
        return as_text(json.loads(text.removeprefix(_EXACTLY)))
    if _has_parts(shape) and text[0] in "{[":
        return as_text(json.loads(text))
    if not _is_list(shape):
        return text
    if text.startswith("["):
        return as_text(json.loads(text))
    assert shape is not None
    between = _IDS if shape.item is not None and (shape.item.refers_to or shape.item.choices) else _WORDS
    return [part.strip() for part in between.split(text) if part.strip()] or None


def _is_list(shape: FieldType | None) -> bool:
    """Tell whether a field holds a list of words, and a single one stands for a list of one."""
    if shape is None or shape.item is None or shape.keys is not None or shape.alternatives:
        return False
    return bool(shape.item.refers_to or shape.item.choices) or shape.item.plain is str


def _has_parts(shape: FieldType | None) -> bool:
    """Tell whether a field may hold what has parts of its own; of a key that is not read, nobody knows."""
    if shape is None:
        return True
    if _is_list(shape):
        return False
    return any(
        each.keys is not None or each.item is not None or each.model is not None
        for each in (shape, *shape.alternatives)
    )


def _json(value: Data) -> str:
    return json.dumps(value, ensure_ascii=False)
