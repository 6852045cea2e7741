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
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from revplan.model import notation
from revplan.model.base import Entity, Part
from revplan.model.fields import fields
from revplan.model.notation import Notation
from revplan.model.plan import COLLECTIONS, SINGLETONS, TOP_LEVEL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from revplan.model.fields import FieldType, ModelField
    from revplan.model.notation import Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:revplan:plan:1"
Ids = Mapping[str, tuple[str, ...]]
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
        return {"description": summary(model), **notation.nullable(entries)}

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
        own = [each for each in fields(model) if not _is_id(model, each.name)]
        properties = {each.key: self.field(each) for each in own}
        required = tuple(each.key for each in own if each.is_required)
        schema = notation.fixed_mapping(properties, () if model in _mergeable_models() else required)
        extra = model.model_config.get("json_schema_extra")
        return {"description": summary(model), **schema, **(extra if isinstance(extra, dict) else {})}

    def field(self, found: ModelField) -> Schema:
        """Return the schema of a model's field. An empty value counts as not given."""
        value = {**self.value(found.type), **found.schema}
        schema = {"description": found.description, **(value if found.is_required else notation.nullable(value))}
        default = _default(found.default)
        return schema if default is None else {**schema, "default": default}

    def value(self, found: FieldType) -> Schema:
        """Return the schema of what a type reads."""
        if any(isinstance(mark, Notation) and mark.schema is not None for mark in found.marks):
            return self.scalar(found)
        if found.alternatives:
            first, *others = found.alternatives
            mappings = [self.value(each) for each in others if first.item and not first.keys and each.keys]
            return self.either(self.value(first), mappings)
        if found.choices:
            return {"enum": list(found.choices)}
        if found.keys is not None and found.item is not None:
            return self.map(found.keys, found.item)
        if found.item is not None:
            return notation.list_of(self.value(found.item))
        return dict(notation.ANY_TEXT) if found.model is None else self.definition(found.model)

    @staticmethod
    def either(value: Schema, others: Sequence[Schema]) -> Schema:
        """Return the schema of a value that may be written in other ways too: a list as a mapping."""
        return {"anyOf": [*value.get("anyOf", [value]), *others]} if others else value

    def scalar(self, found: FieldType) -> Schema:
        """Return the schema that a scalar's type carries; of a reference, the ids that it may be."""
        kind = found.refers_to
        if kind is None or kind not in self.ids:
            return dict(_own_schema(found))
        self.definitions[f"{kind}-id"] = {"enum": [form for each in self.ids[kind] for form in _forms(each)]}
        return {"$ref": f"#/$defs/{kind}-id"}

    def map(self, keys: FieldType, item: FieldType) -> Schema:
        """Return the schema of a mapping with keys of a type."""
        value = notation.nullable(self.value(item)) if item.is_optional else self.value(item)
        known = tuple(map(str, keys.choices)) or self.ids.get(keys.refers_to or "")
        if known is not None:
            return notation.fixed_mapping(dict.fromkeys(known, value))
        schema = _own_schema(keys)
        return notation.mapping(value, schema.get("pattern") if schema != notation.TEXT else None)


def _own_schema(found: FieldType) -> Schema:
    return next(mark.schema for mark in found.marks if isinstance(mark, Notation) and mark.schema is not None)


def _is_id(model: type[Part], name: str) -> bool:
    return name == "id" and issubclass(model, Entity)


def _id_pattern(model: type[Part]) -> str:
    return model.id_pattern if issubclass(model, Entity) else ""


def summary(model: type) -> str:
    """Return what a model is, in one line."""
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
        found += [each.type.model for each in fields(model) if each.type.is_optional and each.type.model is not None]
    return frozenset(found)


_WORDS: Mapping[str, bool] = {"true": True, "false": False}
