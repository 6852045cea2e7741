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
from revplan.model.numbers import MINUTES_PER_HOUR
from revplan.notations import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Patterns are compiled where they are first used, and `re` keeps them: most plans need none of them.
_CLOCK_LENGTH = r"(?a)(\d{1,3}):([0-5]\d)"
_CLOCK_RANGE = r"(?a)(\d{1,2})(?::(\d{2}))?\s*(?:-|–|to|until)\s*(\d{1,2})(?::(\d{2}))?"
_RANGE = r"(?a)(\d+(?:\.\d+)?)\s*([kKmMhd]?)\s*(?:-|–|\.\.|to)\s*(\d+(?:\.\d+)?)\s*([kKmMhd]?)"
_PART_OF_WEEK = r"(?ai)(\d+(?:[.,]\d+)?)\s*(%|fte)"
_OUT_OF = r"(?a)(\d+)\s*(?:/|:|of|out of|in)\s*(\d+)"
_EACH = r"(?i)(\S.*?)\s*(?:/|per|a|each)\s*(month|mo|year|yr|week|quarter)"
_AN_HOUR = r"(?ai)(\d+(?:\.\d+)?)\s*(?:/|per|an)\s*(?:h|hour)"
_WEEKLY = r"(?ai)(\d+(?:\.\d+)?)\s*h?(?:ours)?\s*(?:/|per|a)\s*week"
_WEEKS = r"(?ai)(\d+)\s*(?:weeks?|w)"
_LARGE = r"(?ai)(\d+(?:[.,]\d+)?)\s*(thousand|grand|million|mio|mn|mm|billion|bn|mrd)\.?"
_DAY_WITHOUT_YEAR = r"(?i)\d{1,2}[./]\d{1,2}\.?|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.? ?(?:of )?[a-z]{3,9}\.?"
_MONTH_FIRST = r"(?a)(\d{1,2})[/.-](\d{4})"
_MONTH_IN_WORDS = r"(?ai)(?:([a-z]{3,9})\.?)(?:[ -](\d{4}))?"
_DECIMAL = r"(?a)(\d+)\.\d*[1-9]\d*"
_QUARTER = r"(?ai)(?:(\d{4})[- ]?)?q([1-4])(?:[- /]?(\d{4}))?"
_ABOUT = r"(?i)(?:~|≈|ca\.?|circa|about|approx\.?)\s*(\d\S*)"
_WEEK_ALONE = r"(?ai)(?:kw|cw|week|w)\s*\d{1,2}"
_WEEK = r"(?a)(\d{4})-?[wW](\d{1,2})"
_UNKNOWN = frozenset(("tbd", "tba", "tbc", "asap", "soon", "later", "unknown", "ongoing", "none", "n/a", "?", "-"))
_WEEK_HOURS, _PERCENT = 40, 100
_MONTHS_OF_YEAR, _MONTHS_OF_QUARTER = 12, 3
_HOURS_OF_DAY = 24
_DAYS_OF_WEEK = 7
_ANY_YEAR = 2026
_HIGHEST_LEVEL = "4"
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
    if not text:
        return WayOut("write a value, or leave the key out; a > or | at the start begins a text of several lines")
    known = _BY_KEY.get(key, {}).get(text.lower())
    if known is not None:
        return WayOut(f"write {known}", known)
    about = re.fullmatch(_ABOUT, text)
    if about is not None:
        return WayOut(f"write {about[1]}")
    reader = next((each for words, each in _READERS.items() if expected.startswith(words)), None)
    return reader(expected, key, text) if reader is not None else WayOut(_one_of_range(text))


