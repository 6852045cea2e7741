"""What every model is made of: ids, references, and scalars whose type the schema decides.

The plan's text reaches the models as plain strings; each scalar type here reads its own notation and refuses
what it cannot read with a message for the person who wrote it.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from functools import cache, lru_cache
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from revplan.model import notation
from revplan.model.notation import Notation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

ID_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"
"""An id is kebab-case."""
ID_LENGTH = 64
"""Longest id, in characters."""
REMEMBERED = 4096
"""Notations remembered by a reader: a plan says `4h` and `copy` thousands of times."""

Keys = tuple[str | int, ...]
"""The way from an entity to one of its values: mapping keys as text, list positions as numbers from 0."""


class Ref(NamedTuple):
    """Names a place in the plan without saying where it stands in the text.

    Attributes:
        kind: singular name of the collection or map, such as "tactic" or "pillar"; a singleton's own name,
            such as "strategy", for what is directly in it.
        id: the entity's id; empty for a singleton.
        keys: the way from the entity's body to the value meant; empty for the entity itself.
    """

    kind: str
    id: str = ""
    keys: Keys = ()

    def at(self, *keys: str | int) -> Ref:
        """Return the place further down by these keys."""
        return Ref(self.kind, self.id, (*self.keys, *keys))

    def __str__(self) -> str:
        return " ".join(part for part in (self.kind, self.id, ".".join(map(str, self.keys))) if part)


class RefersTo(NamedTuple):
    """Marks a field as the bare id of another thing of this kind."""

    kind: str


BUILT_WHEN_USED = ConfigDict(defer_build=True)
"""For models and adapters: most commands read a few kinds of things, and building a validator takes a while."""


class Part(BaseModel):
    """A piece of the plan. An empty value in the text counts as not given, a single one for a list is a list of one."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, **BUILT_WHEN_USED)

    notes: str | None = Field(None, description="Anything worth remembering; no rule reads it.")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_given(cls, data: object) -> object:
        if type(data) is not dict:
            return data
        if None in data.values():
            known = keys_by_name(cls).values()
            data = {key: value for key, value in data.items() if value is not None or key not in known}
        single = [key for key in _list_keys(cls) if key in data and is_single(data[key])]
        return {**data, **{key: [data[key]] for key in single}} if single else data

    def value_at(self, key: str) -> object:
        """Return a field's value by its key in the plan file; None where the part has no such key."""
        names = keys_by_name(type(self)).items()
        return getattr(self, next((name for name, own in names if own == key), key), None)


@cache
def keys_by_name(model: type[Part]) -> Mapping[str, str]:
    """Return the key in the plan file of each of a model's fields, by the field's name, in the model's order."""
    return MappingProxyType({name: field.alias or name for name, field in model.model_fields.items()})


@cache
def _list_keys(model: type[Part]) -> tuple[str, ...]:
    """Return the keys of a model's fields that hold lists."""
    keys = keys_by_name(model)
    lists = ((name, field) for name, field in model.model_fields.items() if _is_list(field.annotation))
    return tuple(
        keys[name]
        for name, field in lists
        if not any(isinstance(mark, Notation) for mark in field.metadata)  # with a notation of its own
    )


def _is_list(annotation: object) -> bool:
    if get_origin(annotation) in (UnionType, Union):
        return any(map(_is_list, get_args(annotation)))
    return get_origin(annotation) is tuple and get_args(annotation)[1:] == (...,)


def is_single(value: object) -> bool:
    """Tell whether a value in place of a list is a list of one: a text without a comma, which lists what it holds."""
    return type(value) is str and "," not in value


class Entity(Part):
    """A piece of the plan with an id of its own: an entry of a collection."""

    id_pattern: ClassVar[str] = ID_PATTERN
    """What the ids of the collection look like."""
    id: str = Field(description="The entry's key in its collection.")


def refuse(kind: str, message: str, **more: object) -> PydanticCustomError:
    """Return the error for a value that cannot be read; kind decides the diagnostic's code.

    Of a value inside of the one that is read, `keys` is the way to it, and `written` what stands there.
    """
    return PydanticCustomError(kind, "{message}", {"message": message, **more})


