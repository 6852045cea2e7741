"""What a write would do to the files of a plan, before it does it."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from revplan.errors import WriteRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from revplan.store.loaded import Loaded, SourceFile

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class FileEdit:
    """A file's bytes as they were read and as they are to be.

    Attributes:
        name: path relative to the plan's folder, with forward slashes.
        old: None for a file that is new.
    """

    name: str
    path: Path
    old: bytes | None
    new: bytes

    @property
    def digest(self) -> str | None:
        """Of the old bytes, to notice when somebody else changes them; None for a file that is new."""
        return None if self.old is None else digest(self.old)


@dataclass(frozen=True, slots=True)
class Basis:
    """The files that edits were worked out from: a change of any of them may make the edits wrong.

    Attributes:
        digests: by name, of every file that was read.
        exclude: the patterns of what is not read.
    """

    digests: Mapping[str, str]
    exclude: tuple[str, ...]


def basis_of(loaded: Loaded) -> Basis:
    """Return the files that a plan was read from."""
    digests = {source.name: source.digest for source in loaded.sources.values()}
    return Basis(digests, loaded.plan.settings.exclude)


@dataclass(frozen=True, slots=True)
class Edits:
    """Everything that a command would write.

    Attributes:
        root: the plan's folder, or another that is written to as a whole.
        files: the files whose bytes change, by name.
        basis: what the edits were worked out from; None where nothing but the files themselves counts.
        base: the folder that the names of files start from; None where it is the root.
        is_output: the files are no plan's: they may have any name, and take the place of what is there.
    """

    root: Path
    files: tuple[FileEdit, ...]
    basis: Basis | None = None
    base: Path | None = None
    is_output: bool = False

    @property
    def overlay(self) -> Mapping[str, bytes]:
        """The new bytes by file name, to read the plan as it would be."""
        return {file.name: file.new for file in self.files}

    def diff(self) -> str:
        """Return the change of every file as a unified diff; empty where nothing changes."""
        return "".join(line for file in self.files for line in _diff(file))


def digest(content: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.sha256(content).hexdigest()


def bytes_of(source: SourceFile) -> bytes:
    """Return a file's bytes from its text: with the byte order mark, if its digest says that there was one.

    Raises:
        WriteRefusedError: where the text was not read from UTF-8.
    """
    content = source.text.encode()
    for candidate in (content, BYTE_ORDER_MARK + content):
        if digest(candidate) == source.digest:
            return candidate
    raise WriteRefusedError(f"{source.name} is not UTF-8", hint="save it as UTF-8")


def _diff(file: FileEdit) -> Iterator[str]:
    before = "/dev/null" if file.old is None else f"a/{file.name}"
    old, new = _lines(file.old or b""), _lines(file.new)
    for line in difflib.unified_diff(old, new, before, f"b/{file.name}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    return [line + "\n" for line in content.decode().split("\n")[:-1]] + _last(content)


def _last(content: bytes) -> list[str]:
    last = content.decode().rpartition("\n")[2]
    return [last] if last else []
