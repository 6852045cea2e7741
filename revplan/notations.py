"""Other notations of dates, hours, weekdays and amounts, and what they are in the plan's own.

`validate --fix` writes what is found here, so a notation with two readings has none.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

# Patterns are compiled where they are first used, and `re` keeps them: most plans need none of them.
_DATE = r"(?a)(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?"
_DAY_FIRST = r"(?a)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})"
_DAY_AND_MONTH = r"(?a)(\d{1,2})([/-])(\d{1,2})\2(\d{4})"
_MONTH_IN_WORDS = (
    r"(?a)(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?P<m1>[A-Za-z]{3,9})\.?,?[ -]|"
    r"(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? )(?P<year>\d{4})"
)
_RANGE = r"\s*(?:\.\.\.?|…|–|—|\bto\b|\buntil\b|\s-\s)\s*"
_HOURS = r"(?ai)(\d+(?:[.,]\d{1,2})?)\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d)\.?"
_HOURS_AND_MINUTES = r"(?a)(\d{1,3})\s*h(?:ours?|rs?)?\s*(\d{1,2})\s*(?:m(?:in(?:utes?|s)?)?)?"
_NUMBER = r"(?a)([+-]?\d+),(\d{1,2})([kKmMB]|\s*%)?"
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CODE = r"[A-Z]{3}|[$€£¥]"
_AMOUNT = rf"(?a)(?P<before>{_CODE})?\s*(?P<number>\d[\d.,' ’\u00a0\u202f]*[kKmMB]?)\s*(?P<after>{_CODE})?"
_COMMAS = r"(?a)\d{1,3}(,\d{3})+(\.\d{1,2})?"
_POINTS = r"(?a)\d{1,3}(\.\d{3})+(,\d{1,2})?"
_SPACES = r"(?a)\d{1,3}([' ’\u00a0\u202f]\d{3})+([.,]\d{1,2})?"
_PLAIN = r"(?a)\d+(\.\d{1,2})?[kKmMB]?"
_WITH_COMMA = r"(?a)\d+,\d{1,2}"
_COMMAS_BY_SIGN = frozenset(("$", "£", "USD", "GBP"))
"""Signs and codes of currencies with which a comma sets thousands apart."""
_MOST_MINUTES = 60
MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
WEEKDAYS = {
    **{name.lower(): name.lower()[:3] for name in calendar.day_name},
    "tues": "tue",
    "weds": "wed",
    "thur": "thu",
    "thurs": "thu",
}
"""The plan's weekdays by other words for them."""


def tidy(text: str, currency: str | None = None) -> str | None:
    """Return a date, a range of days, hours, weekdays, a number or an amount in the plan's notation.

    None where the text is ambiguous: `1,500` may be fifteen hundred or one and a half; `1/2/2026` may be a day in
    January or in February. An amount with the sign of another currency than the plan's is no amount of the plan.
    """
    text = text.strip()
    return _days(text) or _hours(text) or _number(text) or _weekdays(text) or _amount(text, currency)


def _days(text: str) -> str | None:
    found = _date(text)
    if found is not None:
        return found
    parts = re.split(_RANGE, text)
    days = [_date(part) for part in parts]
    return f"{days[0]}..{days[1]}" if len(days) == len(("first", "last")) and None not in days else None


def _date(text: str) -> str | None:
    match = re.fullmatch(_DATE, text)
    if match is not None:
        year, _, month, day = match.groups()
        return f"{year}-{month:0>2}" if day is None else f"{year}-{month:0>2}-{day:0>2}"
    return _date_with_the_day_first(text) or _date_in_words(text)


def _date_with_the_day_first(text: str) -> str | None:
    """Return a date such as 15.12.2026, or 12/15/2026 where only one order can be meant."""
    match = re.fullmatch(_DAY_FIRST, text)
    if match is not None:
        return _iso(match[3], match[2], match[1])
    match = re.fullmatch(_DAY_AND_MONTH, text)
    if match is None:
        return None
    readings = {_iso(match[4], match[3], match[1]), _iso(match[4], match[1], match[3])} - {None}
    return readings.pop() if len(readings) == 1 else None


def _date_in_words(text: str) -> str | None:
    match = re.fullmatch(_MONTH_IN_WORDS, text)
    month = MONTHS.get((match["m1"] or match["m2"]).lower()) if match is not None else None
    return _iso(match["year"], str(month), match["d1"] or match["d2"]) if match is not None and month else None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _hours(text: str) -> str | None:
    match = re.fullmatch(_HOURS, text)
    if match is not None:
        return f"{match[1].replace(',', '.')}{match[2][0].lower()}"
    match = re.fullmatch(_HOURS_AND_MINUTES, text)
    if match is None or int(match[2]) >= _MOST_MINUTES:
        return None
    return f"{int(match[1]) * _MOST_MINUTES + int(match[2])}m"


