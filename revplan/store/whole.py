"""The whole plan as one piece of plain data, as a single file would hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.store.events import parse

if TYPE_CHECKING:
    from revplan.model.change import Data
    from revplan.store.loaded import Loaded


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
