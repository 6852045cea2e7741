"""What to write for a value that people usually write otherwise, by what is expected in its place.

Each way out is a hint; it is a fix as well where the value cannot mean anything else.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from revplan.model.base import YEAR_AND_MONTH
from revplan.notations import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CLOCK_RANGE = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|–|to|until)\s*(\d{1,2})(?::(\d{2}))?", re.ASCII)
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*([kKmMhd]?)\s*(?:-|–|\.\.|to)\s*(\d+(?:\.\d+)?)\s*([kKmMhd]?)", re.ASCII)
_PART_OF_WEEK = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%|fte)", re.ASCII | re.IGNORECASE)
_OUT_OF = re.compile(r"(\d+)\s*(?:/|of|out of)\s*(\d+)", re.ASCII)
_DECIMAL = re.compile(r"(\d+)\.\d*[1-9]\d*", re.ASCII)
_QUARTER = re.compile(r"(?:(\d{4})[- ]?)?q([1-4])(?:[- /]?(\d{4}))?", re.ASCII | re.IGNORECASE)
_ABOUT = re.compile(r"(?:~|≈|ca\.?|circa|about|approx\.?)\s*(\d\S*)", re.IGNORECASE)
_WEEK_ALONE = re.compile(r"(?:kw|cw|week|w)\s*\d{1,2}", re.ASCII | re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?[wW](\d{1,2})", re.ASCII)
_UNKNOWN = frozenset(("tbd", "tba", "tbc", "asap", "soon", "later", "unknown", "ongoing", "none", "n/a", "?", "-"))
_WEEK_HOURS, _PERCENT = 40, 100
_MONTHS_OF_YEAR, _MONTHS_OF_QUARTER = 12, 3
_HOURS_OF_DAY = 24
_ANY_YEAR = 2026
_LEVELS = "1 learning, 2 works alone, 3 leads, 4 teaches"


class WayOut(NamedTuple):
    """What to write, as a hint, and as a value where nothing else can be meant."""

    hint: str | None = None
    fix: str | None = None


def way_out(expected: str, key: str, text: str) -> WayOut:
    """Return what to write for a text; nothing where that is not known.

    Args:
        expected: what is expected in its place, in the words of the message: "hours", "a date".
        key: the key at which it stands.
        text: what was written.
    """
    text = text.strip()
    about = _ABOUT.fullmatch(text)
    if about is not None:
        return WayOut(f"write {about[1]}")
    reader = next((each for words, each in _READERS.items() if expected.startswith(words)), None)
    return reader(expected, key, text) if reader is not None else WayOut(_one_of_range(text))


def days_to_write(key: str) -> str | None:
    """Return what to write in a week for a range of weekdays as its key, such as `mon-fri`; None if it is none."""
    days = list(dict.fromkeys(WEEKDAYS.values()))
    first, dash, last = (part.strip() for part in key.lower().partition("-"))
    ends = [WEEKDAYS.get(end, end) for end in (first, last)]
    if not dash or any(end not in days for end in ends):
        return None
    among = days[days.index(ends[0]) : days.index(ends[1]) + 1]
    return f"write each day, such as {{{', '.join(f'{day}: 8' for day in among)}}}" if among else None


def _hours(key: str, text: str) -> str | None:
    """Return what to write for hours by the clock, for a part of a week, and for a range."""
    part = _PART_OF_WEEK.fullmatch(text)
    if part is not None and key in ("hours_per_week", "business_as_usual"):
        share = Fraction(part[1].replace(",", ".")) / (_PERCENT if part[2] == "%" else 1)
        return f"write the hours: {text} of a week of {_WEEK_HOURS} h is {float(share * _WEEK_HOURS):g}"
    clock = _CLOCK_RANGE.fullmatch(text)
    if clock is not None and key in (*WEEKDAYS.values(), "week"):
        begin, end = (Fraction(int(clock[at])) + Fraction(int(clock[at + 1] or 0), 60) for at in (1, 3))
        if begin < end <= _HOURS_OF_DAY:
            return f"write how many hours, less the break: {text} is {float(end - begin):g} with it"
    return _one_of_range(text)


def _one_of_range(text: str) -> str | None:
    """Return what to write for a range where one number is wanted: both ends, and the middle."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    unit = match[4] or match[2]
    if match[2] not in ("", unit):
        return f"write one number: {match[1]}{match[2]} or {match[3]}{unit}"
    low, high = Decimal(match[1]), Decimal(match[3])
    middle = f"{(low + high) / 2:f}"
    return (
        f"write one number, such as {middle}{unit}, the middle; the range itself may stand in notes"
        if low < high
        else None
    )


