"""The plan's lock, and the disk operations that tests can replace to simulate failures."""

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
from revplan.store.disk.signals import hold_signals

if TYPE_CHECKING:
    from collections.abc import Iterator


class Disk:
    """The real disk. Every method raises OSError if the system refuses."""

    def read(self, path: Path) -> bytes | None:
        """Return a file's bytes; None if there is no such file. Links are not followed; devices are not read.

        Raises:
            OSError: this is a link or no regular file, or the system refuses.
        """
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
        """Write a new file and wait until it is on the disk; the system chooses the permissions if mode is None."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            if mode is not None:
                path.chmod(mode)
            file.flush()
            os.fsync(file.fileno())

    def replace(self, source: Path, target: Path) -> None:
        """Replace a file with another file atomically."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file; do nothing if it does not exist."""
        path.unlink(missing_ok=True)

    def make_folder(self, path: Path) -> None:
        """Create a folder and its parents, unless they exist."""
        path.mkdir(parents=True, exist_ok=True)

    def remove_folder(self, path: Path) -> None:
        """Remove a folder with everything in it; do nothing if it does not exist."""
        with suppress(FileNotFoundError):
            shutil.rmtree(path)

    def remove_empty_folder(self, path: Path) -> None:
        """Remove a folder if it is empty."""
        with suppress(OSError):
            path.rmdir()

    def sync_folder(self, path: Path) -> None:
        """Wait until a folder's entries are on the disk; not needed on Windows."""
        if os.name == "nt":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


LOCK_FILE = ".revplan.lock"
"""Names the process that holds the lock. The file that a killed process leaves behind blocks nobody."""
WAIT = 30.0
"""Seconds to wait for another command that is writing. A write takes a fraction of a second."""
_PAUSE = 0.03
_LONGEST_NOTE = 4096
_IS_LINK = (errno.ELOOP, getattr(errno, "EMLINK", errno.ELOOP))


@contextmanager
def hold_lock(root: Path, wait: float = WAIT) -> Iterator[None]:
    """Hold the lock on a plan's folder; wait at most `wait` seconds for another holder.

    Signals that end the process are held back as long as the lock is held.

    Raises:
        LockError: another command, which the message names, holds the lock all that time; or there can be no
            lock file: the folder is read-only, or the lock file's path is a link or a device.
    """
    path = root / LOCK_FILE
    descriptor = _take(path, wait)
    with hold_signals():
        try:
            with suppress(OSError):  # the note is information only, and a full disk may refuse it
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
            os.close(descriptor)  # the last holder has removed the file meanwhile
        elif is_ours:
            return descriptor
        else:
            _discard(path, descriptor)


def _open(path: Path) -> tuple[int, bool]:
    """Open the lock file; return its descriptor and whether it is writable. Another user's lock file is read-only."""
    if path.is_symlink():  # the only check for links on a system without O_NOFOLLOW
        raise _no_file(path)
    flags = os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        try:
            descriptor, is_ours = os.open(path, os.O_RDWR | flags, 0o666), True
        except PermissionError as refused:
            try:
                descriptor, is_ours = os.open(path, os.O_RDONLY | flags & ~os.O_CREAT), False
            except FileNotFoundError:
                raise refused from None  # there is no lock file, and none can be made
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
    """Remove an abandoned lock file of another user, which nobody holds."""
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
    """Offset of the locked byte. Windows lets nobody read a locked range, so the lock lies behind the holder's name."""

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
            return  # the next writer has opened the file already

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
