"""Days as people say them on the command line: `friday`, `+3d`, `end of month`. Plan files hold the date itself.

    2026-12-01, 1.12.2026      that day; 13/12/2026 too, but 1/12/2026 is refused
    15 February 2027           that day; Feb 15, 2027 too; without a year the coming one where what is to come is asked
    today, tomorrow, yesterday
    +3d, -2d, +10 days         so many calendar days from today; +2 weeks and +1 month likewise
    friday, fri                the coming Friday; refused on a Friday, which may mean today or a week from then
    next friday, last friday   Friday of the next week, which begins on Monday; the latest Friday before today
    end of week, eow           this week's Friday; refused on a weekend
    end of month, eom          the month's last day; end of year, eoy likewise

What has two readings is refused with both. Everything counts from the day that counts as today, so `--today` decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from revplan.errors import InputError
from revplan.model.base import DAYS_PER_WEEK, WEEKDAYS, YEARS, Date, Month
from revplan.model.fields import type_of
from revplan.model.plan import KIND_BY_NAME
from revplan.notations import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from revplan.app.editing.entries import Setting
    from revplan.model.change import Data
    from revplan.model.fields import FieldType

_LIKE = "like 2026-12-01, tomorrow, friday, next friday, +3d or end of month"
_FRIDAY = 4
_FROM_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"(?:(next|last)\s+)?([a-z]+)")
_DISTANCE = re.compile(r"(?:([+-])|in\s+)\s*(\d{1,4})\s*([a-z]+)", re.ASCII)
_END = re.compile(r"(?:end\s+of\s+(?:the\s+)?(week|month|quarter|year)|eo([wmqy]))")
_DAY_FIRST = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_WITH_MONTH = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ -](?P<m1>[a-z]{3,9})\.?|"
    r"(?P<m2>[a-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?)(?:,?[ -](?P<year>\d{4}))?",
    re.ASCII,
)
_UNITS = {"d": "day", "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month"}
_UNIT_OF_LETTER = {"w": "week", "m": "month", "q": "quarter", "y": "year"}


def read_day(text: str, today: date, *, ahead: bool = False) -> date:
    """Return the day that a text on the command line means.

    Args:
        text: what was typed.
        today: the day that counts as today.
        ahead: whether the day asked for is to come: a day of a month without a year is the coming one then.

    Raises:
        InputError: it is no day, or may be one of two.
    """
    found = _iso(text) or day_in_words(text, today, ahead=ahead)
    if found is None:
        raise InputError(f'"{text}" is no day', hint=f"write it {_LIKE}")
    return found


def given_day(text: str | None, today: date) -> date | None:
    """Return the day of an option; None where the option is not given."""
    return None if text is None else read_day(text, today)


def day_in_words(text: str, today: date, *, ahead: bool = False) -> date | None:
    """Return the day that words mean; None if they are not words for a day.

    Raises:
        InputError: they mean one of two days, or a day that no plan speaks of.
    """
    words = " ".join(text.lower().split())
    if match := _DAY_FIRST.fullmatch(words) or _SLASHES.fullmatch(words):
        return _by_numbers(match, text)
    if (match := _WITH_MONTH.fullmatch(words)) and (match["m1"] or match["m2"]) in MONTHS:
        return _by_month(match, today, text, ahead=ahead)
    if words in _FROM_TODAY:
        return _plus(today, _FROM_TODAY[words], text)
    if match := _DISTANCE.fullmatch(words):
        return _distance(match, today, text)
    if match := _END.fullmatch(words):
        return _end(match[1] or _UNIT_OF_LETTER[match[2]], today, text)
    match = _WEEKDAY.fullmatch(words)
    weekday = _weekday(match[2]) if match is not None else None
    return _on_weekday(match[1], weekday, today, text) if match is not None and weekday is not None else None


def range_in_dates(text: str, today: date) -> str:
    """Return a day or a range of days, with dates in place of words; what is neither is left for the plan to refuse.

    Raises:
        InputError: a word may be one of two days.
    """
    found = [(day_in_words(part, today), part) for part in text.split("..")]
    return "..".join(part if day is None else day.isoformat() for day, part in found)


def with_days(kind: str, settings: Iterable[Setting], today: date) -> Iterator[Setting]:
    """Yield the settings of an entry of a kind with dates in place of words for days."""
    for setting in settings:
        shape: FieldType | None = type_of(KIND_BY_NAME[kind].model)
        for key in setting.keys:
            shape = shape.at(key) if shape is not None else None
        yield replace(setting, value=_with_dates(setting.value, shape, today))


def _with_dates(value: Data, shape: FieldType | None, today: date) -> Data:
    """Return a value of a type with dates in place of words for days."""
    if shape is None:
        return value
    if isinstance(value, dict):
        return {key: _with_dates(below, shape.at(str(key)), today) for key, below in value.items()}
    if isinstance(value, str) and shape.is_one_of(Date):
        found = day_in_words(value, today)
        return value if found is None else found.isoformat()
    return value


# --- forms -------------------------------------------------------------------------------------------------------


def _iso(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.year in YEARS and text.strip() == found.isoformat() else None


def _by_numbers(match: re.Match[str], text: str) -> date:
    """Return a day that is written in numbers, the year last: with points, the day is first."""
    first, second, year = (int(each) for each in match.groups())
    days = [_day_of(year, second, first)]
    if match.re is _SLASHES:
        days.append(_day_of(year, first, second))
    known = [*dict.fromkeys(each for each in days if each is not None)]
    if not known:
        raise InputError(f'"{text}" is no day', hint=f"write it {_LIKE}")
    if len(known) > 1:
        raise _two_readings(text, *known)
    return known[0]


def _by_month(match: re.Match[str], today: date, text: str, *, ahead: bool) -> date:
    """Return a day whose month is a word. Without a year it may be the latest one or the coming one."""
    month, day = MONTHS[match["m1"] or match["m2"]], int(match["d1"] or match["d2"])
    years = [int(match["year"])] if match["year"] else [today.year - 1, today.year, today.year + 1]
    found = [each for year in years if (each := _day_of(year, month, day)) is not None]
    if match["year"] is None:
        coming, past = [each for each in found if each >= today][:1], [each for each in found if each <= today][-1:]
        found = coming if ahead else [*dict.fromkeys((*past, *coming))]
    if not found:
        raise InputError(f'"{text}" is no day', hint=f"write it {_LIKE}")
    if len(found) > 1:
        raise _two_readings(text, *found)
    return found[0]


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _distance(match: re.Match[str], today: date, text: str) -> date:
    sign, count = -1 if match[1] == "-" else 1, int(match[2])
    unit = _UNITS.get(match[3])
    if unit is None:
        other = {"w": "w stands for workdays in plans; write +2 weeks or +14d", "m": "write +2 months or +60d"}
        hint = other.get(match[3], "write it like +3d, +2 weeks or +1 month")
        raise InputError(f'"{text}" says no unit of days that is clear', hint=hint)
    if unit == "month":
        month = Month.of(today).plus(sign * count)
        if month.year not in YEARS:
            raise _out_of_reach(text)
        return month.first.replace(day=min(today.day, month.last.day))
    return _plus(today, sign * count * (DAYS_PER_WEEK if unit == "week" else 1), text)


def _end(unit: str, today: date, text: str) -> date:
    match unit:
        case "week":
            if today.weekday() > _FRIDAY:
                coming = today + timedelta(days=DAYS_PER_WEEK + _FRIDAY - today.weekday())
                raise _two_readings(text, today - timedelta(days=today.weekday() - _FRIDAY), coming)
            return today + timedelta(days=_FRIDAY - today.weekday())
        case "month":
            return Month.of(today).last
        case "year":
            return Month(today.year, 12).last
        case _:
            hint = "a quarter may be of the calendar or of the fiscal year: write the date"
            raise InputError(f'"{text}" may be one of two days', hint=hint)


def _weekday(word: str) -> int | None:
    known = (number for number, name in enumerate(_NAMES) if word in (name, WEEKDAYS[number]))
    return next(known, None)


def _on_weekday(which: str | None, weekday: int, today: date, text: str) -> date:
    ahead = (weekday - today.weekday()) % DAYS_PER_WEEK
    if which == "next":
        return today + timedelta(days=DAYS_PER_WEEK - today.weekday() + weekday)
    if which == "last":
        return today - timedelta(days=(DAYS_PER_WEEK - ahead) if ahead else DAYS_PER_WEEK)
    if not ahead:
        raise _two_readings(text, today, today + timedelta(days=DAYS_PER_WEEK))
    return today + timedelta(days=ahead)


def _two_readings(text: str, one: date, other: date) -> InputError:
    return InputError(f'"{text}" may be {one} or {other}', hint="write the date")


def _out_of_reach(text: str) -> InputError:
    return InputError(f'"{text}" lies outside the years {YEARS[0]} to {YEARS[-1]}', hint="write the date")


def _plus(today: date, days: int, text: str) -> date:
    found = today.toordinal() + days
    if not date(YEARS[0], 1, 1).toordinal() <= found <= date(YEARS[-1], 12, 31).toordinal():
        raise _out_of_reach(text)
    return date.fromordinal(found)