_MAPPINGS: Mapping[str, str] = {
    "target": "target: {{persona: {}}} or {{segment: {}}}",
    "actual": "the month to each: actual: {{2026-10: {}}}",
    "readings": "the day to each: readings: {{2026-11-27: {}}}",
    "skills": "the level to each, 1 to 4: skills: {{{}: 3}}",
    "time_off": "why to each day: time_off: {{{}: Away}}",
    "holidays": "a name to each day: holidays: {{{}: Closed}}",
    "sprint": "sprint: {{length: month}}, or a number of days and the first in starts, in place of {}",
    "weekly": 'weekly: {{day: mon, time: "09:30"}} in place of {}',
    "milestones": "the day to each: milestones: {{2027-01-18: {}}}",
}
"""How a mapping is written of which people usually write one value, by its key."""


def mapping_to_write(key: str, value: object) -> str | None:
    """Return how to write a mapping in whose place a value or a list was written; None where that is not known."""
    first = value[0] if isinstance(value, list) and value and key in _BY_TIME else value
    if not isinstance(first, str) or key not in _MAPPINGS or not first.strip():
        return None
    return f"write {_MAPPINGS[key].replace('{}', first.strip())}".replace("{{", "{").replace("}}", "}")


_BY_TIME = frozenset(("actual", "readings"))
"""Mappings whose values people write as a list; the months or days are missing."""


def one_to_write(key: str, value: object) -> str | None:
    """Return what to write where one amount or number of hours is wanted and a list was written; None if unknown."""
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        return None
    if key == "cost":
        return f"write the sum, or each instalment with its month: cost: {{2027-01: {value[0]}}}"
    if key == "monthly":
        return f"write one amount, or steps: monthly: {{from 2027-07: {value[0]}}}"
    if key == "hours":
        return "write one number of hours, or a task for each"
    return "write one amount" if key in _ONE_AMOUNT else None


_ONE_AMOUNT = frozenset(
    ("annual", "annual_cost", "rate", "acv", "start_revenue", "target_revenue", "business_as_usual")
)


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
    part = re.fullmatch(_PART_OF_WEEK, text)
    if part is not None and key in ("hours_per_week", "business_as_usual"):
        share = Fraction(part[1].replace(",", ".")) / (_PERCENT if part[2] == "%" else 1)
        return f"write the hours: {text} of a week of {_WEEK_HOURS} h is {float(share * _WEEK_HOURS):g}"
    in_words = _hours_in_words(key, text)
    if in_words is not None:
        return in_words
    length = re.fullmatch(_CLOCK_LENGTH, text)
    if length is not None:
        return f"write {int(length[1]) * MINUTES_PER_HOUR + int(length[2])}m, if {text} is hours and minutes"
    clock = re.fullmatch(_CLOCK_RANGE, text)
    if clock is not None and key in (*WEEKDAYS.values(), "week"):
        begin, end = (Fraction(int(clock[at])) + Fraction(int(clock[at + 1] or 0), 60) for at in (1, 3))
        if begin < end <= _HOURS_OF_DAY:
            return f"write how many hours, less the break: {text} is {float(end - begin):g} with it"
    if clock is not None and key == "hours_per_week":
        return f"write the hours of a week, such as {_WEEK_HOURS}; {text} would be those of one day"
    return _one_of_range(text)


def _hours_in_words(key: str, text: str) -> str | None:
    """Return what to write for hours a week said as such, and for weeks and half a day of work."""
    weekly, weeks = re.fullmatch(_WEEKLY, text), re.fullmatch(_WEEKS, text)
    if weekly is not None and key in ("hours_per_week", "business_as_usual"):
        return f"write {weekly[1]}"
    if text.lower().replace(" ", "-") in ("full-time", "fulltime") and key == "hours_per_week":
        return f"write the hours: {_WEEK_HOURS} where that is full time"
    if weeks is not None:
        return f"write the hours: {int(weeks[1]) * _WEEK_HOURS} in weeks of {_WEEK_HOURS} h"
    return "write 0.5d" if text.lower() in ("half a day", "half day") else None


