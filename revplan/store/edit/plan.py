"""Turns changes of a plan into the smallest edits of its files' text.

This module computes and checks edits in memory; `store.disk.transaction` writes them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError
from revplan.model.base import bad_id_message, is_id
from revplan.model.plan import COLLECTION_BY_KEY, text_path
from revplan.store.cache import ReadFile
from revplan.store.disk.edits import BYTE_ORDER_MARK, Edits, FileEdit, basis_of, bytes_of
from revplan.store.edit.amend import OWN, amend, without_missing
from revplan.store.edit.apply import rewrite
from revplan.store.files import SUFFIXES, digest, is_excluded
from revplan.store.ids import SETTINGS_FILE
from revplan.store.loaded import parsed_file
from revplan.store.yaml.emit import FILE
from revplan.store.yaml.events import parse
from revplan.store.yaml.tree import Node, tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from revplan.model.base import Keys
    from revplan.model.change import Change, Data
    from revplan.store.cache import FileCache
    from revplan.store.loaded import Loaded, SourceFile

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
    "playbooks": "playbooks/{function}.yaml",
    "campaigns": "campaigns/{id}.yaml",
    "team": "team.yaml",
    "metrics": "metrics/{function}.yaml",
    "issues": "company.yaml",
    "todos": "company.yaml",
    "meetings": "meetings/{id}.yaml",
    "sprints": "sprints/{id}.yaml",
}
"""The tree of files that `revplan init` creates: by top-level key, the file of an entry."""


class Layout:
    """The file of each entry, by the first keys of its path, and each file's number of entries of a collection.

    Of what stands in no collection, the files that hold something at some keys or below them.
    """

    def __init__(self, homes: Mapping[Keys, str]) -> None:
        self.homes: dict[Keys, str] = {}
        self.below: dict[Keys, Counter[str]] = defaultdict(Counter)
        self.held: dict[tuple[str, str], list[Keys]] = defaultdict(list)
        self.within: dict[Keys, set[str]] = defaultdict(set)
        for keys, file in homes.items():
            self.add(keys, file)

    def add(self, keys: Keys, file: str) -> None:
        """Record that a file holds the value at these keys."""
        self.homes[keys] = file
        self.below[keys[:-1]][file] += 1
        self.held[str(keys[0]), file].append(keys[1:])
        if str(keys[0]) not in COLLECTION_BY_KEY:
            for length in range(1, len(keys) + 1):
                self.within[keys[:length]].add(file)

    def holder(self, above: Keys) -> str | None:
        """Return the file that holds the most entries right below some keys; of equal files, the last by name."""
        files = self.below.get(above, Counter())
        return max(files, key=lambda file: (files[file], file), default=None)

    def file_of(self, keys: Keys) -> str | None:
        """Return the file that holds the value at these keys, or its nearest parent; None if no file does.

        Raises:
            WriteRefusedError: the value at these keys is spread over several files.
        """
        if str(keys[0]) in COLLECTION_BY_KEY:
            return self.homes.get(keys[:2])
        below = self.within.get(keys, set[str]())
        if len(below) > 1:
            files = ", ".join(sorted(below))
            raise WriteRefusedError(f"{'.'.join(map(str, keys))} stands in several files: {files}", hint=_PART_BY_PART)
        if below:
            return next(iter(below))
        above = (self.holder(keys[:length]) for length in range(len(keys) - 1, 0, -1))
        return next((file for file in above if file is not None), None)

    def file_for_new(self, keys: Keys, value: Data) -> str:
        """Return the file for a new entry: the file with most entries of its kind, or the file of the recommended tree.

        Raises:
            WriteRefusedError: the entry's id is not valid, so no file can have its name.
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
        WriteRefusedError: the name leads out of the plan, is hidden or excluded, has no YAML suffix, or is the name
            of a device on Windows.
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
    """Return the stem of a file named after an id. A suffix that no id can have avoids the names of Windows devices."""
    return f"{name}_" if name in _DEVICES else name


def _safe(function: Data) -> str | None:
    return function if isinstance(function, str) and is_id(function) else None


