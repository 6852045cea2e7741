"""Arguments of an assistant's tools: the types that they may have, their JSON Schema, and how they are checked."""

from __future__ import annotations

import inspect
import math
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import PydanticCustomError, core_schema

from revplan.app.editing.rename import NAMED_KINDS
from revplan.errors import InputError
from revplan.model.base import YEARS
from revplan.model.meetings import MeetingKind
from revplan.model.workshops import workshop_names
from revplan.nouns import NOUNS
from revplan.reports.catalog import NAMES
from revplan.spelling import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    from revplan.model.change import Data

MOST_CHARACTERS = 200_000
"""Largest length of all texts of a call together."""
MOST_VALUES = 20_000
"""Largest number of values of a call, those in lists and mappings included."""
DEEPEST = 12
"""How deep lists and mappings may stand in each other."""
LARGEST_NUMBER = 10**15
_LONGEST_ID, _LONGEST_TEXT, _MOST_ITEMS = 200, 20_000, 500
_LINE_ENDS = frozenset("\t\n\r")


# --- the types -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text that is one of some words.

    Attributes:
        words: the words.
        what: what errors call such a word.
    """

    words: tuple[str, ...]
    what: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:  # noqa: ANN401 - pydantic's own
        """Return how pydantic checks the text."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, core: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of the text."""
        return {**handler(core), "enum": [*self.words]}

    def check(self, word: str) -> str:
        """Return the word, or refuse it with the nearest one."""
        if word not in self.words:
            near = did_you_mean(word, self.words) if len(word) <= _LONGEST_ID else None
            known = f"there is {', '.join(self.words)}"
            message = f'there is no {self.what} "{word[:_LONGEST_ID]}"; {near or known}'
            raise PydanticCustomError("choice", "{message}", {"message": message})
        return word


Id = Annotated[str, Field(min_length=1, max_length=_LONGEST_ID)]
Ids = Annotated[list[Id], Field(max_length=_MOST_ITEMS)]
LongText = Annotated[str, Field(max_length=_LONGEST_TEXT)]
Texts = Annotated[list[LongText], Field(max_length=_MOST_ITEMS)]
Day = Annotated[str, Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", max_length=10)]
Figure = Annotated[str | int | float, Field(union_mode="left_to_right", json_schema_extra={"maxLength": _LONGEST_ID})]
"""A figure in the plan's notation, such as 31, "1.5", "90m" or "2.4M"."""
Fields = Annotated[dict[Id, Any], Field(max_length=_MOST_ITEMS)]
AnyKind = Annotated[str, OneOf(NAMED_KINDS, "kind")]
"""Every kind of things that have ids."""
EditedKind = Annotated[str, OneOf(tuple(noun.kind for noun in NOUNS if noun.flags), "kind that is edited so")]
"""Every kind whose entries are added, edited and dropped alike."""
ReportName = Annotated[str, OneOf(NAMES, "report")]
MEETINGS: tuple[MeetingKind, ...] = get_args(MeetingKind)
Workshop = Annotated[str, OneOf(workshop_names(), "workshop")]
Policy = Literal["value", "rank"]
Form = Annotated[str, OneOf(("json", "markdown"), "form")]
"""How a document is answered: `json` for its figures, `markdown` for its text."""


def day_of(written: str | None) -> date | None:
    """Return the day that an argument names; None if there is none.

    Raises:
        InputError: there is no such day, or it lies outside of all plans.
    """
    if written is None:
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise InputError(f"there is no day {written}", hint="write it like 2026-12-01") from None
    if found.year not in YEARS:
        raise InputError(
            f"the day {written} lies outside of all plans", hint=f"they reach from {YEARS[0]} to {YEARS[-1]}"
        )
    return found


def as_data(value: Any) -> Data:  # noqa: ANN401 - JSON
    """Return a JSON value as a plan file has it, where scalars are text. None stays, and removes a field."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, "f").rstrip("0").rstrip(".") if value == round(value, 6) else repr(value)
    if isinstance(value, list):
        return [as_data(each) for each in value]
    if isinstance(value, dict):
        return {str(key): as_data(each) for key, each in value.items()}
    return value if value is None else str(value)


def as_text(value: str | float) -> str:
    """Return a figure as a person would have typed it."""
    return str(as_data(value))


# --- the signature of a tool's function ----------------------------------------------------------------------------


@cache
def arguments_model(function: Callable[..., Any]) -> type[BaseModel]:
    """Return a model of a function's parameters, all but the first one; no others are allowed."""
    hints = get_type_hints(function, include_extras=True)
    _, *parameters = inspect.signature(function).parameters.values()
    fields: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is each.empty else each.default) for each in parameters
    }
    return create_model(function.__name__, __config__=ConfigDict(extra="forbid", strict=True), **fields)


@cache
def _whole_schema(function: Callable[..., Any]) -> dict[str, Any]:
    schema: dict[str, Any] = _without_titles(arguments_model(function).model_json_schema())
    return {"type": "object", "properties": {}, **schema}


def input_schema(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the JSON Schema of a function's arguments."""
    return dict(_whole_schema(function))


def _without_titles(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a schema without the titles that repeat the names of fields."""
    if isinstance(schema, list):
        return [_without_titles(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: _without_titles(own) for name, own in each.items()}
        if key == "properties"
        else _without_titles(each)
        for key, each in schema.items()
        if key != "title"
    }


def check(function: Callable[..., Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call's arguments, with the defaults of those that are not given.

    Raises:
        InputError: they are too large, hold what no plan can hold, or are not of the function's types.
    """
    refuse_oversized(given)
    try:
        found = arguments_model(function).model_validate(dict(given))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(key) for key in first["loc"])[:_LONGEST_ID] or "the arguments"
        raise InputError(f"{where}: {first['msg']}", hint="the tool's input schema says what it takes") from None
    return {name: getattr(found, name) for name in type(found).model_fields}


def refuse_oversized(given: Mapping[str, Any]) -> None:
    """Refuse arguments that are too large or too deep, or that hold what no plan can hold.

    Raises:
        InputError: they are.
    """
    characters = values = 0
    rest: list[tuple[Any, int]] = [(dict(given), 0)]
    while rest:
        value, depth = rest.pop()
        values += 1
        if isinstance(value, str):
            characters += len(value)
            _refuse_odd_text(value)
        elif isinstance(value, int | float):
            _refuse_odd_number(value)
        elif isinstance(value, dict | list):
            own = (*value, *value.values()) if isinstance(value, dict) else value
            rest.extend((each, depth + 1) for each in own)
        if depth > DEEPEST:
            raise InputError("the arguments stand too deep in each other", hint=f"{DEEPEST} steps at most")
        if characters > MOST_CHARACTERS or values > MOST_VALUES:
            hint = f"at most {MOST_CHARACTERS:,} characters and {MOST_VALUES:,} values"
            raise InputError("the arguments are too large for one call", hint=hint)


def _refuse_odd_text(text: str) -> None:
    if text.isprintable():
        return
    for sign in text:
        if (sign < " " and sign not in _LINE_ENDS) or "\x7f" <= sign <= "\x9f" or "\ud800" <= sign <= "\udfff":
            raise InputError(
                f"there is a character in a text that no plan can hold, number {ord(sign)}", hint="leave it out"
            )


def _refuse_odd_number(number: float) -> None:
    if isinstance(number, float) and not math.isfinite(number):
        raise InputError("a number is not finite", hint="write it in digits")
    if abs(number) > LARGEST_NUMBER:
        raise InputError("a number is too large for any plan", hint=f"{LARGEST_NUMBER:,} is the most")
