"""Writes output files for other programs: atomically, never through a link, never over a plan's file."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from revplan.errors import OutputError, RevplanWarning, WriteRefusedError
from revplan.store.disk.edits import Edits, FileEdit
from revplan.store.disk.lock import Disk
from revplan.store.disk.signals import hold_signals
from revplan.store.disk.transaction import commit
from revplan.store.disk.written import note_written
from revplan.store.files import SUFFIXES
from revplan.store.ids import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEVICES = (Path("/dev"), Path("/proc/self/fd"))
"""Folders whose names stand for open streams, such as /dev/stdout. Output to a stream creates no file."""
_STREAMS = (stat.S_ISCHR, stat.S_ISFIFO, stat.S_ISSOCK)


def write_file(path: Path, content: bytes, disk: Disk | None = None) -> None:
    """Write a file atomically: write a temporary file, then replace the target.

    Raises:
        OutputError: the file cannot be written, or the path is a link or a plan's file. The old file is unchanged.
    """
    try:
        if _is_stream(path):
            path.write_bytes(content)
            return
        _check(path)
        with hold_signals():
            _replace(path, content, disk or Disk())
    except OSError as error:
        kept = "; what was there is as it was" if os.path.lexists(path) else ""
        raise OutputError(f"{path} cannot be written: {error.strerror or error}{kept}") from None


def write_folder(folder: Path, files: Mapping[str, bytes], disk: Disk | None = None) -> None:
    """Write files into a folder in one transaction; create the folder if it is missing.

    If the process is killed in the middle, the next write into the folder completes or rolls back this one.

    Raises:
        OutputError: a file cannot be written, or a link is in the way. Nothing was written.
    """
    made = [each for each in (*reversed(folder.parents), folder) if not each.exists()]
    try:
        _check_way(folder / "file")
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError(f"{folder} cannot be written: it is read-only")
        edits = tuple(FileEdit(name, folder / name, None, content) for name, content in files.items())
        commit(Edits(folder, edits, is_output=True), disk)
    except OSError as error:
        _remove(made)
        raise OutputError(f"{folder} cannot be written: {error.strerror or error}") from None
    except WriteRefusedError as error:
        _remove(made)
        raise OutputError(f"{folder} cannot be written: {error}", hint=error.hint) from None


def _is_stream(path: Path) -> bool:
    """Tell whether a path is a device or a pipe that the user named directly, not through a link."""
    whole = path.absolute()
    if any(whole.is_relative_to(folder) for folder in _DEVICES) and whole.exists():
        return True
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return any(is_kind(mode) for is_kind in _STREAMS)


def _check(path: Path) -> None:
    _check_way(path)
    if path.is_symlink():
        raise OutputError(
            f"{path} is a link, and was not written through", hint="name the file it leads to, or remove the link"
        )
    if path.is_dir():
        raise OutputError(f"{path} is a folder", hint=f"name a file, such as -o {path / 'report.txt'}")
    if _is_of_a_plan(path):
        raise OutputError(
            f"{path} would be a file of the plan; nothing was written",
            hint="name the output otherwise: what ends in .yaml or .yml there is read as a part of the plan",
        )


def _check_way(path: Path) -> None:
    """Refuse a folder that is a link inside a repository or a plan. Links elsewhere are the user's own choice."""
    for folder in path.absolute().parents:
        if folder.is_symlink() and any(_came_along(above) for above in folder.parents):
            raise OutputError(
                f"{folder} is a link in a repository, and was not written through",
                hint=f"name the folder it leads to: {folder.resolve()}",
            )


def _came_along(folder: Path) -> bool:
    return os.path.lexists(folder / ".git") or os.path.lexists(folder / SETTINGS_FILE)


def _is_of_a_plan(path: Path) -> bool:
    """Tell whether a plan would read this path as one of its files."""
    whole = path.resolve()
    hidden = [folder.name.startswith(".") for folder in (whole, *whole.parents)]
    plans = [number for number, folder in enumerate(whole.parents, start=1) if _has_settings(folder)]
    is_below = bool(plans) and not any(hidden[: plans[0]])
    return path.name == SETTINGS_FILE or (path.name.endswith(SUFFIXES) and is_below)


def _has_settings(folder: Path) -> bool:
    return os.path.lexists(folder / SETTINGS_FILE)


def _replace(path: Path, content: bytes, disk: Disk) -> None:
    draft = path.with_name(f".revplan-{secrets.token_hex(6)}.part")
    is_staged = False
    try:
        disk.write(draft, content, _mode(path))
        is_staged = True
        disk.replace(draft, path)
    except BaseException:
        if is_staged and not draft.exists():  # Ctrl-C, just after the file was replaced
            note_written(str(path))
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    note_written(str(path))
    try:
        disk.sync_folder(path.parent)
    except OSError as error:  # the file is written; only a power cut could still lose it
        text = f"{path} is written, but may not be on the disk yet: {error.strerror}"
        warnings.warn(text, RevplanWarning, stacklevel=2)


def _mode(path: Path) -> int | None:
    """Return the old file's permissions, to keep them; refuse a read-only file."""
    if not path.exists():
        return None
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only", str(path))
    return stat.S_IMODE(path.stat().st_mode)


def _remove(made: list[Path]) -> None:
    for folder in reversed(made):
        with suppress(OSError):
            folder.rmdir()
