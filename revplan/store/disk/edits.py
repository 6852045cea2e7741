"""Planned edits of files: the old and new bytes of each, before anything is written."""

from __future__ import annotations

import errno
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from revplan.errors import WriteRefusedError
from revplan.store.disk.text_diff import unified_diff
from revplan.store.files import SUFFIXES, digest, plan_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from revplan.store.loaded import Loaded, SourceFile

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class FileEdit(NamedTuple):
    """A file's bytes before and after a write.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        old: the bytes that were read; None for a new file.
    """

    name: str
    path: Path
    old: bytes | None
    new: bytes

    @property
    def digest(self) -> str | None:
        """The digest of the old bytes, to detect a change by another program; None for a new file."""
        return None if self.old is None else digest(self.old)


class Basis(NamedTuple):
    """The files that edits were computed from. A change of any of these files may make the edits wrong.

    Attributes:
        digests: the digest of every file that was read, by file name.
        exclude: patterns of the files that the plan excludes.
    """

    digests: Mapping[str, str]
    exclude: tuple[str, ...]


def basis_of(loaded: Loaded) -> Basis:
    """Return the basis of edits to a plan: every file that the plan was read from."""
    digests = {source.name: source.digest for source in loaded.sources.values()}
    return Basis(digests, loaded.plan.settings.exclude)


@dataclass(frozen=True, slots=True)
class Edits:
    """Every file that a command will write.

    Attributes:
        root: the plan's folder, or an output folder.
        files: the files whose bytes change, by name.
        basis: the files that the edits were computed from; None if they depend on the edited files alone.
        base: the folder that file names are relative to; None for the root.
        is_output: the files are output, not part of a plan. Any name is allowed, and existing files are replaced.
    """

    root: Path
    files: tuple[FileEdit, ...]
    basis: Basis | None = None
    base: Path | None = None
    is_output: bool = False

    @property
    def overlay(self) -> Mapping[str, bytes]:
        """The new bytes by file name, for `read_over`."""
        return {file.name: file.new for file in self.files}

    def diff(self) -> str:
        """Return the change of every file as a unified diff; empty if nothing changes."""
        return "".join(line for file in self.files for line in _diff(file))


def find_changed_file(edits: Edits) -> str | None:
    """Return the name of a file that was changed or added since the edits were computed; None if there is none.

    Raises:
        UnreadablePlanError: the plan's folder can no longer be listed.
    """
    if edits.basis is None:
        return None
    found = {file.name: file for file in plan_files(edits.root, edits.basis.exclude) if file.fault is None}
    for name, before in edits.basis.digests.items():
        try:
            if name not in found or digest(found[name].path.read_bytes()) != before:
                return name
        except OSError:
            return name
    return min(found.keys() - edits.basis.digests.keys(), default=None)


def target_of(base: Path, edit: FileEdit, edits: Edits) -> Path:
    """Return the path that an edit writes. Follow a link only if it leads from the plan to a file of the plan."""
    return base / edit.name if edits.is_output or edits.base else edit.path.resolve()


def is_within(base: Path, target: Path) -> bool:
    """Tell whether a path lies in a folder, and neither the path nor a folder on the way is a link."""
    return target.is_relative_to(base) and target.resolve() == target


def is_of_plan(root: Path, target: Path) -> bool:
    """Tell whether a path may be a plan's file. An edit of the plan must not write any other file."""
    parts = target.relative_to(root).parts
    return target.name.endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)


def mode_to_keep(target: Path) -> int | None:
    """Return the permissions of a file that will be replaced; refuse a read-only file.

    Raises:
        PermissionError: the file is read-only.
    """
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, "the file is read-only", str(target))
    return mode


def bytes_of(source: SourceFile) -> bytes:
    """Return a file's bytes from its text. The digest decides whether the bytes begin with a byte order mark.

    Raises:
        WriteRefusedError: the file was not UTF-8.
    """
    content = source.text.encode()
    for candidate in (content, BYTE_ORDER_MARK + content):
        if digest(candidate) == source.digest:
            return candidate
    raise WriteRefusedError(f"{source.name} is not UTF-8", hint="save it as UTF-8")


def _diff(file: FileEdit) -> Iterator[str]:
    before = "/dev/null" if file.old is None else f"a/{file.name}"
    old, new = _lines(file.old or b""), _lines(file.new)
    for line in unified_diff(old, new, before, f"b/{file.name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    return [line + "\n" for line in content.decode().split("\n")[:-1]] + _last(content)


def _last(content: bytes) -> list[str]:
    last = content.decode().rpartition("\n")[2]
    return [last] if last else []
