"""Notations that are nearly right, written as they must have been meant."""

from __future__ import annotations

import re


def tidy(text: str) -> str | None:
    """Return a date, a month, hours or a number as a plan writes it; None where it can be read in several ways.

    `1,500` may be fifteen hundred or one and a half, and `1/2/2026` a day in January or in February.
    """
    return _date(text) or _hours(text) or _number(text)


def _date(text: str) -> str | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, _, month, day = match.groups()
    return f"{year}-{month:0>2}" if day is None else f"{year}-{month:0>2}-{day:0>2}"


def _hours(text: str) -> str | None:
    match = _HOURS.fullmatch(text)
    return f"{match[1].replace(',', '.')}{match[2][0].lower()}" if match else None


def _number(text: str) -> str | None:
    match = _NUMBER.fullmatch(text)
    return f"{match[1]}.{match[2]}{match[3] or ''}" if match else None


_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)
_HOURS = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d)\.?", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?\d+),(\d{1,2})([kKmM]|\s*%)?", re.ASCII)
