"""How the scalars of a plan look to an editor: pieces of JSON Schema.

An editor's YAML parser decides the type of a value before a schema is asked, so each notation is described as every
number, boolean and text that it may have become by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, ValidationInfo

Schema = dict[str, Any]
"""A JSON Schema, or a piece of one."""


class Notation:
    """How a type's value is written in a plan: a mark of an annotated type.

    The reader alone decides. Pydantic's own `PlainValidator` also builds the validator of the marked type and inspects
    the reader's parameters, for each field anew: a tenth of the time that the models take to build.

    Attributes:
        read: returns the value of what is written, or raises an error of pydantic's.
        schema: what an editor accepts; None where the marked type says it.
    """

    def __init__(self, read: Callable[[Any], object], schema: Schema | None) -> None:
        self.read: Callable[..., object] = read
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Return pydantic's schema of a value that the reader reads."""
        return core_schema.no_info_plain_validator_function(self.read)


class PlanNotation(Notation):
    """A notation whose reader also looks at the plan's settings, or at the fields before.

    Attributes:
        read: returns the value of what is written and of pydantic's context, or raises an error of pydantic's.
        schema: what an editor accepts; None where the marked type says it.
    """

    def __init__(self, read: Callable[[Any, ValidationInfo], object], schema: Schema | None) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Return pydantic's schema of a value that the reader reads."""
        return core_schema.with_info_plain_validator_function(self.read)


OWN_KEYS: Schema = {"^x-": {}}
"""Keys of the user's own, which may stand in any mapping."""
TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}
YEAR = r"(19[7-9]\d|2[01]\d\d)"

_FEW_DIGITS = r"(?!(\D*\d){19})"
_DIGITS = r"(\d+(_\d+)*\.?\d*|\.\d+)"
_DAY_OF_YEAR = r"((0[1-9]|1[0-2])-(0[1-9]|1\d|2\d)|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31)"
_MONTH = rf"{YEAR}-(0[1-9]|1[0-2])"
_DAY = rf"{YEAR}-{_DAY_OF_YEAR}"


def whole_text(pattern: str) -> str:
    """Return a pattern that matches a whole text; spaces around it are allowed."""
    return rf"^\s*{pattern}\s*$"


def any_case(word: str) -> str:
    """Return a pattern for a word in capitals or not."""
    return "".join(f"[{letter.upper()}{letter}]" for letter in word)


def limit(schema: Schema, least: float | None, most: float | None) -> Schema:
    """Return a schema with limits for what is a number to the editor."""
    limits = {"minimum": least, "maximum": most}
    return {**schema, **{name: limit for name, limit in limits.items() if limit is not None}}


def number(least: int | None = None, most: int | None = None) -> Schema:
    """Return the schema of a number."""
    sign = "[+-]?" if least is None else r"\+?"
    pattern = whole_text(_FEW_DIGITS + sign + _DIGITS)
    return limit({"type": ["number", "string"], "pattern": pattern}, least, most)


def whole_number(least: int, most: int | None = None) -> Schema:
    """Return the schema of a whole number."""
    pattern = whole_text(_FEW_DIGITS + r"\+?(\d+(_\d+)*(\.0*)?|\.0+)")
    return limit({"type": ["integer", "string"], "pattern": pattern}, least, most)


