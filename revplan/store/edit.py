"""Changes to the smallest text edits: worked out and checked in memory; `store.commit` writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError
from revplan.model.plan import text_path
from revplan.store.amend import OWN, amend, without_missing
from revplan.store.edits import BYTE_ORDER_MARK, Edits, FileEdit, basis_of, bytes_of
from revplan.store.events import parse
from revplan.store.layout import Layout, check_name
from revplan.store.rewrite import rewrite
from revplan.store.sequence import FILE
from revplan.store.tree import Node, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from revplan.model.base import Keys
    from revplan.model.change import Change, Data
    from revplan.store.loaded import Loaded, SourceFile


def edit(loaded: Loaded, changes: Sequence[Change]) -> Edits:
    """Work out the text edits that make a plan say what it says, plus the changes, in their order.

    Nothing is written. Every new text is read back and compared with the old data plus the changes.

    Raises:
        WriteRefusedError: where a change cannot be made without a hand, naming the place and the way out.
    """
    drafts = _Drafts(loaded)
    for change in changes:
        drafts.apply(change)
    edits = (draft.edit() for name, draft in sorted(drafts.by_file.items()))
    return Edits(loaded.root, tuple(edit for edit in edits if edit.old != edit.new), basis_of(loaded))


@dataclass(slots=True)
class _Draft:
    """A file that is being edited.

    Attributes:
        text: its old text.
        root: the tree of the old text.
        plain: what its reader is to read from it after the edit.
        full: the same, with the keys of the user's own.
        fresh_plain: the mappings in `plain` that were made for it alone.
        fresh_full: likewise in `full`.
    """

    file: FileEdit
    text: str
    root: Node | None
    plain: Data
    full: Data
    fresh_plain: dict[int, dict[str, Data]] = field(default_factory=dict)
    fresh_full: dict[int, dict[str, Data]] = field(default_factory=dict)

    def edit(self) -> FileEdit:
        """Return the edit of the file, with its new text read back."""
        name = self.file.name
        assert isinstance(self.full, dict)
        try:
            text = rewrite(self.text, self.root, self.full)
        except WriteRefusedError as error:
            raise WriteRefusedError(f"{name}: {error}", hint=error.hint) from None
        parsed = parse(text)
        own_kept = OWN not in text + self.text or _full(text) == self.full  # without such keys, full is plain
        if parsed.faults or (parsed.data or {}) != self.plain or not own_kept:
            raise WriteRefusedError(
                f"{name} cannot be edited: its text would not say exactly what it should",
                hint="write the lines concerned more plainly (key: value on lines of their own), and try again",
            )
        mark = BYTE_ORDER_MARK if (self.file.old or b"").startswith(BYTE_ORDER_MARK) else b""
        return FileEdit(name, self.file.path, self.file.old, mark + text.encode())


@dataclass(slots=True)
class _Drafts:
    loaded: Loaded
    by_file: dict[str, _Draft] = field(default_factory=dict)
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(self.loaded.homes)

    def apply(self, change: Change) -> None:
        """Apply a change to what its file is to say."""
        keys = text_path(change.ref)
        try:
            value = without_missing(change.value)
            name = self.file_of(keys) or (None if value is None else self.new_file(keys, value, change.file))
            if name is None:
                return
            draft = self.draft(name)
            draft.plain = amend(draft.plain, keys, value, FILE, draft.fresh_plain)
            draft.full = amend(draft.full, keys, value, FILE, draft.fresh_full)
        except WriteRefusedError as error:
            raise WriteRefusedError(f"{change.ref}: {error}", hint=error.hint) from None

    def file_of(self, keys: Keys) -> str | None:
        """Return the file that holds a place, among the files that are new too."""
        return self.layout.file_of(keys)

    def new_file(self, keys: Keys, value: Data, wish: str | None) -> str:
        """Return the file in which a new entry is to stand."""
        name = wish or self.layout.file_for_new(keys, value)
        if name not in self.loaded.sources:
            check_name(name, self.loaded.plan.settings.exclude)
        self.layout.add(keys[:2], name)
        return name

    def draft(self, name: str) -> _Draft:
        """Return the draft of a file, begun when it is first asked for."""
        if name not in self.by_file:
            source = self.loaded.sources.get(name)
            self.by_file[name] = _new(self.loaded, name) if source is None else _begin(source)
        return self.by_file[name]


def _new(loaded: Loaded, name: str) -> _Draft:
    path = loaded.root / name
    if path.exists() or path.is_symlink():
        raise WriteRefusedError(f"{name} is there already, and is not read as a part of the plan")
    return _Draft(FileEdit(name, path, None, b""), "", None, {}, {})


def _begin(source: SourceFile) -> _Draft:
    parsed = parse(source.text)
    if parsed.faults:
        raise WriteRefusedError(f"{source.name} has errors", hint="correct what `revplan validate` finds in it")
    root = tree(source.text)
    full = root.data if root is not None else None
    file = FileEdit(source.name, source.path, bytes_of(source), b"")
    return _Draft(file, source.text, root, parsed.data or {}, full or {})


def _full(text: str) -> Data:
    root = tree(text)
    return (root.data if root is not None else None) or {}
