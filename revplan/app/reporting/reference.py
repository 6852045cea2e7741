"""The reference of the plan format, read from the models: every field with its type, default and meaning in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.model import base, days_off, goals, metrics, money, numbers, playbooks, settings, tactics, team, waits
from revplan.model.fields import fields, type_of
from revplan.model.plan import KIND_BY_NAME, KINDS
from revplan.nouns import with_article

if TYPE_CHECKING:
    from revplan.model.base import Part
    from revplan.model.fields import FieldType, ModelField

_WORDS: tuple[tuple[Any, str], ...] = (
    (base.Text, "text"),
    (base.Id, "an id"),
    (numbers.Quantity, "a number, such as 31, 1.2k or 2.4M"),
    (numbers.Amount, "a number, 0 or more"),
    (numbers.Count, "a whole number, 0 or more"),
    (numbers.Score, "a whole number, 1 to 10"),
    (numbers.Grade, "a whole number, 1 to 5"),
    (numbers.SkillLevel, "a whole number, 1 to 4"),
    (numbers.SprintsOver, "a whole number, 1 or 2"),
    (numbers.People, "a whole number, 1 to 20"),
    (numbers.MonthNumber, "a whole number, 1 to 12"),
    (money.Money, "an amount of money, such as 1200, 1.2k, 3M or 500 EUR"),
    (money.SignedMoney, "an amount of money, negative where more came back than was spent"),
    (numbers.Rate, "a rate, such as 0.98 or 104%"),
    (numbers.Fraction, "a part of a whole, such as 0.2 or 20%"),
    (numbers.Minutes, "hours, such as 1.5, 90m, 12h or 2d"),
    (numbers.TaskMinutes, "hours, such as 1.5, 90m, 12h or 2d"),
    (base.Flag, "true or false"),
    (base.Date, "a day, such as 2026-12-01"),
    (base.TimeOfDay, "a time of day, such as 09:30"),
    (settings.MeetingDay, "a weekday, such as tue, or a day of the month, 1 to 31"),
    (base.Days, "a day or a range of days, such as 2026-12-21..2026-12-23"),
    (base.MonthValue, "a month, such as 2026-12"),
    (base.QuarterValue, "a fiscal quarter, such as 2026-Q4"),
    (settings.FormatVersion, "1"),
    (money.CurrencyValue, "a currency's three letters, such as USD"),
    (settings.Color, 'a color, such as "#2f6f8f"'),
    (settings.SprintLength, "month, or a number of days"),
    (settings.Workdays, "days of the week, such as mon-fri or [mon, tue, thu]"),
    (team.MinutesOverTime, "hours, or a mapping from a day to hours from that day on"),
    (team.WeekOverTime, "hours by weekday, such as {mon: 8, tue: 4}, by turns {even: {…}, odd: {…}}, or from a day on"),
    (days_off.AbsenceValue, "a reason, 4h, half day, or {hours: 4, reason: …}"),
    (days_off.PlaceHolidaysValue, "days off such as {2027-01-06: Epiphany}, and also: true"),
    (goals.CurveValue, "flat, growth, or a list of twelve weights"),
    (money.MoneyByMonth, "an amount of money, or a mapping from a month to one"),
    (money.ExchangeRate, "an exchange rate, such as 1.08"),
    (money.MoneyInSteps, "an amount of money, or amounts by month and in steps, such as {from 2027-07: 1500}"),
    (money.Instalments, "an amount of money, or instalments such as {2027-01: 4000, 2027-02: 4000}"),
    (goals.CountByMonth, "a whole number, 0 or more, or a mapping from a month to one"),
    (metrics.MetricValue, "a number, such as 31 or 2.4M, or 20% where the unit is %"),
    (metrics.RangeValue, "a range, such as 2..4"),
    (metrics.TargetValue, "a number, such as 31 or 2.4M, or a mapping from a month to a number"),
    (
        tactics.RecurrenceValue,
        "daily, weekly, monthly, quarterly or yearly, or a mapping such as {every: 3, unit: week, day: thu}",
    ),
    (numbers.Every, "a whole number, 1 to 99"),
    (waits.WaitValue, "3d for days, or 3w for workdays"),
    (waits.WaitAfterValue, "3d for days, 3w for workdays, or 0d for none"),
    (tactics.After, "a list of tasks of the same tactic, or a mapping such as {write: 3d}"),
    (playbooks.PlaybookAfter, "a list of tasks of the same playbook, or a mapping such as {write: 3d}"),
    (str, "text"),
)
_REFERENCES = {
    "sibling-task": "the id of another task of the same tactic",
    "variant": "the id of a variant of the same campaign",
    "task": "a task, written tactic/task",
}
_KIND_BY_MODEL = {kind.model: kind.name for kind in KINDS}


class FieldReference(NamedTuple):
    """A field of the format.

    Attributes:
        name: the field's key in a plan file.
        holds: the type of the field's value, in words.
        required: whether every entry must have the field.
        default: the value of a missing field, in the plan's notation; None if there is no default.
        description: the meaning of the field.
        model: the model of the field's value, if the value has fields of its own; else None.
    """

    name: str
    holds: str
    required: bool
    default: str | None
    description: str
    model: type[Part] | None


def fields_of(model: type[Part]) -> tuple[FieldReference, ...]:
    """Return a model's fields: required fields first, then the others in the model's order, notes last."""
    found = [_describe_field(field) for field in fields(model) if field.name != "id"]
    return tuple(sorted(found, key=lambda field: (not field.required, field.name == "notes")))


def fields_of_kind(kind: str) -> tuple[FieldReference, ...]:
    """Return the fields of a kind's entries, in the order of `fields_of`."""
    return fields_of(KIND_BY_NAME[kind].model)


def _describe_field(field: ModelField) -> FieldReference:
    return FieldReference(
        name=field.key,
        holds=in_words(field.type),
        required=field.is_required,
        default=None if field.is_required else _default(field.default),
        description=field.description,
        model=field.type.first_model(),
    )


def in_words(found: FieldType) -> str:  # noqa: PLR0911 - one return a form of type
    """Return a type in words."""
    known = next((words for kind, words in _WORDS if found.declared == kind), None)
    if known is not None:
        return known
    if found.refers_to is not None:
        return _REFERENCES.get(found.refers_to, f"the id of {with_article(found.refers_to)}")
    if found.marks:
        return in_words(type_of(found.unmarked))
    if found.alternatives:
        return " or ".join(map(in_words, found.alternatives))
    if found.choices:
        return _either([str(word) for word in found.choices])
    if found.item is not None:
        held = in_words(found.item)
        return f"a list; each is {held}" if found.keys is None else f"a mapping from {in_words(found.keys)} to {held}"
    kind = _KIND_BY_MODEL.get(found.declared)
    return with_article(kind) if kind is not None else "a mapping of its own keys"


def _either(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _default(value: object) -> str | None:
    """Return a default value in the plan's notation; None for no default and for values with fields of their own."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple) and value:
        return f"[{', '.join(map(str, value))}]"
    return str(value) if isinstance(value, str | int | Decimal) else None