def quote(text: str, most: int = 40) -> str:
    """Return a text in quotes, cut where it is longer than a message can bear."""
    return f'"{text}"' if len(text) <= most else f'"{text[:most]}…"'


def unknown_key(keys: Keys, options: tuple[str, ...]) -> PydanticCustomError:
    """Return the error for a key that is none of the options, by the way to it from the value that is read."""
    message = f'unknown key "{keys[-1]}"'
    return PydanticCustomError("unknown_key", "{message}", {"message": message, "keys": keys, "options": options})


# --- flags -------------------------------------------------------------------------------------------------------

_YES = frozenset(("true", "yes", "on"))
_NO = frozenset(("false", "no", "off"))


def _read_flag(value: object) -> bool:
    word = str(value).strip().lower()
    if word not in _YES and word not in _NO:
        raise refuse("wrong_type", f"{quote(str(value))} is neither true nor false")
    return word in _YES


Flag = Annotated[bool, Notation(_read_flag, notation.FLAG)]
"""true or false."""

# --- text --------------------------------------------------------------------------------------------------------


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise refuse("wrong_type", "text is expected here, not " + _shape(value))
    if not value.strip():
        raise refuse("missing", "this text is empty")
    return value


def _shape(value: object) -> str:
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), "a number")


Text = Annotated[str, Notation(_read_text, notation.TEXT)]
"""Words for people."""


@lru_cache(maxsize=REMEMBERED)
def is_id(text: str) -> bool:
    """Tell whether a text may be an id."""
    return len(text) <= ID_LENGTH and re.fullmatch(ID_PATTERN, text) is not None


def free_id(stem: str, taken: Collection[str]) -> str:
    """Return an id that is not taken: the stem, else the stem with the least number from 2 on behind it."""
    candidates = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)


def bad_id_message(text: str) -> str:
    """Say why a text is no id."""
    rule = f"ids are lower-case words, digits and single hyphens, {ID_LENGTH} characters at most"
    return f"{quote(text)} is no id; {rule}"


def _read_id(value: object) -> str:
    if isinstance(value, dict | list):
        raise refuse("bad_id", "one id is expected here, not " + _shape(value))
    if not isinstance(value, str) or not is_id(value):
        raise refuse("bad_id", bad_id_message(str(value)))
    return value


Id = Annotated[str, Notation(_read_id, notation.identifier(ID_PATTERN, ID_LENGTH))]
"""Lower-case words, digits and single hyphens, such as `audit-checklist`."""


def _read_reference(value: object) -> str:
    if not isinstance(value, str):
        raise refuse("wrong_type", "an id is expected here, not " + _shape(value))
    if not value.strip():
        raise refuse("missing", "this id is empty: name one, or leave the key out")
    return value


_REFERENCE = Notation(_read_reference, notation.TEXT)

FunctionId = Annotated[str, _REFERENCE, RefersTo("function")]
MemberId = Annotated[str, _REFERENCE, RefersTo("member")]
MetricId = Annotated[str, _REFERENCE, RefersTo("metric")]
ObjectiveId = Annotated[str, _REFERENCE, RefersTo("objective")]
PersonaId = Annotated[str, _REFERENCE, RefersTo("persona")]
TacticId = Annotated[str, _REFERENCE, RefersTo("tactic")]
CampaignId = Annotated[str, _REFERENCE, RefersTo("campaign")]
ClientId = Annotated[str, _REFERENCE, RefersTo("client")]
SegmentId = Annotated[str, _REFERENCE, RefersTo("segment")]
PillarId = Annotated[str, _REFERENCE, RefersTo("pillar")]
CompetitorId = Annotated[str, _REFERENCE, RefersTo("competitor")]
ToolId = Annotated[str, _REFERENCE, RefersTo("tool")]
BudgetLineId = Annotated[str, _REFERENCE, RefersTo("budget-line")]
CalendarId = Annotated[str, _REFERENCE, RefersTo("calendar")]
"""The holidays of a place, from the settings' `calendars`."""
PlaybookId = Annotated[str, _REFERENCE, RefersTo("playbook")]
"""A playbook of the plan, or of the catalogue that revplan brings."""
IssueId = Annotated[str, _REFERENCE, RefersTo("issue")]
SiblingTaskId = Annotated[str, _REFERENCE, RefersTo("sibling-task")]
"""Another task of the same tactic."""
VariantId = Annotated[str, _REFERENCE, RefersTo("variant")]
"""A variant of the same campaign."""
TaskPath = Annotated[str, _REFERENCE, RefersTo("task")]
"""A task as `tactic/task`."""

