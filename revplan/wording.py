"""Dates, hours, figures and lists in words, and figures as plain data for JSON; the same in every locale.

Money is said by its currency: see `revplan.model.money`. Minutes are said as hours in three ways: `hours` for tables,
`about` for what is estimated, `exact_hours` where each minute counts.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from revplan.model.money import from_cents
from revplan.model.numbers import MINUTES_PER_HOUR, QUARTER_HOUR, round_half_up, strip_zeros, without_idle_zeros

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from revplan.model.base import Month
    from revplan.model.money import Currency

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_THOUSANDTHS = 1000
_THOUSAND = 1_000
_WHOLE = Decimal(100)
_CLOSE_TO_ONE = Fraction(1, 1000)
_JSON_DIGITS = 4
MOST_LISTED = 6
"""Names that a sentence lists one by one."""
MISSING = "–"
"""Stands where a figure is missing: it is never zero."""


def short_date(day: date) -> str:
    """Return a day like `3 Dec`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1][:3]}"


def period(start: date, end: date) -> str:
    """Return a stretch of days like `1–31 December 2026`."""
    last = f"{end.day} {MONTH_NAMES[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    first = f"{start.day} {MONTH_NAMES[start.month - 1]}"
    return f"{first} – {last}" if start.year == end.year else f"{first} {start.year} – {last}"


def span(first: date, last: date) -> str:
    """Return days like `3–7 Dec`."""
    if first == last:
        return short_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_date(last)}"
    return f"{short_date(first)} – {short_date(last)}"


def hours(minutes: int) -> str:
    """Return minutes as hours: exact where they are quarters of an hour, else to a tenth."""
    if minutes % QUARTER_HOUR == 0:
        return number(Fraction(minutes, MINUTES_PER_HOUR), 2)
    return number(Fraction(minutes, MINUTES_PER_HOUR), 1)


def about(minutes: int) -> str:
    """Return minutes as hours to the nearest half: what is computed is not known better than that."""
    return number(_to_half(minutes), 1)


def about_change(before: int, after: int) -> str:
    """Return the signed change between two times in minutes as `about` tells them; nothing where they read alike.

    It is taken between what is told, so that three columns of a table add up.
    """
    change = _to_half(after) - _to_half(before)
    return f"{'−' if change < 0 else '+'}{number(abs(change), 1)}" if change else ""


def _to_half(minutes: int) -> Decimal:
    return round_half_up(Fraction(minutes * 2, MINUTES_PER_HOUR), 0) / 2


def done_whole_left(done: int, whole: int, left: int) -> tuple[str, str, str]:
    """Return minutes done, of a whole and left as hours that add up where the minutes do.

    They are told to the half hour, as `about` does, where that adds up; else as `hours` does. Less than a quarter
    of an hour off comes from rounding. Where the minutes are further off, what is done is an estimate, and below the
    whole while something is left.
    """
    if abs(whole - done - left) < QUARTER_HOUR:
        done = whole - left
    rounded = about(done), about(whole), about(left)
    if done + left != whole:
        is_too_much = left and done < whole and rounded[0] == rounded[1]
        return hours(done) if is_too_much else rounded[0], hours(whole), rounded[2]
    is_sum = _to_half(done) + _to_half(left) == _to_half(whole)
    return rounded if is_sum else (hours(done), hours(whole), hours(left))


def exact_hours(minutes: int) -> str:
    """Return minutes as hours with the two decimals that tell each minute: `95 h`, `66.23 h`."""
    return f"{number(Fraction(minutes, MINUTES_PER_HOUR), 2)} h"


def work(minutes: int, people: int) -> str:
    """Return the hours that a task takes of each of its people: `8 h`, or `2 people, 8 h each`."""
    return f"{plural(people, 'person', 'people')}, {hours(minutes)} h each" if people > 1 else f"{hours(minutes)} h"


