"""Values of the plan in words and as plain data, each in the unit that its field has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan import wording
from revplan.model.base import WEEKDAYS, DateRange, Month, Part, Quarter, keys_by_name
from revplan.model.days_off import Absence, PlaceHolidays
from revplan.model.fields import FieldType, type_of
from revplan.model.metrics import Range
from revplan.model.money import Instalments, Money, MoneyByMonth, MoneyInSteps, SignedMoney, say_in_other
from revplan.model.numbers import MINUTES_PER_HOUR, Fraction, Minutes, Rate, TaskMinutes, strip_zeros
from revplan.model.plan import KIND_BY_NAME
from revplan.model.tactics import Recurrence
from revplan.model.team import MinutesFrom, WeekFrom
from revplan.model.waits import Wait
from revplan.wording import as_hours, as_number

if TYPE_CHECKING:
    from datetime import date

    from revplan.model.change import Data
    from revplan.model.money import Currency

LONGEST_TEXT = 60
"""Characters of a text that are shown of it in a line; the rest is marked as left out."""
_EXACT_TENTH = MINUTES_PER_HOUR // 10
_DIGITS_OF_A_RATE = 4

Shape = FieldType | None
"""The type of a value; None if nothing is known of it."""


def shape_of(kind: str, keys: tuple[str, ...]) -> Shape:
    """Return the type of what stands at some keys of an entity of a kind."""
    return _down(type_of(KIND_BY_NAME[kind].model), keys)


class Speaker(NamedTuple):
    """Says values of the plan as people write them; amounts of money in a currency."""

    currency: Currency

    def say(self, value: object, shape: Shape) -> str:  # noqa: PLR0911 - one a form of value
        """Return a value as people write it; `–` where nothing is given."""
        if value is None or value in ((), {}):
            return wording.MISSING
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | Decimal):
            return self._figure(value, shape)
        if isinstance(value, str):
            return _short(value)
        if isinstance(value, Recurrence):
            return str(value)
        if isinstance(value, Part):
            given = ((key, getattr(value, name)) for name, key in _given_fields(value))
            return ", ".join(f"{key} {self.say(own, type_of(type(value)).at(key))}" for key, own in given)
        if isinstance(value, Mapping):
            below = _below(shape)
            return ", ".join(f"{key} {self.say(own, below)}" for key, own in value.items())
        if isinstance(value, tuple) and not isinstance(value, Month | Quarter | DateRange | Range | Wait):
            return self._row(value, shape)
        return str(value)

    def _figure(self, value: int | Decimal, shape: Shape) -> str:
        if _is(shape, Minutes, TaskMinutes):
            return f"{wording.hours(int(value))} h" if value % _EXACT_TENTH == 0 else f"{value} min"
        exact = Decimal(value)
        if _is(shape, Money, SignedMoney, MoneyByMonth, MoneyInSteps, Instalments):
            is_whole = exact == exact.to_integral_value()
            said = self.currency.say(exact) if is_whole else f"{strip_zeros(exact)} {self.currency}"
            return f"{said}{say_in_other(value)}"
        if _is(shape, Rate, Fraction):
            return wording.rate(exact, _DIGITS_OF_A_RATE)
        return strip_zeros(exact)

    def _row(self, value: tuple[object, ...], shape: Shape) -> str:
        if isinstance(value, MinutesFrom):
            return f"{wording.hours(value.minutes)} h{_since(value.since)}"
        if isinstance(value, WeekFrom):
            weeks = (value.minutes,) if value.odd is None else (value.minutes, value.odd)
            return f"{' / '.join(map(_week, weeks))}{_since(value.since)}"
        if isinstance(value, Absence):
            return " ".join(part for part in (part_of_day(value), value.reason) if part) or "all day"
        if isinstance(value, PlaceHolidays):
            days = ", ".join(f"{days} {self._row(absence, None)}" for days, absence in value.days.items())
            return f"also {days}" if value.also else days
        return ", ".join(self.say(own, _below(shape)) for own in value)


def as_data(value: object, shape: Shape) -> Any:  # noqa: ANN401 - plain data
    """Return a value as plain data: hours, rates and money as decimals, days and months as ISO text."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return as_hours(int(value)) if _is(shape, Minutes, TaskMinutes) else as_number(value)
    if isinstance(value, Part):
        return {
            key: as_data(getattr(value, name), _down(type_of(type(value)), (key,)))
            for name, key in _given_fields(value)
        }
    if isinstance(value, Mapping):
        return {str(key): as_data(own, _below(shape)) for key, own in value.items()}
    if isinstance(value, tuple) and not isinstance(value, Month | Quarter | DateRange | Range | Wait):
        return _list(value, shape)
    return str(value)


