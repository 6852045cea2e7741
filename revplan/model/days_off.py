"""Days off as a plan writes them: a member's time off, and the holidays of a company or a place."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from pydantic import BeforeValidator, TypeAdapter, ValidationError, ValidationInfo

from revplan.model import notation
from revplan.model.base import BUILT_WHEN_USED, DateRange, Days, Flag, refuse, unknown_key
from revplan.model.notation import PlanNotation
from revplan.model.numbers import MINUTES_PER_DAY, Minutes

_DAYS = TypeAdapter(Days, config=BUILT_WHEN_USED)
_FLAG = TypeAdapter(Flag, config=BUILT_WHEN_USED)
MINUTES = TypeAdapter(Minutes, config=BUILT_WHEN_USED)
_HALF = frozenset(("half", "half day", "half a day"))
_NAMES = ("reason", "name")
_KEYS = ("hours", *_NAMES)


class Absence(NamedTuple):
    """Time off on each of some days: the whole day where minutes is None, else so many minutes, and half of it."""

    minutes: int | None
    reason: str | None = None
    half: bool = False


def read_absence(value: object, info: ValidationInfo) -> Absence:
    """Read a day off: a reason (all day), `4h`, `half day`, or {hours, reason} with either of these hours.

    Raises:
        PydanticCustomError: the value is in none of these forms, or its hours are no hours.
    """
    if isinstance(value, Absence):
        return value
    if value is None or isinstance(value, str):
        part = _part_of_day(value, info)
        return part if part is not None else Absence(None, value)
    if isinstance(value, dict):
        for key in value:
            if key not in _KEYS:
                raise unknown_key((key,), _KEYS)
    if isinstance(value, dict) and "hours" in value:
        reasons = [value[name] for name in _NAMES if value.get(name) is not None]
        if all(isinstance(reason, str) for reason in reasons):
            part = _part_of_day(value["hours"], info)
            part = part if part is not None else Absence(MINUTES.validate_python(value["hours"], context=info.context))
            return part._replace(reason="; ".join(reasons) or None)
    raise refuse("wrong_type", "a day off is written as a reason, as 4h, or as {hours: 4, reason: dentist}")


def _part_of_day(value: object, info: ValidationInfo) -> Absence | None:
    """Return what a text such as `4h` or `half day` takes of a day; None for every other text.

    More hours than a day has are a reason: a year, a room, the number of a ticket.
    """
    if isinstance(value, str) and value.strip().lower() in _HALF:
        return Absence(0, half=True)
    try:
        minutes = MINUTES.validate_python(value, context=info.context)
    except ValidationError:
        return None
    return Absence(minutes) if minutes <= MINUTES_PER_DAY else None


def _merge_same_days(value: object, info: ValidationInfo) -> object:
    """Merge entries of the same days that are written in two ways: `2026-12-15` and `2026-12-15..2026-12-15`.

    What one entry gives up for another would be lost in silence; as with days that overlap, both count.
    """
    if not isinstance(value, dict):
        return value
    written: dict[DateRange, object] = {}
    merged: dict[object, object] = {}
    for key, entry in value.items():
        try:
            days = _DAYS.validate_python(key)
            if days in written:
                known = written[days]
                merged[known] = _together(read_absence(merged[known], info), read_absence(entry, info))
                continue
        except (ValidationError, ValueError):
            merged[key] = entry  # what cannot be read is told where the entry itself is read
            continue
        written[days] = key
        merged[key] = entry
    return merged


def _together(one: Absence, other: Absence) -> Absence:
    reason = "; ".join(dict.fromkeys(each.reason for each in (one, other) if each.reason is not None)) or None
    if one.minutes is None or other.minutes is None or (one.half and other.half):
        return Absence(None, reason)
    return Absence(one.minutes + other.minutes, reason, one.half or other.half)


class PlaceHolidays(NamedTuple):
    """The holidays of a place.

    Attributes:
        also: they come besides the company's own; else they stand in place of those.
        days: the holidays.
    """

    also: bool
    days: dict[DateRange, Absence]


def _read_place(value: object, info: ValidationInfo) -> PlaceHolidays:
    if isinstance(value, PlaceHolidays):
        return value
    if not isinstance(value, dict):
        raise refuse("wrong_type", "a calendar is written like {2027-01-06: Epiphany}")
    days = {key: entry for key, entry in value.items() if key != "also"}
    for key in days:
        if not key[:1].isdigit():
            raise unknown_key((key,), ("also",))
    read = _DAYS_OFF.validate_python(days, context=info.context)
    return PlaceHolidays(value.get("also") is not None and _FLAG.validate_python(value["also"]), read)


_TEXT_OR_NOTHING = {"type": ["string", "number", "boolean", "null"]}
_PART_OF_DAY = {
    "anyOf": [
        notation.HOURS,
        {"type": "string", "pattern": notation.whole_text(f"({'|'.join(map(notation.any_case, sorted(_HALF)))})")},
    ]
}
_ABSENCE = notation.fixed_mapping(
    {"hours": _PART_OF_DAY, **dict.fromkeys(_NAMES, _TEXT_OR_NOTHING)}, required=("hours",)
)
AbsenceValue = Annotated[Absence, PlanNotation(read_absence, {"anyOf": [_TEXT_OR_NOTHING, _ABSENCE]})]
"""A day off: a reason, `4h`, `half day`, or `{hours: 4, reason: dentist}`."""
DaysOff = Annotated[dict[Days, AbsenceValue], BeforeValidator(_merge_same_days)]
"""Days off by day or range; days in several entries add up."""
_DAYS_OFF: TypeAdapter[dict[DateRange, Absence]] = TypeAdapter(DaysOff, config=BUILT_WHEN_USED)
_PLACE = {
    "type": "object",
    "properties": {"also": notation.nullable(notation.FLAG)},
    "patternProperties": {notation.DAYS["pattern"]: {"anyOf": [_TEXT_OR_NOTHING, _ABSENCE]}, **notation.OWN_KEYS},
    "additionalProperties": False,
}
PlaceHolidaysValue = Annotated[PlaceHolidays, PlanNotation(_read_place, _PLACE)]
"""The holidays of a place: days like those of `holidays`, and `also: true` where they come besides the plan's own."""