def _one_of_range(text: str) -> str | None:
    """Return what to write for a range where one number is wanted: both ends, and the middle."""
    match = re.fullmatch(_RANGE, text)
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
    month, quarter, week = YEAR_AND_MONTH.fullmatch(text), re.fullmatch(_QUARTER, text), re.fullmatch(_WEEK, text)
    if month is not None:
        return _ends(int(month[1]), int(month[2]), 1)
    if quarter is not None:
        return _days_of_quarter(quarter)
    by_month = _month(text)
    if by_month.fix is not None:
        return _ends(int(by_month.fix[:4]), int(by_month.fix[5:]), 1)
    if by_month.hint is not None:
        return "write a day with its year"
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
    if re.fullmatch(_WEEK_ALONE, text):
        return "write a day of that week, with its year"
    if text.lower() in _UNKNOWN:
        return "leave it out until there is a day"
    if re.fullmatch(_DAY_WITHOUT_YEAR, text):
        return "write it with its year, as year, month and day"
    is_word = text[:1].isalpha() and not any(each.isdigit() for each in text)
    return "a file holds the day itself; commands take words such as tomorrow or 'end of month'" if is_word else None


def _ends(year: int, month: int, months: int) -> str:
    return f"write a day: {date(year, month, 1)} is its first, {_last(year, month + months - 1)} its last"


