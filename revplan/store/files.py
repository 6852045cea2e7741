"""Where a plan's text comes from: the disk, the disk with other contents in some files, or a git revision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from revplan.store.discover import FoundFile, plan_files, settings_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


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
