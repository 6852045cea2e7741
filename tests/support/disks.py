"""Disks that fail, and what is on them."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from revplan.store.disk.lock import Disk

if TYPE_CHECKING:
    from pathlib import Path

METHODS = ("read", "write", "replace", "remove", "make_folder", "remove_folder", "sync_folder")


class FaultyDisk(Disk):
    """A disk that fails from one call on, for as many calls as are given."""

    def __init__(self, first: int, count: int) -> None:
        self.failing = range(first, first + count)
        self.calls = 0

    def __getattribute__(self, name: str) -> object:
        method = super().__getattribute__(name)
        if name not in METHODS:
            return method

        def call(*arguments: object) -> object:
            self.calls += 1
            if self.calls in self.failing:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(arguments[0]))
            return method(*arguments)

        return call


class RefusingDisk(Disk):
    """A disk that refuses to put a file in its place: from one such call on, for as many calls as are given."""

    def __init__(self, code: int, first: int, count: int) -> None:
        self.code = code
        self.failing = range(first, first + count)
        self.calls = 0

    def replace(self, source: Path, target: Path) -> None:
        self.calls += 1
        if self.calls in self.failing:
            raise OSError(self.code, os.strerror(self.code), str(source), None, str(target))
        super().replace(source, target)


class InterruptedDisk(Disk):
    """A disk at some of whose calls, counted from 1, the user presses Ctrl-C: just before them, or just after."""

    def __init__(self, *numbers: int, is_after: bool) -> None:
        self.numbers = numbers
        self.is_after = is_after
        self.calls = 0

    def __getattribute__(self, name: str) -> object:
        method = super().__getattribute__(name)
        if name not in METHODS:
            return method

        def call(*arguments: object) -> object:
            self.calls += 1
            is_now = self.calls in self.numbers
            if is_now and not self.is_after:
                raise KeyboardInterrupt
            result = method(*arguments)
            if is_now:
                raise KeyboardInterrupt
            return result

        return call


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of a folder, hidden ones too."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
