"""The plan's settings: `revplan` in revplan.yaml."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from revplan.model import notation
from revplan.model.base import (
    BUILT_WHEN_USED,
    WEEKDAYS,
    ClientId,
    Date,
    Flag,
    FunctionId,
    Id,
    MemberId,
    Month,
    MonthValue,
    ObjectiveId,
    Part,
    Text,
    TimeOfDay,
    Weekday,
    refuse,
)
from revplan.model.days_off import DaysOff, PlaceHolidaysValue
from revplan.model.money import CurrencyValue, ExchangeRate, Money
from revplan.model.notation import Notation
from revplan.model.numbers import Amount, Count, Fraction, MonthNumber

DEFAULT_FOCUS_FACTOR = Decimal("0.8")
DEFAULT_RESERVE = Decimal("0.1")
LONGEST_SPRINT = 92
"""Days in the longest sprint: a quarter."""


def _read_length(value: object) -> int | Literal["month"]:
    if value == "month":
        return "month"
    text = str(value)
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:4]) <= LONGEST_SPRINT:
        raise refuse("wrong_type", f'a sprint\'s length is "month" or a number of days, 1 to {LONGEST_SPRINT}')
    return int(text)


def _read_workdays(value: object) -> tuple[Weekday, ...]:
    if isinstance(value, str):
        value = _weekday_range(value)
    if not isinstance(value, list | tuple) or not value or any(day not in WEEKDAYS for day in value):
        raise refuse("wrong_type", "workdays are written like mon-fri or [mon, tue, thu]")
    return tuple(day for day in WEEKDAYS if day in value)


def _weekday_range(text: str) -> list[str]:
    first, dash, last = (part.strip().lower() for part in text.partition("-"))
    if not dash:
        return [first]
    if first not in WEEKDAYS or last not in WEEKDAYS:
        return []
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return list(WEEKDAYS[start : end + 1]) if start <= end else []


def _weekday_patterns() -> Iterator[str]:
    """Yield the patterns of a weekday, and of weekdays from one to a later one."""
    for number, first in enumerate(WEEKDAYS):
        yield notation.any_case(first)
        for last in WEEKDAYS[number:]:
            yield notation.any_case(first) + r"\s*-\s*" + notation.any_case(last)


_ZONE = r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*"


def _read_zone(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(_ZONE, value):
        raise refuse("wrong_type", "a time zone is written as the time zone database names it, such as Europe/Berlin")
    return value


TimeZone = Annotated[str, Notation(_read_zone, {"type": ["string", "boolean"], "pattern": f"^{_ZONE}$"})]
"""A time zone's name."""


_COLOR = r"#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})"


def _read_color(value: object) -> str:
    """Return a color as `#rrggbb`; the sign may be missing, for an unquoted one begins a comment in YAML."""
    found = re.fullmatch(_COLOR, str(value).strip())
    if found is None:
        raise refuse("wrong_type", 'a color is written with six digits of 0-9 and a-f, such as "#2f6f8f" or 2f6f8f')
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))  # noqa: PLR2004 - two a part


Color = Annotated[
    str,
    Notation(_read_color, {"type": ["string", "integer", "number"], "pattern": f"^{_COLOR}$"}),
]
"""A color, such as `#2f6f8f`: two hexadecimal digits each of red, green and blue."""


def _read_format(value: object) -> int:
    if str(value) != str(FORMAT):
        raise refuse("unknown_format", f'format "{value}" is not known; this version of revplan reads format {FORMAT}')
    return FORMAT


FORMAT = 1
FormatVersion = Annotated[int, Notation(_read_format, {"enum": [FORMAT, str(FORMAT)]})]
SprintLength = Annotated[
    int | Literal["month"],
    Notation(
        _read_length,
        {
            "anyOf": [
                {"const": "month"},
                {"type": "integer", "minimum": 1, "maximum": LONGEST_SPRINT},
                {"type": "string", "pattern": "^0*([1-9]|[1-8][0-9]|9[0-2])$"},
            ]
        },
    ),
]
Workdays = Annotated[
    tuple[Weekday, ...],
    Notation(
        _read_workdays,
        {
            "anyOf": [
                {"type": "string", "pattern": notation.whole_text(f"({'|'.join(_weekday_patterns())})")},
                {"type": "array", "minItems": 1, "items": {"enum": list(WEEKDAYS)}},
            ]
        },
    ),
]


def _read_meeting_day(value: object) -> Weekday | int:
    text = str(value).strip()
    if text in WEEKDAYS:
        return text
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:3]) <= _DAYS_OF_MONTH:
        raise refuse("wrong_type", f"the day is mon to sun, or a day of the month, 1 to {_DAYS_OF_MONTH}")
    return int(text)


_DAYS_OF_MONTH = 31
MeetingDay = Annotated[
    Weekday | int,
    Notation(_read_meeting_day, notation.DAY_OF_MONTH),
]


