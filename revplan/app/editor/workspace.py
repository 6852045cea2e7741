"""The plans of an editor's open files: buffers over the files on disk, read and checked again when they change."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from revplan.app.checking.validate import first_of_each, validate_to_show
from revplan.app.editor.positions import UTF_16, PlacedLocations, TextPositions, apply_changes, without_surrogates
from revplan.app.open import context_of
from revplan.errors import RevplanError
from revplan.store.files import SUFFIXES, FilesOnDisk, find_plan
from revplan.store.load import read_from, read_over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from lsprotocol.types import TextDocumentContentChangeEvent

    from revplan.app.checking.validate import Validation
    from revplan.model.context import Context
    from revplan.store.loaded import Loaded

    Days = Callable[[], tuple[date | None, date]]
    """Returns the day asked for, if any, and the clock's day."""

_FILE = "file://"


class Buffer(NamedTuple):
    """A plan file that is open in the editor.

    Attributes:
        uri: the file's name as the client writes it.
        version: the client's number of the text; None if it gives none.
        text: the text as the client holds it.
    """

    uri: str
    version: int | None
    text: str


@dataclass(slots=True)
class EditorPlan:
    """A plan of which files are open in the editor.

    Attributes:
        root: the plan's folder, with links resolved.
        shown_root: the same folder as the client names it.
        days: returns the day asked for and the clock's day.
        encoding: the units in which the client counts columns.
        buffers: the open files, by their names in the plan.
    """

    root: Path
    shown_root: Path
    days: Days
    encoding: str = UTF_16
    buffers: dict[str, Buffer] = field(default_factory=dict)
    _loaded: Loaded | None = None
    _validation: Validation | None = None
    _is_stale: bool = True
    _positions: dict[str, TextPositions] = field(default_factory=dict)
    _locations: dict[str, PlacedLocations] = field(default_factory=dict)

    def touch(self) -> None:
        """Note that a buffer or a file on disk may have changed."""
        self._is_stale = True

    @property
    def loaded(self) -> Loaded:
        """The plan with all open buffers over its files, read again if anything may have changed.

        Raises:
            UnreadablePlanError: the plan's folder cannot be listed.
        """
        if self._loaded is None or self._is_stale:
            before = self._loaded or read_from(FilesOnDisk(self.root))
            contents = {name: buffer.text.encode() for name, buffer in self.buffers.items()}
            self._loaded = read_over(replace(before, buffers=contents), {})
            self._validation, self._is_stale = None, False
        return self._loaded

    @property
    def context(self) -> Context:
        """The plan and its day."""
        return context_of(self.loaded, *self.days())

    @property
    def validation(self) -> Validation:
        """The findings of the plan as it is now, as many as `revplan validate` shows."""
        loaded = self.loaded
        if self._validation is None:
            self._validation = first_of_each(self.check(loaded))
        return self._validation

    def check(self, loaded: Loaded) -> Validation:
        """Return the findings of the plan, or of the plan with edits."""
        return validate_to_show(loaded, context_of(loaded, *self.days()))

    def uri(self, name: str) -> str:
        """Return the URI of a file of the plan: the client's own if the file is open."""
        buffer = self.buffers.get(name)
        return buffer.uri if buffer is not None else (self.shown_root / name).as_uri()

    def text(self, name: str) -> str:
        """Return the text of a file of the plan without a byte order mark; empty if the file cannot be read."""
        source = self.loaded.sources.get(name)
        return source.text if source is not None else ""

    def positions(self, name: str) -> TextPositions:
        """Return the positions in a file of the plan, as the client counts them; its lines are counted once."""
        buffer = self.buffers.get(name)
        text = buffer.text if buffer is not None else self.text(name)
        known = self._positions.get(name)
        if known is None or (known.text, known.encoding) != (text, self.encoding):
            known = self._positions[name] = TextPositions(text, self.encoding)
        return known

    def locations(self, name: str) -> PlacedLocations:
        """Return what converts locations in a file of the plan to ranges; its lines are counted once."""
        text, positions = self.text(name), self.positions(name)
        known = self._locations.get(name)
        if known is None or known.lines.text != text or known.positions is not positions:
            known = self._locations[name] = PlacedLocations(text, positions)
        return known