_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names that no file can have on Windows, with any suffix. A plan must be readable on every system."""
_PART_BY_PART = "change its parts one by one"


def edit(loaded: Loaded, changes: Sequence[Change]) -> Edits:
    """Return the text edits that apply changes to a plan, in the order given.

    Nothing is written. Every new text is read back and compared with the old data plus the changes.

    Raises:
        WriteRefusedError: only a person can make a change; the message names the place and the way out.
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
        file: the file's bytes before the edit.
        cache: what the plan's files were read as; takes the new text too.
        text: the file's old text.
        root: the tree of the old text.
        plain: the data that the reader must find after the edit.
        full: the same data with the user's own keys.
        fresh_plain: mappings in `plain` that no other data shares, by object id.
        fresh_full: mappings in `full` that no other data shares, by object id.
    """

    file: FileEdit
    cache: FileCache
    text: str
    root: Node | None
    plain: Data
    full: Data
    fresh_plain: dict[int, dict[str, Data]] = field(default_factory=dict)
    fresh_full: dict[int, dict[str, Data]] = field(default_factory=dict)

    def edit(self) -> FileEdit:
        """Return the edit of the file, after reading back and checking the new text.

        Raises:
            WriteRefusedError: the new text would not say what it should.
        """
        name = self.file.name
        assert isinstance(self.full, dict)
        try:
            text = rewrite(self.text, self.root, self.full)
        except WriteRefusedError as error:
            raise WriteRefusedError(f"{name}: {error}", hint=error.hint) from None
        parsed = parse(text)
        own_kept = OWN not in text + self.text or _full(text) == self.full  # without own keys, full equals plain
        if parsed.faults or (parsed.data or {}) != self.plain or not own_kept:
            raise WriteRefusedError(
                f"{name} cannot be edited: its text would not say exactly what it should",
                hint="write the lines concerned more plainly (key: value on lines of their own), and try again",
            )
        mark = BYTE_ORDER_MARK if (self.file.old or b"").startswith(BYTE_ORDER_MARK) else b""
        new = mark + text.encode()
        self.cache.files[name, digest(new)] = ReadFile(text, None, parsed, {})  # the edited plan is read next
        return FileEdit(name, self.file.path, self.file.old, new)


@dataclass(slots=True)
class _Drafts:
    loaded: Loaded
    by_file: dict[str, _Draft] = field(default_factory=dict)
    layout: Layout = field(init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(self.loaded.homes)

    def apply(self, change: Change) -> None:
        """Apply a change to the data of its file's draft.

        Raises:
            WriteRefusedError: the place cannot be edited.
        """
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
        """Return the file that holds a place, new files included."""
        return SETTINGS_FILE if keys[0] == "revplan" else self.layout.file_of(keys)

    def new_file(self, keys: Keys, value: Data, wish: str | None) -> str:
        """Return the file for a new entry: the file that the change names, or the layout's choice."""
        name = wish or self.layout.file_for_new(keys, value)
        if name not in self.loaded.sources:
            check_name(name, self.loaded.plan.settings.exclude)
        self.layout.add(keys[:2], name)
        return name

    def draft(self, name: str) -> _Draft:
        """Return the draft of a file; create the draft on first use."""
        if name not in self.by_file:
            source = self.loaded.sources.get(name)
            self.by_file[name] = _new(self.loaded, name) if source is None else _begin(self.loaded, source)
        return self.by_file[name]


def _new(loaded: Loaded, name: str) -> _Draft:
    path = loaded.root / name
    if path.exists() or path.is_symlink():
        raise WriteRefusedError(f"{name} is there already, and is not read as a part of the plan")
    return _Draft(FileEdit(name, path, None, b""), loaded.cache, "", None, {}, {})


def _begin(loaded: Loaded, source: SourceFile) -> _Draft:
    parsed = parsed_file(loaded, source)
    if parsed.faults:
        raise WriteRefusedError(f"{source.name} has errors", hint="correct what `revplan validate` finds in it")
    root = tree(source.text)
    full = root.data if root is not None else None
    file = FileEdit(source.name, source.path, bytes_of(source), b"")
    return _Draft(file, loaded.cache, source.text, root, parsed.data or {}, full or {})


def _full(text: str) -> Data:
    root = tree(text)
    return (root.data if root is not None else None) or {}