class ShareSetting(Part):
    """A part of the members' plannable hours kept for a group of tactics, or its limit."""

    model_config = ConfigDict(
        json_schema_extra={
            **notation.one_of("function", "objective", "client", "tag"),
            "anyOf": [notation.has_value("least"), notation.has_value("most")],
        }
    )

    function: FunctionId | None = Field(None, description="Counts the tactics of this function.")
    objective: ObjectiveId | None = Field(None, description="Counts the tactics that serve this objective.")
    client: ClientId | None = Field(None, description="Counts the tactics for this client.")
    tag: Text | None = Field(None, description="Counts the tactics with this tag.")
    least: Fraction | None = Field(None, description="The least part of the hours kept for the group, such as 30%.")
    most: Fraction | None = Field(None, description="The most the group may take, such as 50%.")

    @model_validator(mode="after")
    def _one_group_and_a_limit(self) -> Self:
        groups = [self.function, self.objective, self.client, self.tag]
        if sum(group is not None for group in groups) != 1:
            raise refuse("not_one_of", "a share names exactly one of function, objective, client and tag")
        if self.least is None and self.most is None:
            raise refuse("not_one_of", "a share has a least or a most, such as least: 30%")
        if self.least is not None and self.most is not None and self.most < self.least:
            raise refuse("out_of_range", "a share's most is smaller than its least")
        return self


class SprintSettings(Part):
    """How long sprints are, and how much of people's time they may take."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["length"], "properties": {"length": {"not": {"enum": ["month", None]}}}},
            "then": notation.has_value("starts"),
        }
    )

    length: SprintLength = Field("month", description="month, or a number of days counted from `starts`.")
    starts: Date | None = Field(None, description="First day of the first sprint, where sprints have a length in days.")
    focus_factor: Fraction = Field(
        DEFAULT_FOCUS_FACTOR, description="The part of working time that goes into planned work."
    )
    reserve: Fraction = Field(DEFAULT_RESERVE, description="The part of that kept free for what nobody foresaw.")
    workdays: Workdays = Field(WEEKDAYS[:5], description="Days of the week on which the company works.")
    hours_per_day: Amount = Field(
        Decimal(8),
        description="Hours in `1d`, and in a full working day.",
        json_schema_extra={"exclusiveMinimum": 0, "maximum": 24},
    )
    budget: Money | None = Field(None, description="Cash a sprint may commit; no limit where it is not given.")
    shares: tuple[ShareSetting, ...] = Field(
        (), description="Parts of the hours kept for, or limited to, groups of work."
    )
    calibrate: Flag = Field(False, description="Scale estimates by how past ones of the same skill turned out.")

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        if self.length != "month" and self.starts is None:
            raise refuse("missing:starts", "a sprint length in days needs `starts`, the first sprint's first day")
        if not 0 < self.hours_per_day <= 24:  # noqa: PLR2004 - hours in a day
            raise refuse("out_of_range", "a working day has more than 0 and at most 24 hours")
        return self


_ATTENDEES = "Who takes part; every employee where it is not given. Who is away on the day does not."
_MINUTES = "How long it takes, in minutes."
_TIME = "The time of day at which it begins, such as 09:30."
_DAY = "Its day: a weekday, of which the first workday is taken, or a day of the {}; its first workday by default."


class WeeklyMeeting(Part):
    """The weekly revenue team meeting."""

    day: Weekday = Field("mon", description="The weekday it is held on.")
    time: TimeOfDay | None = Field(None, description=_TIME)
    minutes: Count = Field(90, description=_MINUTES)
    attendees: tuple[MemberId, ...] | None = Field(None, description=_ATTENDEES)


class SprintMeeting(Part):
    """The sprint planning, on the sprint's first workday or the day given."""

    day: MeetingDay | None = Field(None, description=_DAY.format("month (of the sprint where it has a length in days)"))
    time: TimeOfDay | None = Field(None, description=_TIME)
    minutes: Count = Field(240, description=_MINUTES)
    attendees: tuple[MemberId, ...] | None = Field(None, description=_ATTENDEES)


class QuarterMeeting(Part):
    """The strategy session, on the first workday of the fiscal quarter or the day given."""

    day: MeetingDay | None = Field(None, description=_DAY.format("quarter's first month"))
    time: TimeOfDay | None = Field(None, description=_TIME)
    minutes: Count = Field(480, description=_MINUTES)
    attendees: tuple[MemberId, ...] | None = Field(None, description=_ATTENDEES)


class MeetingSettings(Part):
    """The meetings the company holds; their time comes off the attendees' hours."""

    weekly: WeeklyMeeting | None = Field(None, description="The weekly revenue team meeting.")
    sprint: SprintMeeting | None = Field(None, description="The 30-day sprint planning.")
    quarter: QuarterMeeting | None = Field(None, description="The 90-day strategy session.")


ScoringMethod = Literal["impact-effort", "ice", "rice", "pie", "wsjf"]


class ScoringSettings(Part):
    """How the backlog is ranked."""

    method: ScoringMethod = Field("impact-effort", description="The formula behind a tactic's score.")
    weights: dict[Text, Amount] = Field(
        default_factory=dict, description="Weights of the method's parts by field name, 1 where not given."
    )
    learn: Flag = Field(
        False, description="Scale confidences by how often done tactics of the same playbook or function hit."
    )