def _number(text: str) -> str | None:
    match = re.fullmatch(_NUMBER, text)
    return f"{match[1]}.{match[2]}{match[3] or ''}" if match else None


def _weekdays(text: str) -> str | None:
    """Return weekdays such as `Monday to Friday` as the plan writes them."""
    words = [WEEKDAYS.get(word, word) for word in re.split(r"\s*(?:-|–|—|\bto\b)\s*", text.lower())]
    known = set(WEEKDAYS.values())
    return "-".join(words) if len(words) <= len(("first", "last")) and known.issuperset(words) else None


def _amount(text: str, currency: str | None) -> str | None:
    """Return an amount of money without its sign and its separators; None if it has another sign or two readings."""
    match = re.fullmatch(_AMOUNT, text)
    if match is None or (match["before"] and match["after"]):
        return None
    sign, number = match["before"] or match["after"], match["number"].rstrip()
    if sign is not None and _SIGNS.get(sign, sign) != currency:
        return None
    decimals = {_COMMAS: ".", _POINTS: ",", _SPACES: "."}
    for pattern, mark in decimals.items():
        grouped = re.fullmatch(pattern, number)
        if grouped is None:
            continue
        groups = re.sub(r"[.,]\d{1,2}$", "", number)
        sure = grouped[2] or len(re.findall(r"\D", groups)) > 1 or pattern == _SPACES
        if not sure and not (mark == "." and sign in _COMMAS_BY_SIGN):
            return None
        return re.sub(r"\D", "", groups) + (f".{grouped[2][1:]}" if grouped[2] else "")
    if sign is not None and (re.fullmatch(_PLAIN, number) or re.fullmatch(_WITH_COMMA, number)):
        return number.replace(",", ".")
    return None


def advice(text: str, currency: str | None = None) -> str | None:
    """Return what to write for an amount in another currency, or for what has two readings; None if it is neither."""
    amount = re.fullmatch(_AMOUNT, text.strip())
    sign = (amount["before"] or amount["after"]) if amount is not None else None
    if sign is not None and currency is not None and _SIGNS.get(sign, sign) != currency:
        other = f"like 500 {_SIGNS.get(sign, sign)} with a rate in the settings' currencies"
        return f"write the amount in the plan's currency, {currency}, or {other}"
    if re.fullmatch(r"\d{1,3},\d{3}", text.strip(), re.ASCII):
        return f"write {text.strip().replace(',', '')} or {Decimal(text.strip().replace(',', '.')).normalize()}"
    match = re.fullmatch(_DAY_AND_MONTH, text.strip())
    if match is None:
        return None
    readings = sorted({_iso(match[4], match[3], match[1]), _iso(match[4], match[1], match[3])} - {None}, key=str)
    return f"write {' or '.join(map(str, readings))}" if readings else None


_CLOCK = r"(?i)(?:at |um )?(\d{1,2})(?:(?:[:.h]|\s?h\s?)(\d{2})|(\d{2}))?\s*(?:h|uhr|o.clock)?\s*(am|pm|a\.m\.|p\.m\.)?"
_HALF_DAY, _HOURS_OF_DAY = 12, 24


def time_of_day(text: str) -> str | None:
    """Return a time of day such as `9am`, `9.30`, `0930`, `14h30` or `2:30pm` as the plan writes it: 14:30."""
    match = re.fullmatch(_CLOCK, text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or match[3] or 0), (match[4] or "").lower()[:1]
    if half and not 1 <= hour <= _HALF_DAY:
        return None
    hour = hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0) if half else hour
    return f"{hour:02}:{minute:02}" if hour < _HOURS_OF_DAY and minute < _MOST_MINUTES else None


def is_sure_time(text: str) -> bool:
    """Tell whether a time of day says which half of the day it is in: 2 may be night or afternoon, 2 pm and 14h not."""
    match = re.fullmatch(_CLOCK, text.strip())
    return match is not None and (match[4] is not None or int(match[1]) > _HALF_DAY)


def whole_minutes(text: str) -> str | None:
    """Return how many minutes a length such as `1h`, `1.5h`, `90m` or `1h 30` has, as digits."""
    found = _hours(text.strip())
    factor = {"h": _MOST_MINUTES, "m": 1}.get(found[-1:]) if found is not None else None
    if found is None or factor is None:
        return None
    minutes = Decimal(found[:-1]) * factor
    return str(int(minutes)) if minutes == int(minutes) else None


# --- how often ---------------------------------------------------------------------------------------------------