def _last(year: int, month: int) -> date:
    following = date(year + month // _MONTHS_OF_YEAR, month % _MONTHS_OF_YEAR + 1, 1)
    return following - timedelta(days=1)


def _whole(text: str, most: int | None) -> WayOut:
    """Return what to write for a score such as `5/10`, for a number between two, and for a range."""
    match = re.fullmatch(_OUT_OF, text)
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
    decimal, between = re.fullmatch(_DECIMAL, text), re.fullmatch(_RANGE, text)
    if decimal is not None:
        return WayOut(f"write {decimal[1]} or {int(decimal[1]) + 1}")
    return WayOut(f"write one number: {between[1]} or {between[3]}" if between is not None else None)


def _rate(text: str) -> WayOut:
    """Return what to write for a rate such as `4/5`."""
    match = re.fullmatch(_OUT_OF, text)
    if match is None or not int(match[2]):
        return WayOut(_one_of_range(text))
    percent = Fraction(int(match[1]) * _PERCENT, int(match[2]))
    if percent.denominator == 1 and percent <= _PERCENT:
        return WayOut(f"write {percent}%", f"{percent}%")
    return WayOut(f"write it as a part, such as {float(percent):.3g}%")


_BY_KEY: Mapping[str, Mapping[str, str]] = {
    "currency": {
        **dict.fromkeys(("€", "euro", "euros"), "EUR"),
        **dict.fromkeys(("£", "pound sterling", "sterling"), "GBP"),
        "us dollar": "USD",
        "us$": "USD",
        "swiss franc": "CHF",
    },
    "fiscal_year_start": {name: str(number) for name, number in MONTHS.items()}
    | {f"{number:02}-01": str(number) for number in range(1, 13)},
    "cost": {"free": "0", "nothing": "0"},
}
"""What is written for a word at some keys, where it can mean nothing else."""
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _shares(text: str) -> str:
    """Return what to write for how long deals take, where the shares that close month by month are wanted."""
    return f"write what part closes after 0, 1, 2, … months, such as [20%, 50%, 30%], not {text}"


def _amount(_expected: str, key: str, text: str) -> WayOut:
    large, each, hour = re.fullmatch(_LARGE, text), re.fullmatch(_EACH, text), re.fullmatch(_AN_HOUR, text)
    if hour is not None and key == "rate":
        return WayOut(f"write {hour[1]}", hour[1])
    if large is not None:
        word = large[2].lower()
        unit = "k" if word in ("thousand", "grand") else "B" if word in ("billion", "bn", "mrd") else "M"
        return WayOut(f"write {large[1].replace(',', '.')}{unit}", f"{large[1].replace(',', '.')}{unit}")
    if each is not None and each[1][:1].isdigit():
        is_year = key.startswith("annual") and each[2][:1].lower() == "m"
        return WayOut("write what it is in twelve months" if is_year else f"write {each[1]}, without how often")
    return WayOut("leave it out until it is known" if text.lower() in _UNKNOWN else _one_of_range(text))


def _month(text: str) -> WayOut:
    """Return what to write for a month in other notations, and for a quarter."""
    first, words = re.fullmatch(_MONTH_FIRST, text), re.fullmatch(_MONTH_IN_WORDS, text)
    quarter = re.fullmatch(_QUARTER, text)
    if first is not None and 1 <= int(first[1]) <= _MONTHS_OF_YEAR:
        month = f"{first[2]}-{int(first[1]):02}"
        return WayOut(f"write {month}", month)
    number = MONTHS.get(words[1].lower()) if words is not None else None
    if words is not None and number is not None:
        month = f"{words[2] or _ANY_YEAR}-{number:02}"
        return WayOut(f"write {month}", month) if words[2] else WayOut(f"write it with its year, such as {month}")
    if quarter is not None:
        begin = (int(quarter[2]) - 1) * _MONTHS_OF_QUARTER + 1
        year = quarter[1] or quarter[3] or str(_ANY_YEAR)
        months = ", ".join(f"{year}-{begin + number:02}" for number in range(_MONTHS_OF_QUARTER))
        return WayOut(f"write each month: {months}, where years begin in January")
    return WayOut()


def _quarter(text: str) -> WayOut:
    """Return what to write for a quarter with its year in other notations."""
    found = re.fullmatch(_QUARTER, text)
    year = found[1] or found[3] if found is not None else None
    if found is None or year is None or (found[1] and found[3]):
        return WayOut()
    return WayOut(f"write {year}-Q{found[2]}", f"{year}-Q{found[2]}")


def _one_number(text: str) -> str | None:
    """Return what to write for a number with a sign that says which way is better."""
    bare = text.strip("<>≤≥=+ ")
    is_number = bare.replace(".", "", 1).isdigit() and bare != text
    return f"write {bare}; direction says which way is better" if is_number else _one_of_range(text)


def _length(text: str) -> str | None:
    """Return what to write for a sprint of so many weeks."""
    weeks = re.fullmatch(_WEEKS, text)
    days = int(weeks[1]) * _DAYS_OF_WEEK if weeks is not None else 0
    return f"write {days}, and in starts the day on which the first begins" if days else None


def _week(_expected: str, _key: str, text: str) -> WayOut:
    return WayOut(days_to_write(text) or (f"write hours_per_week: {text}" if text[:1].isdigit() else None))


def _number(expected: str, key: str, text: str) -> WayOut:
    most = expected.rpartition(" ")[2]
    if text.lower() in _NUMBERS:
        number = str(_NUMBERS.index(text.lower()) + 1)
        return WayOut(f"write {number}", number)
    if (key == "level" or most == _HIGHEST_LEVEL) and not text[:1].isdigit():
        return WayOut(f"write a number: {_LEVELS}")
    return _whole(text, int(most) if most.isdigit() else None)


_READERS: Mapping[str, Callable[[str, str, str], WayOut]] = {
    "hours": lambda _, key, text: WayOut(_hours(key, text)),
    "a date": lambda _, key, text: WayOut(_week_in_days(key, text) or _day(text)),
    "a rate": lambda _, key, text: WayOut(_shares(text)) if key == "close_lag" else _rate(text),
    "a month": lambda _, __, text: _month(text),
    "a quarter": lambda _, __, text: _quarter(text),
    "a whole number": _number,
    "an amount": _amount,
    "a number": lambda _, __, text: WayOut(_one_number(text)),
    "a sprint's length": lambda _, __, text: WayOut(_length(text)),
    "a week": _week,
}
"""Who knows what to write, by what is expected; each is told what that is, the key, and the text."""
