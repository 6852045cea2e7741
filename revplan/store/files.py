"""Which files make the plan, and where their text comes from: the disk, an overlay, or a git revision."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from revplan.errors import NoPlanError, UnreadablePlanError

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS_FILE = "revplan.yaml"
SUFFIXES = (".yaml", ".yml")
LARGEST_FILE = 32 * 1024 * 1024
"""Bytes; ten thousand tactics take three million."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the plan, or a file that should be one and cannot be read.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        fault: code and message where it cannot be read; None for a file that can.
    """

    name: str
    path: Path
    fault: tuple[str, str] | None = None


def find_plan(start: Path) -> Path:
    """Return the folder of the plan that a folder lies in, walking up.

    Raises:
        NoPlanError: where no folder on the way up has a revplan.yaml.
        UnreadablePlanError: where the start is no folder that can be entered.
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
    """Return the folder of the plan at exactly this place.

    Raises:
        NoPlanError: where it has no revplan.yaml.
        UnreadablePlanError: where it cannot be entered.
    """
    root = find_plan(folder)
    if root != folder.resolve():
        raise NoPlanError(f"there is no plan in {folder}: no {SETTINGS_FILE}", hint=f"did you mean -C {root}?")
    return root


def plan_files(root: Path, exclude: tuple[str, ...] = ()) -> tuple[FoundFile, ...]:
    """List the plan's files, sorted by name.

    Raises:
        UnreadablePlanError: where the plan's own folder cannot be listed.
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
    """Return the fault of a file of so many bytes, more than are read."""
    most = LARGEST_FILE // 1024 // 1024
    return "RP009", f"the file has {size / 1024 / 1024:.0f} MB; {most} MB are read at most"


def is_excluded(name: str, patterns: tuple[str, ...]) -> bool:
    """Tell whether a name matches a pattern, as a whole or as a folder that holds it."""
    return any(
        fnmatchcase(name, pattern.rstrip("/")) or fnmatchcase(name, pattern.rstrip("/") + "/*") for pattern in patterns
    )


def _check(real: Path, path: Path, name: str) -> FoundFile:
    """Return a file, with what is wrong with it; `real` is the plan's folder without links."""
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
    is_circle = getattr(error, "errno", errno.ELOOP) == errno.ELOOP  # until Python 3.12 it was no OSError
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
            UnreadablePlanError: they cannot be listed at all.
        """
        ...

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: the file cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class FilesOnDisk:
    """The files as they stand in the plan's folder."""

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


@dataclass(frozen=True, slots=True)
class FilesOver:
    """Files with other contents in some of them, or with new ones.

    Attributes:
        files: what lies below.
        overlay: contents by name.
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
        """List the plan's files with those that only the overlay has, sorted by name."""
        files = self.files.plan_files(exclude)
        new = self.overlay.keys() - {file.name for file in files}
        if not new:
            return files
        return tuple(sorted((*files, *(FoundFile(name, self.root / name) for name in new)), key=lambda file: file.name))

    def content(self, file: FoundFile) -> bytes:
        """Return a file's bytes."""
        return self.overlay[file.name] if file.name in self.overlay else self.files.content(file)