def hours_text(minutes: int) -> str:
    """Return minutes as a plan file writes hours: `12`, `1.5`, `66.23`; the two decimals tell each minute."""
    return strip_zeros(round_half_up(Fraction(minutes, MINUTES_PER_HOUR), 2))


def work_so_far(spent: int | None) -> str:
    """Say that work has begun and the minutes it took so far; nothing where it has not, which is None."""
    if spent is None:
        return ""
    return f"begun, {hours(spent)} h spent" if spent else "begun"


def going_on(minutes: int | None) -> str:
    """Say how many minutes of a task go on in the next sprint; nothing where none do."""
    return f" ({hours(minutes)} h go on in the next sprint)" if minutes else ""


def score(value: int) -> str:
    """Return a value in thousandths as a score to a tenth."""
    return strip_zeros(_to_tenth(value))


def score_change(before: int, after: int) -> int:
    """Return the change in thousandths between two values as `score` tells them, so that table and sentence add up."""
    return int((_to_tenth(after) - _to_tenth(before)) * _THOUSANDTHS)


def _to_tenth(value: int) -> Decimal:
    return round_half_up(Fraction(value, _THOUSANDTHS), 1)


def rate(value: Fraction | Decimal | None, digits: int = 1) -> str:
    """Return a part of a whole as a per cent, `–` where it is missing; just short of all never reads as 100%."""
    if value is None:
        return MISSING
    shown = round_half_up(Fraction(value) * 100, digits)
    if shown == _WHOLE and value < 1:
        shown = _WHOLE - Decimal(1).scaleb(-digits)
    return f"{strip_zeros(shown)}%".replace("-", "−")


def percentage(value: Fraction | Decimal | int) -> str:
    """Return a part of a whole for a sentence, with commas: `62.5%`; just short of all never reads as 100%."""
    if 1 - _CLOSE_TO_ONE < value < 1:
        return "99.9%"
    return f"{number(Fraction(value) * 100, 1)}%"


def say_or_missing(amount: Decimal | Fraction | None, say: Callable[[Decimal | Fraction], str]) -> str:
    """Return an amount as `say` says it, such as a currency's `say`; MISSING where it is not known."""
    return say(amount) if amount is not None else MISSING


def say_metric(value: Fraction | Decimal | None, unit: str, currency: Currency) -> str:
    """Return what a metric was with its unit: `31 leads`, `72%`, `$4,150,000`; `–` where it is missing."""
    if value is None:
        return MISSING
    if currency.counts(unit):
        return currency.say(value)
    return f"{reading(value)}%" if unit == "%" else f"{reading(value)} {unit}"


def points(value: Fraction | Decimal) -> str:
    """Return a difference of two parts in points: `12.5 points`."""
    return f"{number(Fraction(value) * 100, 1)} points"


def signed_rate(value: Fraction | None) -> str:
    """Return a growth with its sign: `+1.7%`; `–` where it is missing."""
    return f"+{rate(value)}" if value is not None and value >= 0 else rate(value)


def count(value: Fraction | Decimal | int | None) -> str:
    """Return how many, with commas; `–` where it is missing.

    Below a thousand they have one decimal at most; from there on they are whole: nobody counts a tenth of a visitor.
    """
    if value is None:
        return MISSING
    return measure(value, 1 if abs(Fraction(value)) < _THOUSAND else 0)


def measure(value: Fraction | Decimal | int | None, digits: int) -> str:
    """Return a measured number with so many decimals at most, and commas; `–` where it is missing."""
    return number(value, digits).replace("-", "−") if value is not None else MISSING


def reading(value: Fraction | Decimal | int | None) -> str:
    """Return what a metric was or is to be: with two decimals at most, and none from a thousand on."""
    return measure(value, 0 if value is not None and abs(Fraction(value)) >= _THOUSAND else 2)


def number(value: Fraction | Decimal | int, digits: int) -> str:
    """Return a number with so many decimals at most, and commas."""
    return without_idle_zeros(f"{round_half_up(Fraction(value), digits):,f}")