class SiteSettings(Part):
    """How the pages look that reports are written to as HTML."""

    title: Text | None = Field(
        None, description="What the site of all reports is called; the company's name and `reports` by default."
    )
    color: Color | None = Field(
        None, description='The color of links and of the edge above pages, in quotes or without its sign: "#2f6f8f".'
    )
    logo: Text | None = Field(
        None,
        description="A picture at the head of pages: a PNG, JPEG, WebP or SVG file of at most 50 kB in the plan's "
        "folder, such as brand/logo.svg.",
    )

    @model_validator(mode="before")
    @classmethod
    def _color_is_no_comment(cls, data: object) -> object:
        """Refuse a color without a value: `color: #2f6f8f` would be lost without a word."""
        if isinstance(data, dict) and "color" in data and data["color"] is None:
            raise refuse("missing:color", 'the color has no value; in quotes it is one, as in "#2f6f8f"')
        return data


SeverityWord = Literal["error", "warning", "advice", "ignore"]


class Settings(Part):
    """The plan's settings. They stand in revplan.yaml, which marks the plan's folder."""

    format: FormatVersion = Field(description="The version of the plan format: 1.")
    company: Text = Field(description="The company's name.")
    currency: CurrencyValue = Field(description="The currency of every amount, by its ISO 4217 code, such as USD.")
    currencies: dict[CurrencyValue, dict[MonthValue, ExchangeRate]] = Field(
        default_factory=dict,
        description="Exchange rates by currency and month, such as {EUR: {2026-01: 1.08}}: what 1 EUR is worth in the "
        "plan's currency. Amounts may then be written like 500 EUR; each takes the last rate by its month.",
    )
    timezone: TimeZone | None = Field(
        None, description="The time zone of the meetings' times, such as Europe/Berlin; each reader's own by default."
    )
    fiscal_year_start: MonthNumber = Field(
        1,
        description="The month, 1 to 12, in which the fiscal year begins. The year, and its quarters with it, is named "
        "by the year in which it ends.",
    )
    today: Date | None = Field(None, description="Pins the date, so that an example stays true for ever.")
    sprint: SprintSettings = Field(SprintSettings(), description="How long sprints are, and what they may take.")
    holidays: DaysOff = Field(
        default_factory=dict,
        description="Days nobody works, with their names; 4h, half day or {hours, name} for part of a day.",
    )
    calendars: dict[Id, PlaceHolidaysValue] = Field(
        default_factory=dict,
        description="Holidays of other places, by an id that members name as their calendar; "
        "in place of the plan's own, or besides them with also: true.",
    )
    meetings: MeetingSettings = Field(MeetingSettings(), description="The meetings that are held.")
    scoring: ScoringSettings = Field(ScoringSettings(), description="How the backlog is ranked.")
    site: SiteSettings = Field(SiteSettings(), description="How pages of reports look: title, color, logo.")
    playbook_skills: dict[Id, Id] = Field(
        default_factory=dict,
        description="What the plan calls the skills of playbooks, such as {research: writing}; others have one name.",
    )
    rules: dict[Text, SeverityWord] = Field(
        default_factory=dict, description="Severity by rule code or slug: error, warning, advice or ignore."
    )
    exclude: tuple[Text, ...] = Field((), description="Files that are no part of the plan, as glob patterns.")

    @model_validator(mode="after")
    def _no_rate_of_its_own(self) -> Self:
        if self.currency in self.currencies:
            raise refuse("not_allowed:currencies", f"{self.currency} is the plan's own currency, and has no rate")
        return self

    def rate_by(self, currency: str, month: Month) -> tuple[Month, Decimal] | None:
        """Return the last exchange rate of a currency by a month, with its own month; None where there is none."""
        known = {str(code): rates for code, rates in self.currencies.items()}.get(currency, {})
        months = [each for each in known if each <= month]
        return (max(months), known[max(months)]) if months else None

    def reading_context(self) -> dict[str, Any]:
        """Return what the reading of an entry's hours and amounts depends on."""
        return {
            "hours_per_day": self.sprint.hours_per_day,
            "currency": str(self.currency),
            "currencies": {str(code): rates for code, rates in self.currencies.items()},
        }

    def editing_context(self) -> tuple[object, ...]:
        """Return what an edit's own words are written by: amounts, hours, dates, the plan's names and files."""
        calendar = self.today, self.fiscal_year_start, self.holidays, self.calendars
        sprint = self.sprint.length, self.sprint.starts, self.sprint.workdays
        return self.reading_context(), calendar, sprint, self.playbook_skills, self.exclude


def context_of_settings(body: object) -> dict[str, Any]:
    """Return what the reading of the settings' own amounts depends on; no rates where they cannot be read."""
    given = body if isinstance(body, dict) else {}
    rates = None
    with suppress(ValidationError):
        rates = _RATES.validate_python(given.get("currencies") or {})
    return {"currency": given.get("currency"), "currencies": rates}


_RATES = TypeAdapter(dict[CurrencyValue, dict[MonthValue, ExchangeRate]], config=BUILT_WHEN_USED)
