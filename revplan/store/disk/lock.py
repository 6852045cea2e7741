"""The plan's lock, and the few operations on a disk that tests can make fail."""

from __future__ import annotations

import errno
import json
import os
import platform
import shutil
import stat
import sys
import time
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path  # noqa: TC003 - part of public signatures
from typing import TYPE_CHECKING

from revplan.errors import LockError, RevplanNotice, RevplanWarning

if TYPE_CHECKING:
    from collections.abc import Iterator


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


LOCK_FILE = ".revplan.lock"
"""Says who holds the lock. Left behind by a process that was killed, it holds nobody up."""
WAIT = 30.0
"""Seconds that a command waits for another one that writes; a write takes a fraction of one."""
_PAUSE = 0.03
_LONGEST_NOTE = 4096
_IS_LINK = (errno.ELOOP, getattr(errno, "EMLINK", errno.ELOOP))


@contextmanager
def hold_lock(root: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock on a plan's folder; wait some seconds for whoever holds it.

    Raises:
        LockError: where another command holds it all that time, naming which; or where there can be no lock
            file: the folder is read-only, or a link or a device stands in the lock file's place.
    """
    path = root / LOCK_FILE
    descriptor = _take(path, wait)
    try:
        with suppress(OSError):  # it only says who writes, and a full disk may refuse that
            os.ftruncate(descriptor, 0)
            os.write(descriptor, json.dumps({"process": os.getpid(), "host": platform.node()}).encode())
        yield
    finally:
        try:
            _give_back(path, descriptor)
        except OSError as error:
            text = f"{path} cannot be removed: {error.strerror}; it holds nobody up"
            warnings.warn(text, RevplanWarning, stacklevel=3)


def _take(path: Path, wait: float) -> int:
    until = time.monotonic() + wait
    is_told = False
    while True:
        descriptor, is_ours = _open(path)
        if not _lock(descriptor):
            who = _holder(descriptor)
            os.close(descriptor)
            if time.monotonic() >= until:
                raise LockError(f"{who} is writing this plan", hint="run the command again when it is done")
            if not is_told:
                warnings.warn(f"{who} is writing this plan: waiting for it", RevplanNotice, stacklevel=4)
                is_told = True
            time.sleep(_PAUSE)
        elif not _is_at(path, descriptor):
            os.close(descriptor)  # whoever held it has removed the file meanwhile
        elif is_ours:
            return descriptor
        else:
            _discard(path, descriptor)


def _open(path: Path) -> tuple[int, bool]:
    """Open the lock file; return whether it may be written too, which another user's may not."""
    if path.is_symlink():  # where the system knows no O_NOFOLLOW, this is all there is
        raise _no_file(path)
    flags = os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        try:
            descriptor, is_ours = os.open(path, os.O_RDWR | flags, 0o666), True
        except PermissionError:
            descriptor, is_ours = os.open(path, os.O_RDONLY | flags & ~os.O_CREAT), False
    except OSError as error:
        if error.errno in _IS_LINK or path.is_dir():
            raise _no_file(path) from None
        hint = "check who may write in the plan's folder"
        raise LockError(f"the plan cannot be locked: {error.strerror}", hint=hint) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        os.close(descriptor)
        raise _no_file(path)
    return descriptor, is_ours


def _no_file(path: Path) -> LockError:
    return LockError(
        f"the plan cannot be locked: {path} is no file of its own; nothing was written",
        hint=f"look at what stands there, and remove it: {LOCK_FILE} is revplan's own",
    )


def _discard(path: Path, descriptor: int) -> None:
    """Remove a lock file that another user has left behind, and that nobody holds."""
    try:
        path.unlink()
    except OSError as error:
        hint = f"remove {LOCK_FILE}, which another user has left behind"
        raise LockError(f"the plan cannot be locked: {error.strerror}", hint=hint) from None
    finally:
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _holder(descriptor: int) -> str:
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        holder = json.loads(os.read(descriptor, _LONGEST_NOTE))
        return f"process {int(holder['process'])} on {str(holder['host'])[:80]}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another command"


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
            os.close(descriptor)
            hint = "keep the plan on a disk that has locks"
            raise LockError(f"the plan cannot be locked: {error.strerror}", hint=hint) from None
        return True

    def _give_back(path: Path, descriptor: int) -> None:
        try:
            path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)