def _week_in_days(key: str, text: str) -> str | None:
    """Return where hours by weekday stand, if a day of the week stands where hours a week are wanted."""
    day = WEEKDAYS.get(text.lower(), text.lower())
    is_week = key == "hours_per_week" and day in WEEKDAYS.values()
    return f"hours by weekday stand in week, in place of hours_per_week: week: {{{day}: 8, …}}" if is_week else None


def _day(text: str) -> str | None:
    """Return what to write for a month, a quarter, a week, or a word in place of a day."""
    try:
        return _day_of(text)
    except ValueError:  # years that the calendar does not have
        return None


def _day_of(text: str) -> str | None:
    month, quarter, week = YEAR_AND_MONTH.fullmatch(text), _QUARTER.fullmatch(text), _WEEK.fullmatch(text)
    if month is not None:
        return _ends(int(month[1]), int(month[2]), 1)
    if quarter is not None:
        return _days_of_quarter(quarter)
    if week is not None:
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return f"write a day: that week is {monday} to {monday + timedelta(days=6)}"
    return _in_place_of_a_day(text)


def _days_of_quarter(quarter: re.Match[str]) -> str:
    year, first = quarter[1] or quarter[3], (int(quarter[2]) - 1) * _MONTHS_OF_QUARTER + 1
    if year is None:
        end = _last(_ANY_YEAR, first + _MONTHS_OF_QUARTER - 1)
        return f"write a day with its year: Q{quarter[2]} ends on {end.day} {end:%B}, where years begin in January"
    return f"{_ends(int(year), first, _MONTHS_OF_QUARTER)}, where years begin in January"


def _in_place_of_a_day(text: str) -> str | None:
    if _WEEK_ALONE.fullmatch(text):
        return "write a day of that week, with its year"
    if text.lower() in _UNKNOWN:
        return "leave it out until there is a day"
    is_word = text[:1].isalpha() and not any(each.isdigit() for each in text)
    return "a file holds the day itself; commands take words such as tomorrow or 'end of month'" if is_word else None


def _ends(year: int, month: int, months: int) -> str:
    return f"write a day: {date(year, month, 1)} is its first, {_last(year, month + months - 1)} its last"


def _last(year: int, month: int) -> date:
    following = date(year + month // _MONTHS_OF_YEAR, month % _MONTHS_OF_YEAR + 1, 1)
    return following - timedelta(days=1)


def _whole(text: str, most: int | None) -> WayOut:
    """Return what to write for a score such as `5/10`, for a number between two, and for a range."""
    match = _OUT_OF.fullmatch(text)
    if match is not None and most is not None:
        got, of = int(match[1]), int(match[2])
        if of == most and 1 <= got <= most:
            return WayOut(f"write {got}", str(got))
        scaled = Fraction(got * most, of) if of else Fraction(0)
        return (
            WayOut(f"write a whole number to {most}: {text} is about {round(scaled)}")
            if 1 <= scaled <= most
            else WayOut()
        )
    decimal, between = _DECIMAL.fullmatch(text), _RANGE.fullmatch(text)
    if decimal is not None:
        return WayOut(f"write {decimal[1]} or {int(decimal[1]) + 1}")
    return WayOut(f"write one number: {between[1]} or {between[3]}" if between is not None else None)


def _rate(text: str) -> WayOut:
    """Return what to write for a rate such as `4/5`."""
    match = _OUT_OF.fullmatch(text)
    if match is None or not int(match[2]):
        return WayOut(_one_of_range(text))
    percent = Fraction(int(match[1]) * _PERCENT, int(match[2]))
    if percent.denominator == 1 and percent <= _PERCENT:
        return WayOut(f"write {percent}%", f"{percent}%")
    return WayOut(f"write it as a part, such as {float(percent):.3g}%")


def _amount(_expected: str, _key: str, text: str) -> WayOut:
    return WayOut("leave it out until it is known" if text.lower() in _UNKNOWN else _one_of_range(text))


def _week(_expected: str, _key: str, text: str) -> WayOut:
    return WayOut(days_to_write(text) or (f"write hours_per_week: {text}" if text[:1].isdigit() else None))


def _number(expected: str, key: str, text: str) -> WayOut:
    if key == "level" and not text[:1].isdigit():
        return WayOut(f"write a number: {_LEVELS}")
    most = expected.rpartition(" ")[2]
    return _whole(text, int(most) if most.isdigit() else None)


_READERS: Mapping[str, Callable[[str, str, str], WayOut]] = {
    "hours": lambda _, key, text: WayOut(_hours(key, text)),
    "a date": lambda _, key, text: WayOut(_week_in_days(key, text) or _day(text)),
    "a rate": lambda _, __, text: _rate(text),
    "a whole number": _number,
    "an amount": _amount,
    "a week": _week,
}
"""Who knows what to write, by what is expected; each is told what that is, the key, and the text."""