# --- time --------------------------------------------------------------------------------------------------------

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
YEAR_AND_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
YEARS = range(1970, 2200)
"""Those that a plan may speak of."""
MONTHS_PER_YEAR = 12
DAYS_PER_WEEK = 7
ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=DAYS_PER_WEEK)


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.plus(1).first - ONE_DAY

    def plus(self, months: int) -> Month:
        """Return the month so many later (earlier where negative)."""
        index = self.year * MONTHS_PER_YEAR + self.month - 1 + months
        return Month(index // MONTHS_PER_YEAR, index % MONTHS_PER_YEAR + 1)

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month a day lies in."""
        return cls(day.year, day.month)


class Quarter(NamedTuple):
    """A quarter of a fiscal year, which is named by the year in which it ends."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"


class DateRange(NamedTuple):
    """Days from first to last, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


def _read_date(value: object) -> date:
    if isinstance(value, date):
        return value
    text = str(value).strip()
    match = _DATE.fullmatch(text)
    if match is None:
        raise refuse("wrong_type", f"{quote(text)} is not a date; write it like 2026-12-01")
    if int(match[1]) not in YEARS:
        raise refuse("out_of_range", f"the year {match[1]} is outside {YEARS[0]} to {YEARS[-1]}")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise refuse("out_of_range", f"there is no day {quote(text)} in the calendar") from None


def _read_month(value: object) -> Month:
    if isinstance(value, Month):
        return value
    match = YEAR_AND_MONTH.fullmatch(str(value).strip())
    if match is None or not 1 <= int(match[2]) <= MONTHS_PER_YEAR or int(match[1]) not in YEARS:
        raise refuse("wrong_type", f"{quote(str(value))} is not a month; write it like 2026-12")
    return Month(int(match[1]), int(match[2]))


def _read_quarter(value: object) -> Quarter:
    if isinstance(value, Quarter):
        return value
    match = _QUARTER.fullmatch(str(value).strip())
    if match is None or int(match[1]) not in YEARS:
        raise refuse("wrong_type", f"{quote(str(value))} is not a quarter; write it like 2026-Q4")
    return Quarter(int(match[1]), int(match[2]))


def _read_range(value: object) -> DateRange:
    if isinstance(value, DateRange):
        return value
    first, dots, last = str(value).partition("..")
    days = DateRange(_read_date(first), _read_date(last if dots else first))
    if days.last < days.first:
        raise refuse("end_before_start", f"{days.last} comes before {days.first}")
    return days


Date = Annotated[date, Notation(_read_date, notation.DATE)]
"""A day, such as `2026-12-01`."""
MonthValue = Annotated[Month, Notation(_read_month, notation.MONTH)]
"""A calendar month, such as `2026-12`."""
QuarterValue = Annotated[Quarter, Notation(_read_quarter, notation.QUARTER)]
"""A fiscal quarter, such as `2026-Q4`."""
Days = Annotated[DateRange, Notation(_read_range, notation.DAYS)]
"""A day or a range of days, both ends included: `2026-12-21..2026-12-23`."""

_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)


def _read_time(value: object) -> time:
    if isinstance(value, time):
        return value
    match = _TIME.fullmatch(str(value).strip())
    if match is None:
        raise refuse("wrong_type", f"{quote(str(value))} is not a time of day; write it like 09:30")
    try:
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise refuse("out_of_range", f"{quote(str(value))} is no time; a day goes from 00:00 to 23:59") from None


TimeOfDay = Annotated[time, Notation(_read_time, notation.TIME)]
"""A time of day, such as `09:30`."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""


def in_order(start: date | None, end: date | None, what: str = "the end") -> None:
    """Refuse an end before its start.

    Raises:
        PydanticCustomError: the end comes before the start.
    """
    if start is not None and end is not None and end < start:
        raise refuse("end_before_start", f"{what} {end} comes before the start {start}")
