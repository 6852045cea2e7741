"""Writes a new plan and the files for other programs beside it in one transaction. Keeps existing files."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path  # noqa: TC003 - a field's type
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import WriteRefusedError
from revplan.store.disk.edits import Edits, FileEdit
from revplan.store.disk.lock import Disk
from revplan.store.disk.transaction import commit, retract

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_IGNORE_FILE = ".gitignore"


class NewPlan(NamedTuple):
    """The files that `write_new_plan` wrote or kept.

    Attributes:
        files: the plan's files, by name.
        beside: files for other programs that were created.
        kept: files for other programs that existed already and were left unchanged.
        extended: files for other programs that existed already and received more lines.
    """

    files: tuple[str, ...]
    beside: tuple[Path, ...]
    kept: tuple[Path, ...]
    extended: tuple[Path, ...] = ()


def write_new_plan(
    root: Path, top: Path, files: Mapping[str, bytes], beside: Mapping[Path, bytes], disk: Disk | None = None
) -> NewPlan:
    """Write a new plan and the files beside it; first roll back an interrupted earlier attempt.

    Args:
        root: the plan's folder; created if missing.
        top: the folder that holds all files: the repository's top folder.
        files: contents of the plan's files, by name.
        beside: contents of files for other programs. Existing files are kept; a `.gitignore` gets its missing lines.
        disk: the disk to write to; None for the real disk.

    Raises:
        WriteRefusedError: a file of the plan exists already, or the folder cannot be written. Nothing was written.
    """
    made = _missing(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        retract(root, disk)
        _refuse_taken(root, files)
        taken = [path for path in beside if os.path.lexists(path)]
        longer = [edit for path in taken if (edit := _extension(path, top, beside[path], disk or Disk())) is not None]
        new = {**{root.resolve() / name: content for name, content in files.items()}, **beside}
        created = [FileEdit(_name(path, top), path, None, new[path]) for path in new if path not in taken]
        edits = sorted((*created, *longer), key=lambda edit: edit.name)
        commit(Edits(root.resolve(), tuple(edits), base=top), disk)
    except (OSError, WriteRefusedError) as error:
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise _refusal(error) from None
    extended = tuple(edit.path for edit in longer)
    kept = tuple(path for path in taken if path not in extended)
    return NewPlan(tuple(sorted(files)), tuple(path for path in beside if path not in taken), kept, extended)


def _refuse_taken(root: Path, files: Mapping[str, bytes]) -> None:
    taken = sorted(name for name in files if os.path.lexists(root / name))
    if taken:
        what = f"{taken[0]} is" if len(taken) == 1 else f"{len(taken)} files, such as {taken[0]}, are"
        raise WriteRefusedError(
            f"{what} in {root} already; nothing was written", hint="begin in a folder without a plan"
        )


def _missing(root: Path) -> Sequence[Path]:
    """Return the folders that must be created, the outermost first."""
    return [folder for folder in (*reversed(root.parents), root) if not folder.exists()]


def _extension(path: Path, top: Path, content: bytes, disk: Disk) -> FileEdit | None:
    """Return the edit that adds missing lines to a `.gitignore`; None for another file, or if no line is missing."""
    if path.name != _IGNORE_FILE or path.is_symlink():
        return None
    old = disk.read(path) or b""
    lacking = [line for line in content.splitlines() if not line.startswith(b"#") and line not in old.splitlines()]
    if not lacking:
        return None
    start = old if not old or old.endswith(b"\n") else old + b"\n"
    return FileEdit(_name(path, top), path, old, start + b"".join(line + b"\n" for line in lacking))


def _name(path: Path, top: Path) -> str:
    return path.relative_to(top).as_posix()


def _refusal(error: OSError | WriteRefusedError) -> WriteRefusedError:
    if isinstance(error, WriteRefusedError):
        return error
    file = f" ({error.filename})" if error.filename else ""
    return WriteRefusedError(f"nothing was written: {error.strerror or error}{file}")
