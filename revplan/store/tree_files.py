"""A plan's files in a tree of git's: the same files that discovery would find on the disk, were it checked out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from revplan.store.discover import LARGEST_FILE, SETTINGS_FILE, SUFFIXES, FoundFile, is_excluded, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from revplan.store.git import Git

_LINK = "120000"
_POINTER = b"version https://git-lfs.github.com/spec/"
_NOT_HERE = "the file cannot be read: this clone does not hold its content"
_IN_LFS = "the file is kept in Git LFS, and its history holds only a pointer to it"
_LED_ASTRAY = {
    "symlink": ("RP014", "the link leads out of the plan"),
    "loop": ("RP011", "the file cannot be read: links lead in a circle"),
    "dangling": ("RP011", "the file cannot be read: No such file or directory"),
}


class TreeEntry(NamedTuple):
    """What a tree holds: a file, a link, or another repository (type `commit`)."""

    name: str
    mode: str
    type: str
    object: str
    size: int


@dataclass(frozen=True)
class FilesInTree:
    """The files of a plan in a tree.

    Attributes:
        root: the plan's folder, were it checked out.
        tree: the folder's tree, by its object's name.
        entries: all that is in it.
    """

    root: Path
    git: Git
    tree: str
    entries: Mapping[str, TreeEntry]

    @classmethod
    def of(cls, root: Path, git: Git, tree: str) -> FilesInTree:
        """List a tree.

        Raises:
            GitError: git refuses, as it does where this is no tree.
        """
        listed = git.ask("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        entries = (_entry(line) for line in listed.split(b"\0") if line)
        return cls(root, git, tree, {entry.name: entry for entry in entries})

    @property
    def has_settings(self) -> bool:
        """Whether the folder is a plan's."""
        return SETTINGS_FILE in self.entries

    @cached_property
    def submodules(self) -> tuple[str, ...]:
        """Folders that are other repositories."""
        return tuple(sorted(entry.name for entry in self.entries.values() if entry.type == "commit"))

    def settings_file(self) -> FoundFile:
        """Return the file that holds the plan's settings."""
        return self._found((self.entries[SETTINGS_FILE],))[0]

    def plan_files(self, exclude: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """List the plan's files, sorted by name."""
        return self._found([self.entries[name] for name in sorted(self.entries) if self.is_of_plan(name, exclude)])

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes."""
        return self._contents[file.name]

    def is_of_plan(self, name: str, exclude: tuple[str, ...]) -> bool:
        """Tell whether discovery would take a file for the plan's."""
        entry = self.entries.get(name)
        is_file = name.endswith(SUFFIXES) and (entry is None or entry.type == "blob")
        is_hidden = any(part.startswith(".") for part in name.split("/"))
        return is_file and not is_hidden and not is_excluded(name, exclude) and not name.startswith(self._other_plans)

    @cached_property
    def _other_plans(self) -> tuple[str, ...]:
        """Folders below that are plans of their own, each with its slash."""
        return tuple(name.removesuffix(SETTINGS_FILE) for name in self.entries if name.endswith(f"/{SETTINGS_FILE}"))

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """Contents by file name, as far as they have been asked for."""
        return {}

    def _found(self, entries: Iterable[TreeEntry]) -> tuple[FoundFile, ...]:
        """Fetch the contents of files, all at once, and tell which cannot be read."""
        places = {entry.name: self._followed(entry) for entry in entries}
        sound = [place for place in places.values() if isinstance(place, TreeEntry) and place.size <= LARGEST_FILE]
        blobs = self.git.blobs(place.object for place in sound)
        return tuple(self._one(name, place, blobs) for name, place in places.items())

    def _one(self, name: str, place: TreeEntry | tuple[str, str], blobs: Mapping[str, bytes]) -> FoundFile:
        path = self.root / name
        if not isinstance(place, TreeEntry):
            return FoundFile(name, path, place)
        if place.size > LARGEST_FILE:
            return FoundFile(name, path, too_large(place.size))
        content = blobs.get(place.object)
        if content is None:
            return FoundFile(name, path, ("RP011", _NOT_HERE))
        if content.startswith(_POINTER):
            return FoundFile(name, path, ("RP011", _IN_LFS))
        self._contents[name] = content
        return FoundFile(name, path)

    def _followed(self, entry: TreeEntry) -> TreeEntry | tuple[str, str]:
        """Return the file that a link leads to, within the plan's folder; else what is wrong with the link."""
        if entry.mode != _LINK:
            return entry
        if "\n" in entry.name:
            return "RP011", "the file cannot be read: a link's name has a line break"
        asked = os.fsencode(f"{self.tree}:{entry.name}\n")
        answer = self.git.ask("cat-file", "--batch-check", "--follow-symlinks", feed=asked).split()
        if len(answer) == 3 and answer[1] == b"blob":  # noqa: PLR2004 - name, type and size
            return TreeEntry(entry.name, entry.mode, "blob", answer[0].decode(), int(answer[2]))
        if len(answer) == 3 and answer[1] == b"tree":  # noqa: PLR2004 - likewise
            return "RP011", "this is no regular file"
        return _LED_ASTRAY.get(answer[0].decode(errors="replace"), _LED_ASTRAY["dangling"])


def _entry(line: bytes) -> TreeEntry:
    """Read a line of `ls-tree -l`: mode, type, object and size, and after a tab the name."""
    head, _, name = line.partition(b"\t")
    mode, kind, object_name, size = head.decode().split()
    return TreeEntry(os.fsdecode(name), mode, kind, object_name, int(size) if size.isdigit() else 0)
