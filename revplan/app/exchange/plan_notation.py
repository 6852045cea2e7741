"""Values in the plan's own notation, as its files write them, to be compared with what a table says."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from revplan.model.money import Converted
from revplan.model.numbers import MINUTES_PER_HOUR, QUARTER_HOUR, strip_zeros

if TYPE_CHECKING:
    from collections.abc import Iterable

    from revplan.model.change import Data

PARTS = re.compile(r"\s*[,;\n]\s*")


def split_list(text: str) -> Iterable[str]:
    """Return the parts of a cell that holds several things: a JSON list, or parts with commas or semicolons between."""
    if text.startswith("["):
        try:
            return [str(part) for part in json.loads(text)]
        except (ValueError, TypeError):
            text = text.strip("[]")
    return list(dict.fromkeys(part.strip() for part in PARTS.split(text) if part.strip()))


def say_minutes(minutes: int) -> str:
    """Return minutes as the plan writes hours: `4.5`, or `50m` where that is no quarter of an hour."""
    if minutes % QUARTER_HOUR:
        return f"{minutes}m"
    whole, rest = divmod(minutes, MINUTES_PER_HOUR)
    return f"{whole}{ {0: '', 15: '.25', 30: '.5', 45: '.75'}[rest] }"


def as_text(value: object) -> Data:
    """Return plain data with its scalars as text, as a plan file holds them."""
    if isinstance(value, dict):
        return {str(key): as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def in_notation(value: Any) -> Data:  # noqa: ANN401 - any field's value
    """Return a field's value as the plan writes it."""
    if isinstance(value, Decimal):
        return value.written if isinstance(value, Converted) else strip_zeros(value)
    if isinstance(value, dict):
        return {str(key): in_notation(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [str(each) for each in value] or None
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "model_dump"):
        return {name: in_notation(getattr(value, name)) for name in sorted(value.model_fields_set)}
    return as_text(value)


def preview_value(value: object) -> str | None:
    """Return a value as the preview shows it."""
    if value is None or not isinstance(value, str | list | dict):
        return None
    if isinstance(value, list):
        return ", ".join(str(preview_value(each)) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {preview_value(each)}" for name, each in value.items())
    return value
