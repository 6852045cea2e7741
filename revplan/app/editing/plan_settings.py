"""`revplan set`: the plan's settings, read and changed by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.app.editing.entries import keys_at, yaml_value
from revplan.errors import InputError
from revplan.model.base import Ref
from revplan.model.change import Change
from revplan.model.plan import SINGLETON_BY_KEY
from revplan.model.settings import Settings
from revplan.store.loaded import merge_files
from revplan.store.shape import field_names, unknown_key_hint
from revplan.store.yaml.emit import flow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from revplan.model.change import Data
    from revplan.store.loaded import Loaded


def keys_of(key: str) -> tuple[str, ...]:
    """Return the keys that a setting's name joins by points, such as `sprint.focus_factor`.

    Raises:
        InputError: there is no such setting.
    """
    keys = keys_at(key.strip().removeprefix("revplan."))
    if keys[0] in SINGLETON_BY_KEY and keys[0] not in field_names(Settings, ()):
        place = f"it stands below {keys[0]} in the plan's files; `revplan explain {keys[0]}` tells what can stand there"
        raise InputError(f'no setting "{key}"', hint=place)
    for depth, name in enumerate(keys):
        names = field_names(Settings, keys[:depth])
        if not name or (names and name not in names):
            hint = unknown_key_hint(name, names)[0]
            raise InputError(f'no setting "{key}"', hint=hint and f"{hint}{_below(keys[:depth])}")
    return keys


def _below(keys: tuple[str, ...]) -> str:
    """Return below which key the unknown one stands, so that what can be there is not taken for all settings."""
    return f" (below {'.'.join(keys)})" if keys else ""


def change_setting(key: str, value: str) -> tuple[Change, ...]:
    """Return the change that sets a setting to a value in YAML notation; an empty value removes the setting.

    Raises:
        InputError: there is no such setting, or the value is not YAML.
    """
    return (Change(Ref("revplan", "", keys_of(key)), yaml_value(value)),)


def written_settings(loaded: Loaded, key: str | None) -> tuple[str, ...]:
    """Return the settings that the plan gives, as lines `KEY: VALUE`; those at or below a key, or all of them.

    Raises:
        InputError: there is no such setting.
    """
    keys = keys_of(key) if key else ()
    found = merge_files(loaded)
    data: Data = found.get("revplan") if isinstance(found, dict) else None
    for each in keys:
        data = data.get(each) if isinstance(data, dict) else None
    return tuple(_lines(data, keys)) if data is not None else ()


def _lines(data: Data, keys: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, dict) and data and (not keys or field_names(Settings, keys)):
        for key, value in data.items():
            yield from _lines(value, (*keys, key))
    elif isinstance(data, dict) and data:
        yield from (f"{'.'.join((*keys, key))}: {flow(value)}" for key, value in data.items())
    elif keys:
        yield f"{'.'.join(keys)}: {flow(data)}"
