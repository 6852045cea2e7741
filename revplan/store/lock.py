"""One writer at a time: a lock on a plan's folder that the system takes back from a process that dies."""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = ".revplan.lock"
"""Says who holds the lock. Left behind by a process that was killed, it holds nobody up."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock on a plan's folder.

    Raises:
        WriteRefusedError: where another command holds it, naming which; or where there can be no lock file.
    """
    path = root / LOCK_FILE
    descriptor = _take(path)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps({"process": os.getpid(), "host": platform.node()}).encode())
        yield
    finally:
        _give_back(path, descriptor)


def _take(path: Path) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            hint = "check who may write in the plan's folder"
            raise WriteRefusedError(f"the plan cannot be locked: {error.strerror}", hint=hint) from None
        if not _lock(descriptor):
            os.close(descriptor)
            raise _held(path)
        if _is_at(path, descriptor):
            return descriptor
        os.close(descriptor)  # whoever held it has removed the file meanwhile


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _held(path: Path) -> WriteRefusedError:
    try:
        holder = json.loads(path.read_text())
        who = f"process {holder['process']} on {holder['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another command"
    return WriteRefusedError(f"{who} is writing this plan", hint="run the command again when it is done")


if sys.platform == "win32":
    import msvcrt

    _OFFSET = 1 << 20
    """Windows lets nobody read what is locked, so what is locked lies past the text that says by whom."""

    def _lock(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, _OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        except OSError:
            return False
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        os.close(descriptor)
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return  # the next writer has it open already

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            hint = "keep the plan on a disk that has locks"
            raise WriteRefusedError(f"the plan cannot be locked: {error.strerror}", hint=hint) from None
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        path.unlink(missing_ok=True)
        os.close(descriptor)
