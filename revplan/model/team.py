"""The team: who there is, what they can do, and when they work."""

from datetime import date
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import (
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from revplan.model import notation
from revplan.model.base import (
    BUILT_WHEN_USED,
    WEEKDAYS,
    CalendarId,
    Date,
    Entity,
    FunctionId,
    Id,
    Text,
    in_order,
    refuse,
    unknown_key,
)
from revplan.model.days_off import MINUTES, DaysOff
from revplan.model.money import Money
from revplan.model.notation import PlanNotation
from revplan.model.numbers import MINUTES_PER_DAY, Fraction, Minutes, SkillLevel

_DATE = TypeAdapter(Date, config=BUILT_WHEN_USED)


class MinutesFrom(NamedTuple):
    """Minutes a week from a day on (None: from the beginning)."""

    since: date | None
    minutes: int


class WeekFrom(NamedTuple):
    """Minutes by weekday, Monday first, from a day on (None: from the beginning).

    Attributes:
        minutes: of every week; of the even weeks of the ISO calendar where there is a pattern of odd ones.
        odd: of the odd weeks.
    """

    since: date | None
    minutes: tuple[int, ...]
    odd: tuple[int, ...] | None = None

    def week_of(self, day: date) -> tuple[int, ...]:
        """Return the minutes by weekday, Monday first, in the week of a day."""
        return self.odd if self.odd is not None and day.isocalendar().week % 2 else self.minutes


def _minutes(value: object, info: ValidationInfo) -> int:
    return MINUTES.validate_python(value, context=info.context)


def _read_minutes_over_time(value: object, info: ValidationInfo) -> tuple[MinutesFrom, ...]:
    if not isinstance(value, dict):
        return (MinutesFrom(None, _minutes(value, info)),)
    entries = [MinutesFrom(_DATE.validate_python(day), _minutes(hours, info)) for day, hours in value.items()]
    return tuple(sorted(entries))


def _read_week_over_time(value: object, info: ValidationInfo) -> tuple[WeekFrom, ...]:
    if not isinstance(value, dict) or not value:
        raise refuse("wrong_type", "a week is written like {mon: 8, tue: 4}, or {even: {…}, odd: {…}} by turns")
    if not any(map(_is_like_a_date, value)):
        return (_weeks(None, value, (), info),)
    entries = [_weeks(_DATE.validate_python(day), week, (day,), info) for day, week in value.items()]
    return tuple(sorted(entries, key=lambda entry: entry.since or date.min))


def _is_like_a_date(key: object) -> bool:
    return str(key)[:1].isdigit()


def _weeks(since: date | None, value: object, keys: tuple[str, ...], info: ValidationInfo) -> WeekFrom:
    """Read one week, or two by turns."""
    if not isinstance(value, dict) or not value.keys() & set(_TURNS):
        return WeekFrom(since, _one_week(value, keys, info))
    for key in value:
        if key not in _TURNS:
            raise unknown_key((*keys, key), _TURNS)
    for turn in _TURNS:
        if turn not in value:
            raise refuse(
                "missing", f'two weeks by turns are written as {{even: {{…}}, odd: {{…}}}}; "{turn}" is missing'
            )
    even, odd = (_one_week(value[turn] or {}, (*keys, turn), info) for turn in _TURNS)
    return WeekFrom(since, even, odd)


_TURNS = ("even", "odd")


def _one_week(value: object, keys: tuple[str, ...], info: ValidationInfo) -> tuple[int, ...]:
    if not isinstance(value, dict):
        raise refuse("wrong_type", "a week is written like {mon: 8, tue: 4}, with the days mon to sun")
    for key in value:
        if key not in WEEKDAYS:
            raise unknown_key((*keys, str(key)), WEEKDAYS if keys else (*WEEKDAYS, *_TURNS))
    minutes = tuple(_minutes_of_day(value.get(day) or "0", (*keys, day), info) for day in WEEKDAYS)
    if max(minutes) > MINUTES_PER_DAY:
        raise refuse("out_of_range", "a day has 24 hours")
    return minutes


def _minutes_of_day(value: object, keys: tuple[str, ...], info: ValidationInfo) -> int:
    try:
        return _minutes(value, info)
    except ValidationError as error:
        told = error.errors(include_url=False)[0]
        raise refuse(told["type"], str(told["msg"]), keys=keys, written=value) from None


_HOURS_OF_A_DAY = {**notation.nullable(notation.HOURS), "maximum": 24}
_WEEK = notation.fixed_mapping(dict.fromkeys(WEEKDAYS, _HOURS_OF_A_DAY))
_BY_TURNS = notation.fixed_mapping(dict.fromkeys(_TURNS, notation.nullable(_WEEK)), _TURNS)
_DATE_PATTERN = notation.DATE["pattern"]
MinutesOverTime = Annotated[
    tuple[MinutesFrom, ...],
    PlanNotation(_read_minutes_over_time, {"anyOf": [notation.HOURS, notation.mapping(notation.HOURS, _DATE_PATTERN)]}),
]
WeekOverTime = Annotated[
    tuple[WeekFrom, ...],
    PlanNotation(
        _read_week_over_time,
        {
            "anyOf": [
                {**_WEEK, "minProperties": 1},
                _BY_TURNS,
                {**notation.mapping({"anyOf": [_WEEK, _BY_TURNS]}, _DATE_PATTERN), "minProperties": 1},
            ]
        },
    ),
]


class Member(Entity):
    """Somebody whose hours the plan may use, or who answers for something."""

    model_config = ConfigDict(
        json_schema_extra={
            **notation.one_of("hours_per_week", "week", "hours_per_month"),
            "if": {"required": ["kind"], "properties": {"kind": {"const": "employee"}}},
            "then": {"properties": {"rate": {"type": "null"}}},
        }
    )

    name: Text = Field(description="What they are called.")
    kind: Literal["employee", "contractor", "agency"] = Field(description="How they belong to the company.")
    function: FunctionId = Field(description="The function they work in.")
    role: Text | None = Field(None, description="Their role or job title.")
    minutes_per_week: MinutesOverTime | None = Field(
        None,
        alias="hours_per_week",
        description="Hours a week, spread evenly over the workdays: a number, or {from-date: number}.",
    )
    week: WeekOverTime | None = Field(
        None,
        description="Hours by weekday, such as {mon: 8, tue: 4}; {even: {…}, odd: {…}} by turns, in even and odd "
        "weeks of the ISO calendar; or {from-date: {…}}.",
    )
    minutes_per_month: Minutes | None = Field(
        None,
        alias="hours_per_month",
        description="A retainer's hours a month, spread evenly over the month's workdays.",
    )
    business_as_usual: Minutes = Field(Minutes(0), description="Hours a week that no sprint may take.")
    focus_factor: Fraction | None = Field(None, description="Their own focus factor, in place of the plan's.")
    from_: Date | None = Field(None, alias="from", description="First day of the contract.")
    until: Date | None = Field(None, description="Last day of the contract.")
    calendar: CalendarId | None = Field(
        None, description="The holidays of their place, from calendars in the settings; the plan's own by default."
    )
    rate: Money | None = Field(None, description="What an hour costs; contractors and agencies only.")
    email: Text | None = Field(None, description="Where invitations go.")
    skills: dict[Id, SkillLevel] = Field(
        default_factory=dict, description="Skills with levels: 1 learning, 2 works alone, 3 leads, 4 teaches."
    )
    time_off: DaysOff = Field(
        default_factory=dict, description="Days off with the reason; 4h, half day or {hours, reason} for part of a day."
    )

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        written = (
            ("hours_per_week", self.minutes_per_week),
            ("week", self.week),
            ("hours_per_month", self.minutes_per_month),
        )
        given = [name for name, pattern in written if pattern is not None]
        if len(given) != 1:
            what = " and ".join(given) if given else "none of them"
            raise refuse("not_one_of", f"a member has one of hours_per_week, week and hours_per_month; this has {what}")
        if self.kind == "employee" and self.rate is not None:
            raise refuse("not_allowed:rate", "a plan holds no salaries; only contractors and agencies have a rate")
        in_order(self.from_, self.until, "until")
        return self

    @property
    def has_hours(self) -> bool:
        """Whether the member works at any time. A member without hours owns things and attends meetings."""
        by_week = any(entry.minutes for entry in self.minutes_per_week or ())
        by_day = any(any(entry.minutes) or any(entry.odd or ()) for entry in self.week or ())
        return by_week or by_day or bool(self.minutes_per_month)

    @property
    def is_retained(self) -> bool:
        """Whether their hours are a monthly retainer, whose cost is sunk."""
        return self.minutes_per_month is not None
