"""Applies changes to plain data: the data that a file must hold after an edit, whatever its text looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError
from revplan.store.yaml.emit import arrange, position, under
from revplan.wording import plural

if TYPE_CHECKING:
    from revplan.model.base import Keys
    from revplan.model.change import Data
    from revplan.model.fields import FieldType

OWN = "x-"
"""Prefix of the user's own keys. revplan never reads, writes or loses such a key."""


def without_missing(value: Data) -> Data:
    """Return a value without the keys whose value is None.

    Raises:
        WriteRefusedError: the value contains a key of the user's own, or a list item of None.
        TypeError: the value contains something other than plain data; a bug in the caller.
    """
    if isinstance(value, dict):
        own = next((key for key in value if key.startswith(OWN)), None)
        if own is not None:
            raise WriteRefusedError(f'the key "{own}" is the user\'s own', hint=f"write keys with {OWN} by hand")
        return {key: without_missing(below) for key, below in value.items() if below is not None}
    if isinstance(value, list):
        if None in value:
            raise WriteRefusedError("an item of a list cannot be empty")
        return [without_missing(below) for below in value]
    if isinstance(value, str) or value is None:
        return value
    raise TypeError(f"{value!r} is no plain data: scalars are text")


def amend(
    data: Data, keys: Keys, value: Data, place: FieldType | None = None, fresh: dict[int, dict[str, Data]] | None = None
) -> Data:
    """Return data with a value set at a path of keys, or removed if the value is None.

    Mappings that are missing on the path are created. Removing a missing value changes nothing. The data passed in
    stays unchanged; the result shares the parts that are not on the path.

    Args:
        data: the old data.
        keys: the path from the top of the data.
        value: the new value at the end of the path; None to remove the old one.
        place: the type of the data, or `emit.FILE`. With a type, new keys go to their place in the format's order;
            without one, to the end.
        fresh: mappings that earlier calls created and nobody else holds, by object id. They are changed in place,
            so that many changes of a large mapping do not copy the mapping each time.

    Raises:
        WriteRefusedError: the path leads through a text, or to an item that the list does not have.
    """
    if not keys:
        return _with_own(data, arrange(value, place))
    key, *rest = keys
    if value is None and not _has(data, key):
        return data
    if data is None:
        data = [] if isinstance(key, int) else {}
    if isinstance(data, dict):
        return _amend_mapping(data, str(key), tuple(rest), value, place, fresh)
    if isinstance(data, list) and isinstance(key, int):
        return _amend_list(data, key, tuple(rest), value, place, fresh)
    what = "a list, which has no keys" if isinstance(data, list) else f'the text "{data[:40]}"'
    raise WriteRefusedError(f'there is no "{key}" to set in {what}', hint="set the whole of it instead")


def _has(data: Data, key: str | int) -> bool:
    if isinstance(data, dict):
        return str(key) in data
    return not isinstance(data, list) or not isinstance(key, int) or key < len(data)


def _amend_mapping(
    data: dict[str, Data],
    key: str,
    rest: Keys,
    value: Data,
    place: FieldType | None,
    fresh: dict[int, dict[str, Data]] | None,
) -> dict[str, Data]:
    into = _writable(data, fresh)
    if value is None and not rest:
        into.pop(key, None)
        return into
    new = amend(data.get(key), rest, value, under(place, key), fresh)
    at = len(into) if key in into else position(place, into, key)
    if at == len(into):
        into[key] = new
        return into
    after = list(into.items())[at:]
    for name, _ in after:
        del into[name]
    into.update({key: new, **dict(after)})
    return into


def _writable(data: dict[str, Data], fresh: dict[int, dict[str, Data]] | None) -> dict[str, Data]:
    """Return a mapping that may be changed in place: a copy, unless the mapping is fresh already."""
    if fresh is None:
        return dict(data)
    if id(data) not in fresh:
        copy = dict(data)
        fresh[id(copy)] = copy
        return copy
    return data


def _amend_list(
    data: list[Data],
    index: int,
    rest: Keys,
    value: Data,
    place: FieldType | None,
    fresh: dict[int, dict[str, Data]] | None,
) -> list[Data]:
    if not 0 <= index <= len(data):
        raise WriteRefusedError(f"the list has {plural(len(data), 'item')}; item {index + 1} cannot be set")
    if value is None and not rest:
        return data[:index] + data[index + 1 :]
    new = amend(data[index] if index < len(data) else None, rest, value, under(place, "0"), fresh)
    return [*data[:index], new, *data[index + 1 :]]


def _with_own(old: Data, new: Data) -> Data:
    """Return the new value with the user's own keys of the old value added."""
    if isinstance(old, dict) and isinstance(new, dict):
        kept = {key: value for key, value in old.items() if key.startswith(OWN)}
        return {key: _with_own(old.get(key), value) for key, value in new.items()} | kept
    if isinstance(old, list) and isinstance(new, list):
        if len(old) == len(new):
            return [_with_own(before, after) for before, after in zip(old, new, strict=True)]
        return [next((before for before in old if without_own(before) == after), after) for after in new]
    return new


def without_own(data: Data) -> Data:
    """Return data without the user's own keys, as the reader gives it."""
    if isinstance(data, dict):
        return {key: without_own(below) for key, below in data.items() if not key.startswith(OWN)}
    return [without_own(below) for below in data] if isinstance(data, list) else data
