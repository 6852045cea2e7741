"""The numbers of a plan, each with the notation that it is read from; and the one way to round."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, NewType

from revplan.model import notation
from revplan.model.base import REMEMBERED, quote, refuse
from revplan.model.notation import MOST_HOURS, Notation, PlanNotation

if TYPE_CHECKING:
    import fractions
    from collections.abc import Mapping

    from pydantic import ValidationInfo

MINUTES_PER_HOUR = 60
MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR
QUARTER_HOUR = 15
"""Minutes in the smallest stretch of time that is planned: nobody knows an hour better than that."""
DEFAULT_HOURS_PER_DAY = Decimal(8)
"""What `2d` means where the plan's own hours a day cannot be read."""

_NUMBER = re.compile(r"[+-]?(\d+(?:_\d+)*\.?\d*|\.\d+)", re.ASCII)
_DIGITS = 18


def read_number(value: object, what: str, like: str) -> Decimal:
    """Return a number as it is written, or refuse it: `what` is expected, `like` this one.

    Raises:
        PydanticCustomError: the value is no number, or has too many digits.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise refuse("wrong_type", f"{what} is expected here, such as {like}")
    return _read_written_number(str(value), what, like)


@lru_cache(maxsize=REMEMBERED)
def _read_written_number(written: str, what: str, like: str) -> Decimal:
    text = written.strip()
    if not _NUMBER.fullmatch(text):
        raise refuse("wrong_type", f"{quote(text)} is not {what}; write it like {like}")
    if sum(character.isdigit() for character in text) > _DIGITS:
        raise refuse("out_of_range", f"a number has {_DIGITS} digits at most")
    return Decimal(text)


def is_number(text: str) -> bool:
    """Tell whether a text is a number, however many digits it has."""
    return _NUMBER.fullmatch(text) is not None


def check_bounds(least: int | None, most: int | None, number: Decimal) -> Decimal:
    """Return the number, or refuse it where it lies outside least..most.

    Raises:
        PydanticCustomError: the number lies outside.
    """
    if least is not None and number < least:
        raise refuse("out_of_range", f"{number} is less than {least}")
    if most is not None and number > most:
        raise refuse("out_of_range", f"{number} is more than {most}")
    return number


def _decimal(least: int, most: int | None = None) -> Notation:
    def read(value: object) -> Decimal:
        return check_bounds(least, most, read_number(value, "a number", "2 or 0.5"))

    return Notation(read, notation.number(least, most))


def _integer(least: int, most: int | None = None) -> Notation:
    what = "a whole number" if most is None else f"a whole number from {least} to {most}"

    def read(value: object) -> int:
        number = check_bounds(least, most, read_number(value, what, str(max(least, 1))))
        if number != number.to_integral_value():
            raise refuse("wrong_type", f"{number} is not a whole number")
        return int(number)

    return Notation(read, notation.whole_number(least, most))


Amount = Annotated[Decimal, _decimal(0)]
"""A number that is not negative."""
Count = Annotated[int, _integer(0)]
"""How many: a whole number, 0 or more."""
THOUSANDS = {"k": Decimal(1_000), "K": Decimal(1_000), "M": Decimal(1_000_000), "B": Decimal(1_000_000_000)}
"""What a letter behind a number stands for."""


def read_scaled(value: object, factors: Mapping[str, Decimal], what: str, like: str) -> Decimal:
    """Return a number that may have a letter behind it: thousands, millions, billions. Refuse as `read_number` does.

    Where it has one, it gets no decimals that nobody wrote: 0.500k is 500, for 500.000 may be meant as half a million.
    """
    text = str(value).strip()
    factor = factors.get(text[-1:]) if isinstance(value, str) else None
    if factor is None or not is_number(text[:-1].strip()):
        return read_number(value, what, like)
    return Decimal(strip_zeros(read_number(text[:-1], what, like) * factor))


def read_quantity(value: object) -> Decimal:
    """Return a number of what a metric counts, or refuse it."""
    return read_scaled(value, THOUSANDS, "a number", "2, 0.5, 1.2k or 3M")


Quantity = Annotated[Decimal, Notation(read_quantity, notation.QUANTITY)]
"""Any number of what a metric counts: `31`, `1.2k`, `2.4M`; a small m is no unit of every metric."""
Score = Annotated[int, _integer(1, 10)]
"""A judgement from 1 (least) to 10 (most)."""
Grade = Annotated[int, _integer(1, 5)]
"""A judgement from 1 (poor) to 5 (excellent)."""
MonthNumber = Annotated[int, _integer(1, 12)]
"""A month of the year, 1 to 12."""
Every = Annotated[int, _integer(1, 99)]
"""Each how many weeks, months and so on something comes round."""
People = Annotated[int, _integer(1, 20)]
"""How many members do a task at once."""
SprintsOver = Annotated[int, _integer(1, 2)]
"""Over how many sprints a tactic may be planned."""

SkillLevel = Annotated[int, _integer(1, 4)]
"""How well a skill is held: 1 learning, 2 works alone, 3 leads, 4 teaches."""


def _read_rate(value: object) -> Decimal:
    if isinstance(value, str) and value.strip().endswith("%"):
        return check_bounds(0, None, read_number(value.strip()[:-1].strip(), "a rate", "0.2 or 20%") / 100)
    return check_bounds(0, None, read_number(value, "a rate", "0.2 or 20%"))


_PERCENT = 100


def _read_share(value: object) -> Decimal:
    rate = _read_rate(value)
    if rate > 1:
        question = f"; did you mean {strip_zeros(rate)}%?" if rate <= _PERCENT else ""
        raise refuse("out_of_range", f"{quote(str(value))} is more than 100%{question}")
    return rate


Rate = Annotated[Decimal, Notation(_read_rate, notation.RATE)]
"""A ratio that may exceed 1: `0.98` or `104%`."""
Fraction = Annotated[Decimal, Notation(_read_share, notation.FRACTION)]
"""A part of a whole, 0 to 1: `0.2` or `20%`."""

_HOURS = re.compile(r"(\d+(?:_\d+)*\.?\d*|\.\d+)\s*([mhd]?)", re.ASCII)


def _read_minutes(value: object, info: ValidationInfo) -> int:
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise refuse("wrong_type", "hours are expected here, such as 1.5, 90m, 12h or 2d")
    return _written_minutes(str(value), (info.context or {}).get("hours_per_day", DEFAULT_HOURS_PER_DAY))


@lru_cache(maxsize=REMEMBERED)
def _written_minutes(value: str, hours_per_day: Decimal) -> int:
    match = _HOURS.fullmatch(value.strip())
    if match is None:
        raise refuse("wrong_type", f"{quote(value)} is not hours; write them like 1.5, 90m, 12h or 2d")
    number, unit = Decimal(match[1]), match[2]
    per_unit = {"m": Decimal(1), "d": MINUTES_PER_HOUR * hours_per_day}
    minutes = number * per_unit.get(unit, Decimal(MINUTES_PER_HOUR))
    if minutes > MOST_HOURS * MINUTES_PER_HOUR:
        raise refuse("out_of_range", f"{quote(value)} is more than {MOST_HOURS:,} hours")
    return int(minutes.to_integral_value())


def _read_task_minutes(value: object, info: ValidationInfo) -> int:
    minutes = _read_minutes(value, info)
    if minutes == 0:
        raise refuse("out_of_range", "a task takes a minute at least; a task without work is no task")
    return minutes


Minutes = NewType("Minutes", Annotated[int, PlanNotation(_read_minutes, notation.HOURS)])
"""Whole minutes, written as hours: `1.5`, `90m`, `12h`, or `2d` of the plan's hours a day."""
TaskMinutes = NewType("TaskMinutes", Annotated[Minutes, PlanNotation(_read_task_minutes, notation.WORK)])
"""Whole minutes of a task, one at least, written as hours."""


# --- rounding ----------------------------------------------------------------------------------------------------


def round_half_up(number: fractions.Fraction, digits: int) -> Decimal:
    """Return a number rounded to so many decimals, halves up, by exact arithmetic."""
    units = (2 * number.numerator * 10**digits + number.denominator) // (2 * number.denominator)
    return Context(prec=len(str(units))).divide(Decimal(units), 10**digits)


def half_up(number: fractions.Fraction) -> int:
    """Return the nearest whole number, halves up."""
    return int(round_half_up(number, 0))


def strip_zeros(number: Decimal) -> str:
    """Return a number as text without trailing zeros in its decimals: 1.50 is `1.5`."""
    return without_idle_zeros(f"{number:f}")


def without_idle_zeros(text: str) -> str:
    """Return a number's text without the zeros that end its decimals."""
    return text.rstrip("0").rstrip(".") if "." in text else text