def month(when: Month) -> str:
    """Return a month like `October 2026`."""
    return f"{MONTH_NAMES[when.month - 1]} {when.year}"


def month_name(when: Month) -> str:
    """Return a month without its year."""
    return MONTH_NAMES[when.month - 1]


def long_date(day: date) -> str:
    """Return a day like `28 November 2026`."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def percent(part: Fraction | int, whole: int = 1) -> str:
    """Return a part of a whole as a whole per cent, halves up; `–` where there is no whole."""
    return f"{round_half_up(100 * Fraction(part) / whole, 0)}%" if whole else "–"


def category(name: str) -> str:
    """Return what people call a category of tools: its id as words, initials in capitals."""
    return name.upper() if name in _INITIALS else name.replace("-", " ")


_INITIALS = ("crm", "cms")


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return a number of things."""
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def quantity(
    value: Fraction | Decimal | int | None, noun: str, many: str | None = None, *, digits: int | None = None
) -> str:
    """Return how many things that need not be whole, as it reads: `1 day`, `0.5 days`; with so many digits if given."""
    shown = count(value) if digits is None else measure(value, digits)
    return f"{shown} {noun if shown == '1' else many or noun + 's'}"


def verb(count: int, one: str = "is", many: str = "are") -> str:
    """Return the form of a verb that goes with so many."""
    return one if count == 1 else many


def join_names(names: Sequence[str], last: str = "and") -> str:
    """Return names in a row: `a`, `a and b`, `a, b and c`."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def list_some(names: Sequence[str]) -> str:
    """Return names in a row; of many, the first ones and how many more there are."""
    shown = names if len(names) <= MOST_LISTED else (*names[: MOST_LISTED - 1], f"{len(names) - MOST_LISTED + 1} more")
    return join_names(shown)


# --- plain data for JSON -----------------------------------------------------------------------------------------


def as_number(value: Fraction | Decimal | int | None) -> int | float | None:
    """Return a figure for JSON: a whole number where it is one, else to four digits; None where it is missing."""
    if value is None:
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(round_half_up(exact, _JSON_DIGITS))


def as_hours(minutes: int) -> int | float | None:
    """Return minutes as hours for JSON."""
    return as_number(Fraction(minutes, MINUTES_PER_HOUR))


def as_money(cents: int) -> int | float | None:
    """Return cents for JSON as an amount of whole units."""
    return as_number(from_cents(cents))


def as_score(value: int) -> int | float | None:
    """Return thousandths for JSON as a score."""
    return as_number(Fraction(value, _THOUSANDTHS))


# --- letters -----------------------------------------------------------------------------------------------------

_SPELLINGS = (
    "äae öoe üue ßss æae øoe åaa œoe łl đd ðd þth ıi ħh ŋng ’"
    " аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ъ ыy ь эe юyu яya"
    " іi їi єe ґg"
    " αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs τt υy φf χch ψps ωo ςs άa έe ήi ίi όo ύy ώo"
)
"""Letters with their usual spelling in Latin ones: German, Nordic, Polish, Cyrillic, Greek."""
_LETTERS = str.maketrans({word[0]: word[1:] for word in _SPELLINGS.split()})


_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_NO_ID = re.compile(r"[^a-z0-9]+")


def id_of(text: str) -> str:
    """Return the id that a text makes, such as `landing-page` of `LandingPage`; empty if no Latin letters are left."""
    return slug(text if " " in text.strip() else _HUMP.sub("-", text))


def slug(text: str) -> str:
    """Return the words of a text in small Latin letters, joined with hyphens; empty if no Latin letters are left."""
    plain = unicodedata.normalize("NFKD", transliterate(text)).encode("ascii", "ignore").decode().lower()
    return _NO_ID.sub("-", plain.replace("'", "")).strip("-")


def transliterate(text: str) -> str:
    """Return a text in small letters, Latin ones as far as its letters have a usual spelling in them."""
    return unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