_UNITS = ("day", "week", "month", "quarter", "year")
_WORD_OF_UNIT = {"day": "daily", "week": "weekly", "month": "monthly", "quarter": "quarterly", "year": "yearly"}
_UNIT_WORDS = {
    **{f"{unit}{ending}": unit for unit in _UNITS for ending in ("", "s", "ly")},
    **dict.fromkeys(("daily", "workday", "workdays", "weekday", "weekdays", "d"), "day"),
    **dict.fromkeys(("annual", "annually", "anual", "anually", "y"), "year"),
    "w": "week",
    "m": "month",
    "q": "quarter",
    "quaterly": "quarter",
    "quater": "quarter",
    "monthy": "month",
}
_COUNT_WORDS = ("one first", "two second other", "three third", "four fourth", "five fifth", "six sixth")
_COUNTS = {word: count for count, words in enumerate(_COUNT_WORDS, 1) for word in words.split()}
_SMALL_WORDS = frozenset(("every", "each", "per", "a", "an", "once", "on", "the", "in", "all"))
_COUNT = r"(\d{1,2})(?:st|nd|rd|th)?"
_COUNT_AND_UNIT = r"(\d{1,2})([dwmqy])"
_PREFIXES = {"bi": ("second", 2, "two"), "tri": ("third", 3, "three")}
_PREFIXED = r"(bi|tri)[- ]?(\w+)"
_HALVES = r"(?:semi|half)[- ]?(?:annual(?:ly)?|year(?:ly)?)"
_FORTNIGHT = r"(?:every |each |a |once a )?fortnight(?:ly)?"
_TIMES = r"(?:twice|thrice|\d+ ?x|\w+ times|semi).*?(month|week|)\w*"
_DAY_OF_MONTH = r"(?:(?:the|every|on) )*(\d{1,2})(?:st|nd|rd|th)(?: day)?(?: of (?:the |every |each )?month)?"
_MOST_DAYS = 31


def how_often(text: str) -> str:
    """Return what to write for how often something comes round, such as `{every: 3, unit: week}` for every 3rd week."""
    words = " ".join(text.lower().replace("_", " ").replace(".", "").split())
    found = _by_days(words) or _by_prefix(words) or _by_unit(words)
    return found or "write one of these, or a mapping such as {every: 3, unit: week, day: thu}"


def _by_days(words: str) -> str | None:
    """Return what to write for weekdays, or a day of the month."""
    parts = re.split(r"\s*(?:,|\+|/|&|\band\b)\s*", re.sub(r"^(?:every|each|on) ", "", words))
    days = [WEEKDAYS.get(part, part) for part in (part.removesuffix("s") for part in parts)]
    days = [WEEKDAYS.get(part, day) for part, day in zip(parts, days, strict=True)]
    if set(WEEKDAYS.values()).issuperset(days):
        first = f"write {{unit: week, day: {days[0]}}}"
        return first if len(days) == 1 else f"{first}, and a tactic of its own for each other day"
    match = re.fullmatch(_DAY_OF_MONTH, words)
    is_day = match is not None and 1 <= int(match[1]) <= _MOST_DAYS
    return f"write {{unit: month, day: {int(match[1])}}}" if match is not None and is_day else None


def _by_prefix(words: str) -> str | None:
    """Return what to write for half years, fortnights, and words such as biweekly, which may mean two things."""
    if re.fullmatch(_HALVES, words):
        return "write {every: 2, unit: quarter}"
    if re.fullmatch(_FORTNIGHT, words):
        return "write {every: 2, unit: week}"
    match = re.fullmatch(_PREFIXED, words)
    unit = _UNIT_WORDS.get(match[2]) if match is not None else None
    if match is not None and unit is not None:
        which, count, many = _PREFIXES[match[1]]
        each = f"every {which} {unit} is {{every: {count}, unit: {unit}}}"
        return f"{each}; for {many} in a {unit} write a tactic for each"
    times = re.fullmatch(_TIMES, words)
    if times is None:
        return None
    days = ("1", "15") if times[1] == "month" else ("mon", "thu")
    one, other = (f"{{unit: {times[1] or 'week'}, day: {day}}}" for day in days)
    return f"write a tactic for each time, such as {one} and {other}"


def _by_unit(words: str) -> str | None:
    """Return what to write for a unit, or each so many of one."""
    parts = [part for part in re.split(r"[- ]", words) if part not in _SMALL_WORDS]
    brief = re.fullmatch(_COUNT_AND_UNIT, words)
    parts = [brief[1], brief[2]] if brief is not None else parts
    if len(parts) not in {1, 2} or parts[-1] not in _UNIT_WORDS:
        return None
    unit = _UNIT_WORDS[parts[-1]]
    number = re.fullmatch(_COUNT, parts[0])
    count = 1 if len(parts) == 1 else int(number[1]) if number is not None else _COUNTS.get(parts[0], 0)
    if not count:
        return None
    return f"write {_WORD_OF_UNIT[unit]}" if count == 1 else f"write {{every: {count}, unit: {unit}}}"
