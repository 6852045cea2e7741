"""One description of a model's fields, read from their types, for the schema, references, reports and commands."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.model.base import Part, RefersTo

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class FieldType:
    """The type of a value in a plan.

    Attributes:
        declared: the type as its model declares it, without `| None`. It carries the unit, such as `Minutes`.
        plain: the same without units and the marks of `Annotated`.
        unmarked: the same without the outermost marks: a unit stays.
        marks: what `Annotated` adds: how the value is read, and its JSON Schema.
        refers_to: the kind whose ids the value is one of; None if it is no reference.
        choices: the words that the value is one of; empty if it is no choice.
        keys: the type of a mapping's keys; None if the value is no mapping.
        item: the type of what a mapping or a list holds; None if the value is neither.
        model: the model of a value with fields of its own.
        alternatives: the types that the value has one of; empty if it has only one.
        is_optional: whether the value may be None.
    """

    declared: Any
    plain: Any
    unmarked: Any
    marks: tuple[object, ...] = field(default=(), compare=False)
    refers_to: str | None = None
    choices: tuple[str | int, ...] = ()
    keys: FieldType | None = None
    item: FieldType | None = None
    model: type[Part] | None = None
    alternatives: tuple[FieldType, ...] = ()
    is_optional: bool = field(default=False, compare=False)

    def is_one_of(self, *declared: object) -> bool:
        """Tell whether the type was declared as one of some types."""
        return any(self.declared == each for each in declared)

    def at(self, key: str) -> FieldType | None:
        """Return the type of what stands at a key of a mapping, or of a field by its key or name.

        None if nothing is known of it, or if there is no such field.
        """
        if self.model is not None:
            return _types_by_name(self.model).get(key)
        inside = (each.at(key) for each in self.alternatives)
        return self.item or next((found for found in inside if found is not None), None)

    def inside(self) -> tuple[FieldType, ...]:
        """Return the types that this one is made of: alternatives, keys, and what is held."""
        return (*self.alternatives, *(each for each in (self.keys, self.item) if each is not None))

    def first_model(self) -> type[Part] | None:
        """Return the first model in the type: its own, or that of what it holds; None if there is none."""
        found = (each.first_model() for each in self.inside())
        return self.model or next((model for model in found if model is not None), None)


class ModelField(NamedTuple):
    """A field of a model.

    Attributes:
        name: the attribute.
        key: the key in a plan file.
        type: what the field holds.
        is_required: whether every entry must have the field.
        default: the value of a missing field.
        description: what the field means.
        schema: what the field adds to the JSON Schema of its type.
    """

    name: str
    key: str
    type: FieldType
    is_required: bool
    default: Any
    description: str
    schema: dict[str, Any]


@cache
def fields(model: type[Part]) -> tuple[ModelField, ...]:
    """Return the fields of a model, in the model's order."""
    return tuple(_field(name, found) for name, found in model.model_fields.items())


@cache
def _types_by_name(model: type[Part]) -> dict[str, FieldType]:
    return {name: each.type for each in fields(model) for name in (each.name, each.key)}


def _field(name: str, found: FieldInfo) -> ModelField:
    extra = found.json_schema_extra
    return ModelField(
        name=name,
        key=found.alias or name,
        type=type_of(found.rebuild_annotation()),  # type hints would be worked out once more
        is_required=found.is_required(),
        default=found.default,
        description=found.description or "",
        schema=dict(extra) if isinstance(extra, dict) else {},
    )


def type_of(declared: Any) -> FieldType:  # noqa: ANN401, PLR0911 - types are data here, one return a form of type
    """Return the description of a type as a model declares it."""
    declared, is_optional = _without_none(declared)
    plain, marks = _without_marks(declared)
    refers_to = next((mark.kind for mark in marks if isinstance(mark, RefersTo)), None)
    origin, arguments = typing.get_origin(plain), typing.get_args(plain)
    described = partial(FieldType, declared, plain, plain, marks, refers_to, is_optional=is_optional)
    if hasattr(plain, "__supertype__"):  # a unit with marks of its own
        inner = type_of(plain)
        return replace(
            inner,
            declared=declared,
            marks=(*marks, *inner.marks),
            unmarked=plain,
            refers_to=refers_to or inner.refers_to,
            is_optional=is_optional,
        )
    if origin in (types.UnionType, typing.Union):
        several = tuple(type_of(each) for each in arguments if each is not types.NoneType)
        return described(alternatives=several)
    if origin is typing.Literal:
        return described(choices=arguments)
    if origin is dict:
        return described(keys=type_of(arguments[0]), item=type_of(arguments[1]))
    if origin in (tuple, list):
        return described(item=type_of(arguments[0]))
    if isinstance(plain, type) and issubclass(plain, Part):
        return described(model=plain)
    return described()


def mapping_to(model: type[Part]) -> FieldType:
    """Return the type of a mapping from ids to entries of a model."""
    return type_of(dict[str, model])  # type: ignore[valid-type]


def _without_none(declared: Any) -> tuple[Any, bool]:  # noqa: ANN401 - types are data here
    if typing.get_origin(declared) not in (types.UnionType, typing.Union):
        return declared, False
    rest = [each for each in typing.get_args(declared) if each is not types.NoneType]
    is_optional = len(rest) < len(typing.get_args(declared))
    return (rest[0] if len(rest) == 1 else declared), is_optional


def _without_marks(declared: Any) -> tuple[Any, tuple[object, ...]]:  # noqa: ANN401 - types are data here
    """Return what is under a unit such as `Minutes` and under `Annotated`, and the marks of `Annotated`."""
    bare = getattr(declared, "__supertype__", declared)
    if typing.get_origin(bare) is typing.Annotated:
        plain, *marks = typing.get_args(bare)
        return plain, tuple(marks)
    return bare, ()
