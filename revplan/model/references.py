"""Which values of a model are ids of other things: read once from the fields' types."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from revplan.model.fields import fields

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from revplan.model.base import Keys, Part
    from revplan.model.fields import FieldType


class Reference(NamedTuple):
    """An id of another thing.

    Attributes:
        keys: the way from the entity to it.
        kind: what it is an id of.
        id: the id as it stands there.
        on_key: it is a key of a mapping, not a value.
    """

    keys: Keys
    kind: str
    id: str
    on_key: bool = False


def references(part: Part) -> list[Reference]:
    """Return every reference in a part of the plan, in the order of its model's fields."""
    found: list[Reference] = []
    _of_model(part, (), found)
    return found


def written_references(model: type[Part], body: object) -> Iterator[Reference]:
    """Yield every reference in the plain data of a part that could not be read, as far as it has the right shape.

    An empty id is a fault of shape, so it refers to nothing.
    """
    yield from _of_body(model, body, ())


def _of_body(model: type[Part], body: object, keys: Keys) -> Iterator[Reference]:
    if isinstance(body, dict):
        for _, key, shape in _referring_fields(model):
            yield from _of_data(body.get(key), shape, (*keys, key))


def _of_data(data: object, shape: _Shape, keys: Keys) -> Iterator[Reference]:
    shape = shape.of(data)
    if shape.kind is not None:
        if isinstance(data, str) and data.strip():
            yield Reference(keys, shape.kind, data)
    elif shape.model is not None:
        yield from _of_body(shape.model, data, keys)
    elif isinstance(data, dict):
        for key, below in data.items():
            if shape.key_kind is not None and key.strip():
                yield Reference((*keys, key), shape.key_kind, key, on_key=True)
            if shape.item is not None:
                yield from _of_data(below, shape.item, (*keys, key))
    elif isinstance(data, list | str) and shape.item is not None:
        for position, below in enumerate([data] if isinstance(data, str) else data):
            yield from _of_data(below, shape.item, (*keys, position))


def are_known(part: Part, known: Mapping[str, Collection[str]]) -> bool:
    """Tell whether every reference in a part is a known id of its kind. Fast, because it is nearly always true."""
    values = part.__dict__
    for name, _, shape in _referring_fields(part.__class__):
        value = values[name]
        if not value and value != "":
            continue
        if shape.kind is not None:  # of the two forms of nearly all references, the first
            if value not in known[shape.kind]:
                return False
        elif not _is_known(value, shape, known):
            return False
    return True


def _is_known(value: Any, shape: _Shape, known: Mapping[str, Collection[str]]) -> bool:  # noqa: ANN401 - of any type
    if not value and value != "":
        return True
    if shape.kind is not None:
        return value in known[shape.kind]
    shape = shape.of(value)
    if shape.model is not None:
        return are_known(value, known)
    if shape.key_kind is not None and not all(key in known[shape.key_kind] for key in value):
        return False
    below = value.values() if isinstance(value, dict) else value
    return shape.item is None or _are_all_known(below, shape.item, known)


def _are_all_known(values: Iterable[Any], shape: _Shape, known: Mapping[str, Collection[str]]) -> bool:
    if shape.kind is not None:  # and the second
        return all(map(known[shape.kind].__contains__, values))
    if shape.model is not None:
        return all(are_known(value, known) for value in values if value)
    return all(_is_known(value, shape, known) for value in values)


def _of_model(part: Part, keys: Keys, found: list[Reference]) -> None:
    for name, key, shape in _referring_fields(part.__class__):
        value = getattr(part, name)
        if value is not None:
            _of_value(value, shape, (*keys, key), found)


def _of_value(value: Any, shape: _Shape, keys: Keys, found: list[Reference]) -> None:  # noqa: ANN401 - of any type
    shape = shape.of(value)
    if shape.kind is not None:
        found.append(Reference(keys, shape.kind, value))
    elif shape.model is not None:
        _of_model(value, keys, found)
    elif isinstance(value, dict):
        for key, below in value.items():
            if shape.key_kind is not None:
                found.append(Reference((*keys, key), shape.key_kind, key, on_key=True))
            if shape.item is not None and below is not None:
                _of_value(below, shape.item, (*keys, str(key)), found)
    elif shape.item is not None:
        for position, below in enumerate(value):
            _of_value(below, shape.item, (*keys, position), found)


class _Shape(NamedTuple):
    """What a field's type says of references: it is one, its keys are, or what is in it may be.

    Where a list may be written as a mapping too, `mapping` is what that one's keys and values are.
    """

    kind: str | None = None
    key_kind: str | None = None
    item: _Shape | None = None
    model: type[Part] | None = None
    mapping: _Shape | None = None

    def of(self, value: object) -> _Shape:
        """Return the shape of a value, which may be a mapping in place of a list."""
        return self.mapping if self.mapping is not None and isinstance(value, dict) else self

    @property
    def refers(self) -> bool:
        inside = self.item is not None and self.item.refers
        in_model = self.model is not None and bool(_referring_fields(self.model))
        return self.kind is not None or self.key_kind is not None or inside or in_model


@cache
def _referring_fields(model: type[Part]) -> tuple[tuple[str, str, _Shape], ...]:
    """Return a model's fields that hold references: name, key in the text, and shape."""
    shapes = ((field.name, field.key, _shape(field.type)) for field in fields(model))
    return tuple((name, key, shape) for name, key, shape in shapes if shape.refers)


def _shape(found: FieldType) -> _Shape:
    if found.refers_to is not None:
        return _Shape(kind=found.refers_to)
    if found.alternatives:
        shapes = [shape for shape in map(_shape, found.alternatives) if shape.refers]
        mapping = next((shape for shape in shapes if shape.key_kind is not None), None)
        first = next(iter(shapes), _Shape())
        return first if mapping is None or mapping is first else first._replace(mapping=mapping)
    key_kind = found.keys.refers_to if found.keys is not None else None
    item = _shape(found.item) if found.item is not None else None
    return _Shape(key_kind=key_kind, item=item, model=found.model)