@dataclass(slots=True)
class EditorWorkspace:
    """The plans of an editor's files. A file that is in no plan, or that no plan would read, is none of its business.

    Attributes:
        days: returns the day asked for and the clock's day.
        only: the folder of the only plan to look at; None for the plan of each file.
        encoding: the units in which the client counts columns.
    """

    days: Days
    only: Path | None = None
    encoding: str = UTF_16
    plans: dict[Path, EditorPlan] = field(default_factory=dict)
    _places: dict[str, tuple[EditorPlan, str]] = field(default_factory=dict)

    def place(self, uri: str) -> tuple[EditorPlan, str] | None:
        """Return the plan of a file and the file's name in it; None if it is in no plan."""
        if uri in self._places:
            return self._places[uri]
        path = path_of(uri)
        return self._find(path) if path is not None else None

    def open(self, uri: str, version: int | None, text: str) -> EditorPlan | None:
        """Note that a file is open; return its plan."""
        found = self.place(uri)
        if found is None:
            return None
        plan, name = found
        self._places[uri] = found
        plan.buffers[name] = Buffer(uri, version, without_surrogates(text))
        plan.touch()
        return plan

    def change(
        self, uri: str, version: int | None, changes: Sequence[TextDocumentContentChangeEvent]
    ) -> EditorPlan | None:
        """Change the text of an open file; return its plan. A file that is not open is left alone."""
        found = self._places.get(uri)
        if found is None:
            return None
        plan, name = found
        plan.buffers[name] = Buffer(uri, version, apply_changes(plan.buffers[name].text, changes, self.encoding))
        plan.touch()
        return plan

    def close(self, uri: str) -> EditorPlan | None:
        """Note that a file is closed, so that the file on disk counts again; return its plan."""
        found = self._places.pop(uri, None)
        if found is None:
            return None
        plan, name = found
        del plan.buffers[name]
        plan.touch()
        return plan

    def _find(self, path: Path) -> tuple[EditorPlan, str] | None:
        try:
            folder = _existing(path.parent)
            real = path.parent.resolve() / path.name
            root = find_plan(folder)
        except (RevplanError, OSError, ValueError, RuntimeError):  # no plan, and names that no file can have
            return None
        if not real.is_relative_to(root) or (self.only is not None and root != self.only):
            return None
        name = real.relative_to(root).as_posix()
        if not name.endswith(SUFFIXES) or any(part.startswith(".") for part in name.split("/")):
            return None
        if root not in self.plans:
            self.plans[root] = EditorPlan(root, _shown_root(path, name, root), self.days, self.encoding)
        return self.plans[root], name

    def open_plans(self) -> Iterator[EditorPlan]:
        """Yield the plans of which files were open."""
        yield from self.plans.values()


def path_of(uri: str) -> Path | None:
    """Return the path of a file's URI; None for any other URI."""
    if not uri.lower().startswith(_FILE):
        return None
    rest = unquote(uri[len(_FILE) :], errors="surrogateescape").removeprefix("localhost")
    if os.name == "nt":
        rest = rest.removeprefix("/")
    path = Path(rest)
    return path if "\0" not in rest and path.is_absolute() else None


def _existing(folder: Path) -> Path:
    """Return the nearest folder at or above a folder that exists: a new file may be in a new folder."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _shown_root(path: Path, name: str, root: Path) -> Path:
    """Return the plan's folder as the client names it, which may lead through links."""
    above = len(name.split("/")) - 1
    shown = path.parents[above] if above < len(path.parents) else root
    return shown if shown.resolve() == root else root