_CODE = r"(\s*[A-Z]{3})?"
"""The currency of an amount, where that is not the plan's."""
_AMOUNT = rf"{_DIGITS}\s*[kKmMB]?{_CODE}"
MONEY = limit({"type": ["number", "string"], "pattern": whole_text(rf"{_FEW_DIGITS}\+?{_AMOUNT}")}, 0, None)
QUANTITY: Schema = {"type": ["number", "string"], "pattern": whole_text(rf"{_FEW_DIGITS}[+-]?{_DIGITS}\s*[kKMB]?")}
SIGNED_MONEY: Schema = {
    "type": ["number", "string"],
    "pattern": whole_text(rf"{_FEW_DIGITS}[+-]?{_AMOUNT}"),
}
QUANTITY_OR_PER_CENT: Schema = {
    "type": ["number", "string"],
    "pattern": whole_text(rf"{_FEW_DIGITS}[+-]?{_DIGITS}\s*[kKMB%]?"),
}
_QUANTITY = rf"[+-]?{_DIGITS}\s*[kKMB%]?"
RANGE: Schema = {"type": "string", "pattern": whole_text(rf"{_QUANTITY}\s*\.\.\s*{_QUANTITY}")}
RATE = limit({"type": ["number", "string"], "pattern": whole_text(rf"{_FEW_DIGITS}\+?{_DIGITS}\s*%?")}, 0, None)
_PERCENT = r"0*(100(\.0*)?|\d{1,2}(\.\d*)?|\.\d+)\s*%"
_PART_OF_ONE = r"0*(1(\.0*)?|(\.\d*)?)"
FRACTION = limit(
    {"type": ["number", "string"], "pattern": whole_text(rf"(?=\D*\d)\+?({_PERCENT}|{_PART_OF_ONE})")}, 0, 1
)
MOST_HOURS = 100_000
"""Hours in the longest piece of work."""
HOURS = limit({"type": ["number", "string"], "pattern": whole_text(_DIGITS + r"\s*[mhd]?")}, 0, MOST_HOURS)
WORK: Schema = {
    "type": ["number", "string"],
    "pattern": whole_text(rf"(?=[^1-9]*[1-9]){_DIGITS}\s*[mhd]?"),
    "exclusiveMinimum": 0,
    "maximum": MOST_HOURS,
}
EXCHANGE_RATE: Schema = {"pattern": whole_text(rf"(?=[^1-9]*[1-9]){_FEW_DIGITS}\+?{_DIGITS}"), "exclusiveMinimum": 0}
FLAG: Schema = {
    "anyOf": [
        {"type": "boolean"},
        {
            "type": "string",
            "pattern": whole_text(f"({'|'.join(map(any_case, ('true', 'yes', 'on', 'false', 'no', 'off')))})"),
        },
    ]
}
DATE: Schema = {"type": "string", "pattern": whole_text(_DAY)}
MONTH: Schema = {"type": "string", "pattern": whole_text(_MONTH)}
MONTH_OR_STEP: Schema = {"type": "string", "pattern": whole_text(rf"({any_case('from')}\s+)?{_MONTH}")}
QUARTER: Schema = {"type": "string", "pattern": whole_text(rf"{YEAR}-Q[1-4]")}
DAY_OF_MONTH: Schema = {
    "anyOf": [
        {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        {"type": "integer", "minimum": 1, "maximum": 31},
        {"type": "string", "pattern": whole_text("0*([1-9]|[12][0-9]|3[01])")},
    ]
}
_WAIT = r"([012]?\d?\d|3[0-5]\d|36[0-6])\s*[dw]"
WAIT: Schema = {"type": "string", "pattern": whole_text(rf"(?=\d*[1-9]){_WAIT}")}
WAIT_OR_NONE: Schema = {"type": "string", "pattern": whole_text(_WAIT)}
TIME: Schema = {"type": "string", "pattern": whole_text(r"([01]?\d|2[0-3]):[0-5]\d")}
DAYS: Schema = {"type": "string", "pattern": whole_text(rf"{_DAY}(\s*\.\.\s*{_DAY})?")}


def identifier(pattern: str, length: int) -> Schema:
    """Return the schema of an id, which digits alone may be too."""
    return {"type": ["string", "integer", "boolean"], "pattern": f"^{pattern}$", "maxLength": length, "minimum": 0}


def list_of(items: Schema) -> Schema:
    """Return the schema of a list; a single text or number without a comma is a list of one."""
    several = {"type": "array", "items": items}
    if "#/$defs/" in items.get("$ref", "") and not items["$ref"].endswith("-id"):
        return several  # of mappings
    return {"anyOf": [several, {"allOf": [items, {"pattern": "^[^,]*$"}]}]}


def mapping(values: Schema, keys: str | None = None) -> Schema:
    """Return the schema of a mapping.

    Args:
        values: of every value.
        keys: the pattern of its keys; any text where none is given.
    """
    if keys is None:
        return {"type": "object", "patternProperties": OWN_KEYS, "additionalProperties": values}
    return {
        "type": "object",
        "patternProperties": {**OWN_KEYS, f"^(?!x-){keys.removeprefix('^')}": values},
        "additionalProperties": False,
    }


def fixed_mapping(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    """Return the schema of a mapping whose keys are known."""
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "patternProperties": OWN_KEYS,
        "additionalProperties": False,
    }
    return {**schema, "required": list(required)} if required else schema


def nullable(schema: Schema) -> Schema:
    """Return a schema that takes an empty value too."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {**schema, "type": [*types, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def has_value(key: str) -> Schema:
    """Return a schema that holds where a mapping has a value for a key."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def one_of(*keys: str) -> Schema:
    """Return a schema that holds where exactly one of the keys is given."""
    return {"oneOf": [has_value(key) for key in keys]}


def per_cents_only_where(unit: str, *keys: str) -> Schema:
    """Return a schema that refuses per cents, alone and in mappings, where the unit is none."""
    per_cent = {"type": "string", "pattern": r"%\s*($|\.\.)"}
    bare = {"not": per_cent, "patternProperties": {"^(?!x-)": {"not": per_cent}}}
    counts_per_cents = {"properties": {unit: {"type": "string", "pattern": whole_text("%")}}}
    return {"if": counts_per_cents, "else": {"properties": dict.fromkeys(keys, bare)}}
