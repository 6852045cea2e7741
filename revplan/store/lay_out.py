"""A new plan onto the disk: its files all at once, what stands beside them only where nothing stands yet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - a field's type
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError
from revplan.store.commit import commit
from revplan.store.edits import Edits, FileEdit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What was written.

    Attributes:
        files: the plan's files, by name.
        beside: files for other programs.
        kept: files for other programs that were there already, and are as they were.
    """

    files: tuple[str, ...]
    beside: tuple[Path, ...]
    kept: tuple[Path, ...]


def lay_out(root: Path, files: Mapping[str, bytes], beside: Mapping[Path, bytes]) -> LaidOut:
    """Write a new plan and what stands beside it.

    Raises:
        WriteRefusedError: a file of the plan is there already, or the folder cannot be written; nothing was.
    """
    _refuse_taken(root, files)
    kept = tuple(path for path in beside if path.exists() or path.is_symlink())
    new = {path: content for path, content in beside.items() if path not in kept}
    made = _Made([], [])
    try:
        made.folder(root)
        for path, content in new.items():
            made.file(path, content)
        commit(
            Edits(root, tuple(FileEdit(name, root / name, None, content) for name, content in sorted(files.items())))
        )
    except (OSError, WriteRefusedError) as error:
        made.take_back()
        raise _refused(error) from None
    return LaidOut(tuple(sorted(files)), tuple(new), kept)


def _refuse_taken(root: Path, files: Mapping[str, bytes]) -> None:
    taken = sorted(name for name in files if (root / name).exists() or (root / name).is_symlink())
    if taken:
        what = f"{taken[0]} is" if len(taken) == 1 else f"{len(taken)} files, such as {taken[0]}, are"
        raise WriteRefusedError(
            f"{what} in {root} already; nothing was written", hint="begin in a folder without a plan"
        )


@dataclass(slots=True)
class _Made:
    """What was made on the way, so that it can be taken back."""

    folders: list[Path]
    files: list[Path]

    def folder(self, path: Path) -> None:
        for folder in (*reversed(path.parents), path):
            if not folder.exists():
                folder.mkdir()
                self.folders.append(folder)

    def file(self, path: Path, content: bytes) -> None:
        self.folder(path.parent)
        with path.open("xb") as stream:
            self.files.append(path)
            stream.write(content)

    def take_back(self) -> None:
        for file in self.files:
            with suppress(OSError):
                file.unlink()
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()


def _refused(error: OSError | WriteRefusedError) -> WriteRefusedError:
    if isinstance(error, WriteRefusedError):
        return error
    file = f" ({error.filename})" if error.filename else ""
    return WriteRefusedError(f"nothing was written: {error.strerror or error}{file}")
