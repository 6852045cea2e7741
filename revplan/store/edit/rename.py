"""Respells keys and values, each in its own place in the text."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import WriteRefusedError
from revplan.store.disk.edits import BYTE_ORDER_MARK, Edits, FileEdit, basis_of, bytes_of
from revplan.store.yaml.scalars import plain_or_quoted
from revplan.store.yaml.spans import places
from revplan.store.yaml.tree import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from revplan.model.base import Keys
    from revplan.model.change import Data
    from revplan.store.loaded import Loaded, SourceFile
    from revplan.store.yaml.spans import Span


class Spelling(NamedTuple):
    """A key or a value, and its new spelling.

    Attributes:
        keys: the path from the top of a plan file, in the old spelling.
        on_key: respell the last key, not its value.
        text: the new spelling; an id, or two ids with a slash between them.
    """

    keys: Keys
    on_key: bool
    text: str


def rename_words(loaded: Loaded, spellings: Iterable[Spelling]) -> Edits:
    """Return the edits that respell keys and values. Nothing is written.

    Raises:
        WriteRefusedError: the new text would not hold exactly the expected data, for example because of an alias.
    """
    by_file: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in spellings:
        by_file[loaded.home(spelling.keys)].append(spelling)
    edits = (_edit(loaded.sources[file], wanted) for file, wanted in sorted(by_file.items()))
    return Edits(loaded.root, tuple(edit for edit in edits if edit.old != edit.new), basis_of(loaded))


def _edit(source: SourceFile, spellings: Sequence[Spelling]) -> FileEdit:
    text = _rename_in_text(source.text, spellings)
    if _data(text) != _expected_data(_data(source.text), spellings):
        hint = "write the lines concerned more plainly, without & and *, and try again"
        raise WriteRefusedError(f"{source.name} cannot be edited: its text would say something else", hint=hint)
    old = bytes_of(source)
    mark = BYTE_ORDER_MARK if old.startswith(BYTE_ORDER_MARK) else b""
    return FileEdit(source.name, source.path, old, mark + text.encode())


def _rename_in_text(text: str, spellings: Sequence[Spelling]) -> str:
    """Return the text with those keys and values respelled that it contains."""
    found = places(text, [spelling.keys for spelling in spellings])
    spans: list[tuple[Span, str]] = []
    for spelling in spellings:
        place = found.get(spelling.keys)
        span = None if place is None else place.key if spelling.on_key else place.value
        if span is not None:
            spans.append((span, spelling.text))
    pieces, done = [], 0
    for span, new in sorted(spans, key=lambda each: each[0].start):
        quote = text[span.start] if text[span.start : span.start + 1] in ("'", '"') else ""
        pieces += [text[done : span.start], plain_or_quoted(new, like=quote)]
        done = span.end
    return "".join((*pieces, text[done:]))


def _data(text: str) -> Data:
    root = tree(text)
    return None if root is None else root.data


def _expected_data(data: Data, spellings: Sequence[Spelling]) -> Data:
    """Return the data that a file must hold after the respelling."""
    names = {spelling.keys: spelling.text for spelling in spellings if spelling.on_key}
    values = {spelling.keys: spelling.text for spelling in spellings if not spelling.on_key}
    return _rename_keys(data, (), names, values)


def _rename_keys(data: Data, above: Keys, names: Mapping[Keys, str], values: Mapping[Keys, str]) -> Data:
    if isinstance(data, dict):
        return dict(_entries(data, above, names, values))
    if isinstance(data, list):
        return [_rename_keys(each, (*above, place), names, values) for place, each in enumerate(data)]
    return values.get(above, values.get((*above, 0), data))  # a single value may stand for a list of one


def _entries(
    data: dict[str, Data], above: Keys, names: Mapping[Keys, str], values: Mapping[Keys, str]
) -> Iterator[tuple[str, Data]]:
    for key, below in data.items():
        place = (*above, key)
        yield names.get(place, key), _rename_keys(below, place, names, values)
