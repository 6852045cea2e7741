"""The few things done to a disk when files are written, each by its name, so that tests can make any of them fail."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path  # noqa: TC003 - part of public signatures


class Disk:
    """The disk as it is. Every method raises OSError where the system refuses."""

    def read(self, path: Path) -> bytes | None:
        """Return a file's bytes; None where there is no such file. A link is not followed, nor a device read."""
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(path, flags)
        except FileNotFoundError:
            return None
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "this is no regular file", str(path))
            return file.read()

    def write(self, path: Path, content: bytes, mode: int | None) -> None:
        """Write a new file and wait until it is on the disk; a mode of None leaves that to the system."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if mode is not None:
                path.chmod(mode)
            file.flush()
            os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, at once."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file; one that is not there is no fault."""
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, where they are not there."""
        path.mkdir(parents=True, exist_ok=True)

    def remove_folder(self, path: Path) -> None:
        """Remove a folder with all that is in it; one that is not there is no fault."""
        with suppress(FileNotFoundError):
            shutil.rmtree(path)

    def remove_empty_folder(self, path: Path) -> None:
        """Remove a folder if nothing is in it."""
        with suppress(OSError):
            path.rmdir()

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on the disk; Windows does that by itself."""
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