_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)


def as_written(value: Data, shape: Shape) -> Any:  # noqa: ANN401 - plain data
    """Return what a plan file holds as plain data: numbers and booleans where the type asks for them, else its text.

    Text in a notation of the plan, such as `20%` or `4h`, stays text, so that JSON says what the file says.

    Args:
        value: plain data whose scalars are text.
        shape: its type; None where that is not known.
    """
    if isinstance(value, list):
        below = _below(shape)
        return [as_written(each, below) for each in value]
    if isinstance(value, dict):
        return {key: as_written(each, _down(shape, (key,))) for key, each in value.items()}
    if not isinstance(value, str):
        return value
    bases = _bases(shape)
    if bool in bases:
        return {"true": True, "false": False}.get(value, value)
    if not bases & {int, Decimal} or not _PLAIN_NUMBER.fullmatch(value):
        return value
    number = as_number(Decimal(value))
    return number if number is not None and Decimal(str(number)) == Decimal(value) else value


def _bases(shape: Shape) -> set[object]:
    """Return the plain types that a value of a type may have."""
    if shape is None:
        return set()
    if shape.alternatives:
        return set().union(*map(_bases, shape.alternatives))
    if _is_over_time(shape):
        return {int}
    return {shape.plain} if isinstance(shape.plain, type) else set()


def _list(value: tuple[object, ...], shape: Shape) -> Any:  # noqa: ANN401 - plain data
    if isinstance(value, MinutesFrom):
        return {"from": value.since and value.since.isoformat(), "hours": as_hours(value.minutes)}
    if isinstance(value, WeekFrom):
        by_turns = {"odd": _week_as_data(value.odd)} if value.odd is not None else {}
        return {"from": value.since and value.since.isoformat(), "week": _week_as_data(value.minutes), **by_turns}
    if isinstance(value, Absence):
        half = {"half_day": True} if value.half else {}
        return {"hours": value.minutes and as_hours(value.minutes), "reason": value.reason, **half}
    if isinstance(value, PlaceHolidays):
        days = {str(days): _list(absence, None) for days, absence in value.days.items()}
        return {"also": value.also, "days": days}
    return [as_data(own, _below(shape)) for own in value]


def part_of_day(absence: Absence) -> str:
    """Return how much of a day an absence takes: `4 h`, `half a day`; empty for all of it."""
    if absence.minutes is None:
        return ""
    hours = f"{wording.hours(absence.minutes)} h" if absence.minutes or not absence.half else ""
    return " and ".join(part for part in ("half a day" if absence.half else "", hours) if part)


def _week(minutes: tuple[int, ...]) -> str:
    days = (f"{day} {wording.hours(own)}" for day, own in zip(WEEKDAYS, minutes, strict=True) if own)
    return f"{' '.join(days)} h"


def _week_as_data(minutes: tuple[int, ...]) -> dict[str, Any]:
    return {day: as_hours(own) for day, own in zip(WEEKDAYS, minutes, strict=True)}


def _since(day: date | None) -> str:
    return f" from {day.isoformat()}" if day is not None else ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT].rstrip()}…"


def _given_fields(part: Part) -> tuple[tuple[str, str], ...]:
    """Return the names and keys of the fields that the plan gives a part, in the order of its model."""
    return tuple((name, key) for name, key in keys_by_name(type(part)).items() if name in part.model_fields_set)


# --- types of fields -----------------------------------------------------------------------------------------------


def _is(shape: Shape, *types_: object) -> bool:
    return shape is not None and shape.is_one_of(*types_)


def _down(shape: Shape, keys: tuple[str, ...]) -> Shape:
    for key in keys:
        shape = shape.at(key) if shape is not None and shape.model is not None else _below(shape)
    return shape


def _below(shape: Shape) -> Shape:
    """Return the type of what a mapping or list holds."""
    if shape is None:
        return None
    if shape.is_one_of(MoneyByMonth, MoneyInSteps, Instalments):
        return type_of(Money)
    if shape.alternatives:
        return next((below for below in map(_below, shape.alternatives) if below is not None), None)
    return shape if _is_over_time(shape) else shape.item


def _is_over_time(shape: FieldType) -> bool:
    """Tell whether a value is minutes that change from some day on."""
    return shape.item is not None and shape.item.is_one_of(MinutesFrom, WeekFrom)
