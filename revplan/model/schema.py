"""The plan format as a JSON Schema, generated from the models: what editors complete, explain and underline.

It describes any one plan file. What it cannot say, and `revplan validate` does:

- what lies between files: an id or a setting that stands in two, settings that stand in the wrong one or are missing,
  a part of the strategy, stack or company that no file gives;
- what compares two values: an end before its start, a share's most below its least, close-lag sums;
- what the editor's own YAML reader has decided before: numbers such as `1e3`, `0x1f` or `+5` are refused where the
  editor sees a number, merge keys are refused;
- small print of notations: limits of numbers in quotes or with a unit, 29 February in a common year, more than 18
  digits, less than half a minute of work, a `tasks` that holds nothing but keys of the user's own.
"""

from __future__ import annotations

import inspect
import types
import typing
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import WithJsonSchema

from revplan.model import notation
from revplan.model.base import Entity, Part, RefersTo
from revplan.model.plan import COLLECTIONS, SINGLETONS, TOP_LEVEL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from revplan.model.notation import Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:revplan:plan:1"
Ids = typing.Mapping[str, tuple[str, ...]]
"""Ids that may stand in references, by kind. Of a kind that is not in it, any may."""


def plan_schema(ids: Ids | None = None) -> Schema:
    """Return the schema of a plan file.

    Args:
        ids: the plan's own ids, to complete references and to refuse others; None to take any.
    """
    writer = _SchemaWriter(ids or {})
    singletons = {kind.path[0]: writer.model(kind.model) for kind in SINGLETONS}
    collections = {kind.path[0]: writer.collection(kind.model) for kind in COLLECTIONS}
    properties = {key: (singletons | collections)[key] for key in TOP_LEVEL_KEYS}
    return {
        "$schema": DIALECT,
        "$id": ID,
        "title": "revplan plan file",
        "description": "A part of a revplan plan, format 1. Any file may hold any of these keys.",
        **notation.nullable(notation.fixed_mapping(properties)),
        "$defs": dict(sorted(writer.definitions.items())),
    }


@dataclass(frozen=True, slots=True)
class _SchemaWriter:
    ids: Ids
    definitions: dict[str, Schema] = field(default_factory=dict)

    def collection(self, model: type[Part]) -> Schema:
        """Return the schema of a top-level key that holds entries by id."""
        pattern = notation.identifier(_id_pattern(model), 0)["pattern"]
        entries = notation.mapping(self.definition(model), pattern)
        return {"description": _summary(model), **notation.nullable(entries)}

    def model(self, model: type[Part]) -> Schema:
        """Return the schema of a top-level key of which there is one; only the settings cannot be left empty."""
        found = self.definition(model)
        return found if model is SINGLETONS[0].model else notation.nullable(found)

    def definition(self, model: type[Part]) -> Schema:
        """Return a pointer to a model's schema, written when it is first asked for."""
        name = model.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.mapping(model)
        return {"$ref": f"#/$defs/{name}"}

    def mapping(self, model: type[Part]) -> Schema:
        hints = typing.get_type_hints(model, include_extras=True)
        fields = {name: each for name, each in model.model_fields.items() if not _is_id(model, name)}
        properties = {each.alias or name: self.field(each, hints[name]) for name, each in fields.items()}
        required = tuple(each.alias or name for name, each in fields.items() if each.is_required())
        schema = notation.fixed_mapping(properties, () if model in _mergeable_models() else required)
        extra = model.model_config.get("json_schema_extra")
        return {"description": _summary(model), **schema, **(extra if isinstance(extra, dict) else {})}

    def field(self, found: FieldInfo, annotation: object) -> Schema:
        """Return the schema of a model's field. An empty value counts as not given."""
        extra = found.json_schema_extra if isinstance(found.json_schema_extra, dict) else {}
        value = {**self.value(annotation), **extra}
        schema = {"description": found.description, **(value if found.is_required() else notation.nullable(value))}
        default = _default(found.default)
        return schema if default is None else {**schema, "default": default}

    def value(self, annotation: object) -> Schema:  # noqa: PLR0911 - one a kind of type
        """Return the schema of what a type reads."""
        annotation = getattr(annotation, "__supertype__", annotation)  # of a unit, such as Minutes
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is typing.Annotated:
            is_scalar = any(isinstance(mark, WithJsonSchema) for mark in arguments)
            return self.scalar(arguments) if is_scalar else self.value(arguments[0])
        if origin in (types.UnionType, typing.Union):
            rest = [each for each in arguments if each is not types.NoneType]
            return self.value(rest[0])
        if origin is typing.Literal:
            return {"enum": list(arguments)}
        if origin is dict:
            return self.map(arguments[0], arguments[1])
        if origin is tuple:
            return notation.list_of(self.value(arguments[0]))
        if isinstance(annotation, type) and issubclass(annotation, Part):
            return self.definition(annotation)
        return dict(notation.ANY_TEXT)

    def scalar(self, arguments: tuple[Any, ...]) -> Schema:
        """Return the schema that a scalar's type carries; of a reference, the ids that it may be."""
        kind = _kind_referred_to(arguments)
        if kind not in self.ids:
            return dict(_own_schema(arguments))
        self.definitions[f"{kind}-id"] = {"enum": [form for each in self.ids[kind] for form in _forms(each)]}
        return {"$ref": f"#/$defs/{kind}-id"}

    def map(self, keys: object, values: object) -> Schema:
        """Return the schema of a mapping with keys of a type."""
        value = self.value(values)
        if types.NoneType in typing.get_args(values):
            value = notation.nullable(value)
        marks = typing.get_args(keys)
        kind = _kind_referred_to(marks)
        if kind in self.ids:
            return notation.fixed_mapping(dict.fromkeys(self.ids[kind], value))
        schema = _own_schema(marks)
        return notation.mapping(value, schema.get("pattern") if schema != notation.TEXT else None)


def _kind_referred_to(marks: tuple[object, ...]) -> str:
    """Return the kind of thing that a type refers to; empty where it is no reference."""
    return next((mark.kind for mark in marks if isinstance(mark, RefersTo)), "")


def _own_schema(marks: tuple[object, ...]) -> Schema:
    return next(mark.json_schema or {} for mark in marks if isinstance(mark, WithJsonSchema))


def _is_id(model: type[Part], name: str) -> bool:
    return name == "id" and issubclass(model, Entity)


def _id_pattern(model: type[Part]) -> str:
    return model.id_pattern if issubclass(model, Entity) else ""


def _summary(model: type[Part]) -> str:
    return (inspect.getdoc(model) or "").partition("\n")[0]


def _default(value: object) -> str | float | None:
    """Return a field's value where it is not given, as JSON; None where there is none to show."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int) else None


def _forms(own_id: str) -> Iterator[str | int | bool]:
    """Yield what an id may be to an editor, which takes digits alone for a number."""
    yield own_id
    if own_id.isdigit():
        yield int(own_id)
    if own_id in _WORDS:
        yield _WORDS[own_id]


@cache
def _mergeable_models() -> frozenset[type[Part]]:
    """Return the models that several files may give in part, so that one file alone may lack what is required."""
    found: list[type[Part]] = [kind.model for kind in SINGLETONS[1:]]
    for model in found:
        hints = typing.get_type_hints(model)
        unions = (hint for hint in hints.values() if typing.get_origin(hint) is types.UnionType)
        parts = (each for union in unions for each in typing.get_args(union))
        found += [each for each in parts if isinstance(each, type) and issubclass(each, Part)]
    return frozenset(found)


_WORDS: Mapping[str, bool] = {"true": True, "false": False}
