"""Which files make the plan, and where their text comes from: the disk, an overlay, or a git revision."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from revplan.errors import NoPlanError, UnreadablePlanError
from revplan.store.ids import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = (".yaml", ".yml")
LARGEST_FILE = 32 * 1024 * 1024
"""Bytes; ten thousand tactics take three million."""


class FoundFile(NamedTuple):
    """A file of the plan, or a file that should be one and cannot be read.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        fault: code and message if the file cannot be read, else None.
    """

    name: str
    path: Path
    fault: tuple[str, str] | None = None


def digest(content: bytes) -> str:
    """Return the digest of a file's content."""
    return hashlib.sha256(content).hexdigest()


def find_plan(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds a plan.

    Raises:
        NoPlanError: no folder on the way up has a revplan.yaml.
        UnreadablePlanError: the start is not a folder, or it cannot be entered.
    """
    try:
        folder = start.resolve(strict=True)
        for candidate in (folder, *folder.parents):
            if (candidate / SETTINGS_FILE).exists():
                return candidate
    except FileNotFoundError:
        raise NoPlanError(f"there is no folder {start}") from None
    except (OSError, RuntimeError) as error:
        raise UnreadablePlanError(f"the folder {start} cannot be read: {_reason(error)}") from None
    raise NoPlanError(
        f"there is no plan in {start} or above it: no {SETTINGS_FILE}",
        hint="begin one with `revplan init`, or name its folder with -C DIR",
    )


def plan_at(folder: Path) -> Path:
    """Return this folder if it holds a plan; do not walk up.

    Raises:
        NoPlanError: the folder has no revplan.yaml.
        UnreadablePlanError: the folder cannot be entered.
    """
    root = find_plan(folder)
    if root != folder.resolve():
        raise NoPlanError(f"there is no plan in {folder}: no {SETTINGS_FILE}", hint=f"did you mean -C {root}?")
    return root


def plan_files(root: Path, exclude: tuple[str, ...] = ()) -> tuple[FoundFile, ...]:
    """List the plan's files, sorted by name.

    Raises:
        UnreadablePlanError: the plan's folder cannot be listed.
    """
    found: list[FoundFile] = []
    real = Path(os.path.realpath(root))
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            if folder == root:
                raise UnreadablePlanError(f"the folder {root} cannot be read: {_reason(error)}") from None
            found.append(_unreadable(root, folder, error))
            continue
        if folder != root and any(entry.name == SETTINGS_FILE for entry in entries):
            continue
        for entry in entries:
            name = Path(entry.path).relative_to(root).as_posix()
            if entry.name.startswith(".") or is_excluded(name, exclude):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif entry.name.endswith(SUFFIXES):
                found.append(_check(real, Path(entry.path), name))
    return tuple(sorted(found, key=lambda file: file.name))


def settings_file(root: Path) -> FoundFile:
    """Return the file that marks the plan's folder and holds its settings."""
    return _check(Path(os.path.realpath(root)), root / SETTINGS_FILE, SETTINGS_FILE)


def too_large(size: int) -> tuple[str, str]:
    """Return the fault for a file of `size` bytes that exceeds LARGEST_FILE."""
    most = LARGEST_FILE // 1024 // 1024
    return "RP009", f"the file has {size / 1024 / 1024:.0f} MB; {most} MB are read at most"


def is_excluded(name: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a pattern matches a file's name or one of the folders that hold the file."""
    return any(
        fnmatchcase(name, pattern.rstrip("/")) or fnmatchcase(name, pattern.rstrip("/") + "/*") for pattern in patterns
    )


def _check(real: Path, path: Path, name: str) -> FoundFile:
    """Return a file with its fault, if any. `real` is the plan's folder with links resolved."""
    try:
        target = path.resolve(strict=True)
        status = target.stat()
    except (OSError, RuntimeError) as error:
        return FoundFile(name, path, ("RP011", f"the file cannot be read: {_reason(error)}"))
    if not target.is_relative_to(real):
        return FoundFile(name, path, ("RP014", "the link leads out of the plan"))
    if not stat.S_ISREG(status.st_mode):
        return FoundFile(name, path, ("RP011", "this is no regular file"))
    if status.st_size > LARGEST_FILE:
        return FoundFile(name, path, too_large(status.st_size))
    return FoundFile(name, path)


def _unreadable(root: Path, folder: Path, error: OSError) -> FoundFile:
    name = folder.relative_to(root).as_posix()
    return FoundFile(name, folder, ("RP011", f"the folder cannot be read: {_reason(error)}"))


def _reason(error: Exception) -> str:
    is_circle = getattr(error, "errno", errno.ELOOP) == errno.ELOOP  # RuntimeError up to Python 3.12
    return "links lead in a circle" if is_circle else getattr(error, "strerror", None) or str(error)


class Files(Protocol):
    """The files of a plan."""

    @property
    def root(self) -> Path:
        """The plan's folder."""
        ...

    def settings_file(self) -> FoundFile:
        """Return the file that holds the plan's settings."""
        ...

    def plan_files(self, exclude: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """List the plan's files, sorted by name.

        Raises:
            UnreadablePlanError: the plan's folder cannot be listed.
        """
        ...

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: the file cannot be read.
        """
        ...


class FilesOnDisk(NamedTuple):
    """The plan's files as they are on disk."""

    root: Path

    def settings_file(self) -> FoundFile:
        """Return the file that holds the plan's settings."""
        return settings_file(self.root)

    def plan_files(self, exclude: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """List the plan's files, sorted by name."""
        return plan_files(self.root, exclude)

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes."""
        return file.path.read_bytes()


class FilesOver(NamedTuple):
    """Files with an overlay: some contents replaced, some files added.

    Attributes:
        files: the files below the overlay.
        overlay: new contents by file name.
    """

    files: Files
    overlay: Mapping[str, bytes]

    @property
    def root(self) -> Path:
        """The plan's folder."""
        return self.files.root

    def settings_file(self) -> FoundFile:
        """Return the file that holds the plan's settings."""
        return self.files.settings_file()

    def plan_files(self, exclude: tuple[str, ...]) -> tuple[FoundFile, ...]:
        """List the plan's files and the files that only the overlay has, sorted by name."""
        files = self.files.plan_files(exclude)
        new = {name for name in self.overlay if not is_excluded(name, exclude)} - {file.name for file in files}
        large = {name for name, content in self.overlay.items() if len(content) > LARGEST_FILE}
        if not new and not large:
            return files
        whole = (*files, *(FoundFile(name, self.root / name) for name in new))
        checked = (self._check_size(file) if file.name in large else file for file in whole)
        return tuple(sorted(checked, key=lambda file: file.name))

    def _check_size(self, file: FoundFile) -> FoundFile:
        return file._replace(fault=too_large(len(self.overlay[file.name])))

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes."""
        return self.overlay[file.name] if file.name in self.overlay else self.files.content(file)
