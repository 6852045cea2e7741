"""Other notations of dates, hours, weekdays and amounts, and what they are in the plan's own.

`validate --fix` writes what is found here, so a notation with two readings has none.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

_DATE = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH_IN_WORDS = re.compile(
    r"(?:(?P<d1>\d{1,2})(?:st|nd|rd|th|\.)?[ -](?P<m1>[A-Za-z]{3,9})\.?,?[ -]|"
    r"(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? )(?P<year>\d{4})",
    re.ASCII,
)
_RANGE = re.compile(r"\s*(?:\.\.\.?|…|–|—|\bto\b|\buntil\b|\s-\s)\s*")
_HOURS = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*(minutes?|mins?|m|hours?|hrs?|h|days?|d)\.?", re.ASCII | re.IGNORECASE)
_HOURS_AND_MINUTES = re.compile(r"(\d{1,3})\s*h(?:ours?|rs?)?\s*(\d{1,2})\s*(?:m(?:in(?:utes?|s)?)?)?", re.ASCII)
_NUMBER = re.compile(r"([+-]?\d+),(\d{1,2})([kKmM]|\s*%)?", re.ASCII)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_CODE = r"[A-Z]{3}|[$€£¥]"
_AMOUNT = re.compile(
    rf"(?P<before>{_CODE})?\s*(?P<number>\d[\d.,' ’\u00a0\u202f]*[kKmM]?)\s*(?P<after>{_CODE})?", re.ASCII
)
_COMMAS = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", re.ASCII)
_POINTS = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", re.ASCII)
_SPACES = re.compile(r"\d{1,3}([' ’\u00a0\u202f]\d{3})+([.,]\d{1,2})?", re.ASCII)
_PLAIN = re.compile(r"\d+(\.\d{1,2})?[kKmM]?", re.ASCII)
_WITH_COMMA = re.compile(r"\d+,\d{1,2}", re.ASCII)
_COMMAS_BY_SIGN = frozenset(("$", "£", "USD", "GBP"))
"""Signs and codes of currencies with which a comma sets thousands apart."""
_MOST_MINUTES = 60
_MONTHS = {
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
    parts = _RANGE.split(text)
    days = [_date(part) for part in parts]
    return f"{days[0]}..{days[1]}" if len(days) == len(("first", "last")) and None not in days else None


def _date(text: str) -> str | None:
    match = _DATE.fullmatch(text)
    if match is not None:
        year, _, month, day = match.groups()
        return f"{year}-{month:0>2}" if day is None else f"{year}-{month:0>2}-{day:0>2}"
    return _date_with_the_day_first(text) or _date_in_words(text)


def _date_with_the_day_first(text: str) -> str | None:
    """Return a date such as 15.12.2026, or 12/15/2026 where only one order can be meant."""
    match = _DAY_FIRST.fullmatch(text)
    if match is not None:
        return _iso(match[3], match[2], match[1])
    match = _DAY_AND_MONTH.fullmatch(text)
    if match is None:
        return None
    readings = {_iso(match[4], match[3], match[1]), _iso(match[4], match[1], match[3])} - {None}
    return readings.pop() if len(readings) == 1 else None


def _date_in_words(text: str) -> str | None:
    match = _MONTH_IN_WORDS.fullmatch(text)
    month = _MONTHS.get((match["m1"] or match["m2"]).lower()) if match is not None else None
    return _iso(match["year"], str(month), match["d1"] or match["d2"]) if match is not None and month else None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _hours(text: str) -> str | None:
    match = _HOURS.fullmatch(text)
    if match is not None:
        return f"{match[1].replace(',', '.')}{match[2][0].lower()}"
    match = _HOURS_AND_MINUTES.fullmatch(text)
    if match is None or int(match[2]) >= _MOST_MINUTES:
        return None
    return f"{int(match[1]) * _MOST_MINUTES + int(match[2])}m"


def _number(text: str) -> str | None:
    match = _NUMBER.fullmatch(text)
    return f"{match[1]}.{match[2]}{match[3] or ''}" if match else None


def _weekdays(text: str) -> str | None:
    """Return weekdays such as `Monday to Friday` as the plan writes them."""
    words = [WEEKDAYS.get(word, word) for word in re.split(r"\s*(?:-|–|—|\bto\b)\s*", text.lower())]
    known = set(WEEKDAYS.values())
    return "-".join(words) if len(words) <= len(("first", "last")) and known.issuperset(words) else None


def _amount(text: str, currency: str | None) -> str | None:
    """Return an amount of money without its sign and its separators; None if it has another sign or two readings."""
    match = _AMOUNT.fullmatch(text)
    if match is None or (match["before"] and match["after"]):
        return None
    sign, number = match["before"] or match["after"], match["number"].rstrip()
    if sign is not None and _SIGNS.get(sign, sign) != currency:
        return None
    decimals = {_COMMAS: ".", _POINTS: ",", _SPACES: "."}
    for pattern, mark in decimals.items():
        grouped = pattern.fullmatch(number)
        if grouped is None:
            continue
        groups = re.sub(r"[.,]\d{1,2}$", "", number)
        sure = grouped[2] or len(re.findall(r"\D", groups)) > 1 or pattern is _SPACES
        if not sure and not (mark == "." and sign in _COMMAS_BY_SIGN):
            return None
        return re.sub(r"\D", "", groups) + (f".{grouped[2][1:]}" if grouped[2] else "")
    if sign is not None and (_PLAIN.fullmatch(number) or _WITH_COMMA.fullmatch(number)):
        return number.replace(",", ".")
    return None


def advice(text: str, currency: str | None = None) -> str | None:
    """Return what to write for an amount in another currency, or for what has two readings; None if it is neither."""
    amount = _AMOUNT.fullmatch(text.strip())
    sign = (amount["before"] or amount["after"]) if amount is not None else None
    if sign is not None and currency is not None and _SIGNS.get(sign, sign) != currency:
        other = f"like 500 {_SIGNS.get(sign, sign)} with a rate in the settings' currencies"
        return f"write the amount in the plan's currency, {currency}, or {other}"
    if re.fullmatch(r"\d{1,3},\d{3}", text.strip(), re.ASCII):
        return f"write {text.strip().replace(',', '')} or {Decimal(text.strip().replace(',', '.')).normalize()}"
    match = _DAY_AND_MONTH.fullmatch(text.strip())
    if match is None:
        return None
    readings = sorted({_iso(match[4], match[3], match[1]), _iso(match[4], match[1], match[3])} - {None}, key=str)
    return f"write {' or '.join(map(str, readings))}" if readings else None
