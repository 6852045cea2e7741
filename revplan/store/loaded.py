"""A plan as it was read: where each part of it stands, what was wrong, and its whole data as one mapping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.model.plan import text_path
from revplan.store.files import SETTINGS_FILE
from revplan.store.yaml.events import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from revplan.diagnostics import Problem
    from revplan.model.base import Keys
    from revplan.model.change import Data
    from revplan.model.plan import Plan
    from revplan.store.yaml.events import Fault


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A plan file as it was read.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        text: its text without a byte order mark.
        digest: of its bytes, to notice when somebody else changes it.
    """

    name: str
    path: Path
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class TextFinding:
    """A fault of a file's text."""

    file: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class KeyFinding:
    """Something wrong at a key or value of a file.

    Attributes:
        keys: the way down from the top of the file.
        related: other places, as (file, keys).
        fix: what should stand there instead, where nothing else can have been meant.
    """

    file: str
    keys: Keys
    code: str
    message: str
    hint: str | None = None
    on_key: bool = False
    related: tuple[tuple[str, Keys], ...] = ()
    fix: str | None = None


Finding = TextFinding | KeyFinding


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan with what was wrong in its text and shape.

    Attributes:
        root: the plan's folder.
        sources: the files that could be read as text, by name.
        homes: which file holds what, by the first keys of its path.
        findings: faults of text and shape, in no order.
        count: how many files the plan has, readable or not.
    """

    root: Path
    plan: Plan
    sources: Mapping[str, SourceFile]
    homes: Mapping[Keys, str]
    findings: tuple[Finding, ...]
    count: int

    @property
    def sound(self) -> bool:
        """Whether all of the plan could be read."""
        return not self.findings

    def home(self, keys: Keys) -> str:
        """Return the file that holds what stands at these keys; the settings file where none does."""
        return home(self.homes, keys)

    def at(self, problem: Problem) -> KeyFinding:
        """Turn a problem of the plan into a finding in a file."""
        keys = text_path(problem.ref)
        related = tuple((self.home(path), path) for path in map(text_path, problem.related))
        home, code, hint = self.home(keys), problem.code, problem.hint
        return KeyFinding(home, keys, code, problem.message, hint, problem.on_key, related, problem.fix)


def home(homes: Mapping[Keys, str], keys: Keys) -> str:
    """Return the file that holds what stands at these keys; the settings file where none is known."""
    for length in range(len(keys), 0, -1):
        file = homes.get(keys[:length])
        if file is not None:
            return file
    return SETTINGS_FILE


def merge_files(loaded: Loaded) -> dict[str, Data]:
    """Return everything the plan's files say, merged; the files' order decides nothing but the order of keys."""
    merged: dict[str, Data] = {}
    for name in sorted(loaded.sources):
        data = parse(loaded.sources[name].text).data
        if isinstance(data, dict):
            merged = _merge(merged, data)
    return merged


def _merge(one: dict[str, Data], other: dict[str, Data]) -> dict[str, Data]:
    both = dict(one)
    for key, value in other.items():
        before = both.get(key)
        both[key] = _merge(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both
