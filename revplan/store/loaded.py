"""A plan as it was read: the file of each part, the faults found, and the merged data of all files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from revplan.store.cache import FileCache
from revplan.store.ids import SETTINGS_FILE
from revplan.store.yaml.events import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from revplan.diagnostics import Finding
    from revplan.model.base import Keys
    from revplan.model.change import Data
    from revplan.model.plan import Plan
    from revplan.store.yaml.events import Parsed


class SourceFile(NamedTuple):
    """A plan file as it was read.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        text: the file's text without a byte order mark.
        digest: digest of the file's bytes, to detect a later change by another program.
    """

    name: str
    path: Path
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan with the faults of its text and shape.

    Attributes:
        root: the plan's folder.
        plan: every part of the plan that could be read.
        sources: the files that could be read as text, by name.
        homes: file names, by the first keys of the path that the file holds.
        findings: faults of text and shape, in no order.
        count: how many files the plan has, readable or not.
        cache: what the files were read as, for the next reading.
        buffers: contents that an editor holds and has not written yet, by file name; they lie over the files on disk.
    """

    root: Path
    plan: Plan
    sources: Mapping[str, SourceFile]
    homes: Mapping[Keys, str]
    findings: tuple[Finding, ...]
    count: int
    cache: FileCache = field(default_factory=FileCache, repr=False, compare=False)
    buffers: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_faultless(self) -> bool:
        """Whether every part of the plan could be read."""
        return not self.findings

    def home(self, keys: Keys) -> str:
        """Return the name of the file that holds the value at these keys; the settings file if none does."""
        return home(self.homes, keys)


def parsed_file(loaded: Loaded, source: SourceFile) -> Parsed:
    """Return the data and faults of a file's text, from the cache if the file was read with this content."""
    known = loaded.cache.files.get((source.name, source.digest))
    return known.parsed if known is not None else parse(source.text)


def home(homes: Mapping[Keys, str], keys: Keys) -> str:
    """Return the name of the file that holds the value at these keys; the settings file if none is known."""
    for length in range(len(keys), 0, -1):
        file = homes.get(keys[:length])
        if file is not None:
            return file
    return SETTINGS_FILE


def merge_files(loaded: Loaded) -> dict[str, Data]:
    """Return the data of all the plan's files, merged. The order of the files affects only the order of keys."""
    merged: dict[str, Data] = {}
    for name in sorted(loaded.sources):
        data = parsed_file(loaded, loaded.sources[name]).data
        if isinstance(data, dict):
            merged = merge_data(merged, data)
    return merged


def merge_data(one: dict[str, Data], other: dict[str, Data]) -> dict[str, Data]:
    """Return two mappings as one, mappings below them likewise; of two other values, the second counts."""
    both = dict(one)
    for key, value in other.items():
        before = both.get(key)
        both[key] = merge_data(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return both
