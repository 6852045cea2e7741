"""Which file a change belongs to, and where what is new goes."""

from __future__ import annotations

from collections import Counter, defaultdict
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


class Layout:
    """Which file holds what, by the first keys of its path, and what each file holds of a collection."""

    def __init__(self, homes: Mapping[Keys, str]) -> None:
        self.homes: dict[Keys, str] = {}
        self.below: dict[Keys, Counter[str]] = defaultdict(Counter)
        self.held: dict[tuple[str, str], list[Keys]] = defaultdict(list)
        for keys, file in homes.items():
            self.add(keys, file)

    def add(self, keys: Keys, file: str) -> None:
        """Note that a file holds what stands at some keys."""
        self.homes[keys] = file
        self.below[keys[:-1]][file] += 1
        self.held[str(keys[0]), file].append(keys[1:])

    def holder(self, above: Keys) -> str | None:
        """Return the file that holds most of what stands right below some keys, the last by name of equals."""
        files = self.below.get(above, Counter())
        return max(files, key=lambda file: (files[file], file), default=None)

    def file_of(self, keys: Keys) -> str | None:
        """Return the file that holds what stands at these keys, or the nearest above it; None where none does.

        Raises:
            WriteRefusedError: where what stands at these keys is spread over several files.
        """
        if str(keys[0]) in COLLECTION_BY_KEY:
            return self.homes.get(keys[:2])
        below = {file for path, file in self.homes.items() if path[: len(keys)] == keys}
        if len(below) > 1:
            files = ", ".join(sorted(below))
            raise WriteRefusedError(f"{'.'.join(map(str, keys))} stands in several files: {files}", hint=_PART_BY_PART)
        if below:
            return below.pop()
        above = (self.holder(keys[:length]) for length in range(len(keys) - 1, 0, -1))
        return next((file for file in above if file is not None), None)

    def file_for_new(self, keys: Keys, value: Data) -> str:
        """Return the file where a new entry goes: to others of its kind, or where the recommended tree has it.

        Raises:
            WriteRefusedError: where its id is none, so that no file can be named after it.
        """
        top = str(keys[0])
        if top not in COLLECTION_BY_KEY or len(keys) == 1:
            return self.holder(keys[:1]) or _RECOMMENDED[top]
        own_id = str(keys[1])
        if not is_id(own_id):
            raise WriteRefusedError(bad_id_message(own_id))
        function = value.get("function") if isinstance(value, dict) else None
        stem = _stem(own_id)
        recommended = _RECOMMENDED[top].format(id=stem, function=_stem(_safe(function) or top))
        holder = self.holder((top,))
        if holder is None or (top, recommended) in self.held:
            return recommended
        file = PurePosixPath(holder)
        return str(file.with_stem(stem)) if self.held[top, holder] == [(file.stem,)] else holder


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
