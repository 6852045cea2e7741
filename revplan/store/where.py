"""Where things stand in the plan's files, for those who ask for a place and not for a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.diagnostics import Location
from revplan.model.plan import text_path
from revplan.store.locate import SourceLines, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.base import Keys, Ref
    from revplan.store.loaded import Loaded
    from revplan.store.locate import TextSpan


def locations(loaded: Loaded, spots: Sequence[tuple[Ref, bool]]) -> tuple[Location, ...]:
    """Return where values stand, or where their keys do for those spots that mean a key. Each file is searched once."""
    homes = [(loaded.home(text_path(ref)), text_path(ref), on_key) for ref, on_key in spots]
    found = {}
    for file in {home for home, _, _ in homes}:
        text = loaded.sources[file].text
        found[file] = (SourceLines(text), places(text, [keys for home, keys, _ in homes if home == file]))
    return tuple(_location(file, *found[file], keys, on_key=on_key) for file, keys, on_key in homes)


def text_of(loaded: Loaded, ref: Ref) -> str:
    """Return the lines on which an entry stands, as they are, under a comment that says where."""
    keys = text_path(ref)
    file = loaded.home(keys)
    text = loaded.sources[file].text
    place = places(text, [keys]).get(keys)
    if place is None or place.key is None:
        return f"# {file}\n"
    lines = SourceLines(text)
    spot = lines.location(file, place.key)
    start = text.rfind("\n", 0, place.key.start) + 1
    stop = text.find("\n", max(place.value.end, place.key.end) - 1)
    body = text[start : stop if stop >= 0 else len(text)]
    return f"# {file}:{spot.line}\n{body.rstrip()}\n"


def _location(file: str, lines: SourceLines, found: Mapping[Keys, TextSpan], keys: Keys, *, on_key: bool) -> Location:
    place = found.get(keys)
    if place is None:
        return Location(file)
    return lines.location(file, place.key if on_key and place.key is not None else place.value)
