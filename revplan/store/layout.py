"""Which file a change belongs to, and where what is new goes."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError
from revplan.model.base import bad_id_message, is_id
from revplan.model.plan import COLLECTION_BY_KEY
from revplan.store.discover import SETTINGS_FILE, SUFFIXES, is_excluded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from revplan.model.base import Keys
    from revplan.model.change import Data

_RECOMMENDED: Mapping[str, str] = {
    "revplan": SETTINGS_FILE,
    "strategy": "strategy.yaml",
    "stack": "stack.yaml",
    "company": "company.yaml",
    "personas": "personas/{id}.yaml",
    "clients": "clients.yaml",
    "goals": "goals.yaml",
    "budget": "goals.yaml",
    "tactics": "tactics/{function}.yaml",
    "campaigns": "campaigns/{id}.yaml",
    "team": "team.yaml",
    "metrics": "metrics/{function}.yaml",
    "issues": "company.yaml",
    "todos": "company.yaml",
    "meetings": "meetings/{id}.yaml",
    "sprints": "sprints/{id}.yaml",
}
"""The tree that `revplan init` lays out: by top-level key, the file of an entry."""


def file_of(homes: Mapping[Keys, str], keys: Keys) -> str | None:
    """Return the file that holds what stands at these keys, or the nearest above it; None where none does.

    Raises:
        WriteRefusedError: where what stands at these keys is spread over several files.
    """
    if str(keys[0]) in COLLECTION_BY_KEY:
        return homes.get(keys[:2])
    below = {file for path, file in homes.items() if path[: len(keys)] == keys}
    if len(below) > 1:
        files = ", ".join(sorted(below))
        raise WriteRefusedError(f"{'.'.join(map(str, keys))} stands in several files: {files}", hint=_PART_BY_PART)
    if below:
        return below.pop()
    for length in range(len(keys) - 1, 0, -1):
        file = _holder(homes, keys[:length])
        if file is not None:
            return file
    return None


def file_for_new(homes: Mapping[Keys, str], keys: Keys, value: Data) -> str:
    """Return the file where a new entry goes: to others of its kind, or where the recommended tree has it.

    Raises:
        WriteRefusedError: where its id is none, so that no file can be named after it.
    """
    top = str(keys[0])
    if top not in COLLECTION_BY_KEY or len(keys) == 1:
        return _holder(homes, keys[:1]) or _RECOMMENDED[top]
    own_id = str(keys[1])
    if not is_id(own_id):
        raise WriteRefusedError(bad_id_message(own_id))
    function = value.get("function") if isinstance(value, dict) else None
    stem = _stem(own_id)
    recommended = _RECOMMENDED[top].format(id=stem, function=_stem(_safe(function) or top))
    holder = _holder(homes, (top,))
    if holder is None or any(file == recommended and path[0] == top for path, file in homes.items()):
        return recommended
    file = PurePosixPath(holder)
    held = [path[1:] for path, name in homes.items() if name == holder and path[0] == top]
    return str(file.with_stem(stem)) if held == [(file.stem,)] else holder


def check_name(name: str, exclude: tuple[str, ...]) -> None:
    """Refuse a name that no file of the plan can have.

    Raises:
        WriteRefusedError: where it leads out of the plan, is hidden or excluded, is no YAML file's, or is a device's
            on Windows.
    """
    parts = name.split("/")
    if not name.endswith(SUFFIXES) or "\\" in name or any(part in ("", ".", "..") for part in parts):
        raise WriteRefusedError(f'"{name}" is no name for a plan file', hint="name it like tactics/marketing.yaml")
    if any(part.partition(".")[0].lower() in _DEVICES for part in parts):
        raise WriteRefusedError(f"{name} cannot be a file on Windows", hint="choose another name")
    if any(part.startswith(".") for part in parts) or is_excluded(name, exclude):
        hint = "choose another name, or change revplan.exclude"
        raise WriteRefusedError(f"{name} would not be read as a part of the plan", hint=hint)


def _holder(homes: Mapping[Keys, str], above: Keys) -> str | None:
    """Return the file that holds most of what stands right below some keys, the last by name of equals."""
    length = len(above)
    files = Counter(file for path, file in homes.items() if len(path) == length + 1 and path[:length] == above)
    return max(files, key=lambda file: (files[file], file), default=None)


def _stem(name: str) -> str:
    """Return the stem of a file named after an id: on Windows some are devices; what is added is in no other id."""
    return f"{name}_" if name in _DEVICES else name


def _safe(function: Data) -> str | None:
    return function if isinstance(function, str) and is_id(function) else None


_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that no file can have on Windows, whatever follows their first point: a plan is to be read everywhere."""
_PART_BY_PART = "change its parts one by one"
