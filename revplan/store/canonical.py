"""A plan file in its canonical order and spacing, with every comment and every meaning it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revplan.store.comments import comments
from revplan.store.edits import BYTE_ORDER_MARK, Edits, FileEdit, bytes_of
from revplan.store.events import parse
from revplan.store.order import in_order
from revplan.store.spacing import reindent, tidy_lines
from revplan.store.tree import tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from revplan.model.change import Data
    from revplan.store.loaded import SourceFile


ROUNDS = 8
"""After so many a text that does not come to rest is left as it is."""


def canonical(text: str) -> str:
    """Return a text without faults as it should stand; as it is where another order would say something else.

    A comment may be taken for another key's once the lines around it have moved, so this goes on until nothing does.
    """
    before, found = text, _once(text)
    for _ in range(ROUNDS):
        if found == before:
            return found
        before, found = found, _once(found)
    return text


def _once(text: str) -> str:
    for step in (reindent, in_order, tidy_lines):
        changed = step(text)
        if changed != text and _same_meaning(text, changed):
            text = changed
    return text


def _same_meaning(old: str, new: str) -> bool:
    """Tell whether two texts say the same, in the user's own keys and in comments too."""
    if parse(new).faults or _data(old) != _data(new):
        return False
    return sorted(map(str.rstrip, comments(old))) == sorted(map(str.rstrip, comments(new)))


def _data(text: str) -> Data:
    root = tree(text)
    return root.data if root is not None else None


def reformat(root: Path, sources: Iterable[SourceFile]) -> Edits:
    """Work out the edits that write files canonically. Nothing is written."""
    edits = (_edit(source) for source in sources)
    return Edits(root, tuple(edit for edit in edits if edit.old != edit.new))


def _edit(source: SourceFile) -> FileEdit:
    old = bytes_of(source)
    mark = BYTE_ORDER_MARK if old.startswith(BYTE_ORDER_MARK) else b""
    return FileEdit(source.name, source.path, old, mark + canonical(source.text).encode())
